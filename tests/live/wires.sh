# A wire that breaks after any byte, in both directions, while a revision of three statements is applied: what the runner
# says is what is true, and the plain command goes on.  LEXO_LIVE=torture: after every byte instead of every STRIDEth, from the
# OFFSETth on, of the kinds HOWS and the directions WHERES: most of it is waiting, so that parts may run side by side.
# SPDX-License-Identifier: Apache-2.0
. "$LEXO_TEST_SRCDIR/tests/live/lib.sh"
. "$LEXO_TEST_SRCDIR/tests/live/engine-lib.sh"
wire=$LEXO_TEST_BUILDDIR/tests/tools/wire socket=$PGHOST/.s.PGSQL.$PGPORT
[ -S "$socket" ] || { echo "ok - wires # SKIP the server has no socket"; exit 0; }
stride=$(amount "${STRIDE:-}" 1511 311 1) hows=${HOWS:-cut reset frozen dead}
fresh
revision a '<base>' 'CREATE TABLE marks (id text);' 'DROP TABLE marks;'
revision b a "INSERT INTO marks VALUES ('b'); ALTER TABLE marks ADD n int; CREATE INDEX marks_n ON marks (n);" \
	"DELETE FROM marks; ALTER TABLE marks DROP n;"
engine up a 2>/dev/null
# through HOW WHERE BYTE: upgrades; the server is as local as it can be, but for the wire
through() {
	"$wire" "$socket" "$1" "$2" "$3" sh -c 'exec "$0" migrations "postgresql:///'"$PGDATABASE"'?host=127.0.0.1&port=$WIRE_PORT&user='"$PGUSER"'&sslmode=disable" up head' \
		"$driver" >out 2>err
}
# yes, no, or torn; the session that was cut off has ended before
applied() {
	sql "DO \$\$ BEGIN FOR i IN 1..1000 LOOP
			EXIT WHEN NOT EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'lexo');
			PERFORM pg_sleep(0.005), pg_stat_clear_snapshot();
		END LOOP; END \$\$;
		SELECT CASE m || r || x WHEN '1b1' THEN 'yes' WHEN '0a0' THEN 'no' ELSE 'torn: ' || m || r || x END FROM (SELECT
			(SELECT count(*) FROM marks) AS m, (SELECT string_agg(version_num, ',') FROM lexo.revision) AS r,
			(SELECT count(*) FROM pg_class WHERE relname = 'marks_n') AS x) AS found"
}
lies=0 outcomes= times=0
broken() { # HOW WHERE BYTE
	local rc=0 is
	through "$@" || rc=$?
	is=$(applied)
	case $rc:$is in
	0:yes | 4:no | 6:no | 7:no) ;;
	9:yes | 9:no) [ "$1" = dead ] || { echo "# $*: ended with 9, though the server can be asked"; lies=$((lies + 1)); } ;;
	*)
		echo "# $*: ended with $rc, applied: $is"
		sed 's/^/#   /' err
		lies=$((lies + 1))
		;;
	esac
	outcomes="$outcomes $rc"
	[ "$is" = yes ] || engine up head >/dev/null 2>err || { echo "# $*: the next run fails"; lies=$((lies + 1)); }
	# a table anew now and then: PostgreSQL counts dropped columns, too, up to 1600
	times=$((times + 1))
	[ $((times % 1000)) -ne 0 ] || engine down base >/dev/null 2>&1
	engine up a >/dev/null 2>&1
	engine down a >/dev/null 2>&1
}
WIRE_COUNT=$PWD/bytes
export WIRE_COUNT
through cut up 0
[ "$(applied)" = yes ] && pass 'through a whole wire' || flunk 'through a whole wire' err
read -r up down <bytes
engine down a >/dev/null 2>&1
for how in $hows; do
	for where in ${WHERES:-up down}; do
		total=$up
		[ "$where" = up ] || total=$down
		# to ask a server that is dead takes ten seconds
		step=$stride
		[ "$how" != dead ] || step=$((stride * 5))
		[ "$how" != frozen ] || step=$((stride * 3))
		n=$((1 + ${OFFSET:-stride / 3})) tried=0
		while [ "$n" -le "$total" ]; do
			broken "$how" "$where" "$n"
			tried=$((tried + 1))
			n=$((n + step))
		done
		[ "$lies" = 0 ] && pass "$how $where: after $tried of $total bytes, every outcome true" || flunk "$how $where: $lies lies"
		lies=0
	done
done
broken cut up "$up" # behind everything that matters
for rc in 0 4 7; do
	case " $outcomes " in *" $rc "*) pass "some ended with $rc" ;; *) flunk "none ended with $rc: $outcomes" ;; esac
done
# the answer to COMMIT is somewhere before the end
n=$down lies=0 unknown=0
while [ "$n" -gt $((down - 1500)) ] && [ "$unknown" = 0 ]; do
	n=$((n - 7)) outcomes=
	broken dead down "$n"
	case $outcomes in *9*) unknown=1 ;; esac
done
[ "$unknown$lies" = 10 ] && pass 'a server that cannot be asked after COMMIT: unknown' || flunk "unknown: $unknown, lies: $lies"
