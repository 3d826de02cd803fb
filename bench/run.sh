#!/bin/bash
# make bench: times lexo on made-up schemas, beside psql, pg_dump and a minimal libpq program on the same server in the same
# run, and prints a table: what, lexo, what it is compared with, how many times that is, and the limit that we hold
# ourselves to.
# Milliseconds: the least and the middle wall time of several runs, and the least processor time (of lexo alone, not of the
# server), which is what is left to look at when the machine does something else, too.  Only ratios travel to other machines.
# usage: run.sh BUILD_FOLDER     N (1000): how many models and revisions; the rows of ten times as many use 10 N
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
# Each of these prints "LEAST MIDDLE PROCESSOR", once KIB behind it, too.
once() { "$measure" "$@"; }
middle() { sort -g | awk '{ time[NR] = $1; if (NR == 1 || $3 < cpu) cpu = $3 } END { print time[1], time[int(NR / 2) + 1], cpu }'; }
each() { # RUNS SETUP COMMAND…: with SETUP before every run, which is not timed
	local runs=$1 setup=$2 i
	shift 2
	for ((i = 0; i < runs; i++)); do
		eval "$setup" >/dev/null 2>&1
		"$measure" 1 "$@"
	done | middle
}
in_folder() { (cd "$1" && shift && "$@"); }
# row TEXT TIMES [LIMIT [BASE-TEXT TIMES]]
row() {
	awk -v text="$1" -v lexo="$2" -v limit="${3:-}" -v base="${4:-}" -v other="${5:-}" 'BEGIN {
		split(lexo, a); split(other, b)
		printf "%-52s %8.2f %8.2f %8.2f", text, a[1], a[2], a[3]
		if (base != "")
			printf "   %s: %.2f %.2f %.2f, ratio %.2f, of processor time %.2f", base, b[1], b[2], b[3], a[1] / b[1], a[3] / b[3]
		if (limit != "") printf "   [%s]", limit
		print "" }'
}

ten=$((n * 10))
generate "$n" "$work/a"
generate "$n" "$work/b" 1
generate "$ten" "$work/ten"
generate "$ten" "$work/ten_b" 1
mkdir "$work/c" "$work/c_ten"
ln -s "$work/a/models" "$work/c/models"
ln -s "$work/ten/models" "$work/c_ten/models"

printf 'lexo %s, %s models of 11 columns, PostgreSQL %s\nmilliseconds: least, middle, processor   compared with: the same three, ratio   [limit]\n\n' \
	"$("$LEXO" --version | head -n 1)" "$n" "$("$PSQL" -XAtq -d "$(url postgres)" -c 'SHOW server_version')"

row 'start (lexo --version)' "$(once 50 "$LEXO" --version)"

ir=$("$builddir/bench/compile_ir" 50 "$work/a/models")
ir_ten=$("$builddir/bench/compile_ir" 10 "$work/ten/models")
row "compile to the schema, $n models" "$ir" '20 ms for 1000'
row "compile to the schema, $ten models" "$ir_ten" 'about 10 x' "$n" "$ir"

# The whole command: models to C files that were not there before, and again with nothing to write.
c=$(in_folder "$work/c" each 9 'rm -rf generated' "$LEXO" compile)
c_ten=$(in_folder "$work/c_ten" each 3 'rm -rf generated' "$LEXO" compile)
row "lexo compile, $n models" "$c" '100 ms for 1000'
row "lexo compile, $ten models" "$c_ten" 'about 10 x' "$n" "$c"
row "lexo compile again, nothing to write" "$(in_folder "$work/c" once 9 "$LEXO" compile)"

