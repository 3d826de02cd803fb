# Every pair of models in plan/*.pairs ("=== name", the old text, "---", the new text; no "lexo 1" line): the plan turns
# the catalog of one into that of the other, and its reverse turns it back; both can be dropped to nothing; and a model
# differs from itself in nothing.  A line "-- from 15" in a pair leaves it out on older servers.
# SPDX-License-Identifier: Apache-2.0
. "$LEXO_TEST_SRCDIR/tests/live/lib.sh"
tool=$LEXO_TEST_BUILDDIR/tests/tools/plan_tool
[ -x "$tool" ] || { echo '1..0 # SKIP tests/tools/plan_tool is not built'; exit 0; }

for side in old new; do
	sql "CREATE DATABASE ${PGDATABASE}_$side TEMPLATE template0" "$LEXO_TEST_ADMIN_URL"
	eval "${side}_url='postgresql:///${PGDATABASE}_$side?host=$PGHOST&port=$PGPORT&user=$PGUSER'"
done
drop_databases() {
	for side in old new; do sql "DROP DATABASE IF EXISTS ${PGDATABASE}_$side WITH (FORCE)" "$LEXO_TEST_ADMIN_URL"; done
}
trap 'drop_databases; exit $((failures > 0))' EXIT
catalog empty "$old_url"
LEXO_TEST_TARGET=$(($(sql 'SHOW server_version_num') / 10000))
export LEXO_TEST_TARGET

# apply URL FROM TO [reverse]: runs the plan, what may leave the transaction behind it.
apply() {
	local url=$1
	shift
	echo "$*" >why
	"$tool" "$@" >plan.sql 2>>why || return
	sed '/^-- lexo:step transaction=none$/,$d' plan.sql >inside.sql
	sed -n '/^-- lexo:step transaction=none$/,$p' plan.sql >outside.sql
	"$PSQL" -XAtq1 -v ON_ERROR_STOP=1 -d "$url" -f inside.sql >out 2>>why </dev/null || return
	[ ! -s outside.sql ] || "$PSQL" -XAtq -v ON_ERROR_STOP=1 -d "$url" -f outside.sql >out 2>>why </dev/null
}
# equals URL FILE: the catalog is as it should be.
equals() {
	catalog now "$1"
	diff "$2" now >>why
}
both_ways() {
	apply "$old_url" empty old.lexo && apply "$new_url" empty new.lexo || return
	catalog old "$old_url"
	catalog new "$new_url"
	apply "$old_url" old.lexo new.lexo && equals "$old_url" new || return
	apply "$old_url" new.lexo old.lexo reverse && equals "$old_url" old || return
	apply "$old_url" old.lexo empty reverse && equals "$old_url" empty || return
	apply "$new_url" new.lexo empty reverse && equals "$new_url" empty || return
	"$tool" new.lexo new.lexo >plan.sql 2>why && [ ! -s plan.sql ]
}

awk '/^-- from [0-9]+$/ { print $3 >f ".from"; next }
	/^=== / { n++; f = sprintf("pair-%03d", n); print substr($0, 5) >f ".name"; print "lexo 1" >f ".old"; side = ".old"; next }
	/^---$/ { side = ".new"; print "lexo 1" >f side; next }
	{ print >f side }' "$LEXO_TEST_SRCDIR"/tests/live/plan/*.pairs
for name in pair-*.name; do
	pair=${name%.name}
	is_next || continue
	[ ! -e "$pair.from" ] || [ "$LEXO_TEST_TARGET" -ge "$(cat "$pair.from")" ] || continue
	cp "$pair.old" old.lexo
	cp "$pair.new" new.lexo
	if both_ways; then
		pass "$(cat "$name")"
	else
		flunk "$(cat "$name")" why plan.sql
		drop_databases
		for side in old new; do sql "CREATE DATABASE ${PGDATABASE}_$side TEMPLATE template0" "$LEXO_TEST_ADMIN_URL"; done
	fi
done
