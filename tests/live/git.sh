# Two branches of git with a revision each: nothing of what git merges is left in conflict, and what it leads to is right.
# SPDX-License-Identifier: Apache-2.0
. "$LEXO_TEST_SRCDIR/tests/live/lib.sh"
unset PGHOST PGPORT PGUSER PGDATABASE
export LEXO_DATABASE_URL=$LEXO_TEST_URL GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_SYSTEM=/dev/null
export GIT_AUTHOR_NAME=a GIT_AUTHOR_EMAIL=a@example.org GIT_COMMITTER_NAME=a GIT_COMMITTER_EMAIL=a@example.org
PATH=$(dirname "$LEXO"):$PATH # git runs lexo by its name
command -v git >/dev/null || { echo 'ok - git # SKIP no git'; exit 0; }
git init -q -b main .
runs 0 'init' "$LEXO" init
says 'git knows' 'git merges schema.lexo by lexo here'
[ "$(git check-attr merge migrations/schema.lexo)" = 'migrations/schema.lexo: merge: lexo' ] && pass 'the attribute' || flunk 'the attribute'
cat >models/app.lexo <<'END'
lexo 1

model User @table('users') {
  id     int8  @id @identity
  email  text  @unique
  name   text?
}
END
printf '%s\n' out err difference >.gitignore
"$LEXO" -q revision --autogenerate -m users --rev-id aaa1 >/dev/null
git add -A && git commit -qm users

# on NAME ID: what standard input is run by the shell for, as one revision on a branch of that name
on() {
	git checkout -q -b "$1" main
	sh
	runs 0 "revision of $1" "$LEXO" -q revision --autogenerate -m "$1" --rev-id "$2" --allow-drop
	git add -A && git commit -qm "$1"
}
# meets OURS THEIRS RC
meets() {
	git checkout -q "$1"
	runs "$3" "git merge of $2 into $1" git merge --no-edit "$2"
	if grep -rqE '^(<<<<<<<|=======|>>>>>>>)' migrations; then flunk 'no conflict is left'; else pass 'no conflict is left'; fi
}
merged() { # ID: the two come together
	runs 0 'merge' "$LEXO" merge heads --rev-id "$1"
	says 'the snapshot is taken' 'schema.lexo is taken'
	runs 0 'check' "$LEXO" check
	runs 0 'verify' "$LEXO" verify
	runs 0 'lexo test' "$LEXO" test --scratch "$LEXO_TEST_ADMIN_URL"
	runs 0 'check on a server' "$LEXO" check --ephemeral --scratch "$LEXO_TEST_ADMIN_URL"
}

# --- tables that are alike, in files of their own ---
table() { printf "printf 'lexo 1\n\nmodel %s @table(%s) {\n  id    int8  @id @identity\n  name  text\n}\n' >models/%s.lexo" "$1" "$2" "$2"; }
table Left lefts | on left bbb1
table Right rights | on right bbb2
meets right left 0
merged ccc1
git add -A && git commit -qm merged && git checkout -q -B main

# --- columns of one table, a comment, something that goes ---
on mail bbb3 <<'END'
sed -i 's/^  email .*/  \/\/\/ Where mail goes.\n&\n  phone  text?/; s/^  name .*/&\n  check named `name <> '"''"'`/' models/app.lexo
END
on fax bbb4 <<'END'
sed -i 's/^  email .*/&\n  fax    text?/; s/^  id .*/&\n  born   date?/' models/app.lexo
rm models/lefts.lexo
END
git checkout -q fax
git merge --no-edit mail >/dev/null 2>&1 # the model is for people to merge
cat >models/app.lexo <<'END'
lexo 1

model User @table('users') {
  id     int8  @id @identity
  born   date?
  /// Where mail goes.
  email  text  @unique
  phone  text?
  fax    text?
  name   text?
  check named `name <> ''`
}
END
git add models && git commit -qm 'mail and fax'
if grep -rqE '^(<<<<<<<|=======|>>>>>>>)' migrations; then flunk 'no conflict is left'; else pass 'no conflict is left'; fi
merged ccc2
git add -A && git commit -qm merged && git checkout -q -B main

# --- the same, in two ways ---
echo "sed -i 's/^  phone .*/  phone  varchar(20)?/' models/app.lexo" | on short bbb5
echo "sed -i 's/^  phone .*/  phone  varchar(30)?/' models/app.lexo" | on long bbb6
meets long short 1
says 'what both change' 'L0520.*both sides change column public.users.phone'
says 'what to do' 'lexo merge; lexo snapshot'
git checkout -q --ours models/app.lexo && git add -A && git commit -qm both
runs 0 'merge' "$LEXO" merge heads --rev-id ccc3
says 'the clash' 'public.users.phone is changed by bbb5 and by bbb6'
runs 0 'snapshot' "$LEXO" snapshot --scratch "$LEXO_TEST_ADMIN_URL"
runs 0 'check' "$LEXO" check
git add -A && git commit -qm merged && git checkout -q -B main

# --- used here, dropped there ---
echo "rm models/rights.lexo" | on drop bbb7
echo "printf 'lexo 1\n\nmodel Use @table(uses) {\n  id    int8  @id\n  right Right\n}\n' >models/uses.lexo" | on use bbb8
meets use drop 1
says 'what is wrong' 'cannot be read'
git checkout -q --ours . 2>/dev/null; git reset -q --hard

# --- a clone that does not know the driver, and one outside git ---
git clone -q . clone
cd clone || exit 1
git config user.name a
runs 0 'install' "$LEXO" merge-driver --install
[ "$(git config merge.lexo.driver)" = 'lexo merge-driver %O %A %B %P' ] && pass 'the clone knows it' || flunk 'the clone knows it'
GIT_DIR=/nowhere runs 1 'no repository' "$LEXO" merge-driver --install
says 'its code' 'L0433'
runs 2 'not enough files' "$LEXO" merge-driver a b
