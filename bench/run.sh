#!/bin/bash
# make bench: times lexo on made-up schemas, beside psql and a minimal libpq program on the same server in the same run, and
# prints a table.  Milliseconds of wall time, the least of several runs; only ratios travel from one machine to another.
# usage: run.sh BUILD_FOLDER     N (1000): how many models and revisions
# SPDX-License-Identifier: Apache-2.0
set -eu
builddir=$(cd "$1" && pwd -P)
here=$(cd "$(dirname "$0")" && pwd -P)
LEXO=${LEXO:-$builddir/lexo}
measure=$builddir/bench/measure
n=${N:-1000}
export LC_ALL=C.UTF-8
unset DATABASE_URL LEXO_DATABASE_URL PGDATABASE
# shellcheck source=../tests/server.sh
. "$here/../tests/server.sh"
server_find || { echo "bench: no PostgreSQL server programs" >&2; exit 1; }
server_start lexo-bench || { cat "$server_work"/*.log >&2; exit 1; }
work=$server_work

generate() { # N FOLDER [EXTRA]
	mkdir -p "$2/models" "$2/migrations"
	awk -v n="$1" -v out="$2" -v extra="${3:-0}" -f "$here/generate.awk"
}
url() { printf 'postgresql:///%s?host=%s&port=%s&user=%s' "$1" "$PGHOST" "$PGPORT" "$PGUSER"; }
fresh() { "$PSQL" -Xq -d "$(url postgres)" -c "DROP DATABASE IF EXISTS $1" -c "CREATE DATABASE $1" 2>/dev/null; }
least() { "$measure" "$@" | cut -d' ' -f1; }
# row TEXT MILLISECONDS [BASE-TEXT BASE-MILLISECONDS LIMIT]
row() {
	awk -v text="$1" -v ms="$2" -v base="${3:-}" -v base_ms="${4:-0}" -v limit="${5:-}" 'BEGIN {
		printf "%-58s %10.2f ms", text, ms
		if (base_ms > 0) printf "   %5.2f x  %s (%.2f ms)", ms / base_ms, base, base_ms
		if (limit != "") printf "   at most %s", limit
		print "" }'
}

generate "$n" "$work/a"
generate "$n" "$work/b" 1
generate $((n * 10)) "$work/ten"
rm -rf "$work/ten/migrations"
mkdir "$work/ten/migrations"

printf 'lexo %s, %s models of %s columns, PostgreSQL %s\n\n' "$("$LEXO" --version | head -n 1)" "$n" 11 \
	"$("$PSQL" -XAtq -d "$(url postgres)" -c 'SHOW server_version')"

start=$(least 50 "$LEXO" --version)
row 'start (lexo --version)' "$start"

ir=$("$builddir/bench/compile_ir" 20 "$work/a/models" | cut -d' ' -f1)
ir_ten=$("$builddir/bench/compile_ir" 5 "$work/ten/models" | cut -d' ' -f1)
row "compile to the schema, $n models" "$ir" '' 0 '20 ms for 1000'
row "compile to the schema, $((n * 10)) models" "$ir_ten" "a tenth of them" "$ir"

# Compiling to C: the first time (files are written) and again (nothing changed).
cd "$work/a"
first=$(least 1 "$LEXO" compile)
again=$(least 10 "$LEXO" compile)
row "lexo compile, $n models, writing the C" "$first"
row "lexo compile again, nothing to write" "$again" '' 0 '100 ms for 1000'
cd "$work/ten"
first_ten=$(least 1 "$LEXO" compile)
row "lexo compile, $((n * 10)) models, writing the C" "$first_ten" "a tenth of them" "$first"

# Writing a revision for one more column, offline; each time from the same state.
autogenerate() { # FOLDER: prints the least of five
	local best='' ms i
	cd "$1"
	cp -r migrations kept
	for i in 1 2 3 4 5; do
		rm -rf migrations
		cp -r kept migrations
		ms=$(least 1 "$LEXO" revision --autogenerate -m 'one column')
		best=$(printf '%s\n%s\n' "$ms" "${best:-$ms}" | sort -g | head -n 1)
	done
	printf '%s' "$best"
}
base_revision() { # FOLDER MODELS: a history of one revision that made all tables, then the changed models
	mkdir -p "$1/models" "$1/migrations"
	cp "$2/models/warehouse.lexo" "$1/models/"
	(cd "$1" && "$LEXO" revision --autogenerate -m 'all tables' >/dev/null 2>&1)
}
base_revision "$work/auto" "$work/a"
cp "$work/b/models/warehouse.lexo" "$work/auto/models/"
row "lexo revision --autogenerate, one column of $n models" "$(autogenerate "$work/auto")" '' 0 '50 ms for 1000'
row '  lexo check on the same' "$(cd "$work/auto" && least 5 "$LEXO" check)"

# Applying N revisions, beside psql with the same SQL; alternating, so that neither has the warmer server.
cd "$work/a"
"$LEXO" hash >/dev/null 2>&1
row "lexo verify, $n revisions" "$(least 5 "$LEXO" verify)"
psql_best='' lexo_best=''
for _ in 1 2 3; do
	fresh bench_psql
	ms=$(least 1 "$PSQL" -qX -v ON_ERROR_STOP=1 -d "$(url bench_psql)" -f "$work/a/all.sql")
	psql_best=$(printf '%s\n%s\n' "$ms" "${psql_best:-$ms}" | sort -g | head -n 1)
	fresh bench_lexo
	LEXO_DATABASE_URL=$(url bench_lexo)
	export LEXO_DATABASE_URL
	ms=$(least 1 "$LEXO" upgrade head 2>"$work/upgrade.log") || { tail "$work/upgrade.log" >&2; exit 1; }
	lexo_best=$(printf '%s\n%s\n' "$ms" "${lexo_best:-$ms}" | sort -g | head -n 1)
done
row "lexo upgrade head, $n revisions" "$lexo_best" 'psql -f' "$psql_best" '1.1 x'
row 'lexo upgrade head, nothing to do' "$(least 10 "$LEXO" upgrade head 2>/dev/null)"
minimal=$(least 30 "$builddir/bench/minimal" "$(url bench_lexo)")
row 'lexo current' "$(least 30 "$LEXO" current)" 'minimal libpq program' "$minimal" '1.5 x'
