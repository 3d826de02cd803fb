# The engine against everything that goes wrong while revisions are applied.
# SPDX-License-Identifier: Apache-2.0
. "$LEXO_TEST_SRCDIR/tests/live/lib.sh"
. "$LEXO_TEST_SRCDIR/tests/live/engine-lib.sh"

# --- there and back -----------------------------------------------------------------------------------------------
fresh
revision a '<base>' 'CREATE TABLE marks (id text); INSERT INTO marks VALUES ($$a$$);' 'DROP TABLE marks;'
revision b a 'ALTER TABLE marks ADD COLUMN n int DEFAULT 1; SET search_path = pg_catalog; SET lock_timeout = 7; SET standard_conforming_strings = off;' \
	'ALTER TABLE marks DROP COLUMN n;'
revision c b "INSERT INTO marks VALUES ('c\\'); CREATE INDEX marks_id ON marks (id);" "DROP INDEX marks_id; DELETE FROM marks WHERE id = 'c\\';"
catalog before
runs 0 "upgrade to the head" engine up head
catalog there
answers "all are applied once, the session is clean for each" '2|3' 'SELECT (SELECT count(*) FROM marks), (SELECT seq FROM lexo.head)'
runs 0 "a second upgrade has nothing to do" engine up head
runs 0 "the history verifies" engine verify
runs 0 "downgrade by one" engine down -1
engine state >out; says "the database is at b" '^b$' out
runs 0 "downgrade to base" engine down base
catalog back
same "downgrade leads back" before back
runs 0 "upgrade again" engine up +3
catalog again
same "the same schema as before" there again
answers "each event has its row" '9' 'SELECT count(*) FROM lexo.history'
answers "the way down is kept" 'DROP TABLE marks;' "SELECT trim(E'\\n' FROM downgrade_sql) FROM lexo.history WHERE seq = 1"

# --- checksums ----------------------------------------------------------------------------------------------------
printf -- '-- a remark\n' >>migrations/a_x.sql
runs 0 "a comment is a warning" engine up head
says "and says which file" 'warning.*migrations/a_x.sql'
sed -i 's/DEFAULT 1/DEFAULT 2/' migrations/b_x.sql
runs 5 "an edited revision is refused" engine up head
says "with its code and file" '^where: migrations/b_x.sql:'
engine hash
runs 5 "and still refused when hashed again, since it is applied" engine up head
says "by the database's chain" '^L0410 .*revision b '
sed -i 's/DEFAULT 2/DEFAULT 1/' migrations/b_x.sql
engine hash
head -c 60 migrations/c_x.sql >torn && cp migrations/c_x.sql whole && cp torn migrations/c_x.sql
runs 5 "a torn file is refused" engine up head
cp whole migrations/c_x.sql
mv migrations/c_x.sql aside
runs 5 "a missing file is refused" engine up head
engine hash
runs 11 "a revision that only the database knows is refused" engine up head
says "the message names it" '^L0411 .*revision c'
runs 0 "stamp --purge is the way out" engine purge b
mv aside migrations/c_x.sql
rm migrations/lexo.sum
runs 5 "no lexo.sum" engine up head
engine hash
sql "UPDATE lexo.history SET message = 'x' WHERE seq = 2"
runs 5 "a changed history row is found" engine verify
says "by its number" '^L0422 .*row 2 '

# --- statements that fail -----------------------------------------------------------------------------------------
fresh
revision a '<base>' "CREATE TABLE t (id int);
INSERT INTO t VALUES (1); -- ü
SELECT 'ü', nope FROM t;" ''
runs 7 "a failing statement" engine up head
says "has its code" '^L0407 '
says "has file, line and column" '^where: migrations/a_x.sql:8:13$'
says "and number" 'statement 3: '
answers "everything is rolled back" '' "SELECT to_regclass('public.t')"
revision a '<base>' 'CREATE TABLE t (id int); COMMIT; DROP TABLE t;' '' 2>/dev/null
runs 5 "COMMIT in a revision is refused" engine up head
says "with its code" '^L0304 '
revision a '<base>' "CREATE TABLE t (id int); DO 'BEGIN COMMIT; END';" ''
runs 7 "COMMIT hidden in a block fails" engine up head
answers "and changes nothing" '' "SELECT to_regclass('public.t')"
revision a '<base>' 'CREATE TABLE t (id int); SELECT pg_advisory_unlock_all(); DEALLOCATE ALL;' ''
revision b a 'ALTER TABLE t ADD a int' ''
revision c b 'ALTER TABLE t ADD b int; DEALLOCATE ALL' ''
revision d c 'ALTER TABLE t ADD c int; DEALLOCATE ALL' ''
runs 0 "a revision that lets go of locks and prepared statements" engine up head
answers "all four are applied" '4' 'SELECT seq FROM lexo.head'
printf -- '-- lexo:irreversible the data is gone\n' >line
sed -i '/lexo:message/r line' migrations/b_x.sql
fresh
revision a '<base>' 'CREATE TABLE t (id int);' 'DROP TABLE t;'
revision b a 'SELECT 1;' ''
sed -i '/lexo:message/r line' migrations/b_x.sql && engine hash
engine up head 2>/dev/null
runs 10 "an irreversible revision is not taken back" engine down base
says "by name" '^L0412 revision b cannot be undone: the data is gone'

