# A PgBouncer before the test's server: start_pooler sets pooler_url and pooler_host (its port is 6432).
# SPDX-License-Identifier: Apache-2.0
has_pooler() { PATH=$PATH:/usr/sbin command -v pgbouncer >/dev/null; }
pooler=
stop_pooler() { [ -z "$pooler" ] || { kill "$pooler" && wait "$pooler"; } 2>/dev/null; pooler=; }
trap 'stop_pooler; exit $((failures > 0))' EXIT
start_pooler() { # MODE SIZE
	local place=$PWD/pooler i
	rm -rf "$place" && mkdir "$place"
	printf '"%s" ""\n' "$PGUSER" >"$place/users"
	printf '[databases]\n* = host=%s port=%s\n[pgbouncer]\npool_mode = %s\nlisten_addr =\nunix_socket_dir = %s\nlisten_port = 6432\nauth_type = trust\nauth_file = %s\nmax_client_conn = 200\ndefault_pool_size = %d\nmin_pool_size = %d\n' \
		"$PGHOST" "$PGPORT" "$1" "$place" "$place/users" "$2" "$2" >"$place/ini"
	set -- pgbouncer -q "$place/ini"
	if [ "$(id -u)" -eq 0 ]; then
		chown -R nobody "$place"
		set -- setpriv --reuid nobody --clear-groups "$@"
	fi
	PATH=$PATH:/usr/sbin "$@" >pooler.log 2>&1 &
	pooler=$!
	pooler_host=$place
	pooler_url="postgresql:///$PGDATABASE?host=$place&port=6432&user=$PGUSER"
	for i in $(seq 100); do
		sql 'SELECT 1' "$pooler_url" >/dev/null 2>&1 && return
		sleep 0.1
	done
	flunk "PgBouncer starts" pooler.log
}
