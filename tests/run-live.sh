#!/bin/sh
# Runs the tests that need a PostgreSQL, all on one private server, each in a database and a folder of its own, and
# prints one TAP stream.  A test is a script tests/live/<name>.sh or a program named in $LEXO_LIVE_PROGRAMS; it prints
# TAP lines ("ok - what", "not ok - what", "ok - what # SKIP why", no plan needed) and ends with 0.
#   usage: run-live.sh [NAME…]      only these
# Given to a test: LEXO, PSQL, PGHOST PGPORT PGUSER PGDATABASE, LEXO_TEST_URL (its database), LEXO_TEST_ADMIN_URL,
# LEXO_TEST_SRCDIR and LEXO_TEST_BUILDDIR (tops of the trees), an empty working folder; HOME is that folder too.
# LEXO_TEST_SERVER=URL uses a server that runs already (the role must be a superuser).
# Without server programs everything is skipped, except in CI, where that is a failure.  LEXO_LIVE: how much: none
# (all is skipped), brief (some of what is long: for builds that look for something else), torture (as long as it takes).
# SPDX-License-Identifier: Apache-2.0
set -u
here=$(cd "$(dirname "$0")/live" && pwd -P)
top=$(cd "$here/../.." && pwd -P)
LEXO_TEST_SRCDIR=$top
LEXO_TEST_BUILDDIR=${LEXO_TEST_BUILDDIR:-$PWD}
LEXO=${LEXO:-$LEXO_TEST_BUILDDIR/lexo}
export LEXO LEXO_TEST_SRCDIR LEXO_TEST_BUILDDIR
unset DATABASE_URL LEXO_DATABASE_URL PGSERVICE PGPASSWORD PGOPTIONS PGSSLMODE PGDATABASE MAKEFLAGS MFLAGS MAKELEVEL
LC_ALL=C.UTF-8
export LC_ALL

give_up() {
	if [ "${CI:-}" = true ]; then
		printf '1..1\nnot ok 1 - live tests # %s\n' "$1"
		exit 1
	fi
	printf '1..0 # SKIP %s\n' "$1"
	exit 0
}

if [ "${LEXO_LIVE:-}" = none ]; then
	echo '1..0 # SKIP LEXO_LIVE=none'
	exit 0
fi

