# Commands that change or read a database: exit codes, what is printed, which database is meant.
# SPDX-License-Identifier: Apache-2.0
. "$LEXO_TEST_SRCDIR/tests/live/lib.sh"
unset PGHOST PGPORT PGUSER PGDATABASE
export LEXO_DATABASE_URL=$LEXO_TEST_URL

runs 0 'init' "$LEXO" -q init
runs 0 'first revision' "$LEXO" -q revision --autogenerate -m 'first tables' --rev-id aaa1
runs 0 'current of an empty database' "$LEXO" current
[ -s out ] && flunk 'current prints nothing' out || pass 'current prints nothing'
runs 3 'current --check-heads of an empty database' "$LEXO" current -c
runs 0 'upgrade' "$LEXO" upgrade
says 'the log line' '^INFO  \[lexo.migration\] Running upgrade  -> aaa1, first tables$'
runs 0 'a second upgrade' "$LEXO" upgrade
says 'nothing to do' 'Nothing to do'
runs 0 'current' "$LEXO" current
says 'current line' '^aaa1 \(head\)$' out
runs 0 'current --check-heads' "$LEXO" current --check-heads
runs 0 'verify --db' "$LEXO" verify --db
runs 0 'history -i' "$LEXO" history -i
says 'history line' '^<base> -> aaa1 \(head\) \(current\), first tables$' out
runs 0 'show current' "$LEXO" show current
runs 0 'status' "$LEXO" status --exit-code
says 'status of the database' '^current +aaa1$' out
sed -i 's/^  name .*/&\n  phone       text?/' models/app.lexo
runs 3 'check after a change' "$LEXO" check
runs 0 'second revision' "$LEXO" -q revision --autogenerate -m 'phone' --rev-id bbb2
runs 3 'status --exit-code with one pending' "$LEXO" status --exit-code
runs 3 'current --check-heads with one pending' "$LEXO" current --check-heads
runs 0 'json of upgrade' "$LEXO" --output json upgrade +1
says 'its shape' '^\{"lexo":1,"command":"upgrade","ok":true,"exit":0,"from":\["aaa1"\],"steps":\[\{"revision":"bbb2","verb":"upgrade","message":"phone","ms":[0-9]+\}\],"to":\["bbb2"\]\}$' out
catalog before
runs 0 'downgrade -1' "$LEXO" downgrade -1
says 'its log line' '^INFO  \[lexo.migration\] Running downgrade bbb2 -> aaa1, phone$'
runs 0 'upgrade again' "$LEXO" upgrade head
catalog after && same 'the catalog is as before' before after
runs 0 'history -r -1:current' "$LEXO" history -r -1:current
says 'history of the last one' '^aaa1 -> bbb2' out

# --- which database ---
runs 4 '--url comes first' "$LEXO" -u postgresql:///x?host=/nowhere current
LEXO_DATABASE_URL='' DATABASE_URL=$LEXO_TEST_URL runs 0 'then DATABASE_URL' "$LEXO" current
DATABASE_URL=postgresql:///x?host=/nowhere runs 0 'LEXO_DATABASE_URL before DATABASE_URL' "$LEXO" current
cp lexo.ini kept.ini
echo "url = $LEXO_TEST_URL" >>lexo.ini
LEXO_DATABASE_URL= runs 0 'then lexo.ini' "$LEXO" current
mv kept.ini lexo.ini
runs 0 'the name of a driver in the URL' "$LEXO" -u "$(printf %s "$LEXO_TEST_URL" | sed 's/^postgresql:/postgresql+psycopg2:/')" current
runs 4 'no such database' "$LEXO" -u "$(printf %s "$LEXO_TEST_URL" | sed "s|///[^?]*|///no_such_database|")" upgrade
says 'it says so' 'no_such_database'
says 'and what to do' 'help:'
LEXO_DATABASE_URL= HOME=$PWD XDG_CACHE_HOME=$PWD/cache PGSYSCONFDIR=$PWD PGCONNECT_TIMEOUT=2 "$LEXO" current >out 2>err
says 'nothing named: the ways to name one' 'help: nothing names a database' err ||
	grep -q 'aaa1' out || true

