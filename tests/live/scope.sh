# Rules on what pull, diff and check are about, on a database that others use too.
# SPDX-License-Identifier: Apache-2.0
. "$LEXO_TEST_SRCDIR/tests/live/lib.sh"
unset LEXO_DATABASE_URL DATABASE_URL
scratch="--scratch $LEXO_TEST_ADMIN_URL"
sql "CREATE SCHEMA other; CREATE TABLE other.theirs (id int PRIMARY KEY); CREATE TABLE queue_jobs (id int);
	CREATE TABLE books (id bigint PRIMARY KEY, title text NOT NULL)"
runs 0 'pull one schema' "$LEXO" pull "$LEXO_TEST_URL" -o one --schema other
[ "$(echo $(ls one))" = 'database.lexo other.lexo' ] && pass 'the schema, and what is in it' || flunk 'the schema, and what is in it'
runs 0 'pull all but what is excluded' "$LEXO" pull "$LEXO_TEST_URL" -o models --exclude 'other.*' --exclude 'queue_*'
runs 1 'nothing of it is there' grep -rqE 'theirs|queue_jobs|schema other' models
runs 0 'the rest compiles' "$LEXO" compile models --emit sql
runs 0 'diff: the others' "$LEXO" diff models "$LEXO_TEST_URL"
says 'diff: they are seen without rules' 'create table other.theirs' out
"$LEXO" diff models "$LEXO_TEST_URL" --exclude 'other.*' --exclude 'queue_*' >narrow
runs 1 'diff: and not with them' grep -E 'other|queue' narrow
printf '[lexo]\nexclude = other.* queue_*\n' >lexo.ini
runs 0 'a revision' "$LEXO" revision --autogenerate -m books --rev-id aaa
runs 0 'stamped' "$LEXO" stamp aaa --url "$LEXO_TEST_URL"
runs 0 'the database is as the models say' "$LEXO" check --database --ephemeral $scratch --url "$LEXO_TEST_URL"
sql 'ALTER TABLE books ADD COLUMN drifted int'
runs 3 'a change of what is ours is found still' "$LEXO" check --database $scratch --url "$LEXO_TEST_URL"
says 'it says which' 'drop column public.books.drifted'
