# lexo import: folders of other tools, made here, with everything that real ones hold.
# SPDX-License-Identifier: Apache-2.0
. "$LEXO_TEST_SRCDIR/tests/live/lib.sh"
unset LEXO_DATABASE_URL DATABASE_URL
scratch="--scratch $LEXO_TEST_ADMIN_URL"
top=$PWD

# project NAME: a folder of its own, and its database, empty.
project() {
	cd "$top" && mkdir "$1" && cd "$1" || exit 1
	sql 'SET client_min_messages = error; DROP SCHEMA IF EXISTS lexo, sqitch, app CASCADE; DROP SCHEMA public CASCADE; CREATE SCHEMA public'
}
file() { mkdir -p "$(dirname "$1")" && cat >"$1"; }
# imported WHAT TOOL FOLDER: imports, proves, stamps, and tests the result.
imported() {
	local what=$1
	shift
	runs 0 "$what: imports" "$LEXO" import "$@" $scratch || return 1
	cp err notes
	says "$what: proven" '^Proven: the revisions lead to the same catalog' out
	runs 0 "$what: verifies" "$LEXO" verify
}

# --- dbmate ----------------------------------------------------------------------------------------------------------
project dbmate
file db/20200101000000_create_users.sql <<'END'
-- migrate:up
CREATE TABLE users (id int PRIMARY KEY, name text); -- people
DO $$ BEGIN CREATE TABLE made_by_do (id int); END $$;
-- migrate:down
DROP TABLE made_by_do;
DROP TABLE users;
END
file db/20200202000000_index.sql <<'END'
-- migrate:up transaction:false
CREATE INDEX CONCURRENTLY users_name ON users (name);

-- migrate:down transaction:false
DROP INDEX CONCURRENTLY users_name;
END
file db/20200303000000_empty.sql <<'END'
-- migrate:up

-- migrate:down

END
file db/20200404000000_broken_down.sql <<'END'
-- migrate:up
BEGIN;
CREATE TABLE late (id int);
COMMIT;
-- migrate:down
DROP TABLE no_such_table;
END
imported dbmate dbmate db
says 'dbmate: own transaction control is noted' 'broken_down.sql:2: BEGIN is left out' notes
says 'dbmate: ids and messages' '20200303000000 -> 20200404000000 \(head\), broken down' <("$LEXO" history)
says 'dbmate: what runs is named' 'outside a transaction, 1/1: CREATE INDEX CONCURRENTLY users_name ON users \(name\)$' notes
says 'dbmate: outside a transaction' '^-- lexo:step transaction=none$' migrations/20200202000000_index.sql
says 'dbmate: the comment stays' '-- people$' migrations/20200101000000_create_users.sql
runs 3 'dbmate: the broken way down is kept, and found' "$LEXO" test $scratch
says 'dbmate: that one alone' '^4 revisions: 3 ok, 1 failed$' out
sql "CREATE TABLE schema_migrations (version varchar PRIMARY KEY);
	INSERT INTO schema_migrations VALUES ('20200101000000'), ('20200202000000')"
rm -r migrations
runs 0 'dbmate: stamp' "$LEXO" import dbmate db --stamp --no-proof --url "$LEXO_TEST_URL"
runs 0 'dbmate: current' "$LEXO" current --url "$LEXO_TEST_URL"
says 'dbmate: where the other tool was' '^20200202000000' out
sql "DELETE FROM schema_migrations WHERE version = '20200101000000'"
rm -r migrations
runs 11 'dbmate: a gap' "$LEXO" import dbmate db --stamp --no-proof --url "$LEXO_TEST_URL"
says 'dbmate: it says which' 'L0437.*has 20200202000000, but not 20200101000000'
runs 1 'a history is there already' "$LEXO" import dbmate db
says 'it says so' L0208