# A revision for one more column, offline; each time from the same state: one revision that made all tables.
autogenerate() { # RUNS FOLDER MODELS CHANGED-MODELS
	mkdir -p "$2/models"
	cp "$3"/models/* "$2/models"
	in_folder "$2" "$LEXO" revision --autogenerate -m 'all tables' >/dev/null 2>&1
	cp "$4"/models/* "$2/models"
	cp -r "$2/migrations" "$2/kept"
	in_folder "$2" each "$1" 'rm -rf migrations; cp -r kept migrations' \
		"$LEXO" revision --autogenerate -m 'one column' 2>/dev/null
}
auto=$(autogenerate 9 "$work/auto" "$work/a" "$work/b")
auto_ten=$(autogenerate 3 "$work/auto_ten" "$work/ten" "$work/ten_b")
row "lexo revision --autogenerate, a column of $n models" "$auto" '50 ms for 1000'
row "lexo revision --autogenerate, a column of $ten models" "$auto_ten" 'about 10 x' "$n" "$auto"

in_folder "$work/a" "$LEXO" hash >/dev/null 2>&1
in_folder "$work/ten" "$LEXO" hash >/dev/null 2>&1
row "lexo verify, $n revisions" "$(in_folder "$work/a" once 9 "$LEXO" verify)"
row "lexo history, $n revisions" "$(in_folder "$work/a" once 9 "$LEXO" history)"
row "lexo history, $ten revisions" "$(in_folder "$work/ten" once 5 "$LEXO" history)"

# Applying N revisions, beside psql with the same SQL; alternating, so that neither has the warmer server.
cd "$work/a"
LEXO_DATABASE_URL=$(url bench_lexo)
export LEXO_DATABASE_URL
for _ in 1 2 3; do
	fresh bench_psql
	"$measure" 1 "$PSQL" -qX -v ON_ERROR_STOP=1 -d "$(url bench_psql)" -f "$work/a/all.sql" >>"$work/psql.ms"
	fresh bench_lexo
	"$measure" 1 "$LEXO" upgrade head >>"$work/lexo.ms" 2>"$work/upgrade.log" || { tail "$work/upgrade.log" >&2; exit 1; }
done
row "lexo upgrade head, $n revisions" "$(middle <"$work/lexo.ms")" '1.1 x' 'psql -f' "$(middle <"$work/psql.ms")"
row 'lexo upgrade head, nothing to do' "$(once 9 "$LEXO" upgrade head 2>/dev/null)"

# The same question to the same database: what a program that asks it must cost in any case.
current() { # TEXT FOLDER DATABASE [LIMIT]
	LEXO_DATABASE_URL=$(url "$3")
	row "$1" "$(in_folder "$2" once 50 "$LEXO" current)" "${4:-}" \
		'minimal libpq program' "$(once 50 "$builddir/bench/minimal" "$LEXO_DATABASE_URL")"
}
generate 1 "$work/one"
fresh bench_one
(cd "$work/one" && "$LEXO" hash && LEXO_DATABASE_URL=$(url bench_one) "$LEXO" upgrade head) >/dev/null 2>&1
current 'lexo current, 1 revision' "$work/one" bench_one '1.5 x'
current "lexo current, $n revisions" "$work/a" bench_lexo

# How two databases differ that differ in one column, beside pg_dump of one of them, and the memory for it.
generate_database() { # SQL NAME-A NAME-B LAST-TABLE
	fresh "$2"
	"$PSQL" -qX -v ON_ERROR_STOP=1 -d "$(url "$2")" -f "$1" -c 'VACUUM ANALYZE'
	"$PSQL" -Xq -d "$(url postgres)" -c "DROP DATABASE IF EXISTS $3" -c "CREATE DATABASE $3 TEMPLATE $2" 2>/dev/null
	"$PSQL" -qX -d "$(url "$3")" -c "ALTER TABLE public.item_$4 ADD COLUMN supplier text"
}
memory() { # TEXT TIMES BASE-TIMES TABLES
	awk -v text="$1" -v times="$2" -v base="$3" -v tables="$4" 'BEGIN {
		split(times, a); split(base, b)
		printf "%-52s %8.1f KiB   [20]\n", text, (a[4] - b[4]) / tables }'
}
cd "$work/c"
start=$(once 5 "$LEXO" diff empty empty)
generate_database "$work/a/all.sql" bench_a bench_b "$((n - 1))"
dump=$(once 9 "${PSQL%psql}pg_dump" -s "$(url bench_a)")
diff=$(once 9 "$LEXO" diff "$(url bench_a)" "$(url bench_b)")
row "lexo diff, two databases of $n tables" "$diff" '0.6 x' 'pg_dump -s' "$dump"
memory '  memory for each of their tables' "$diff" "$start" "$((2 * n))"
generate_database "$work/ten/all.sql" bench_a bench_b "$((ten - 1))"
diff_ten=$(once 3 "$LEXO" diff "$(url bench_a)" "$(url bench_b)")
row "lexo diff, two databases of $ten tables" "$diff_ten" 'about 10 x' "$n" "$diff"
memory '  memory for each of their tables' "$diff_ten" "$start" "$((2 * ten))"
# shellcheck source=headers.sh
. "$here/headers.sh"
# shellcheck source=bindings.sh
. "$here/bindings.sh"
