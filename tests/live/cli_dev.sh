# The private server of lexo dev.
# SPDX-License-Identifier: Apache-2.0
. "$LEXO_TEST_SRCDIR/tests/live/lib.sh"
unset PGHOST PGPORT PGUSER PGDATABASE LEXO_DATABASE_URL DATABASE_URL
# started by root the server runs as another user, who must reach the folder
place=$(mktemp -d /var/tmp/lexo-test-XXXXXX) && chmod 755 "$place" || exit 1
dir=$place/server
trap '"$LEXO" -q dev stop --dir "$dir" 2>/dev/null; rm -rf "$place"; exit $((failures > 0))' EXIT

runs 3 'status before' "$LEXO" dev status --dir "$dir"
runs 3 'url before' "$LEXO" dev url --dir "$dir"
runs 0 'start' "$LEXO" dev start --dir "$dir"
url=$(cat out)
runs 0 'start again' "$LEXO" dev start --dir "$dir"
says 'it runs already' 'already running'
[ "$(cat out)" = "$url" ] && pass 'the same URL' || flunk 'the same URL' out
runs 0 'url' "$LEXO" dev url --dir "$dir"
[ "$(sql 'SHOW server_encoding' "$url")" = UTF8 ] && pass 'psql connects' || flunk 'psql connects'
[ "$(sql 'SHOW listen_addresses' "$url")" = '' ] && pass 'no port' || flunk 'no port'
[ "$(stat -c %a "$dir")" = 700 ] && pass 'the folder is private' || flunk 'the folder is private'
runs 0 'status' "$LEXO" dev status --dir "$dir"
sql 'CREATE TABLE kept (id int)' "$url"
runs 0 'run uses it' "$LEXO" dev run --dir "$dir" sh -c 'test "$DATABASE_URL" = "$1"' x "$url"
runs 0 'run leaves it running' "$LEXO" dev status --dir "$dir"

# --- it dies ---
pid=$("$LEXO" dev status --dir "$dir" | sed -n 's/^process: //p')
kill -9 "$pid"
sleep 0.5
runs 3 'killed: status' "$LEXO" dev status --dir "$dir"
runs 0 'killed: start' "$LEXO" dev start --dir "$dir"
sql 'SELECT * FROM kept' "$url" && pass 'the data are there' || flunk 'the data are there'
runs 0 'stop --keep' "$LEXO" dev stop --keep --dir "$dir"
echo 999999 >"$dir/data/postmaster.pid"
printf '1\n%s/data\n' "$dir" >"$dir/data/postmaster.pid"
runs 0 'start with a stale pid file' "$LEXO" dev start --dir "$dir"
sql 'SELECT * FROM kept' "$url" && pass 'the data are still there' || flunk 'the data are still there'
runs 0 'stop' "$LEXO" dev stop --dir "$dir"
[ -e "$dir" ] && flunk 'the folder is gone' || pass 'the folder is gone'
runs 0 'stop again' "$LEXO" dev stop --dir "$dir"

# --- run ---
runs 7 'the exit code goes through' "$LEXO" dev run --dir "$dir" sh -c 'exit 7'
[ -e "$dir" ] && flunk 'run cleans up' || pass 'run cleans up'
runs 143 'so does a signal' "$LEXO" dev run --dir "$dir" sh -c 'kill $$'
runs 127 'no such command' "$LEXO" dev run --dir "$dir" no-such-command
says 'it says which' 'L0216.*no-such-command'
LEXO_DATABASE_URL=postgresql:///production runs 0 'no other database can be meant' \
	"$LEXO" dev run --dir "$dir" sh -c 'test "$LEXO_DATABASE_URL" = "$DATABASE_URL"'
[ -e "$dir" ] && flunk 'all gone' || pass 'all gone'

# --- two at once ---
for n in 1 2 3; do
	"$LEXO" -q dev run --dir "$dir" "$PSQL" -XAtqc "SELECT $n" >run$n 2>&1 &
done
wait
[ "$(cat run1 run2 run3)" = "1
2
3" ] && pass 'three at once share one' || flunk 'three at once share one' run1 run2 run3
[ -e "$dir" ] && flunk 'the last one cleans up' || pass 'the last one cleans up'

# --- a server that cannot start, one that asks for a password ---
"$LEXO" -q dev start --dir "$dir" >out
"$LEXO" -q dev stop --keep --dir "$dir"
echo 'nonsense = 1' >>"$dir/data/postgresql.conf"
runs 1 'a broken configuration' "$LEXO" dev start --dir "$dir"
says 'its code' 'L0213'
says 'the end of the log' 'unrecognized configuration parameter'
sed -i '$d' "$dir/data/postgresql.conf"
"$LEXO" -q dev start --dir "$dir" >out
sql "SET password_encryption = 'scram-sha-256'; CREATE ROLE me LOGIN PASSWORD 'right'" "$url"
{ echo 'local all me scram-sha-256'; cat "$dir/data/pg_hba.conf"; } >hba && cat hba >"$dir/data/pg_hba.conf"
sql 'SELECT pg_reload_conf()' "$url" >/dev/null
mine=$(printf %s "$url" | sed 's|postgres@|me:wrong@|')
sleep 0.3
runs 4 'a wrong password' "$LEXO" -u "$mine" current
grep -q wrong out err && flunk 'the password is not shown' out err || pass 'the password is not shown'
runs 4 'no password' "$LEXO" -u "$(printf %s "$mine" | sed 's/:wrong//')" current
runs 0 'the right password' "$LEXO" -u "$(printf %s "$mine" | sed 's/wrong/right/')" current
"$LEXO" -u "$(printf %s "$mine" | sed 's/wrong/right/')" -q dev run --dir "$dir" sleep 1 &
sleep 0.3
grep -qa 'right' /proc/$!/cmdline && flunk 'nor is it in the process list' || pass 'nor is it in the process list'
wait
runs 0 'stop at the end' "$LEXO" dev stop --dir "$dir"

# --- a project's own server is used when nothing else is named ---
mkdir project && cd project && "$LEXO" -q init >/dev/null
if [ "$(id -u)" -ne 0 ]; then export XDG_CACHE_HOME=$place/c; fi
"$LEXO" -q dev start >/dev/null
runs 0 'current without a URL' "$LEXO" current
says 'it says which server' 'private server of this project'
runs 0 'stop it' "$LEXO" dev stop

# --- a full disk ---
if [ "$(id -u)" -eq 0 ] && mkdir small && mount -t tmpfs -o size=64k tmpfs small 2>/dev/null; then
	cp -R lexo.ini models small
	head -c 60000 /dev/zero >small/filler 2>/dev/null
	runs 1 'a full disk: revision' sh -c 'cd small && exec "$LEXO" revision --autogenerate -m first'
	says 'it says so' 'No space left on device'
	[ "$(ls small/migrations 2>/dev/null | wc -l)" = 0 ] && pass 'nothing is left over' || flunk 'nothing is left over'
	umount small
else
	echo 'ok - a full disk # SKIP cannot mount'
fi