# --- goose -----------------------------------------------------------------------------------------------------------
project goose
file db/00001_one.sql <<'END'
-- +goose Up
-- +goose StatementBegin
CREATE FUNCTION one() RETURNS int LANGUAGE plpgsql AS $$ BEGIN RETURN 1; END; $$;
-- +goose StatementEnd
CREATE TABLE one (id int DEFAULT one());
-- +goose Down
DROP TABLE one;
DROP FUNCTION one();
END
file db/00002_two.sql <<'END'
-- +goose NO TRANSACTION
-- +goose Up
CREATE INDEX CONCURRENTLY one_id ON one (id);
-- +goose Down
DROP INDEX CONCURRENTLY one_id;
END
file db/00010_ten.sql <<'END'
-- +goose ENVSUB ON
-- +goose Up
CREATE TABLE ${PREFIX}_ten (id int);
END
runs 1 'goose: a variable without a value' "$LEXO" import goose db $scratch
says 'goose: it says where' 'db/00010_ten.sql:3'
imported goose goose db -x PREFIX=app
runs 0 'goose: all ways back' "$LEXO" test $scratch
says 'goose: one has none' '^3 revisions: 2 ok, 1 up only$' out
file db/00011_program.go </dev/null
rm -r migrations
runs 1 'goose: a program' "$LEXO" import goose db -x PREFIX=app $scratch
says 'goose: cannot be imported' 'L0435.*00011_program.go'

# --- golang-migrate --------------------------------------------------------------------------------------------------
project golang
file db/1_init.up.sql <<<'CREATE TABLE a (id int); CREATE TABLE b (id int);'
file db/1_init.down.sql <<<'DROP TABLE b; DROP TABLE a;'
file db/2_concurrently.up.sql <<<'CREATE INDEX CONCURRENTLY a_id ON a (id);'
file db/2_concurrently.down.sql <<<'DROP INDEX a_id;'
file db/10_later.up.sql <<<'ALTER TABLE a ADD COLUMN n int'
imported golang-migrate golang-migrate db
says 'golang-migrate: by number' '^2 -> 10 \(head\), later$' <("$LEXO" history)
sql 'CREATE TABLE schema_migrations (version bigint PRIMARY KEY, dirty boolean NOT NULL);
	INSERT INTO schema_migrations VALUES (2, false)'
rm -r migrations
runs 0 'golang-migrate: stamp' "$LEXO" import golang-migrate db --stamp --no-proof --url "$LEXO_TEST_URL"
says 'golang-migrate: its one row' '^The database is at 2\.$' out
file db/11_psql.up.sql <<<'\i other.sql'
rm -r migrations
runs 1 'golang-migrate: a psql command' "$LEXO" import golang-migrate db $scratch
says 'golang-migrate: it says which' 'L0434.*\\i other.sql'
says 'golang-migrate: and where' '--> db/11_psql.up.sql:1'

# --- Flyway ----------------------------------------------------------------------------------------------------------
project flyway
file sql/V1__init.sql <<<'CREATE SCHEMA app; CREATE TABLE app.t (id int);'
file sql/V1_1__more.sql <<<"INSERT INTO app.t VALUES (1); COMMENT ON TABLE app.t IS '\${what}';"
file sql/nested/V2__view.sql <<<'CREATE VIEW app.old AS SELECT id FROM app.t;'
file sql/U2__view.sql <<<'DROP VIEW app.old;'
file sql/V10__ten.sql <<<'ALTER TABLE app.t ADD COLUMN ten int;'
file sql/R__views.sql <<<'CREATE OR REPLACE VIEW app.v AS SELECT * FROM app.t;'
imported flyway flyway sql -x what=things
says 'Flyway: versions by number, what is repeated last' '^10 -> R_views \(head\), views$' <("$LEXO" history)
says 'Flyway: 1.1 before 2' '^1.1 -> 2, view$' <("$LEXO" history)
says 'Flyway: undo' '^DROP VIEW app.old;$' migrations/2_view.sql
says 'Flyway: what is repeated is noted' 'R__views.sql: repeated when it changes' notes

