# What goes wrong around lexo: servers, passwords, disks, torn files.  Each time the exit code, what it says, and that nothing
# is lost.
# SPDX-License-Identifier: Apache-2.0
. "$LEXO_TEST_SRCDIR/tests/live/lib.sh"
export LEXO_DATABASE_URL=$LEXO_TEST_URL PGCONNECT_TIMEOUT=5
runs 0 'a project' "$LEXO" -q init
runs 0 'with one revision' "$LEXO" -q revision --autogenerate -m one --rev-id aaa1
catalog empty
file=migrations/aaa1_one.sql
cp -r migrations kept
untouched() { # TEXT
	catalog now && same "$1: nothing ran" empty now
}
restore() { rm -rf migrations && cp -r kept migrations; }

# --- connections ------------------------------------------------------------------------------------------------------
with() { printf %s "$LEXO_TEST_URL" | sed "$1"; }
runs 4 'a missing database' "$LEXO" upgrade -u "$(with 's|///[^?]*|///no_such_database|')"
says 'with its code and the way out' 'L0403.*no_such_database|createdb'
runs 4 'no server' "$LEXO" upgrade -u 'postgresql:///x?host=/nowhere'
says 'which place was tried' '/nowhere'
says 'what to do' 'help: '
runs 4 'no port' "$LEXO" upgrade -u 'postgresql://127.0.0.1:1/x'
runs 4 'an URL that is none' "$LEXO" upgrade -u 'postgresql://a:secret@b:c:d/x'
says 'what is wrong with it' 'L0401'
grep -q secret err out && flunk 'the password is not shown' err || pass 'the password is not shown'

rules=$(sql 'SHOW hba_file')
if [ -w "$rules" ]; then
	role=lexo_password_$$
	sql "SET password_encryption = 'scram-sha-256'; CREATE ROLE $role LOGIN PASSWORD 'right%word'" >/dev/null
	cp -p "$rules" rules
	{
		echo "local all $role scram-sha-256"
		cat rules
	} >"$rules"
	sql 'SELECT pg_reload_conf()' >/dev/null
	sleep 0.3
	url=$(with "s|user=[^&]*|user=$role|")
	runs 4 'no password' "$LEXO" current -u "$url"
	says 'where passwords are looked for' 'help: .*\.pgpass'
	PGPASSWORD=wrong_word runs 4 'a wrong password' "$LEXO" current -u "$url"
	says 'that it is the password' 'L0402.*password'
	grep -q wrong_word err out && flunk 'it is not shown' err || pass 'it is not shown'
	PGPASSWORD=right%word runs 0 'the right one' "$LEXO" current -u "$url"
	PGPASSWORD=right%word runs 1 'a role that may not create' "$LEXO" upgrade -u "$url"
	says 'what the role lacks' 'L0414.*permission denied'
	says 'and what to do' 'help: the role needs the right'
	cat rules >"$rules"
	sql 'SELECT pg_reload_conf()' >/dev/null
	sql "DROP ROLE $role" >/dev/null
else
	pass 'passwords # SKIP the rules of the server cannot be changed'
fi

# --- torn and edited files ------------------------------------------------------------------------------------------------
size=$(wc -c <"$file")
for at in 0 1 20 $(seq 40 23 $((size - 2))); do
	head -c "$at" kept/aaa1_one.sql >"$file"
	rc=0
	"$LEXO" upgrade >out 2>err </dev/null || rc=$?
	[ "$rc" = 5 ] && grep -q 'help: ' err || flunk "a revision cut at byte $at ended with $rc" err
done
pass 'a torn revision is refused wherever it was cut'
untouched 'a torn revision'

# Every byte of its SQL in turn, made another one: refused.  White space and comments are not SQL.
places=$(awk '{ line = $0; length_ = length($0)
	if (on && (line !~ /^--/ || line ~ /^-- lexo:/))
		for (i = 1; i <= length_; i++) if (substr(line, i, 1) != " ") print at + i - 1, substr(line, i, 1) == "x" ? "y" : "x"
	at += length_ + 1
	if (line == "-- lexo:upgrade") on = 1 }' kept/aaa1_one.sql)
wrong=
while read -r at other; do
	cp kept/aaa1_one.sql "$file"
	printf %s "$other" | dd of="$file" bs=1 seek="$at" conv=notrunc 2>/dev/null
	rc=0
	"$LEXO" upgrade >out 2>err </dev/null || rc=$?
	[ "$rc" = 5 ] || wrong="$wrong $at:$rc"
done <<<"$places"
[ -z "$wrong" ] && [ "$(wc -l <<<"$places")" -gt 300 ] && pass 'every byte of SQL counts' || flunk "every byte of SQL counts; not: $wrong" "$file"
untouched 'a changed byte'

