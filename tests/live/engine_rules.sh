# The engine's rules one by one: what is pinned, who holds the lock, what is set again, what an exit status may say.
# SPDX-License-Identifier: Apache-2.0
. "$LEXO_TEST_SRCDIR/tests/live/lib.sh"
. "$LEXO_TEST_SRCDIR/tests/live/engine-lib.sh"
built_in() { sql "CREATE OR REPLACE FUNCTION pg_catalog.$1 RETURNS $2 LANGUAGE internal VOLATILE STRICT AS '$3'"; }
fleet() { # COUNT TEXT: so many runners at once
	local i pids= failed=0
	for i in $(seq "$1"); do
		engine up head >/dev/null 2>"err.$i" &
		pids="$pids $!"
	done
	for i in $pids; do wait "$i" || failed=$((failed + 1)); done
	[ "$failed" = 0 ] && pass "$2: all end well" || flunk "$2: $failed failed" err.[0-9]*
	rm -f err.[0-9]*
}
twelve() { # revisions r0 to r12
	fresh
	revision r0 '<base>' 'CREATE TABLE marks (id int);' 'DROP TABLE marks;'
	for i in $(seq 12); do
		revision "r$i" "r$((i - 1))" "INSERT INTO marks VALUES ($i); SELECT pg_sleep(0.01);" "DELETE FROM marks WHERE id = $i;"
	done
}
once='12|12|13'
count='SELECT count(*), count(DISTINCT id), (SELECT seq FROM lexo.head) FROM marks'

# --- what is pinned -----------------------------------------------------------------------------------------------
fresh
sql "ALTER DATABASE $PGDATABASE SET default_transaction_read_only = on"
PGOPTIONS='-c default_transaction_read_only=off' sql "ALTER DATABASE $PGDATABASE SET synchronous_commit = off;
	ALTER DATABASE $PGDATABASE SET transform_null_equals = on; ALTER DATABASE $PGDATABASE SET default_transaction_isolation = serializable"
revision a '<base>' "CREATE TABLE t AS SELECT current_setting('synchronous_commit') AS durable, NULL = NULL AS nulls;
-- lexo:step transaction=none
CREATE INDEX CONCURRENTLY i ON t (durable);
INSERT INTO t SELECT current_setting('transaction_isolation'), NULL = NULL;" ''
runs 0 "a database that is read-only by default" engine up head
answers "what is committed is durable, comparisons and isolation are the usual ones" 'on:-,read committed:-' \
	"SELECT string_agg(durable || ':' || coalesce(nulls::text, '-'), ',' ORDER BY durable) FROM t"
PGOPTIONS='-c default_transaction_read_only=off' sql "ALTER DATABASE $PGDATABASE RESET ALL"
sql "ALTER DATABASE $PGDATABASE SET client_min_messages = warning"

# --- steps outside a transaction ----------------------------------------------------------------------------------
key=$(sql "SELECT ('x' || left(encode(sha256(convert_to('lexo-lock', 'UTF8') || '\\x00'::bytea || convert_to('lexo', 'UTF8')), 'hex'), 16))::bit(64)::bigint")
holds="SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid() AND (classid::bigint << 32) | objid::bigint = $key"
fresh
revision a '<base>' "CREATE TABLE t (id int, locks int);
-- lexo:step transaction=none
SELECT pg_advisory_unlock_all();
INSERT INTO t SELECT 1, ($holds);
DISCARD ALL;
INSERT INTO t SELECT 2, ($holds);" 'DROP TABLE t;'
runs 0 "statements that give the lock away" engine up head
answers "it is taken again before the next" '1:1,2:1' "SELECT string_agg(id || ':' || locks, ',' ORDER BY id) FROM t"

fresh
revision a '<base>' "CREATE TABLE t (id int); CREATE TABLE u (id int, s text); INSERT INTO t VALUES (1), (1);
-- lexo:step transaction=none
SET myapp.x = 'set';
INSERT INTO u SELECT 1, current_setting('myapp.x', true);
CREATE UNIQUE INDEX CONCURRENTLY i ON t (id);
INSERT INTO u SELECT 2, current_setting('myapp.x', true);" ''
runs 8 "a step stops half-way" engine up head
sql 'DELETE FROM t WHERE ctid = (SELECT min(ctid) FROM t)'
runs 0 "and goes on" engine up head
answers "with the session set as before, and nothing twice" '1:set,2:set' "SELECT string_agg(id || ':' || s, ',' ORDER BY id) FROM u"

# --- a true exit status -------------------------------------------------------------------------------------------
fresh
revision a '<base>' "CREATE TABLE t (id int);
-- lexo:step transaction=none
CREATE INDEX CONCURRENTLY i ON t (id);
SELECT pg_terminate_backend(pg_backend_pid());" ''
runs 8 "a connection lost in a step outside a transaction: part applied" engine up head
fresh
revision a '<base>' 'CREATE TABLE t (id int);' ''
engine up head 2>/dev/null
revision b a "SELECT 1;
-- lexo:step transaction=none
CREATE INDEX CONCURRENTLY i ON t (id);" ''
sql "CREATE FUNCTION no() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''not now''; END';
	CREATE TRIGGER no BEFORE INSERT ON lexo.history FOR EACH ROW EXECUTE FUNCTION no()"
runs 8 "bookkeeping that fails when statements are committed already: part applied" engine up head
sql 'DROP FUNCTION no CASCADE'
runs 0 "and the next run ends it" engine up head
answers "once" '2|0' 'SELECT (SELECT seq FROM lexo.head), (SELECT count(*) FROM lexo.step)'

# --- behind a pooler: a server that says another process than the client was told ----------------------------------
twelve
sql "CREATE OR REPLACE FUNCTION pg_catalog.pg_backend_pid() RETURNS int LANGUAGE sql STABLE AS 'SELECT 1'"
fleet 8 "eight runners behind a pooler"
answers "exactly once" "$once" "$count"
revision s r12 'CREATE TABLE never (id int);
-- lexo:step transaction=none
VACUUM marks;' ''
runs 10 "statements outside a transaction are refused behind a pooler" engine up head
answers "and nothing of the revision was run" '' "SELECT to_regclass('never')"
built_in 'pg_backend_pid()' int pg_backend_pid

# --- without the lock: the head row alone carries it ---------------------------------------------------------------
twelve
sql "CREATE OR REPLACE FUNCTION pg_catalog.pg_try_advisory_lock(bigint) RETURNS bool LANGUAGE sql VOLATILE STRICT AS 'SELECT true';
	CREATE OR REPLACE FUNCTION pg_catalog.pg_try_advisory_xact_lock(bigint) RETURNS bool LANGUAGE sql VOLATILE STRICT AS 'SELECT true'"
fleet 8 "eight runners without the advisory lock"
answers "exactly once" "$once" "$count"
runs 0 "the history verifies" engine verify
built_in 'pg_try_advisory_lock(bigint)' bool pg_try_advisory_lock_int8
built_in 'pg_try_advisory_xact_lock(bigint)' bool pg_try_advisory_xact_lock_int8
answers "the built-in functions are back" 't' 'SELECT pg_backend_pid() > 1 AND pg_try_advisory_xact_lock(1)'
