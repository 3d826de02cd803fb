# Two people, a revision each, brought together by git and lexo merge; and the way of working that people bring along.
# SPDX-License-Identifier: Apache-2.0
. "$LEXO_TEST_SRCDIR/tests/live/lib.sh"
unset PGHOST PGPORT PGUSER PGDATABASE
export LEXO_DATABASE_URL=$LEXO_TEST_URL GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_SYSTEM=/dev/null
export GIT_AUTHOR_NAME=a GIT_AUTHOR_EMAIL=a@example.org GIT_COMMITTER_NAME=a GIT_COMMITTER_EMAIL=a@example.org
PATH=$(dirname "$LEXO"):$PATH # git runs lexo by its name
git=$(command -v git) || { echo 'ok - team # SKIP no git'; exit 0; }

# --- new model, changed model with data, up, down, up ---
runs 0 'init' "$LEXO" -q init
cat >models/app.lexo <<'END'
lexo 1

model User @table('users') {
  id     int8  @id @identity
  email  text  @unique
}
END
runs 0 'first revision' "$LEXO" -q revision --autogenerate -m 'users' --rev-id aaa1
runs 0 'upgrade' "$LEXO" upgrade head
sql "INSERT INTO users (email) VALUES ('a@example.org')"
catalog first
sed -i "s/^  email .*/&\n  plan   text = 'free'/" models/app.lexo
runs 0 'a change' "$LEXO" -q revision --autogenerate -m 'plan' --rev-id aaa2
runs 0 'upgrade with data' "$LEXO" upgrade head
[ "$(sql 'SELECT email, plan FROM users')" = 'a@example.org|free' ] && pass 'the row has the default' || flunk 'the row'
catalog second
runs 0 'downgrade -1' "$LEXO" downgrade -1
catalog again && same 'as before the change' first again
[ "$(sql 'SELECT email FROM users')" = a@example.org ] && pass 'the row is still there' || flunk 'the row is gone'
runs 0 'upgrade again' "$LEXO" upgrade +1
catalog again && same 'as after the change' second again

# --- two branches of git ---
printf '%s\n' out err first second again difference >.gitignore
"$git" init -q -b main . && "$LEXO" -q merge-driver --install >/dev/null && "$git" add -A && "$git" commit -qm start || flunk 'git'
branch() { # NAME ID SED
	"$git" checkout -q -b "$1" main
	sed -i "$3" models/app.lexo
	runs 0 "revision of $1" "$LEXO" -q revision --autogenerate -m "$1" --rev-id "$2"
	"$git" add -A && "$git" commit -qm "$1"
}
cat >>models/app.lexo <<'END'

model Team @table('teams') {
  id    int8  @id @identity
  name  text
}
END
runs 0 'a second table' "$LEXO" -q revision --autogenerate -m teams --rev-id aaa3
runs 0 'applied' "$LEXO" -q upgrade
"$git" add -A && "$git" commit -qm teams
branch phone bbb1 's/^  email .*/&\n  phone  text?/'
branch size bbb2 's/^  name .*/&\n  size  int4?/'
runs 0 'git merge' "$git" merge -q --no-edit phone
if grep -rqE '^(<<<<<<<|=======|>>>>>>>)' migrations; then flunk 'no conflict is left' ; else pass 'no conflict is left'; fi
runs 11 'autogenerate with two heads' "$LEXO" revision --autogenerate -m x
says 'what to do' 'lexo merge heads'
runs 11 'upgrade head with two heads' "$LEXO" upgrade head
says 'the choices' 'bbb1, bbb2'
runs 0 'merge' "$LEXO" merge heads -m 'phone and size' --rev-id ccc1
says 'they commute' 'their order does not matter'
says 'the snapshot' 'schema.lexo is taken'
runs 0 'check' "$LEXO" check
runs 0 'check on a server' "$LEXO" check --ephemeral --scratch "$LEXO_TEST_ADMIN_URL"
runs 0 'upgrade' "$LEXO" upgrade head
says 'the merge runs last' 'Running upgrade bbb1, bbb2 -> ccc1, phone and size'
runs 11 'downgrade -1 below a merge' "$LEXO" downgrade -1
says 'the choices' 'bbb1, bbb2'
runs 0 'downgrade to one side' "$LEXO" downgrade bbb1
runs 0 'current' "$LEXO" current
[ "$(tr '\n' ' ' <out)" = 'bbb1 bbb2 ' ] && pass 'both sides are there' || flunk 'current' out
runs 11 'downgrade -1 from two heads' "$LEXO" downgrade -1
says 'the choices' 'several revisions to start from: bbb1, bbb2'
runs 0 'downgrade of one side' "$LEXO" downgrade bbb2@-1
runs 0 'and up again' "$LEXO" upgrade head
runs 0 'the database is as the models say' "$LEXO" check --database --scratch "$LEXO_TEST_ADMIN_URL"
"$git" add -A && "$git" commit -qm merged && "$git" checkout -q -B main