for at in 0 5 11 30 150 200; do
	restore
	head -c "$at" kept/lexo.sum >migrations/lexo.sum
	"$LEXO" upgrade >out 2>err
	[ $? = 5 ] && grep -q 'lexo.sum.*' err && grep -q 'help: ' err || flunk "lexo.sum cut at byte $at" err
done
pass 'a torn lexo.sum is refused wherever it was cut'
restore
{
	echo '<<<<<<< HEAD'
	cat kept/lexo.sum
	echo =======
	cat kept/lexo.sum
	echo '>>>>>>> other'
} >migrations/lexo.sum
runs 5 'a merge conflict in lexo.sum' "$LEXO" upgrade
says 'is called so' 'lexo.sum holds a merge conflict'
runs 0 'which hash mends' "$LEXO" hash
same 'as it was' kept/lexo.sum migrations/lexo.sum
sed -i '9i <<<<<<< HEAD' "$file"
runs 5 'a merge conflict in a revision' "$LEXO" upgrade
says 'is called so, with its line' 'holds a merge conflict'
says 'at its line' 'aaa1_one.sql:9:1'
restore
untouched 'a merge conflict'
sed -i '3i <<<<<<< HEAD' migrations/schema.lexo
cp models/app.lexo app.lexo
sed -i 's/^  name .*/&\n  phone text?/' models/app.lexo
runs 3 'a merge conflict in the snapshot' "$LEXO" revision --autogenerate -m two
says 'is called so' 'it holds a merge conflict'
ls migrations >files
[ "$(grep -c sql files)" = 1 ] && pass 'no revision is made' || flunk 'no revision is made' files
sed -i '3i <<<<<<< HEAD' models/app.lexo
runs 2 'a merge conflict in a model' "$LEXO" compile
says 'is called so' 'app.lexo:3:1: error\[E0130\]'
cp app.lexo models/app.lexo
restore

# --- places that cannot be written -----------------------------------------------------------------------------------------
sed -i 's/^  name .*/&\n  phone text?/' models/app.lexo
# as USER COMMAND…: by one who owns nothing here
unprivileged() {
	if [ "$(id -u)" = 0 ]; then
		setpriv --reuid 65534 --regid 65534 --clear-groups env HOME=/nonexistent "$@"
	else
		"$@"
	fi
}
cp "$LEXO" program # where it is may be closed to others
chmod -R a+rX . && chmod a-w . models migrations generated 2>/dev/null
if unprivileged test -x . && unprivileged test -r models/app.lexo; then
	runs 1 'a read-only project: revision' unprivileged ./program revision --autogenerate -m two
	says 'what cannot be written' 'L0102.*migrations'
	says 'what to do' 'help: '
	runs 1 'a read-only project: compile' unprivileged ./program compile
	says 'what cannot be written' 'L0102.*generated'
	chmod u+w . migrations
	diff -r kept migrations >difference && pass 'nothing was changed' || flunk 'nothing was changed' difference
else
	pass 'read-only folders # SKIP the folder is out of reach'
fi
chmod u+w . models migrations

# A disk of 64 KiB, filled: the file system's own words, and nothing half written.
cat >on_full_disk <<'END'
set -eu
here=$PWD
mkdir -p disk
mount -t tmpfs -o size=64k tmpfs disk
trap 'cd /; umount "$here/disk"' EXIT
cp -r models migrations lexo.ini disk/
cd disk
dd if=/dev/zero of=filler bs=4096 >/dev/null 2>&1 || true
rc=0
"$LEXO" revision --autogenerate -m two >../out 2>../err </dev/null || rc=$?
"$LEXO" compile >>../out 2>../err2 </dev/null || rc=$rc,$?
echo "$rc" >../rc
rm filler
diff -r migrations ../kept >../difference && [ ! -e generated ] || [ -z "$(ls generated)" ]
END
if LEXO=$LEXO unshare -m sh on_full_disk 2>why || { grep -qi 'permitted\|denied' why && LEXO=$LEXO unshare -Urm sh on_full_disk 2>why; }; then
	[ "$(cat rc)" = 1,1 ] && pass 'a full disk: exit 1' || flunk 'a full disk: exit 1' rc err err2
	says 'in the words of the system' 'L0102.*No space left'
	says 'what to do' 'help: '
	[ -s difference ] && flunk 'nothing is half written' difference || pass 'nothing is half written'
elif grep -qi 'permitted\|denied\|propagation' why; then # in a chroot, too
	pass 'a full disk # SKIP no file system can be mounted'
