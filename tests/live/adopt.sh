# A database that was there before lexo becomes a project, as docs/databases.md says.
# SPDX-License-Identifier: Apache-2.0
. "$LEXO_TEST_SRCDIR/tests/live/lib.sh"
unset LEXO_DATABASE_URL DATABASE_URL
scratch="--scratch $LEXO_TEST_ADMIN_URL"

cat >old.sql <<'END'
CREATE SCHEMA app;
CREATE TYPE app.state AS ENUM ('new', 'done');
CREATE TABLE app.users (id serial PRIMARY KEY, name varchar(80) NOT NULL DEFAULT 'nobody', state app.state DEFAULT 'new');
CREATE TABLE notes (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, owner int REFERENCES app.users ON DELETE CASCADE,
	body text, CHECK (length(body) > 0));
CREATE INDEX ON notes (lower(body)) WHERE owner IS NOT NULL;
CREATE VIEW app.busy AS SELECT u.id, count(*) AS notes FROM app.users u JOIN notes n ON n.owner = u.id GROUP BY u.id;
COMMENT ON VIEW app.busy IS 'Who writes.';
INSERT INTO app.users (name) VALUES ('ada');
END
"$PSQL" -XAtq1 -v ON_ERROR_STOP=1 -d "$LEXO_TEST_URL" -f old.sql
catalog before

runs 0 'pull' "$LEXO" pull "$LEXO_TEST_URL" -o models
says 'a file a schema' 'models/app.lexo' out
runs 10 'it does not overwrite' "$LEXO" pull "$LEXO_TEST_URL" -o models
runs 0 'unless it is told to' "$LEXO" pull "$LEXO_TEST_URL" -o models --force
runs 0 'the models are the database' "$LEXO" diff "$LEXO_TEST_URL" models --exit-code
runs 0 'they are canonical' "$LEXO" fmt --check models
runs 0 'a first revision' "$LEXO" revision --autogenerate -m 'what is there'
runs 0 'stamped' "$LEXO" stamp head --url "$LEXO_TEST_URL"
runs 0 'the database is as the models say' "$LEXO" check --database $scratch --url "$LEXO_TEST_URL"
runs 0 'so is a new one' "$LEXO" check --ephemeral $scratch
catalog after
same 'nothing was changed' before after
[ "$(sql 'SELECT name FROM app.users')" = ada ] && pass 'the rows are there' || flunk 'the rows are there'
runs 0 'the bindings compile' "$LEXO" compile
