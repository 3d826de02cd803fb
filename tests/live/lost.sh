# What happens to a runner when the server, the connection, the lock or the head row is taken from it, and what a server
# that cannot be changed or asked answers: the code, the exit status, and that the next run goes on.
# SPDX-License-Identifier: Apache-2.0
. "$LEXO_TEST_SRCDIR/tests/live/lib.sh"
unset LEXO_DATABASE_URL DATABASE_URL
url=$LEXO_TEST_URL
lexo() { "$LEXO" -u "$url" "$@"; }
# revision ID PARENT UPGRADE
revision() {
	printf -- '-- lexo:revision %s\n-- lexo:revises  %s\n-- lexo:message  %s\n\n-- lexo:upgrade\n%s\n\n-- lexo:downgrade\nSELECT 1;\n' \
		"$1" "$2" "revision $1" "$3" >"migrations/$1_x.sql"
	"$LEXO" -q hash --force
}
forget() { rm -f "migrations/$1_x.sql" && "$LEXO" -q hash --force; }
fails() { # RC CODE TEXT COMMAND…
	local rc=$1 code=$2 text=$3
	shift 3
	runs "$rc" "$text" "$@" && says "$text: $code" "$code"
}
# At its COMMIT the revision runs SQL, by a deferred trigger.
at_commit() {
	printf '%s\n' 'CREATE TABLE late (id int);' 'CREATE FUNCTION at_commit() RETURNS trigger LANGUAGE plpgsql AS $$' \
		"BEGIN $1; RETURN NULL; END \$\$;" 'CREATE CONSTRAINT TRIGGER late AFTER INSERT ON late DEFERRABLE INITIALLY DEFERRED' \
		'FOR EACH ROW EXECUTE FUNCTION at_commit();' 'INSERT INTO late VALUES (1);'
}
mkdir migrations
revision a '<base>' 'CREATE TABLE t (id int);'
runs 0 'a first revision' lexo upgrade

# --- the connection, the head row, the way down ---
revision b a "$(at_commit 'PERFORM pg_terminate_backend(pg_backend_pid())')"
fails 7 L0415 'the connection is lost at the commit' lexo upgrade
revision b a "UPDATE lexo.head SET hash = repeat('0', 64);"
fails 7 L0416 'a revision changes the head row' lexo upgrade
revision b a 'CREATE TABLE u (id int);'
fails 11 L0413 'down to what is not applied' lexo downgrade b
runs 0 'the next run goes on' lexo upgrade

# --- the lock ---
key=$(sql "SELECT ('x' || left(encode(sha256(convert_to('lexo-lock', 'UTF8') || '\\x00'::bytea || convert_to('lexo', 'UTF8')), 'hex'), 16))::bit(64)::bigint")
revision c b 'CREATE TABLE v (id int);'
"$PSQL" -XAtq -d "$url" -c "SELECT pg_advisory_lock($key), pg_sleep(60)" >/dev/null 2>&1 &
holder=$!
for i in 1 2 3 4 5 6 7 8 9 10; do
	[ "$(sql "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database())")" = 0 ] || break
	sleep 0.3
done
rc=0
timeout -s TERM 2 "$LEXO" -u "$url" upgrade >out 2>err || rc=$?
says 'stopped while it waits for the lock: L0419' L0419
sql "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'SELECT pg_advisory_lock($key%' AND datname = current_database()" >/dev/null
wait $holder
runs 0 'with the lock free it goes on' lexo upgrade

# --- statements of lexo's own that the server refuses ---
sql "CREATE FUNCTION no() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''not today''; END';
	CREATE EVENT TRIGGER no ON ddl_command_start WHEN TAG IN ('CREATE SCHEMA') EXECUTE FUNCTION no()"