# --- diesel ----------------------------------------------------------------------------------------------------------
project diesel
file m/00000000000000_diesel_initial_setup/up.sql <<'END'
CREATE OR REPLACE FUNCTION diesel_set_updated_at() RETURNS trigger AS $$
BEGIN NEW.updated_at := current_timestamp; RETURN NEW; END;
$$ LANGUAGE plpgsql;
END
file m/00000000000000_diesel_initial_setup/down.sql <<<'DROP FUNCTION diesel_set_updated_at();'
file m/2021-01-02-030405_posts/up.sql <<<'CREATE TABLE posts (id serial PRIMARY KEY);'
file m/2021-01-02-030405_posts/down.sql <<<'DROP TABLE posts'
file m/2021-01-02-030406_index/up.sql <<<'CREATE INDEX CONCURRENTLY posts_id ON posts (id);'
file m/2021-01-02-030406_index/down.sql <<<'DROP INDEX CONCURRENTLY posts_id;'
file m/2021-01-02-030406_index/metadata.toml <<<'run_in_transaction = false'
imported diesel diesel m
says 'diesel: the version without dashes' '^20210102030405 -> 20210102030406 \(head\), index$' <("$LEXO" history)
runs 0 'diesel: all ways back' "$LEXO" test $scratch

# --- Sqitch ----------------------------------------------------------------------------------------------------------
project sqitch
file s/sqitch.plan <<'END'
%syntax-version=1.0.0
%project=flipr

appschema 2013-12-31T10:26:59Z M <m@x.org> # Adds the schema.
users [appschema] 2014-01-01T10:26:59Z M <m@x.org> # Users.
@v1.0 2014-01-01T11:00:00Z M <m@x.org> # Release.

users [users@v1.0] 2014-02-01T10:26:59Z M <m@x.org> # More of users.
END
file s/deploy/appschema.sql <<<'-- Deploy
BEGIN; CREATE SCHEMA app; COMMIT;'
file s/revert/appschema.sql <<<'BEGIN; DROP SCHEMA app; COMMIT;'
file s/deploy/users@v1.0.sql <<<'BEGIN; CREATE TABLE app.users (id int); COMMIT;'
file s/revert/users@v1.0.sql <<<'BEGIN; DROP TABLE app.users; COMMIT;'
file s/deploy/users.sql <<<'BEGIN; ALTER TABLE app.users ADD name text; COMMIT;'
file s/revert/users.sql <<<'BEGIN; ALTER TABLE app.users DROP name; COMMIT;'
imported Sqitch sqitch s
says 'Sqitch: a change that was reworked' '^users_v1.0 -> users \(head\), More of users\.$' <("$LEXO" history)
runs 0 'Sqitch: all ways back' "$LEXO" test $scratch
sql "CREATE SCHEMA sqitch; CREATE TABLE sqitch.changes (change text, committed_at timestamptz);
	INSERT INTO sqitch.changes VALUES ('appschema', '2014-01-01'), ('users', '2014-01-02')"
rm -r migrations
runs 0 'Sqitch: stamp' "$LEXO" import sqitch s --stamp --no-proof --url "$LEXO_TEST_URL"
says 'Sqitch: the first of two of one name' '^The database is at users_v1.0\.$' out

# --- what is wrong everywhere ----------------------------------------------------------------------------------------
project wrong
mkdir empty
runs 1 'an empty folder' "$LEXO" import dbmate empty
says 'it says so' L0435
runs 2 'a tool nobody knows' "$LEXO" import gose empty
says 'the nearest one' "did you mean 'goose'"
runs 1 'no folder' "$LEXO" import goose nowhere
printf 'caf\351' | file latin/1_x.up.sql
runs 1 'not UTF-8' "$LEXO" import golang-migrate latin
says 'it says so' L0436
file path/1_x.up.sql <<<"SET search_path = app; CREATE SCHEMA app; CREATE TABLE t (id int);"
file path/2_x.up.sql <<<"DROP TABLE app.t; CREATE TABLE app.t AS SELECT current_setting('search_path') AS app_name;"
file path/2_x.down.sql <<<"SELECT 'never closed;"
runs 0 'a way back that cannot be read' "$LEXO" import golang-migrate path $scratch
says 'it is kept as a remark' "^-- \| SELECT 'never closed;" migrations/2_x.sql
says 'it is marked' '^-- lexo:irreversible the SQL cannot be read' migrations/2_x.sql
rm -r migrations
file elsewhere/1_x.up.sql <<<"DO \$\$ BEGIN IF current_setting('application_name') = 'psql' THEN CREATE TABLE t (); END IF; END \$\$;"
runs 3 'a migration that depends on who runs it' "$LEXO" import golang-migrate elsewhere $scratch
says 'is found' 'L0439.*create table public.t'
runs 1 'and not written' test -e migrations
