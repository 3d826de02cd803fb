# A server that does not give everything: the wire breaks after any byte of what is asked or answered, a role may not see, a
# function's body uses what is not there.  Never a wrong difference, never half a model.  LEXO_LIVE=torture: after every 13th
# byte; STRIDE: after every so manieth.
# SPDX-License-Identifier: Apache-2.0
. "$LEXO_TEST_SRCDIR/tests/live/lib.sh"
. "$LEXO_TEST_SRCDIR/tests/live/databases-lib.sh"
make one two
for url in "$one" "$two"; do
	sql "CREATE SCHEMA hidden; CREATE TABLE hidden.t (id int PRIMARY KEY, a int, b int);
		CREATE STATISTICS hidden.s (mcv) ON a, b FROM hidden.t;
		CREATE FUNCTION hidden.f() RETURNS int LANGUAGE sql AS 'SELECT 1';
		CREATE VIEW hidden.v AS SELECT * FROM hidden.t;
		CREATE FOREIGN DATA WRAPPER w OPTIONS (a 'b'); CREATE SERVER s FOREIGN DATA WRAPPER w OPTIONS (host 'x');
		CREATE USER MAPPING FOR PUBLIC SERVER s OPTIONS (user 'u', password 'geheim');
		CREATE USER MAPPING FOR CURRENT_USER SERVER s OPTIONS (user 'u', password 'geheim')" "$url"
done
sql 'CREATE TABLE more (id int)' "$two"

# --- the wire ---
wire=$LEXO_TEST_BUILDDIR/tests/tools/wire socket=$PGHOST/.s.PGSQL.$PGPORT
through() { # HOW WHERE BYTE COMMAND…: the database is $WIRED
	local how=$1 where=$2 byte=$3
	shift 3
	# shellcheck disable=SC2016
	"$wire" "$socket" "$how" "$where" "$byte" sh -c \
		'WIRED="postgresql:///'"${PGDATABASE}_one"'?host=127.0.0.1&port=$WIRE_PORT&user='"$PGUSER"'&sslmode=disable&gssencmode=disable" exec "$@"' - \
		"$@" >out 2>err
}
compare() { through "$1" "$2" "$3" sh -c 'exec "$LEXO" diff "$WIRED" "$1"' - "$two"; }
take() { through "$1" "$2" "$3" sh -c 'exec "$LEXO" pull "$WIRED" -o taken'; }
each() { # WHAT HOW WHERE: after every STRIDEth byte of TOTAL
	local n=$((1 + stride / 3)) wrong=0 tried=0 rc
	while [ "$n" -lt "$total" ]; do
		rc=0
		"$1" "$2" "$3" "$n" || rc=$?
		# at the very end all is read, and only the goodbye is lost
		if [ "$rc" = 0 ] && cmp -s out whole && [ "$n" -gt $((total - 100)) ]; then
			rm -rf taken
		elif [ "$rc" != 4 ] && [ "$rc" != 7 ] || [ -s out ] || [ -e taken ] || ! grep -q 'error\[L04' err; then
			echo "# $*: byte $n: ended with $rc" && sed 's/^/#   /' out err
			wrong=$((wrong + 1))
			rm -rf taken
		fi
		tried=$((tried + 1)) n=$((n + stride))
	done
	[ "$wrong" = 0 ] && [ "$tried" -gt 3 ] && pass "$1, $2 $3: after $tried of $total bytes" || flunk "$1, $2 $3: $wrong of $tried wrong"
}
export LEXO
if [ -S "$socket" ]; then
	WIRE_COUNT=$PWD/bytes
	export WIRE_COUNT
	for what in compare take; do
		"$what" cut up 0 && pass "$what through a whole wire" || flunk "$what through a whole wire" err
		mv out whole
		rm -rf taken
		read -r up down <bytes
		for how in cut reset; do
			for where in up down; do
				total=$up
				[ "$where" = up ] || total=$down
				stride=$(amount "${STRIDE:-}" $((total / 5)) $((total / 30)) 13)
				each "$what" "$how" "$where"
			done
		done
	done
else
	echo 'ok - the wire # SKIP the server has no socket'
fi

# --- the role ---
weak=weak_$$
sql "CREATE ROLE $weak LOGIN"
trap 'drop one two three 2>/dev/null; sql "DROP ROLE IF EXISTS $weak" "$LEXO_TEST_ADMIN_URL"; exit $((failures > 0))' EXIT
by_weak="postgresql:///${PGDATABASE}_one?host=$PGHOST&port=$PGPORT&user=$weak"
runs 0 'a role without rights reads the same' "$LEXO" diff "$one" "$by_weak" --exit-code
says 'and is told what it may not see' 'user mapping public on s are not shown' err
runs 0 'the other way round' "$LEXO" diff "$by_weak" "$one" --exit-code
for catalog in pg_class pg_attribute pg_constraint pg_depend pg_description pg_proc pg_roles pg_seclabel pg_user_mappings; do
	sql "REVOKE SELECT ON pg_catalog.$catalog FROM PUBLIC" "$one"
	if runs 1 "without a right to $catalog" "$LEXO" -q diff "$by_weak" "$two"; then
		says 'it is said' "L0425.*permission denied for .* $catalog"
		[ ! -s out ] && pass 'and there is no difference' || flunk 'and there is no difference' out
	fi
	sql "GRANT SELECT ON pg_catalog.$catalog TO PUBLIC" "$one"
done

# --- bodies that use what is not there ---
drop one two
make one
sql "SET check_function_bodies = off; CREATE FUNCTION gone() RETURNS int LANGUAGE sql AS 'SELECT id FROM nowhere';
	CREATE FUNCTION later() RETURNS int LANGUAGE plpgsql AS 'BEGIN RETURN nothing(); END';
	CREATE TABLE t (id int DEFAULT later())" "$one"
runs 0 'a body that uses what is not there is read' "$LEXO" -q pull "$one" -o models
runs 0 'and compared' "$LEXO" diff "$one" models --exit-code
runs 0 'and written' "$LEXO" diff empty models --sql
mv out create.sql
make two
if run_sql "$two" create.sql; then
	runs 0 'and made' "$LEXO" diff "$one" "$two" --exit-code
else
	says 'and the server says what it misses' 'nowhere' why
fi