printf '[lexo]\nversion_schema = other\n' >lexo.ini
fails 1 L0418 'the version tables cannot be made' lexo ensure-version
rm lexo.ini
sql 'DROP EVENT TRIGGER no'
sql "CREATE ROLE blind_$$ LOGIN; REVOKE SELECT ON pg_catalog.pg_extension FROM PUBLIC"
fails 1 L0425 'a catalog that cannot be read' \
	"$LEXO" -q pull "postgresql:///$PGDATABASE?host=$PGHOST&port=$PGPORT&user=blind_$$" -o pulled
sql "DROP ROLE blind_$$"
# a server whose backends change between statements, as behind a pooler: it says another process id each time
revision d c 'CREATE TABLE w (id int);
-- lexo:step transaction=none
VACUUM w;'
sql "CREATE OR REPLACE FUNCTION pg_catalog.pg_backend_pid() RETURNS int LANGUAGE sql STABLE AS 'SELECT 1'"
fails 10 L0420 'statements outside a transaction behind a pooler' lexo upgrade
forget d

# --- a server of its own, which goes away at the commit, comes back, and stands by ---
place=$(mktemp -d /var/tmp/lexo-test-XXXXXX) && chmod 755 "$place" || exit 1
dir=$place/server
server=
trap '"$LEXO" -q dev stop --dir "$dir" 2>/dev/null; [ -z "$server" ] || halt; rm -rf "$place"; exit $((failures > 0))' EXIT
url=$("$LEXO" -q dev start --dir "$dir") || flunk 'a server of its own'
revision d c "$(at_commit 'PERFORM pg_sleep(60)')"
lexo upgrade >out 2>err &
runner=$!
for i in $(seq 50); do
	[ "$(sql "SELECT count(*) FROM pg_stat_activity WHERE query = 'COMMIT' AND state = 'active'" "$url")" = 0 ] || break
	sleep 0.2
done
pid=$("$LEXO" dev status --dir "$dir" | sed -n 's/^process: //p')
kill -QUIT "$pid"
rc=0
wait $runner || rc=$?
[ "$rc" = 9 ] && pass 'the server is gone at the commit' || flunk "the server is gone at the commit: ended with $rc" err
says 'the server is gone at the commit: L0409' L0409
forget d
"$LEXO" -q dev start --dir "$dir" >/dev/null 2>err && pass 'the server comes back' || flunk 'the server comes back' err
runs 0 'the next run finds what is applied' lexo upgrade
"$LEXO" -q dev stop --keep --dir "$dir"
programs=${PG_BINDIR:-${PSQL%/*}}
[ -x "$programs/postgres" ] || { echo 'ok - a standby # SKIP no server programs'; exit; }
owner=$(stat -c %u "$dir/data") group=$(stat -c %g "$dir/data")
serve() { # starts the kept data as a server that could be followed, which lexo's own cannot
	set -- "$programs/postgres" -D "$dir/data" -k "$dir" -c listen_addresses= -c wal_level=replica
	[ "$(id -u)" -ne 0 ] || set -- setpriv --reuid "$owner" --regid "$group" --clear-groups "$@"
	(cd / && exec "$@" >"$place/server.log" 2>&1 </dev/null) &
	server=$!
	for i in $(seq 100); do
		sql 'SELECT 1' "$url" >/dev/null 2>&1 && return
		sleep 0.1
	done
	flunk 'it starts' "$place/server.log"
}
halt() { kill -INT "$server" && wait "$server" 2>/dev/null; server=; }
serve
halt
touch "$dir/data/standby.signal" && chown "$owner:$group" "$dir/data/standby.signal"
serve
revision d c 'CREATE TABLE w (id int);'
fails 4 L0421 'a standby cannot be changed' lexo upgrade
halt

# --- a cluster that cannot be made: no room for it ---
if [ "$(id -u)" -eq 0 ] && mkdir "$place/small" && mount -t tmpfs -o size=1m tmpfs "$place/small" 2>/dev/null; then
	chmod 755 "$place/small"
	fails 1 L0212 'no room for a cluster' "$LEXO" dev start --dir "$place/small/server"
	umount "$place/small"
else
	echo 'ok - no room for a cluster # SKIP cannot mount'
fi