# --- a damaged history ---
sed -i 's/text/TEXT /' migrations/bbb2_phone.sql
runs 0 'other case and white space' "$LEXO" upgrade
says 'a warning' '^WARN '
runs 0 'hash' "$LEXO" hash
runs 0 'verify --db after hash' "$LEXO" verify --db
sed -i 's/phone/phono/' migrations/bbb2_phone.sql
runs 5 'a changed revision: upgrade' "$LEXO" upgrade
runs 5 'a changed revision: verify' "$LEXO" verify
runs 0 'hash again' "$LEXO" hash
runs 5 'the database remembers what it applied' "$LEXO" upgrade
runs 5 'verify --db too' "$LEXO" verify --db
sed -i 's/phono/phone/' migrations/bbb2_phone.sql
runs 0 'hash back' "$LEXO" hash
runs 0 'fine again' "$LEXO" verify --db

# --- a revision that the files do not know ---
mkdir away
mv migrations/bbb2_phone.sql away
cp migrations/lexo.sum migrations/schema.lexo away
runs 0 'forget it' "$LEXO" -q hash --force
runs 11 'current with an unknown revision' "$LEXO" current
says 'its id is printed' '^bbb2 ' out
runs 11 'upgrade with an unknown revision' "$LEXO" upgrade
runs 0 'stamp --purge is the way out' "$LEXO" stamp --purge aaa1
runs 0 'current after it' "$LEXO" current
says 'aaa1' '^aaa1 \(head\)$' out
mv away/bbb2_phone.sql migrations
mv away/lexo.sum away/schema.lexo migrations
runs 0 'stamp head' "$LEXO" stamp head
runs 11 'unknown target' "$LEXO" upgrade nothing
runs 11 'too far down' "$LEXO" downgrade -5

# --- a revision that fails ---
runs 0 'a revision by hand' "$LEXO" -q revision -m 'bad' --rev-id ccc3
sed -i 's/^-- lexo:upgrade.*/&\nCREATE TABLE half_done (id int);\nSELECT 1\/0;/' migrations/ccc3_bad.sql
runs 0 'hash of it' "$LEXO" -q hash
catalog before
runs 7 'it is rolled back' "$LEXO" upgrade
says 'where it failed' 'ccc3_bad.sql:[0-9]+'
says 'what to do' '^ +help: nothing was changed; correct the revision, run lexo hash'
catalog after && same 'nothing changed' before after
runs 7 'in JSON' "$LEXO" --output json upgrade
says 'with its SQLSTATE' '"sqlstate":"22012"' out
sed -i 's/^SELECT 1.0;/INSERT INTO half_done VALUES (1), (1); ALTER TABLE half_done ADD UNIQUE (id);/' migrations/ccc3_bad.sql
runs 0 'hash of another' "$LEXO" -q hash
runs 7 'rows that the statement cannot bear' "$LEXO" upgrade
says 'what to do about them, and which' 'help: make the values unique first.*\(server: Key \(id\)=\(1\) is duplicated'
rm migrations/ccc3_bad.sql
runs 0 'without it' "$LEXO" -q hash --force

# --- scripts ---
runs 0 'upgrade --sql' "$LEXO" upgrade --sql
cp out up.sql
runs 0 'downgrade --sql' "$LEXO" downgrade bbb2:base --sql
cp out down.sql
runs 2 'downgrade --sql without a range' "$LEXO" downgrade -1 --sql || runs 11 'or as an unknown revision' "$LEXO" downgrade -1 --sql
catalog before
"$PSQL" -Xq -d "$LEXO_TEST_URL" -f down.sql >out 2>&1 && "$PSQL" -Xq -d "$LEXO_TEST_URL" -f up.sql >out 2>&1 &&
	pass 'psql runs them' || flunk 'psql runs them' out
catalog after && same 'and the catalog is the same' before after
runs 0 'verify --db after psql' "$LEXO" verify --db
runs 0 'ensure-version' "$LEXO" ensure-version
runs 0 'downgrade base' "$LEXO" downgrade base
runs 0 'current at base' "$LEXO" current
printf '[lexo]\nrequire_signature = yes\n' >lexo.ini
runs 10 'signatures are required' "$LEXO" upgrade
says 'and whose is not told' 'L0319'
