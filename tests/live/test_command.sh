# lexo test: revisions that go up, down and up, and all the ways in which they do not.
# SPDX-License-Identifier: Apache-2.0
. "$LEXO_TEST_SRCDIR/tests/live/lib.sh"
unset LEXO_DATABASE_URL DATABASE_URL
scratch="--scratch $LEXO_TEST_ADMIN_URL"

# revision ID PARENT MESSAGE UP DOWN
revision() {
	{
		printf -- '-- lexo:revision %s\n-- lexo:revises %s\n-- lexo:message %s\n' "$1" "$2" "$3"
		[ -z "${6:-}" ] || printf -- '%s\n' "$6"
		printf -- '-- lexo:upgrade\n%s\n' "$4"
		[ "$5" = none ] || printf -- '-- lexo:downgrade\n%s\n' "$5"
	} >"migrations/$1.sql"
}
mkdir migrations
revision a1 '<base>' 'a table' 'CREATE TABLE t (id int PRIMARY KEY, note text);' 'DROP TABLE t;'
revision b1 a1 'left' 'ALTER TABLE t ADD COLUMN l int;' 'ALTER TABLE t DROP COLUMN l;'
revision b2 a1 'right' "CREATE INDEX t_note ON t (note);
-- lexo:step transaction=none
CREATE INDEX CONCURRENTLY t_both ON t (id, note);" "-- lexo:step transaction=none
DROP INDEX CONCURRENTLY t_both;
DROP INDEX t_note;"
revision c1 'b1 b2' 'a merge' '' ''
revision d1 c1 'no way back' 'UPDATE t SET note = NULL;' none '-- lexo:irreversible the notes are gone'
"$LEXO" -q hash
runs 0 'a history with branches, a merge and a step outside' "$LEXO" test $scratch
says 'each has its line' '^ok       b2, right$' out
says 'no way back is no mistake' '^up only  d1, no way back \(irreversible: the notes are gone\)$' out
says 'the sum' '^5 revisions: 4 ok, 1 up only$' out
runs 0 'one revision' "$LEXO" test b2 $scratch
says 'alone' '^1 revision: 1 ok$' out
runs 0 'a range' "$LEXO" test a1:c1 $scratch
says 'is three' '^3 revisions: 3 ok$' out
runs 11 'a revision that is not there' "$LEXO" test zz $scratch
"$LEXO" test $scratch >out 2>err &
pid=$!
wait "$pid"
[ -z "$(sql "SELECT datname FROM pg_database WHERE datname LIKE 'lexo\\_scratch\\_${pid}\\_%'" "$LEXO_TEST_ADMIN_URL")" ] &&
	pass 'no scratch database is left' || flunk 'no scratch database is left'

# --- what goes wrong -------------------------------------------------------------------------------------------------
revision e1 d1 'leaves a table' 'CREATE TABLE left_over (id int); ALTER TABLE t ADD COLUMN gone int;' \
	'ALTER TABLE t DROP COLUMN gone;'
revision e2 e1 'drops too much' 'CREATE TABLE e2 (id int);' "DROP TABLE e2;
DROP TABLE left_over;"
revision e3 e2 'fails on the way down' 'CREATE TABLE e3 (id int);' "SELECT 1;
DROP TABLE no_such_table;"
revision e4 e3 'fails down, outside' 'CREATE TABLE e4 (id int);' "DROP TABLE e4;
-- lexo:step transaction=none
DROP INDEX CONCURRENTLY no_such_index;"
revision e5 e4 'fine after all that' 'CREATE TABLE e5 (id int);' 'DROP TABLE e5;'
revision f1 e5 'does not go up' "SELECT 1;

  SELECT *
  FROM no_such_table;" ''
revision f2 f1 'stands on it' 'SELECT 1;' ''
revision g1 e5 'stands beside it' 'SELECT 1;' ''
"$LEXO" -q hash
runs 3 'all the ways to be wrong' "$LEXO" test $scratch --junit result.xml
cat >wanted <<'END'
ok       a1, a table
ok       b1, left
ok       b2, right
ok       c1, a merge
up only  d1, no way back (irreversible: the notes are gone)
failed   e1, leaves a table
    down: the downgrade does not lead back to where the upgrade came from [L0431]
      --> migrations/e1.sql
      left over: table public.left_over
      what would make up for it:
      | DROP TABLE public.left_over;
    up again: upgrade of revision e1 failed at statement 1: relation "left_over" already exists [L0407]
      --> migrations/e1.sql:5:1
      | CREATE TABLE left_over (id int)
failed   e2, drops too much
    down: the downgrade does not lead back to where the upgrade came from [L0431]
      --> migrations/e2.sql
      missing: table public.left_over
      what would make up for it:
      | CREATE TABLE public.left_over (
      |     id int4
      | );
failed   e3, fails on the way down
    down: downgrade of revision e3 failed at statement 2: table "no_such_table" does not exist [L0407]
      --> migrations/e3.sql:8:1
      | DROP TABLE no_such_table