# --- both change the same ---
branch one ddd1 's/^  phone .*/  phone  varchar(20)?/'
branch two ddd2 's/^  phone .*/  phone  varchar(30)?/'
"$git" merge -q --no-edit one >/dev/null 2>&1
"$git" checkout -q --ours models/app.lexo
runs 0 'merge that clashes' "$LEXO" merge heads --rev-id eee1
says 'what clashes' 'public.users.phone is changed by ddd1 and by ddd2'
says 'no snapshot' 'lexo snapshot'
runs 3 'check asks for the snapshot' "$LEXO" check
says 'what to do' 'lexo snapshot'
runs 0 'snapshot' "$LEXO" snapshot --scratch "$LEXO_TEST_ADMIN_URL"
runs 0 'verify' "$LEXO" verify

# --- rebase: what is deployed stays, the other branch goes on top of it ---
"$git" add -A && "$git" commit -qm 'one column, two wishes' && "$git" checkout -q -B main
runs 0 'both are applied' "$LEXO" -q upgrade head
branch deployed fff1 's/^  size .*/&\n  rank   int4?/'
runs 0 'one branch is deployed' "$LEXO" -q upgrade
branch waiting fff2 's/^  email .*/&\n  fax    text?/'
runs 0 'git merge' "$git" merge -q --no-edit deployed
runs 10 'what is deployed does not move' "$LEXO" rebase fff1
says 'its code' 'L0514'
runs 0 'the other one does' "$LEXO" rebase fff2
says 'what follows what' '^fff2 follows fff1 instead of eee1$' out
says 'the snapshot' 'schema.lexo is taken'
runs 0 'check' "$LEXO" check
runs 0 'check on a server' "$LEXO" check --ephemeral --scratch "$LEXO_TEST_ADMIN_URL"
runs 0 'the database goes on' "$LEXO" upgrade head
says 'with one revision' 'Running upgrade fff1 -> fff2, waiting'
runs 0 'the database is as the models say' "$LEXO" check --database --scratch "$LEXO_TEST_ADMIN_URL"
runs 0 'autogenerate goes on' "$LEXO" revision --autogenerate -m nothing
says 'nothing is left to say' 'No changes in the models since fff2' out

# --- two heads that are to stay apart ---
rm migrations/*nothing* 2>/dev/null
"$git" add -A && "$git" commit -qm 'rebased' && "$git" checkout -q -B main
branch left ggg1 's/^  rank .*/&\n  left   int4?/'
branch right ggg2 's/^  fax .*/&\n  right  int4?/'
runs 0 'git merge' "$git" merge -q --no-edit left
runs 11 'nobody has seen both' "$LEXO" revision --autogenerate -m x --head ggg1
says 'what to do' 'lexo snapshot'
runs 0 'snapshot of two heads' "$LEXO" snapshot --scratch "$LEXO_TEST_ADMIN_URL"
says 'both are named' 'schema.lexo is what ggg1, ggg2 lead to' out
runs 0 'check' "$LEXO" check
sed -i 's/^  right .*/&\n  more   int4?/' models/app.lexo
runs 0 'autogenerate for one of them' "$LEXO" revision --autogenerate -m more --rev-id ggg3 --head ggg1
says 'one statement' 'Generating migrations/ggg3_more.sql' out
[ "$(grep -c 'ADD COLUMN' migrations/ggg3_more.sql)" = 1 ] && pass 'what is new alone' || flunk 'what is new alone' migrations/ggg3_more.sql
runs 0 'upgrade heads' "$LEXO" upgrade heads
runs 0 'the database is as the models say' "$LEXO" check --database --scratch "$LEXO_TEST_ADMIN_URL"
