# lexo seed: rows come, are changed and stay; all of them or none; what others wrote is left alone.
# SPDX-License-Identifier: Apache-2.0
. "$LEXO_TEST_SRCDIR/tests/live/lib.sh"
export LEXO_DATABASE_URL=$LEXO_TEST_URL
mkdir -p models
cat >models/app.lexo <<'END'
lexo 1

enum Role { admin, user, 'read only' }

model Account @table('accounts') {
  id      int8           @id @identity
  email   varchar(20)    @unique
  team    text?          -> Team.code
  role    Role           = user
  rate    numeric(5, 2)?
  data    json?
  shape   box?
  tags    text[]?
  secret  text?          @secret
  made    timestamptz    = now()
  note    text?
}

model Team @table('teams') {
  code   text  @id
  title  text?
}

model Access @table('access') {
  account  int8   -> Account.id
  thing    text
  level    int4?
  primary key (account, thing)
}
END
cat >models/seeds.lexo <<'END'
lexo 1

import 'app.lexo'

seed Account key (email) {
  {
    email: 'a@x', team: 'blue', role: 'read only', rate: 1.239, data: '{"a": 1}', shape: '(1,1),(0,0)'
    tags: ['x', 'y''z'], secret: 'hush', made: now()
  }
  { email: 'b@x', team: null }
}

seed Team key (code) {
  { code: 'blue', title: 'it''s; blue -- "x" $$' }
}

seed Access key (account, thing) {
  { account: `(SELECT id FROM accounts WHERE email = 'a@x')`, thing: 'door', level: 3 }
}

seed Team key (code) @only(dev, test) {
  { code: 'dev', title: 'for trying' }
}
END
account() { sql "SELECT email, team, role, rate, data, shape, tags, secret, note FROM accounts WHERE email = '$1'"; }
is() { [ "$2" = "$3" ] && pass "$1" || flunk "$1: '$2', wanted '$3'"; }

"$LEXO" -q revision --autogenerate -m first --rev-id a1 >/dev/null 2>err || cat err
runs 3 'before the tables are there' "$LEXO" seed
says 'it says what to do' 'L0521.*not at revision a1' err
says 'it says what to do' 'lexo upgrade heads' err
"$LEXO" -q upgrade
runs 0 'nothing is kept of a dry run' "$LEXO" seed --dry-run
says 'nothing is kept of a dry run' '^4 rows: 4 inserted, 0 updated, 0 unchanged \(nothing was written\)$' out
is 'nothing is kept of a dry run' "$(sql 'SELECT count(*) FROM accounts')" 0
runs 3 'a check says no' "$LEXO" seed --check
says 'a check says no' 'L0523.*4 rows of seeds are not as the models say' err

# --- they come, and stay ---
runs 0 'all rows' "$LEXO" seed
says 'which' "^insert public.accounts, email 'a@x'$" out
says 'which' "^insert public.access, account .*, thing 'door'$" out
says 'how many' '^4 rows: 4 inserted, 0 updated, 0 unchanged$' out
is 'the values' "$(account a@x)" $'a@x|blue|read only|1.24|{"a": 1}|(1,1),(0,0)|{x,y\'z}|hush|'
is 'defaults' "$(account b@x)" 'b@x||user||||||'
is 'the text' "$(sql 'SELECT title FROM teams')" "it's; blue -- \"x\" \$\$"
made=$(sql "SELECT made FROM accounts WHERE email = 'a@x'")
runs 0 'a second time' "$LEXO" seed
says 'nothing changes' '^4 rows: 0 inserted, 0 updated, 4 unchanged$' out
is 'a computed value is for new rows' "$(sql "SELECT made FROM accounts WHERE email = 'a@x'")" "$made"
runs 0 'a check says yes' "$LEXO" seed --check