failed   e4, fails down, outside
    down: downgrade of revision e4 failed at statement 1: index "no_such_index" does not exist [L0408]
      --> migrations/e4.sql:9:1
      | DROP INDEX CONCURRENTLY no_such_index
ok       e5, fine after all that
failed   f1, does not go up
    up: upgrade of revision f1 failed at statement 2: relation "no_such_table" does not exist [L0407]
      --> migrations/f1.sql:8:8
      | SELECT *
      |   FROM no_such_table
not run  f2, stands on it (it needs f1, which failed)
ok       g1, stands beside it
13 revisions: 6 ok, 5 failed, 1 up only, 1 not run
END
same 'says exactly what' wanted out
says 'and ends with the sum' 'L0431.*5 of 13 revisions'
says 'JUnit: the counts' '<testsuite name="lexo test" tests="13" failures="5" errors="0" skipped="2"' result.xml
says 'JUnit: a failure' '<failure type="L0431" message="the downgrade does not' result.xml
if command -v python3 >/dev/null; then
	runs 0 'JUnit: it is XML' python3 -c 'import xml.dom.minidom; xml.dom.minidom.parse("result.xml")'
fi
runs 3 'as JSON' "$LEXO" test e1 --output json $scratch
says 'JSON: the objects' '"objects":\["left over: table public.left_over"\]' out
says 'JSON: the counts' '"counts":\{"ok":0,"failed":1,' out

# --- data and dumps --------------------------------------------------------------------------------------------------
rm migrations/[d-g]*.sql
revision d2 c1 'a column that must not be null' 'ALTER TABLE t ADD COLUMN n int NOT NULL;' 'ALTER TABLE t DROP COLUMN n;'
"$LEXO" -q hash --force
runs 0 'without rows it goes up' "$LEXO" test $scratch
printf "INSERT INTO t (id) VALUES (1);\nCOPY t (id, note) FROM stdin;\n2\ttwo\n\\\\.\n" >rows.sql
runs 3 'with rows it does not' "$LEXO" test $scratch --data a1=rows.sql
says 'it says why' 'column "n" of relation "t" contains null values' out
printf "SELECT 1;\nINSERT INTO nowhere VALUES (1);\n" >bad.sql
runs 1 'data that do not fit' "$LEXO" test $scratch --data bad.sql
says 'say where' 'L0432.*bad.sql:2: ERROR:  relation "nowhere"'
runs 0 'a database at the merge' "$LEXO" upgrade c1 --url "$LEXO_TEST_URL"
sql 'INSERT INTO t (id) VALUES (1)'
# a pg_dump that is older than the server refuses
if pg_dump "$LEXO_TEST_URL" >dump.sql 2>/dev/null; then
	pg_dump -Fc "$LEXO_TEST_URL" >dump.custom
	pg_dump -N lexo "$LEXO_TEST_URL" >plain.sql
	for dump in dump.sql dump.custom; do
		runs 3 "from $dump" "$LEXO" test $scratch --dump $dump
		says "$dump: only what is new" '^1 revision: 0 ok, 1 failed$' out
	done
	runs 2 'a dump that does not say where it is' "$LEXO" test $scratch --dump plain.sql
	runs 3 'told where' "$LEXO" test c1:head $scratch --dump plain.sql
	says 'it goes on from there' '^1 revision: 0 ok, 1 failed$' out
fi
runs 1 'no psql' env PATH=/nowhere "$LEXO" test $scratch --data rows.sql
says 'it names it' 'L0433.*psql'

# --- roles, which belong to the server -------------------------------------------------------------------------------
mkdir roles && cd roles && mkdir migrations models || exit 1
unset PGHOST PGPORT PGUSER PGDATABASE
trap '"$LEXO" -q dev stop >/dev/null 2>&1; exit $((failures > 0))' EXIT
printf 'lexo 1\n\nrole reader @external\n\nmodel T @table(t) {\n  id  int8  @id\n}\n\ngrant select on T to reader\n' >models/t.lexo
runs 0 'a revision with a grant' "$LEXO" -q revision --autogenerate -m grant --rev-id a1
revision b1 a1 'a role' 'CREATE ROLE "App";' 'DROP ROLE "App";'
revision c1 b1 'irreversible' 'CREATE USER visitor;' none
"$LEXO" -q hash >/dev/null
runs 0 'on a server of its own' "$LEXO" test
runs 0 'a server that stays' "$LEXO" -q dev start
url=$(cat out)
runs 0 'on that one' "$LEXO" test
runs 0 'and a second time' "$LEXO" test
says 'all of them' '^3 revisions: 2 ok, 1 up only$' out
[ "$(sql 'SELECT count(*) FROM pg_roles WHERE rolname !~ $$^pg_$$' "$url")" = 1 ] && pass 'no role is left' || flunk 'no role is left'
sql 'CREATE ROLE reader; CREATE ROLE "App"' "$url"
runs 0 'when somebody has made them there' "$LEXO" test
[ "$(sql 'SELECT count(*) FROM pg_roles WHERE rolname !~ $$^pg_$$' "$url")" = 3 ] && pass 'they stay' || flunk 'they stay'
