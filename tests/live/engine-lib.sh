# What the tests of the engine share: revisions, and the engine without the command line.
# SPDX-License-Identifier: Apache-2.0
driver=$LEXO_TEST_BUILDDIR/tests/tools/engine_driver
if ! [ -x "$driver" ]; then
	echo "ok - the engine # SKIP no $driver"
	exit 0
fi
engine() { "$driver" migrations "$LEXO_TEST_URL" "$@"; }
# revision ID PARENT UPGRADE DOWNGRADE
revision() {
	printf -- '-- lexo:revision %s\n-- lexo:revises  %s\n-- lexo:message  %s\n\n-- lexo:upgrade\n%s\n\n-- lexo:downgrade\n%s\n' \
		"$1" "$2" "revision $1" "$3" "$4" >"migrations/$1_x.sql"
	engine hash
}
fresh() { rm -rf migrations && mkdir migrations && sql 'DROP SCHEMA IF EXISTS lexo CASCADE; DROP SCHEMA public CASCADE; CREATE SCHEMA public' 2>/dev/null; }
sql 'ALTER DATABASE '"$PGDATABASE"' SET client_min_messages = warning'
answers() { # TEXT WANTED SQL
	local got
	got=$(sql "$3")
	[ "$got" = "$2" ] && pass "$1" || flunk "$1: got '$got', wanted '$2'"
}