# --- outside a transaction ----------------------------------------------------------------------------------------
fresh
revision a '<base>' 'CREATE TABLE t (id int); INSERT INTO t VALUES (1), (1);
-- lexo:step transaction=none
CREATE INDEX CONCURRENTLY i ON t (id);
CREATE UNIQUE INDEX CONCURRENTLY u ON t (id);
VACUUM t;' 'DROP TABLE t;'
runs 8 "a step outside the transaction fails: part applied" engine up head
says "and says at which statement" '^L0408 .*statement 2: '
answers "the index given up is not left behind" 'i' "SELECT string_agg(relname, ',') FROM pg_class WHERE relkind = 'i' AND relname IN ('i', 'u')"
runs 8 "nothing else goes on meanwhile" engine down base
runs 8 "nor a stamp" engine stamp base
sql 'DELETE FROM t WHERE ctid = (SELECT min(ctid) FROM t)'
runs 0 "mended, it goes on where it was" engine up head
answers "both indexes, once each, journal empty" '2|0|1' "SELECT (SELECT count(*) FROM pg_index WHERE indrelid = 't'::regclass AND indisvalid), (SELECT count(*) FROM lexo.step), (SELECT seq FROM lexo.head)"
fresh
revision a '<base>' 'CREATE TABLE t (id int);
-- lexo:step transaction=none
CREATE INDEX CONCURRENTLY i ON t (id);' 'DROP TABLE t;'
engine up head 2>/dev/null
sql "DELETE FROM lexo.revision; DELETE FROM lexo.history; UPDATE lexo.head SET seq = 0, hash = repeat('0', 64);
	INSERT INTO lexo.step (revision, direction, step, statement, hash, state) SELECT 'a', 'upgrade', 0, 0, 'x', 'done'"
runs 5 "a part-applied revision whose file changed is refused" engine up head

# --- others in the way --------------------------------------------------------------------------------------------
fresh
revision a '<base>' 'CREATE TABLE t (id int);' ''
engine up head 2>/dev/null
revision b a 'ALTER TABLE t ADD a int;' ''
"$PSQL" -XAtq -d "$LEXO_TEST_URL" -c 'BEGIN; LOCK TABLE t; SELECT pg_sleep(30)' >/dev/null 2>&1 &
holder=$!
sleep 1
LOCK_TIMEOUT_MS=100 ATTEMPTS=2 runs 6 "a table locked by another session: given up, nothing changed" engine up head
says "after a retry" '^retry upgrade b'
says "with its code" '^L0406 '
sql "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'BEGIN; LOCK TABLE t%' AND datname = current_database()" >/dev/null
wait $holder
runs 0 "with the table free it works" engine up head
key=$(sql "SELECT ('x' || left(encode(sha256(convert_to('lexo-lock', 'UTF8') || '\\x00'::bytea || convert_to('lexo', 'UTF8')), 'hex'), 16))::bit(64)::bigint")
revision c b 'ALTER TABLE t ADD b int;' ''
"$PSQL" -XAtq -d "$LEXO_TEST_URL" -c "SELECT pg_advisory_lock($key), pg_sleep(30)" >/dev/null 2>&1 &
holder=$!
sleep 1
LOCK_WAIT_MS=200 runs 6 "the runners' lock held by another session" engine up head
says "its holder is named" '^L0405 .*process [0-9]+'
sql "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'SELECT pg_advisory_lock%' AND datname = current_database()" >/dev/null
wait $holder

# --- many runners, killed runners, killed servers -----------------------------------------------------------------
fresh
revision r0 '<base>' 'CREATE TABLE marks (id int);' 'DROP TABLE marks;'
for i in 1 2 3 4 5 6 7 8 9 10 11 12; do
	revision "r$i" "r$((i - 1))" "INSERT INTO marks VALUES ($i); SELECT pg_sleep(0.02);" "DELETE FROM marks WHERE id = $i;"