# --- changed ---
sql "UPDATE accounts SET note = 'mine', rate = 9, shape = '(2,1),(1.5,-1)' WHERE email = 'a@x'; INSERT INTO teams VALUES ('own', 'x')"
runs 0 'what differs is put right' "$LEXO" seed
says 'which' "^update public.accounts, email 'a@x'$" out
says 'how many' '^4 rows: 0 inserted, 1 updated, 3 unchanged$' out
is 'other columns stay' "$(account a@x)" $'a@x|blue|read only|1.24|{"a": 1}|(1,1),(0,0)|{x,y\'z}|hush|mine'
is 'other rows stay' "$(sql "SELECT title FROM teams WHERE code = 'own'")" x

# --- environments ---
is 'seeds of others are left out' "$(sql "SELECT count(*) FROM teams WHERE code = 'dev'")" 0
runs 0 'an environment' "$LEXO" seed --env test
says 'its rows' "^insert public.teams, code 'dev'$" out
runs 0 'one that no seed has' "$LEXO" seed --env tset
says 'is pointed out' 'no seed has @only\(tset\)' err

# --- as a script ---
sql 'TRUNCATE accounts, teams, access'
runs 0 'as a script' "$LEXO" seed --sql --env dev
cp out seed.sql
"$PSQL" -Xq -v ON_ERROR_STOP=1 -d "$LEXO_TEST_URL" -f seed.sql >out 2>err && pass 'psql runs it' || flunk 'psql runs it' err
runs 0 'it is the same' "$LEXO" seed --check --env dev

# --- all or none ---
cp models/seeds.lexo good.lexo
sed -i "s/title: 'for trying'/title: 'other'/; s/level: 3/level: 30000000000/" models/seeds.lexo
runs 2 'a value that is too large does not compile' "$LEXO" seed
sed -i 's/level: 30000000000/level: `1 \/ 0`/; s/thing: .door./thing: '\''gate'\''/' models/seeds.lexo
runs 7 'a row that fails' "$LEXO" seed --env dev
says 'which' 'L0522.*the row of public.access with .*thing .gate. could not be written: division by zero' err
says 'where' 'models/seeds.lexo:1[0-9]:' err
is 'none was written' "$(sql "SELECT title FROM teams WHERE code = 'dev'")" 'for trying'
cp good.lexo models/seeds.lexo
sed -i "s/secret: 'hush'/secret: 'a very long secret'/; s/email: 'b@x', team: null/email: 'b@x', team: 'nowhere'/" models/seeds.lexo
runs 7 'a foreign key' "$LEXO" seed
says 'its name' 'violates foreign key constraint "accounts_team_fkey"' err
grep -q 'very long' out err && flunk 'no value of a secret column' err || pass 'no value of a secret column'
cp good.lexo models/seeds.lexo
sed -i 's/key (account, thing)/key (thing)/; s/level: 3/level: 4/' models/seeds.lexo
sql "INSERT INTO access SELECT id, 'door' FROM accounts WHERE email = 'b@x'"
runs 7 'a key of several rows' "$LEXO" seed
says 'is none' 'L0522.*the key of a seed must name one' err

# --- somebody else is at work -------------------------------------------------------------------------------------------
cp good.lexo models/seeds.lexo
key=$("$LEXO" seed --sql | sed -n 's/.*pg_advisory_xact_lock(\(.*\));/\1/p')
sql "SELECT pg_advisory_lock($key), pg_sleep(4)" >/dev/null &
for i in $(seq 30); do
	held=$(sql "SELECT count(*) FROM pg_locks l JOIN pg_database d ON d.oid = l.database WHERE locktype = 'advisory' AND datname = current_database()")
	[ "$held" -eq 0 ] || break
	sleep 0.1
done
runs 6 'another runner' "$LEXO" seed --lock-timeout 300ms
says 'is told as such' 'L0406' err
says 'trying again is safe' 'nothing was written; run the command again' err
wait

# --- with the revisions ---
sql 'DROP SCHEMA public CASCADE; CREATE SCHEMA public; DROP SCHEMA lexo CASCADE' 2>/dev/null
runs 0 'with the revisions' "$LEXO" upgrade --seed --env dev
says 'the rows' '^5 rows: 5 inserted' out
runs 0 'nothing is left' "$LEXO" upgrade --seed --env dev
says 'nothing is left' '^5 rows: 0 inserted, 0 updated, 5 unchanged$' out
