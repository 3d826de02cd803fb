# Many runners started together: each revision exactly once, with the lock, without it, and through PgBouncer; nobody is in
# the way of a concurrent index, and nobody's queries wait longer than lock_timeout.
# LEXO_LIVE=torture: ROUNDS (20) instead of one, and 100 ms are all that a query may wait beyond lock_timeout.
# SPDX-License-Identifier: Apache-2.0
. "$LEXO_TEST_SRCDIR/tests/live/lib.sh"
. "$LEXO_TEST_SRCDIR/tests/live/engine-lib.sh"
. "$LEXO_TEST_SRCDIR/tests/live/pooler-lib.sh"
rounds=$(amount "${ROUNDS:-}" 1 1 20) slack=$(amount '' 1000 1000 100)
bin=${PSQL%/*}
url=$LEXO_TEST_URL
fleet() { # COUNT: so many runners at once; counts those that failed
	local i pids=
	failed=0
	for i in $(seq "$1"); do
		"$driver" migrations "$url" up head >/dev/null 2>"err.$i" &
		pids="$pids $!"
	done
	for i in $pids; do wait "$i" || failed=$((failed + 1)); done
}
# all_once TEXT: 32 runners on 50 revisions, so many rounds
all_once() {
	local round wrong=0
	for round in $(seq "$rounds"); do
		sql 'DROP SCHEMA IF EXISTS lexo CASCADE; DROP TABLE IF EXISTS marks' 2>/dev/null
		fleet 32
		got=$(sql 'SELECT count(*), count(DISTINCT id), (SELECT seq FROM lexo.head) FROM marks' 2>&1)
		[ "$failed:$got" = '0:49|49|50' ] && engine verify 2>/dev/null || {
			echo "# round $round: $failed failed, marks $got"
			cat err.[0-9]* | grep '^L' | sort | uniq -c | sed 's/^/#   /'
			wrong=$((wrong + 1))
		}
	done
	[ "$wrong" = 0 ] && pass "$1: 32 runners, 50 revisions, rounds: $rounds, each exactly once" || flunk "$1: $wrong of $rounds rounds went wrong"
}
fresh
mkdir -p migrations
printf -- '-- lexo:revision r1\n-- lexo:revises  <base>\n-- lexo:message  marks\n\n-- lexo:upgrade\nCREATE TABLE marks (id int);\n\n-- lexo:downgrade\nDROP TABLE marks;\n' >migrations/r1_x.sql
for i in $(seq 2 50); do
	printf -- '-- lexo:revision r%d\n-- lexo:revises  r%d\n-- lexo:message  m%d\n\n-- lexo:upgrade\nINSERT INTO marks VALUES (%d);\n\n-- lexo:downgrade\nDELETE FROM marks WHERE id = %d;\n' \
		"$i" $((i - 1)) "$i" "$i" "$i" >"migrations/r${i}_x.sql"
done
engine hash

# --- with the lock, and without ---------------------------------------------------------------------------------------
all_once 'with the lock'
sql "CREATE OR REPLACE FUNCTION pg_catalog.pg_try_advisory_lock(bigint) RETURNS bool LANGUAGE sql VOLATILE STRICT AS 'SELECT true';
	CREATE OR REPLACE FUNCTION pg_catalog.pg_try_advisory_xact_lock(bigint) RETURNS bool LANGUAGE sql VOLATILE STRICT AS 'SELECT true'"
all_once 'without the lock, by the head row alone'
sql "CREATE OR REPLACE FUNCTION pg_catalog.pg_try_advisory_lock(bigint) RETURNS bool LANGUAGE internal VOLATILE STRICT AS 'pg_try_advisory_lock_int8';
	CREATE OR REPLACE FUNCTION pg_catalog.pg_try_advisory_xact_lock(bigint) RETURNS bool LANGUAGE internal VOLATILE STRICT AS 'pg_try_advisory_xact_lock_int8'"

# --- through PgBouncer ------------------------------------------------------------------------------------------------
if has_pooler; then
	for mode in transaction session; do
		start_pooler $mode 12
		url=$pooler_url
		all_once "through PgBouncer, pool_mode = $mode"
		answers "no lock is left with the sessions of the pool ($mode)" '0' \
			"SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
		[ "$(for i in 1 2 3 4 5 6; do sql 'SHOW search_path; SHOW lock_timeout; SHOW jit' "$url"; done | sort -u | wc -l)" = 3 ] &&
			pass "and no setting ($mode)" || flunk "settings are left with the sessions of the pool ($mode)"
		stop_pooler
	done
	url=$LEXO_TEST_URL
else
	echo 'ok - PgBouncer # SKIP no pgbouncer'
fi

# --- nobody in the way ------------------------------------------------------------------------------------------------
fresh
{
	printf -- '-- lexo:revision a\n-- lexo:revises  <base>\n-- lexo:message  indexes\n\n-- lexo:upgrade\nCREATE TABLE t AS SELECT i, i AS j FROM generate_series(1, 2000) i;\n-- lexo:step transaction=none\n'
	for i in $(seq 20); do echo "CREATE INDEX CONCURRENTLY t_$i ON t (i, j);"; done
	printf -- '\n-- lexo:downgrade\nDROP TABLE t;\n'
} >migrations/a_x.sql
engine hash
fleet 32
[ "$failed" = 0 ] && pass '31 runners wait while one builds 20 indexes concurrently: no deadlock' || flunk "concurrent indexes: $failed failed" err.[0-9]*
answers 'all are valid' '20|20' "SELECT count(*), count(*) FILTER (WHERE indisvalid) FROM pg_index WHERE indrelid = 't'::regclass"

revision b a 'ALTER TABLE t ADD COLUMN k int;' 'ALTER TABLE t DROP COLUMN k;'
echo 'SELECT i FROM t WHERE i = 7;' >query.sql
"$PSQL" -XAtq -d "$LEXO_TEST_URL" -c 'BEGIN; SELECT count(*) FROM t; SELECT pg_sleep(6)' >/dev/null 2>&1 &
idle=$!
PGOPTIONS="-c statement_timeout=$((300 + slack))" "$bin/pgbench" -n -c 50 -j 2 -T 5 -f query.sql "$PGDATABASE" >bench 2>&1 &
bench=$!
sleep 0.7
LOCK_TIMEOUT_MS=300 ATTEMPTS=4 runs 6 'a table lock that is not to be had is given up' engine up head
wait $bench && ! grep -q 'statement timeout' bench && pass "meanwhile no query of 50 clients waited longer than lock_timeout and $slack ms" ||
	flunk 'a query waited too long' bench
[ "$(grep -c '^retry' err)" = 3 ] && pass 'it tried four times' || flunk 'retries' err
wait $idle