done
pids=
for i in 1 2 3 4 5 6 7 8; do
	engine up head >/dev/null 2>"err.$i" &
	pids="$pids $!"
done
failed=0
for pid in $pids; do wait "$pid" || failed=$((failed + 1)); done
[ "$failed" = 0 ] && pass "eight runners at once all end well" || flunk "eight runners at once: $failed failed" err.1 err.2 err.3
answers "each revision ran exactly once" '12|12|13' 'SELECT count(*), count(DISTINCT id), (SELECT seq FROM lexo.head) FROM marks'
runs 0 "the history verifies" engine verify

for round in 1 2 3 4 5 6; do
	engine down base 2>/dev/null
	engine up head >/dev/null 2>&1 &
	pid=$!
	sleep "0.$((round + 1))"
	kill -9 $pid 2>/dev/null
	wait $pid 2>/dev/null
	runs 0 "round $round: after kill -9 the next run finishes" engine up head
	answers "round $round: exactly once" '12|12' 'SELECT count(*), count(DISTINCT id) FROM marks'
done
engine down base 2>/dev/null
engine up head >/dev/null 2>killed &
pid=$!
sleep 0.4
sql "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'lexo' AND datname = current_database()" >/dev/null
rc=0
wait $pid || rc=$?
case $rc in 0 | 4 | 7) pass "a terminated backend: ended with $rc" ;; *) flunk "a terminated backend: ended with $rc" killed ;; esac
runs 0 "and the next run finishes" engine up head
answers "exactly once" '12|12' 'SELECT count(*), count(DISTINCT id) FROM marks'
runs 0 "the history verifies" engine verify
answers "no lock is left" '0' "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"

# --- offline ------------------------------------------------------------------------------------------------------
catalog online
sql 'DROP SCHEMA lexo CASCADE; DROP TABLE marks'
runs 0 "upgrade --sql" engine sql-up head
cp out up.sql
runs 0 "psql runs it" "$PSQL" -Xq -d "$LEXO_TEST_URL" -f up.sql
catalog offline
same "the same schema as online" online offline
runs 0 "its history rows verify" engine verify
runs 0 "and there is nothing left to do" engine up head
runs 3 "a second time the script stops" "$PSQL" -Xq -d "$LEXO_TEST_URL" -f up.sql
says "and says why" 'starts at'
runs 0 "downgrade --sql" engine sql-down r12:r3
cp out down.sql
runs 0 "psql runs it" "$PSQL" -Xq -d "$LEXO_TEST_URL" -f down.sql
engine state >out; says "the database is at r3" '^r3$' out
runs 0 "and its history verifies" engine verify
runs 2 "downgrade --sql needs a range" engine sql-down base
says "with its code" '^L0423 '

# --- connections --------------------------------------------------------------------------------------------------
runs 4 "a database that is not there" "$driver" migrations "postgresql:///nowhere_here?host=$PGHOST&port=$PGPORT&user=$PGUSER" up
says "is told apart" '^L0403 '
runs 4 "a role that is not there" "$driver" migrations "postgresql:///postgres?host=$PGHOST&port=$PGPORT&user=nobody_here" up
says "too" '^L0402 '
runs 4 "no server" "$driver" migrations 'postgresql://u:s3cret@127.0.0.1:1/x' up
says "too" '^L0401 '
for url in 'postgresql://u:s3cret@127.0.0.1:1/x' 'postgresql://u:pa@s3cret@127.0.0.1:1/x' 'postgresql://u:pa/s3cret@127.0.0.1:1/x' \
	'postgresql://u:s3cret@127.0.0.1:x/x' 'host=127.0.0.1 password=s3cret port=x' "password='s3cret" 'postgresql+psycopg2://u:s3cret@127.0.0.1:1/x' \
	'postgresql://u:s3cret%zz@127.0.0.1:1/x' 'postgresql://u:s3cret:1@127.0.0.1:1/x'; do
	"$driver" migrations "$url" up >out 2>err
	grep -q s3cret out err && flunk "a password is shown: $url" err || pass "no password is shown"
done
sql "CREATE ROLE reader_$$ LOGIN; REVOKE CREATE ON DATABASE $PGDATABASE FROM PUBLIC"
rm -rf migrations && mkdir migrations && revision a '<base>' 'CREATE TABLE marks2 (id int);' ''
sql 'DROP SCHEMA lexo CASCADE'
runs 1 "a role that may not write" "$driver" migrations "postgresql:///$PGDATABASE?host=$PGHOST&port=$PGPORT&user=reader_$$" up
says "is told so" '^L0414 '
sql "DROP ROLE reader_$$"
