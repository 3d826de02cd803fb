# lexo repair and unlock: what is accepted, what is refused, and that each leaves a row.
# SPDX-License-Identifier: Apache-2.0
. "$LEXO_TEST_SRCDIR/tests/live/lib.sh"
. "$LEXO_TEST_SRCDIR/tests/live/engine-lib.sh"
LEXO_DATABASE_URL=$LEXO_TEST_URL
export LEXO_DATABASE_URL
unset DATABASE_URL

# --- an edit that was reviewed --------------------------------------------------------------------------------------
fresh
revision a '<base>' 'CREATE TABLE t (id int);' 'DROP TABLE t;'
revision b a 'ALTER TABLE t ADD n int;' 'ALTER TABLE t DROP n;'
revision c b 'ALTER TABLE t ADD m int;' 'ALTER TABLE t DROP m;'
engine up head 2>/dev/null
runs 11 'nothing to accept' "$LEXO" repair b --reason 'none'
says 'is said' 'L0451.*revision b.*its file says what was applied'
sed -i 's/ADD n int;/ADD n int DEFAULT 0;/' migrations/b_x.sql
runs 5 'an edit that is not in lexo.sum' "$LEXO" repair b --reason 'review 12'
says 'is not accepted' 'L0308'
engine hash
runs 5 'an edited revision is refused' "$LEXO" upgrade head
says 'with the way to accept it' 'lexo repair b --reason'
runs 2 'not without a reason' "$LEXO" repair b
says 'by name' 'L0202.*for a reason only'
runs 11 'not for a revision that is the same' "$LEXO" repair a --reason 'review 12'
sed -i 's/ADD m int;/ADD m int8;/' migrations/c_x.sql && engine hash
runs 5 'not when another one was edited too' "$LEXO" repair b --reason 'review 12'
says 'by name' 'L0410.*revision c was edited too'
answers 'nothing was written' 3 'SELECT seq FROM lexo.head'
sed -i 's/ADD m int8;/ADD m int;/' migrations/c_x.sql && engine hash
before=$(sql "SELECT chain FROM lexo.history WHERE revision = 'b'")
runs 0 'a reviewed edit' "$LEXO" repair b --reason 'review 12: default was set by hand'
says 'is accepted, and what stands on it' '^Accepted b as applied; 2 rows' out
answers 'who, when, why, from and to' "t|t|t|t|review 12: default was set by hand" "SELECT db_user = session_user, applied_at > now() - interval '1 hour',
	former_chain = '$before', chain <> former_chain, reason FROM lexo.history WHERE event = 'repair' AND revision = 'b'"
runs 0 'the history verifies' "$LEXO" verify --db
runs 0 'and goes on' "$LEXO" upgrade head
runs 0 'history --applied' "$LEXO" history --applied
says 'tells why' 'repair +b, revision b: review 12' out
runs 0 'down to the beginning' "$LEXO" downgrade base

# --- indexes --------------------------------------------------------------------------------------------------------
fresh
runs 0 'no index to rebuild' "$LEXO" repair --indexes
says 'is said' '^No index is invalid' out
sql 'CREATE TABLE t (id int, n int); INSERT INTO t VALUES (1, 1), (1, 2)'
sql 'CREATE UNIQUE INDEX CONCURRENTLY "T u" ON t (id)' 2>/dev/null
sql 'CREATE INDEX CONCURRENTLY i ON t ((1 / (n - 2)))' 2>/dev/null
invalid="SELECT string_agg(indexrelid::regclass::text, ' ' ORDER BY 1) FROM pg_index WHERE NOT indisvalid"
answers 'two are invalid' '"T u" i' "SELECT string_agg(indexrelid::regclass::text, ' ' ORDER BY indexrelid::regclass::text) FROM pg_index WHERE NOT indisvalid"
runs 1 'what cannot be rebuilt' "$LEXO" repair --indexes
says 'is named with the cause' 'L0452.*cannot rebuild index public."T u": could not create unique index'
answers 'and leaves nothing beside it' 2 'SELECT count(*) FROM pg_index WHERE NOT indisvalid'
sql 'DELETE FROM t WHERE n = 2'
runs 0 'with the cause gone' "$LEXO" repair --indexes --reason 'duplicates are gone'
answers 'all are valid' '' "$invalid"
answers 'each is a row' '2' "SELECT count(*) FROM lexo.history WHERE event = 'repair' AND message LIKE 'index public.% rebuilt' AND reason = 'duplicates are gone'"
runs 0 'the history verifies' "$LEXO" verify --db

# --- a runner that hangs --------------------------------------------------------------------------------------------
fresh
revision a '<base>' 'CREATE TABLE t (id int); SELECT pg_sleep(30);' 'DROP TABLE t;'
engine up head >/dev/null 2>hanging &
hanging=$!
for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15; do
	pid=$(sql "SELECT pid FROM pg_stat_activity WHERE application_name = 'lexo' AND wait_event = 'PgSleep' AND datname = current_database()")
	[ -n "$pid" ] && break
	sleep 0.2
done
own=$(sql 'SELECT pg_backend_pid()')
runs 2 'unlock wants to know whom' "$LEXO" unlock
runs 10 'not a session that has no lock' "$LEXO" unlock --holder "$own"
says 'and says who has it' "L0453.*process $own .*process $pid "
sql "CREATE ROLE other_$$ LOGIN"
runs 10 'not by a role that may not' "$LEXO" --url "postgresql:///$PGDATABASE?host=$PGHOST&port=$PGPORT&user=other_$$" unlock --holder "$pid"
says 'by name' 'L0454'
sql "DROP ROLE other_$$"
kill -0 $hanging && pass 'the runner still hangs' || flunk 'the runner is gone' hanging
runs 0 'unlock' "$LEXO" unlock --holder "$pid" --reason 'the machine is gone'
says 'says whom it ended' "ended process $pid "
rc=0
wait $hanging || rc=$?
[ $rc = 7 ] && pass 'that runner knows that nothing was changed' || flunk "the runner ended with $rc" hanging
answers 'a row says so' '1' "SELECT count(*) FROM lexo.history WHERE event = 'unlock' AND message LIKE 'ended process $pid %' AND reason = 'the machine is gone'"
runs 0 'the history verifies' "$LEXO" verify --db
