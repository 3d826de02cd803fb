# A program that carries its migrations: the generated C compiles strictly and applies them.
# SPDX-License-Identifier: Apache-2.0
. "$LEXO_TEST_SRCDIR/tests/live/lib.sh"
. "$LEXO_TEST_SRCDIR/tests/bindings/lib.sh"
driver=$LEXO_TEST_BUILDDIR/tests/tools/engine_driver
if ! [ -x "$driver" ]; then
	echo "ok - embedded migrations # SKIP no $driver"
	exit 0
fi
revision() {
	printf -- '-- lexo:revision %s\n-- lexo:revises  %s\n-- lexo:message  %s\n\n-- lexo:upgrade\n%s\n\n-- lexo:downgrade\n' \
		"$1" "$2" 'odd "text" \ %s ??/ */ é' "$3" >"migrations/$1_x.sql"
}
mkdir migrations
long=$(printf 'é%.0s' $(seq 3000))
revision a '<base>' "CREATE TABLE t (note text DEFAULT '\"\\??/ */ %s');"
revision b a "INSERT INTO t VALUES ('$long'), (E'\\\\x41\\101?');"
runs 0 "the history as C" "$driver" migrations "$LEXO_TEST_URL" embed
cat >program.c <<'END'
#include <stdio.h>

#include "app_migrations.h"

int main(int argc, char **argv)
{
	lexo_db *db = 0;
	lexo_migrate_report report = {0};
	(void)argc;
	lexo_rc rc = lexo_open(argv[1], 0, &db);
	if (rc == LEXO_OK)
		rc = lexo_migrate(db, &app_history, 0, &report);
	printf("%d %d %u %s %s\n", (int)rc, report.exit_status, (unsigned)report.applied, report.code, report.message);
	lexo_close(db);
	return rc != LEXO_OK;
}
END
runs 0 "compiles without a warning, links with -llexo" build program program.c app_migrations.c || exit
runs 0 "the program applies them" ./program "$LEXO_TEST_URL"
says "both" '^0 0 2 ' out
[ "$(sql "SELECT string_agg(CASE WHEN length(note) = 3000 THEN 'long' ELSE note END, ',' ORDER BY length(note)) FROM t")" = '\x41A?,long' ] &&
	pass "byte for byte" || flunk "the text is another one"
runs 0 "a second time there is nothing to do" ./program "$LEXO_TEST_URL"
says "none" '^0 0 0 ' out
"$driver" migrations "$LEXO_TEST_URL" hash
runs 0 "the command line's engine agrees with what was applied" "$driver" migrations "$LEXO_TEST_URL" up head
sed -i 's/DEFAULT/default  /' app_migrations.c
build program program.c app_migrations.c
runs 0 "layout in the generated text does not matter" ./program "$LEXO_TEST_URL"
sed -i 's/note text/note_ text/' app_migrations.c
build program program.c app_migrations.c
runs 1 "an edited revision is refused" ./program "$LEXO_TEST_URL"
says "as a checksum failure" '^[0-9]+ 5 0 L0308 ' out

# --- what was embedded is one revision now ---
"$LEXO" squash a:b --rev-id s1 --no-proof >/dev/null 2>&1
runs 0 "the squashed history as C" "$driver" migrations "$LEXO_TEST_URL" embed
build program program.c app_migrations.c
runs 0 "a database that has all of what was squashed" ./program "$LEXO_TEST_URL"
says "has nothing to do" '^0 0 0 ' out
runs 0 "and the command line agrees" "$LEXO" current --url "$LEXO_TEST_URL"
says "is at its head" '^s1 \(head\)' out
