# Going back without the files: the SQL that the database keeps, checked before it runs.
# SPDX-License-Identifier: Apache-2.0
. "$LEXO_TEST_SRCDIR/tests/live/lib.sh"
. "$LEXO_TEST_SRCDIR/tests/live/engine-lib.sh"
LEXO_DATABASE_URL=$LEXO_TEST_URL
export LEXO_DATABASE_URL
unset DATABASE_URL

deploy() { # a history of five: d stands on c and depends on e, a branch of its own
	fresh
	revision a '<base>' 'CREATE TABLE t (id int);' 'DROP TABLE t;'
	catalog at_a && engine up head 2>/dev/null && catalog at_a
	revision b a "ALTER TABLE t ADD n int DEFAULT 1; -- it's \\ \$\$ odd" 'ALTER TABLE t DROP n;'
	revision c b 'ALTER TABLE t ADD m text;
-- lexo:step transaction=none
CREATE INDEX CONCURRENTLY i ON t (m);' '-- lexo:step transaction=none
DROP INDEX CONCURRENTLY i;
ALTER TABLE t DROP m;'
	revision e '<base>' 'CREATE TABLE side (id int);' 'DROP TABLE side;'
	sed -i '/lexo:message/i -- lexo:branch   aside' migrations/e_x.sql
	revision d c 'CREATE VIEW v AS SELECT * FROM side;' 'DROP VIEW v;'
	sed -i '/lexo:message/i -- lexo:depends-on aside' migrations/d_x.sql && engine hash
	engine up heads 2>/dev/null
	mkdir later && mv migrations/[bcde]_x.sql later/ && engine hash
}
deploy
answers 'all are applied' '5|d' 'SELECT (SELECT count(*) FROM lexo.history), (SELECT version_num FROM lexo.revision)'
runs 11 'an older checkout cannot go up' "$LEXO" upgrade head
says 'and is told of the way back' 'lexo downgrade REVISION'
runs 11 'current names what no file is' "$LEXO" current
says 'and that it can be taken back' '^d \(in no file; the database keeps its way back\)$' out
runs 0 'history --applied' "$LEXO" history --applied
says 'marks what is in no file' 'upgrade +c, revision c \(in no file\)$' out
says 'and only that' 'upgrade +a, revision a$' out
runs 0 'with --verbose' "$LEXO" -v history --applied
says 'says what is kept' 'c, revision c \(in no file\) .*way back kept' out
runs 0 'in JSON' "$LEXO" --output json history --applied
says 'too' '"revision":"c".*"has_downgrade":true,"is_in_files":false' out
runs 0 'one step back' "$LEXO" downgrade -1
says 'with a word about where the SQL is from' 'revision d is in no file: it is taken back with the SQL of row 5'
answers 'the database is at c and e' 'c e' "SELECT string_agg(version_num, ' ' ORDER BY version_num) FROM lexo.revision"
runs 0 'down to the revision of the files' "$LEXO" downgrade aside@base
runs 0 'the other branch too' "$LEXO" downgrade a
catalog back
same 'as it was there' at_a back
runs 0 'and all of it verifies' "$LEXO" verify --db
mv later/*.sql migrations/ && rmdir later && engine hash
runs 0 'with the files it goes up again' "$LEXO" upgrade heads

# --- what must not run ----------------------------------------------------------------------------------------------
deploy
damage() { # TEXT RC PATTERN SQL
	sql "$4"
	runs "$2" "$1" "$LEXO" downgrade a
	says "$1: by name" "$3"
	answers "$1: nothing was run" 't' "SELECT to_regclass('v') IS NOT NULL"
}
sql 'CREATE TABLE kept AS SELECT * FROM lexo.history'
restore() { sql 'DELETE FROM lexo.history; INSERT INTO lexo.history SELECT * FROM kept'; }
damage 'SQL changed by hand' 5 '^lexo: .*L0422.*row 5' "UPDATE lexo.history SET downgrade_sql = 'DROP TABLE t' WHERE revision = 'd'"
restore
damage 'SQL taken away' 5 '^lexo: .*L0422.*row 5' "UPDATE lexo.history SET downgrade_sql = NULL WHERE revision = 'd'"
restore
damage 'a row that is gone' 5 '^lexo: .*L0422' "DELETE FROM lexo.history WHERE revision = 'c'"
restore
# whoever can write the table can also make its hashes right: the chain that was applied still tells
cat >forge.sql <<'END'
CREATE FUNCTION net(t text) RETURNS text LANGUAGE sql AS $$ SELECT coalesce(octet_length(t) || ':' || t || ',', '-,') $$;
WITH row AS (SELECT *, encode(sha256(convert_to(net('lexo-history-2') || net(previous_hash) || net(seq::text) || net(event) || net(revision)
	|| net(message) || net(raw) || net(tok) || net(chain) || net(upgrade_tok) || net(revises) || net(depends_on) || net(labels) || net(replaces)
	|| net(irreversible) || net(downgrade_sql) || net(reason) || net(former_chain) || net(statements::text) || net(duration_ms::text)
	|| net(lock_wait_ms::text) || net(os_user) || net(host) || net(lexo_version), 'UTF8')), 'hex') AS content FROM lexo.history WHERE revision = 'd'),
sealed AS (SELECT encode(sha256(convert_to(net(content) || net(to_char(applied_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'))
	|| net(db_user), 'UTF8')), 'hex') AS hash FROM row),
head AS (UPDATE lexo.head SET hash = sealed.hash FROM sealed)
UPDATE lexo.history SET hash = sealed.hash FROM sealed WHERE revision = 'd';
DROP FUNCTION net;
END
"$PSQL" -Xq -v ON_ERROR_STOP=1 -d "$LEXO_TEST_URL" -f forge.sql
answers 'the hash of a row can be computed in SQL' 't' "SELECT h.hash = k.hash FROM lexo.history h JOIN kept k USING (seq) WHERE h.revision = 'd'"
sql "UPDATE lexo.history SET downgrade_sql = 'DROP TABLE t' WHERE revision = 'd'"
"$PSQL" -Xq -v ON_ERROR_STOP=1 -d "$LEXO_TEST_URL" -f forge.sql
damage 'SQL that was forged with its hashes' 5 'L0450.*revision d .*does not lead to the checksum' 'SELECT 1'

fresh
revision a '<base>' 'CREATE TABLE t (id int);' 'DROP TABLE t;'
revision b a 'CREATE VIEW v AS SELECT * FROM t;' ''
sed -i '/lexo:downgrade/,$d' migrations/b_x.sql && engine hash && engine up head 2>/dev/null
rm migrations/b_x.sql && engine hash
runs 10 'what cannot be undone is not' "$LEXO" downgrade a
says 'by name' 'L0412.*revision b'
sql "DELETE FROM lexo.revision; INSERT INTO lexo.revision VALUES ('z')"
runs 11 'a revision that nothing tells of' "$LEXO" downgrade base
says 'by name' 'L0411.*revision z'

# --- killed on the way, and offline ---------------------------------------------------------------------------------
fresh
revision a '<base>' 'CREATE TABLE t (id int);' 'DROP TABLE t;'
revision b a 'SELECT 1;' '-- lexo:step transaction=none
VACUUM t;
SELECT 1 / count(*) FROM t;'
runs 0 'a script for psql' "$LEXO" upgrade head --sql
cp out up.sql
"$PSQL" -Xq -d "$LEXO_TEST_URL" -f up.sql >/dev/null
rm migrations/b_x.sql && engine hash
runs 8 'stopped in the middle of what the database keeps' "$LEXO" downgrade a
sql 'INSERT INTO t VALUES (1)'
runs 0 'the same command goes on' "$LEXO" downgrade a
says 'at the statement' '2/2'
runs 0 'and it verifies' "$LEXO" verify --db

# --- what lexo squash made of others ----------------------------------------------------------------------------------
fresh
revision a '<base>' 'CREATE TABLE t (id int);' 'DROP TABLE t;'
revision b a 'ALTER TABLE t ADD b int;' 'ALTER TABLE t DROP b;'
"$LEXO" -q hash >/dev/null
runs 0 'squash' "$LEXO" -q squash a:b --rev-id s1 --no-proof
revision c b 'CREATE TABLE u (id int);' 'DROP TABLE u;' && engine hash
runs 0 'applied' "$LEXO" upgrade head
rm migrations/*.sql && engine hash
runs 0 'down without any file' "$LEXO" downgrade base
answers 'all of it' '' "SELECT string_agg(relname, ' ') FROM pg_class WHERE relname IN ('t', 'u')"