else
	flunk 'a full disk: nothing is half written' why difference rc err err2
fi
runs 1 'standard output that is full' sh -c '"$LEXO" history >/dev/full'
says 'is an error' 'L0207'

# --- a server that goes away ------------------------------------------------------------------------------------------------
cp app.lexo models/app.lexo
restore
runs 0 'up to date' "$LEXO" upgrade
runs 0 'a revision by hand' "$LEXO" -q revision -m slow --rev-id bbb2
sed -i 's/^-- lexo:upgrade.*/&\nCREATE TABLE half_done (id int);\nSELECT pg_sleep(60);/' migrations/bbb2_slow.sql
runs 0 'hash of it' "$LEXO" -q hash
catalog before
"$LEXO" upgrade >out 2>err </dev/null &
pid=$!
for _ in $(seq 100); do
	[ "$(sql "SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'PgSleep' AND datname = current_database()")" = 1 ] && break
	sleep 0.1
done
sql "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE wait_event = 'PgSleep' AND datname = current_database()" >/dev/null
rc=0
wait $pid || rc=$?
[ "$rc" = 7 ] && pass 'the server goes away in the middle: rolled back' || flunk "the server goes away in the middle: $rc" err
says 'what happened' 'terminating connection|server closed the connection|L0415'
says 'and what to do' 'help: '
catalog after && same 'nothing of it is left' before after
runs 0 'the database is where it was' "$LEXO" current
says 'at the first' '^aaa1' out

# --- another runner ------------------------------------------------------------------------------------
sed -i 's/pg_sleep(60)/1/' migrations/bbb2_slow.sql
runs 0 'hash of the mended one' "$LEXO" -q hash
key=$(sql "SELECT ('x' || left(encode(sha256(convert_to('lexo-lock', 'UTF8') || '\\x00'::bytea || convert_to('lexo', 'UTF8')), 'hex'), 16))::bit(64)::bigint")
"$PSQL" -XAtq -d "$LEXO_TEST_URL" -c "SELECT pg_advisory_lock($key), pg_sleep(30)" >/dev/null 2>&1 &
holder=$!
sleep 1
"$LEXO" upgrade >out 2>err </dev/null &
pid=$!
sleep 1
kill -INT $pid
rc=0
wait $pid || rc=$?
[ "$rc" = 130 ] && pass 'interrupted while it waits for another runner: 130' || flunk "interrupted while it waits: $rc" err
says 'what that means' 'L0419.*nothing was changed'
sql "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'SELECT pg_advisory_lock%' AND datname = current_database()" >/dev/null
wait $holder
catalog after && same 'nothing was changed' before after
runs 11 'down to what is not applied' "$LEXO" downgrade bbb2
says 'is called so' 'L0413'
runs 2 'downgrade --sql without a start' "$LEXO" downgrade -1 --sql
says 'is called so' 'L0423'

# --- a server that cannot be started -------------------------------------------------------------------------------------------
place=$(mktemp -d /var/tmp/lexo-test-XXXXXX) && chmod 755 "$place" || exit 1
mkdir -m 755 "$place/bin"
fake() { # NAME TEXT
	printf '#!/bin/sh\n%s\n' "$2" >"$place/bin/$1"
	chmod 755 "$place/bin/$1"
}
fake initdb 'case $1 in --version) echo "initdb (PostgreSQL) 15.1";; *) echo "could not write: No space left on device" >&2; exit 1;; esac'
fake postgres 'case $1 in --version) echo "postgres (PostgreSQL) 15.1";; *) echo "FATAL: no shared memory" >&2; exit 1;; esac'
LEXO_PG_BINDIR=$place/bin runs 1 'initdb fails' "$LEXO" dev start --dir "$place/server"
says 'in its own words' 'L0212.*No space left'
says 'and what to do' 'help: '
fake initdb 'case $1 in --version) echo "initdb (PostgreSQL) 15.1"; exit;; esac
while [ $# -gt 0 ]; do case $1 in -D) mkdir -p "$2"; touch "$2/PG_VERSION" "$2/postgresql.conf";; --pgdata=*) mkdir -p "${1#*=}"; touch "${1#*=}/PG_VERSION";; esac; shift; done'
LEXO_PG_BINDIR=$place/bin runs 1 'postgres fails' "$LEXO" dev start --dir "$place/server"
says 'with the end of its log' 'L0213'
says 'in its own words' 'no shared memory'
LEXO_PG_BINDIR=/nowhere PATH=/nowhere runs 1 'no server programs' "$LEXO" dev start --dir "$place/server"
says 'what to install' 'L0210|postgresql-15'
rm -rf "$place"
