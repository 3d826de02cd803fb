# lexo's own models and migrations, all the way up, down and up again; what was tampered with is refused before anything runs.
# SPDX-License-Identifier: Apache-2.0
. "$LEXO_TEST_SRCDIR/tests/live/lib.sh"
export LEXO_DATABASE_URL=$LEXO_TEST_URL
cp -r "$LEXO_TEST_SRCDIR/models" "$LEXO_TEST_SRCDIR/migrations" "$LEXO_TEST_SRCDIR/generated" .
chmod -R u+w .
revision=b342af89685a
file=$(ls migrations/${revision}_*.sql)

catalog empty
runs 0 "models, migrations and generated files agree" "$LEXO" check
runs 0 "the checksums hold" "$LEXO" verify
runs 0 "upgrade head --sql asks no database" env LEXO_DATABASE_URL=postgresql:///none?host=/nowhere "$LEXO" upgrade head --sql
cp out upgrade.sql
runs 0 "upgrade head" "$LEXO" upgrade head
says "it says what it runs" "^INFO  \[lexo\.migration\] Running upgrade  -> $revision, tables users and documents\$"
catalog up
runs 0 "current" "$LEXO" current
says "current names the head" "^$revision \(head\)\$" out
runs 0 "upgrade head again has nothing to do" "$LEXO" upgrade head
catalog up_again
same "and changes nothing" up up_again
runs 0 "verify --db" "$LEXO" verify --db
runs 0 "downgrade base" "$LEXO" downgrade base
catalog down
same "base is empty" empty down
runs 0 "current at base" "$LEXO" current
[ ! -s out ] && pass "current names nothing at base" || flunk "current names nothing at base" out
runs 0 "up once more" "$LEXO" upgrade head
catalog up_once_more
same "to the same catalog" up up_once_more
runs 0 "downgrade -1" "$LEXO" downgrade -1
catalog down
same "is base, too" empty down

# What --sql prints does the same.
sql "CREATE DATABASE ${PGDATABASE}_sql TEMPLATE template0" "$LEXO_TEST_ADMIN_URL"
other="postgresql:///${PGDATABASE}_sql?host=$PGHOST&port=$PGPORT&user=$PGUSER"
runs 0 "psql runs what upgrade --sql printed" "$PSQL" -qX -v ON_ERROR_STOP=1 -d "$other" -f upgrade.sql
catalog by_psql "$other"
same "with the same result" up by_psql
runs 0 "and lexo knows what was run" "$LEXO" verify --db --url "$other"
sql "DROP DATABASE ${PGDATABASE}_sql WITH (FORCE)" "$LEXO_TEST_ADMIN_URL"

# A second look finds nothing to write.
ls migrations >before
runs 0 "revision --autogenerate finds nothing" "$LEXO" revision --autogenerate -m nothing
ls migrations >after
same "and writes nothing" before after

# Tampering.
cp "$file" kept
sed -i 's/= 32)/= 33)/' "$file"
cmp -s kept "$file" && flunk "the test changes a byte of SQL"
runs 5 "a changed byte of SQL is refused by verify" "$LEXO" verify
says "with the file's name" "$(basename "$file")"
runs 5 "and by upgrade" "$LEXO" upgrade head
catalog after_refusal
same "before anything runs" empty after_refusal
cp kept "$file"
sed -i 's/^CREATE TABLE/\n-- a remark\n  CREATE   TABLE/' "$file"
runs 0 "white space and comments are no change" "$LEXO" upgrade head
says "but a warning" "^WARN .*white space"
runs 0 "which hash removes" "$LEXO" hash
runs 0 "so that nothing is said" "$LEXO" verify
grep -qiE 'warn' err out && flunk "no warning after hash" err out || pass "no warning after hash"

# Edited and hashed again: the database knows what it ran.
sed -i 's/= 32)/= 33)/' "$file"
runs 0 "hash --force accepts the edit in the files" "$LEXO" hash --force
runs 5 "the database does not" "$LEXO" verify --db
cp kept "$file"

# The whole history in a program's place: unknown revision in the database.
runs 0 "hash of the original" "$LEXO" hash --force
runs 0 "in step again" "$LEXO" verify --db
mkdir elsewhere elsewhere/migrations elsewhere/models
printf 'lexo 1\n\nmodel Other {\n  id int8 @id\n}\n' >elsewhere/models/other.lexo
(cd elsewhere && "$LEXO" revision --autogenerate -m other >/dev/null 2>&1)
runs 11 "a revision that the files do not know is named" env -C elsewhere "$LEXO" upgrade head
says "by its id" "$revision"
