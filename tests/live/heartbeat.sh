# Signs of life while a migration runs: in a file, on a descriptor, to systemd.
# SPDX-License-Identifier: Apache-2.0
. "$LEXO_TEST_SRCDIR/tests/live/lib.sh"
. "$LEXO_TEST_SRCDIR/tests/live/engine-lib.sh"
export LEXO_DATABASE_URL=$LEXO_TEST_URL
fresh
revision a '<base>' 'SELECT pg_sleep(2.5);' 'SELECT 1;'
revision b a 'SELECT 1;' 'SELECT 1;'
runs 0 'a file' "$LEXO" upgrade --heartbeat life
says 'when and what' '^[0-9]{10} upgrade b, 2 of 2$' life
[ "$(wc -l <life)" = 1 ] && pass 'one line' || flunk 'one line' life
runs 0 'a descriptor' bash -c 'exec 7>beats; "$1" downgrade base --heartbeat 7' - "$LEXO"
says 'when and what' '^[0-9]{10} downgrade a, 2 of 2$' beats
runs 0 'a descriptor, a long statement' bash -c 'exec 7>beats; "$1" upgrade --heartbeat 7' - "$LEXO"
[ "$(grep -c 'upgrade a, 1 of 2' beats)" -ge 3 ] && pass 'a line every second' || flunk 'a line every second' beats
sql 'DROP SCHEMA lexo CASCADE' 2>/dev/null
runs 2 'no descriptor' "$LEXO" upgrade --heartbeat 77
says 'is told' 'L0202.*--heartbeat 77 is no descriptor' err
runs 2 'one that is for reading' bash -c 'exec 7</dev/null; "$1" upgrade --heartbeat 7' - "$LEXO"
runs 1 'a file that cannot be' "$LEXO" upgrade --heartbeat no/where
says 'is told' 'L0102.*no/where' err
runs 0 'a reader that is gone' bash -c 'exec 7> >(true); sleep 0.1; "$1" upgrade --heartbeat 7' - "$LEXO"

# --- what the server says of a statement that takes long ----------------------------------------------------------------
fresh
revision p '<base>' 'CREATE TABLE slow AS SELECT i, repeat(chr(65 + i % 26), 2000) AS filler FROM generate_series(1, 100) i;
CREATE FUNCTION slowly(i int) RETURNS int LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN PERFORM pg_sleep(0.06); RETURN i; END $$;
-- lexo:step transaction=none
CREATE INDEX CONCURRENTLY slow_i ON slow (slowly(i));' 'SELECT 1;'
runs 0 'an index, slowly' bash -c 'exec 7>beats; "$1" upgrade --heartbeat 7' - "$LEXO"
says 'how far it is, in the log' '^INFO +\[lexo.migration\]   building index: .*, [0-9]+ %$' err
says 'and in the heartbeat' '^[0-9]{10} upgrade p, 1 of 1: building index: ' beats
runs 0 'again, for machines' sh -c '"$LEXO" -q downgrade base && psql() { "$PSQL" -Xq -d "$LEXO_TEST_URL" -c "$1"; } &&
	psql "DROP TABLE slow" && psql "DROP FUNCTION slowly" && "$LEXO" upgrade --output ndjson'
says 'an event' '"event":"progress".*"text":"building index: ' out
answers 'no session is left' '' "SELECT application_name FROM pg_stat_activity WHERE application_name LIKE 'lexo%' AND datname = current_database()"
fresh
revision a '<base>' 'SELECT pg_sleep(2.5);' 'SELECT 1;'

# --- systemd ----------------------------------------------------------------------------------------------------------
perl -MIO::Socket::UNIX -e 1 2>/dev/null || { echo 'ok - systemd # SKIP no IO::Socket::UNIX of perl'; exit 0; }
perl -MIO::Socket::UNIX -e '
	my $socket = IO::Socket::UNIX->new(Type => SOCK_DGRAM, Local => "notify") or die;
	$| = 1;
	$SIG{ALRM} = sub { exit 0 };
	alarm 60;
	while (defined $socket->recv(my $text, 4096)) { print $text }' >told &
listener=$!
for i in $(seq 50); do
	[ -S notify ] && break
	sleep 0.1
done
runs 0 'systemd is told' env NOTIFY_SOCKET="$PWD/notify" "$LEXO" upgrade
kill $listener
wait $listener 2>/dev/null
says 'what' '^STATUS=upgrade a, 1 of 1$' told
says 'that it is alive' '^WATCHDOG=1$' told
says 'to wait' '^EXTEND_TIMEOUT_USEC=30000000$' told
[ "$(grep -c '^STATUS=upgrade a' told)" -ge 3 ] && pass 'every second' || flunk 'every second' told
runs 0 'nobody listens' env NOTIFY_SOCKET=/no/where "$LEXO" downgrade base