# --- the server ---------------------------------------------------------------------------------------------------
. "$top/tests/server.sh"
server_find || give_up 'no PostgreSQL server programs (Debian: apt-get install postgresql-15)'
if ! server_start lexo-live; then
	echo "1..1"
	echo "not ok 1 - the private server starts"
	cat "$server_work"/*.log 2>/dev/null | sed 's/^/# /'
	exit 1
fi
work=$server_work
LEXO_TEST_ADMIN_URL="postgresql:///postgres?host=$PGHOST&port=$PGPORT&user=$PGUSER"
export LEXO_TEST_ADMIN_URL

# --- the tests ----------------------------------------------------------------------------------------------------
# run_one FILE: leaves NAME.tap and NAME.rc in $work/out, and how long it took in $work/times.
run_one() {
	name=$(basename "$1" .sh)
	began=$(date +%s)
	folder=$work/run/$name
	mkdir -p "$folder"
	PGDATABASE=lexo_test_$(printf %s "$name" | tr -c 'a-z0-9\n' _)_$$
	export PGDATABASE
	LEXO_TEST_URL="postgresql:///$PGDATABASE?host=$PGHOST&port=$PGPORT&user=$PGUSER"
	export LEXO_TEST_URL
	if "$PSQL" -Xq -d "$LEXO_TEST_ADMIN_URL" -c "CREATE DATABASE $PGDATABASE" 2>"$work/out/$name.err"; then
		rc=0
		case $1 in
		*.sh) (cd "$folder" && HOME=$folder exec "${SHELL_FOR_TESTS:-/bin/bash}" "$1") ;;
		*) (cd "$folder" && HOME=$folder exec "$1") ;;
		esac >"$work/out/$name.tap" 2>"$work/out/$name.err" </dev/null || rc=$?
		"$PSQL" -Xq -d "$LEXO_TEST_ADMIN_URL" -c "DROP DATABASE $PGDATABASE WITH (FORCE)" 2>/dev/null
	else
		: >"$work/out/$name.tap"
		rc=99
	fi
	echo "$rc" >"$work/out/$name.rc"
	printf '%d %s\n' $(($(date +%s) - began)) "$name" >>"$work/times"
	rm -rf "$folder"
}

mkdir "$work/out" "$work/run"
list=
if [ $# -gt 0 ]; then
	for name; do
		for file in "$here/$name.sh" $(printf '%s\n' ${LEXO_LIVE_PROGRAMS:-} | grep "/$name\$"); do
			[ -e "$file" ] && list="$list $file"
		done
	done
	[ -n "$list" ] || give_up "no such test: $*"
else
	for file in "$here"/*.sh; do
		case $file in *lib.sh) ;; *) list="$list $file" ;; esac
	done
	list="$list ${LEXO_LIVE_PROGRAMS:-}"
fi

# Two at a time by default: the server does half of the work.  Each worker takes the next test that nobody has taken.
worker() {
	for file in $list; do
		case $file in /*) ;; *) file=$LEXO_TEST_BUILDDIR/$file ;; esac
		if mkdir "$work/taken/$(basename "$file")" 2>/dev/null; then run_one "$file"; fi
	done
}
mkdir "$work/taken"
workers=
for slot in $(seq "${LEXO_LIVE_JOBS:-2}"); do
	worker &
	workers="$workers $!"
done
for pid in $workers; do wait "$pid"; done

# --- one TAP stream -----------------------------------------------------------------------------------------------
for file in $list; do
	name=$(basename "$file" .sh)
	rc=$(cat "$work/out/$name.rc")
	awk -v name="$name" -v rc="$rc" '
		/^(not )?ok/ {
			text = $0
			is_bad = text ~ /^not ok/
			sub(/^(not )?ok *[0-9]* *-? */, "", text)
			printf "%sok - %s: %s\n", is_bad ? "not " : "", name, text
			lines++
			bad += is_bad
			next
		}
		/^1\.\.0 *# *[Ss][Kk][Ii][Pp]/ { why = $0; sub(/^[^#]*# *[A-Za-z]* */, "", why); skipped = 1; next }
		/^1\.\./ { planned = substr($0, 4) + 0; next }
		/^Bail out!/ { print "not ok - " name ": " $0; lines++; bad++; next }
		{ print "# " $0 }
		END {
			if (rc == 77 || skipped) { printf "ok - %s # SKIP %s\n", name, why; exit }
			if (rc != 0 && !bad) printf "not ok - %s: ended with %d\n", name, rc
			else if (!lines) printf "not ok - %s: it tested nothing\n", name
			else if (planned && planned != lines) printf "not ok - %s: planned %d, ran %d\n", name, planned, lines
		}' "$work/out/$name.tap"
	sed "s/^/# $name: /" "$work/out/$name.err"
done >"$work/all.tap"
if [ "${CI:-}" = true ]; then
	sed -i -E 's/^ok - (.*) # SKIP (.*)$/not ok - \1: skipped in CI: \2/' "$work/all.tap"
fi
awk '/^(not )?ok -/ { sub(/ok -/, "ok " ++n " -") } { print } END { print "1.." n + 0 }' "$work/all.tap"
sort -rn "$work/times" | awk '$1 >= 10 { print "# took " $1 " s: " $2 }'
if [ -s "$work/server.log" ] && grep -qE 'PANIC|TRAP|terminated by signal' "$work/server.log"; then
	grep -E 'PANIC|TRAP|terminated by signal' "$work/server.log" | sed 's/^/# server: /'
fi
! grep -q '^not ok' "$work/all.tap"
