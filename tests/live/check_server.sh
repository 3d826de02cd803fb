# lexo check and lexo snapshot with a server: models, revisions and databases against each other.
# SPDX-License-Identifier: Apache-2.0
. "$LEXO_TEST_SRCDIR/tests/live/lib.sh"
unset LEXO_DATABASE_URL DATABASE_URL
scratch="--scratch $LEXO_TEST_ADMIN_URL"

mkdir models
cat >models/m.lexo <<'END'
lexo 1
enum Mood { happy, sad }
model Book @table('books') {
  id     int8 @id @identity
  title  text = 'untitled'
  mood   Mood = happy
  isbn   text @unique
  check isbn_length `length(isbn) IN (10, 13)`
  index (lower(title))
}
END
sed -i 's/index (lower(title))/index (`lower(title)`)/' models/m.lexo
runs 0 'a revision' "$LEXO" revision --autogenerate -m books --rev-id aaa
runs 0 'it leads to the models and back' "$LEXO" check --ephemeral $scratch
says 'it says so' 'and back to nothing' out
runs 3 'an empty database is not as the models say' "$LEXO" check --database $scratch --url "$LEXO_TEST_URL"
says 'it says what is missing' 'create table public.books'
runs 0 'upgrade' "$LEXO" upgrade head --url "$LEXO_TEST_URL"
runs 0 'now it is' "$LEXO" check --database $scratch --url "$LEXO_TEST_URL"
sql 'ALTER TABLE books ADD COLUMN drifted int; ALTER TABLE books ALTER title DROP DEFAULT'
runs 3 'somebody changes the database' "$LEXO" check --database $scratch --url "$LEXO_TEST_URL"
says 'with its code' L0428
says 'the column too many' 'drop column public.books.drifted'
says 'the default that is gone' 'alter column public.books.title'
"$LEXO" check --ephemeral $scratch >out 2>err &
pid=$!
wait "$pid"
[ "$(sql "SELECT count(*) FROM pg_database WHERE datname LIKE 'lexo\\_scratch\\_${pid}\\_%'" "$LEXO_TEST_ADMIN_URL")" = 0 ] &&
	pass 'no scratch database is left' || flunk 'no scratch database is left'

# --- a revision whose way back leaves something, one that does more than the models say ---
cp -r migrations good
sed -i '/^-- lexo:downgrade/,$d' migrations/aaa* && printf -- '-- lexo:downgrade\nSELECT 1;\n' >>"$(ls migrations/aaa*)"
"$LEXO" -q hash
runs 3 'the way back leaves something' "$LEXO" check --ephemeral $scratch
says 'with its code' L0430
rm -r migrations && cp -r good migrations
runs 0 'a revision by hand' "$LEXO" revision -m by-hand --rev-id bbb
file=$(ls migrations/bbb*)
awk '{ print } /^-- lexo:upgrade/ { print "ALTER TABLE public.books ADD COLUMN pages int4;" }
	/^-- lexo:downgrade/ { print "SELECT 1;" }' "$file" >new && cp new "$file"
runs 0 'hashed' "$LEXO" hash
runs 3 'what it does is not in the models' "$LEXO" check --ephemeral $scratch
says 'with its code' L0429
says 'it says what' 'drop column public.books.pages'
cp migrations/schema.lexo before
runs 0 'snapshot' "$LEXO" snapshot $scratch
says 'the column is in the snapshot' '^  pages +int4' migrations/schema.lexo
says 'the rest keeps the words of the models' "title +text = 'untitled'" before
says 'the revision states it' '^-- lexo:state +[0-9a-f]{64}$' "$file"
runs 0 'lexo.sum follows' "$LEXO" verify
sed -i "s/^  isbn .*/&\n  pages  int4?/" models/m.lexo
runs 0 'with the column in the models there is nothing to do' "$LEXO" check
cp migrations/schema.lexo before
runs 0 'snapshot again' "$LEXO" snapshot $scratch
says 'a default as it is written' "title +text = 'untitled'" migrations/schema.lexo
runs 0 'the models still agree' "$LEXO" check
runs 0 'and so does a new database' "$LEXO" check --ephemeral $scratch

# --- what the server refuses, servers that are not there ---
sed -i 's/check isbn_length .*/check isbn_length `no_such_function(isbn)`/' models/m.lexo
runs 0 'a revision that no server accepts' "$LEXO" revision --autogenerate -m broken
runs 1 'the server refuses the models' "$LEXO" check --ephemeral $scratch
says 'its own words' 'L0427.*no_such_function'
runs 4 'no server for scratch databases' "$LEXO" check --ephemeral --scratch 'postgresql:///x?host=/nowhere'
sql "CREATE ROLE poor_$$ LOGIN"
runs 4 'a role that may not create databases' \
	"$LEXO" check --ephemeral --scratch "postgresql:///postgres?host=$PGHOST&port=$PGPORT&user=poor_$$"
says 'it says so' L0426
sql "DROP ROLE poor_$$"
