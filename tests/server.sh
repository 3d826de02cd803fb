# A private PostgreSQL for one run, for the shell scripts that read this file: server_find, server_start and server_stop.
# Sets PGHOST PGPORT PGUSER PSQL; $server_work is a folder for the caller's own use, too, and is removed at the end.
# SPDX-License-Identifier: Apache-2.0

# server_find: true when there are server programs, or LEXO_TEST_SERVER names a server that runs already.
server_find() {
	server_bindir=${PG_BINDIR:-}
	if [ -z "$server_bindir" ]; then
		for folder in $(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -t/ -k5,5nr) \
			$(pg_config --bindir 2>/dev/null); do
			if [ -x "$folder/initdb" ] && [ -x "$folder/postgres" ]; then
				server_bindir=$folder
				break
			fi
		done
	fi
	[ -n "$server_bindir" ] || [ -n "${LEXO_TEST_SERVER:-}" ] || return 1
	# The one in the path may be a wrapper that costs more than what it runs.
	PSQL=${PSQL:-$server_bindir/psql}
	[ -x "$PSQL" ] || PSQL=$(pg_config --bindir 2>/dev/null)/psql
	[ -x "$PSQL" ] || PSQL=$(ls -d /usr/lib/postgresql/*/bin/psql 2>/dev/null | sort -t/ -k5,5nr | head -n 1)
	[ -x "$PSQL" ] || PSQL=$(command -v psql) || return 1
	export PSQL
}

# PostgreSQL refuses to run as root: its programs are run as another user, from a folder that user may enter.
server_do() {
	if [ -z "$server_owner" ]; then
		"$@"
	else
		(cd / && exec setpriv --reuid "$server_owner" --regid "$server_group" --clear-groups "$@")
	fi
}

server_boot() {
	mkdir "$server_work/data" "$server_work/socket" || return 1
	if [ "$(id -u)" -eq 0 ]; then
		user=postgres
		id -u "$user" >/dev/null 2>&1 || user=nobody
		server_owner=$(id -u "$user") server_group=$(id -g "$user")
		chown "$server_owner:$server_group" "$server_work/data" "$server_work/socket"
	fi
	server_do "$server_bindir/initdb" -D "$server_work/data" -U postgres -A trust -E UTF8 --locale=C.UTF-8 -N \
		>"$server_work/initdb.log" 2>&1 </dev/null || return 1
	set -- "$server_bindir/postgres" -D "$server_work/data" -k "$server_work/socket" -c listen_addresses= -c fsync=off \
		-c synchronous_commit=off -c full_page_writes=off -c max_connections=200 -c log_min_messages=warning
	[ -z "$server_owner" ] || set -- setpriv --reuid "$server_owner" --regid "$server_group" --clear-groups "$@"
	(cd / && exec "$@" >"$server_work/server.log" 2>&1 </dev/null) &
	server_pid=$!
	tries=0
	while ! "$PSQL" -XAtqc "" -h "$server_work/socket" -p 5432 -U postgres -d postgres 2>/dev/null; do
		tries=$((tries + 1))
		kill -0 "$server_pid" 2>/dev/null && [ "$tries" -lt 300 ] || return 1
		sleep 0.1
	done
}

server_stop() {
	trap - EXIT INT TERM HUP
	if [ -n "$server_pid" ]; then
		kill -INT "$server_pid" 2>/dev/null
		wait "$server_pid" 2>/dev/null
	fi
	rm -rf "$server_work"
}

# server_start NAME: false when it could not; then the logs are in $server_work.  From here on the end of the script, however
# it comes, stops the server.
server_start() {
	server_base=${TMPDIR:-/tmp}
	[ ! -w /dev/shm ] || server_base=/dev/shm
	server_owner= server_group= server_pid=
	server_work=$(mktemp -d "$server_base/$1.XXXXXX") || return 1
	chmod 755 "$server_work"
	trap server_stop EXIT
	trap 'server_stop; exit 130' INT
	trap 'server_stop; exit 143' TERM HUP
	if [ -n "${LEXO_TEST_SERVER:-}" ]; then
		place=$("$PSQL" -XAtq -d "$LEXO_TEST_SERVER" -c '\echo :HOST :PORT :USER') || return 1
		PGHOST=${place%% *} PGUSER=${place##* } PGPORT=${place#* }
		PGPORT=${PGPORT%% *}
	else
		server_boot || return 1
		PGHOST=$server_work/socket PGPORT=5432 PGUSER=postgres
	fi
	export PGHOST PGPORT PGUSER
}
