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

# --- is the database the program's? -----------------------------------------------------------------------------------
cat >check.c <<'END'
#include <stdio.h>
#include <stdlib.h>

#include "app_migrations.h"

/* check URL RULE REFUSE_AHEAD WAIT_MS: prints the state, the result, the code */
int main(int argc, char **argv)
{
	lexo_db *db = 0;
	lexo_migrate_report report = {0};
	lexo_schema_state state = LEXO_SCHEMA_OTHER;
	lexo_schema_options options = {0};
	if (argc < 5)
		return 2;
	options.struct_size = sizeof options;
	options.rule = (lexo_schema_rule)atoi(argv[2]);
	options.refuse_ahead = atoi(argv[3]) != 0;
	options.wait_ms = (unsigned)atoi(argv[4]);
	lexo_rc rc = lexo_open(argv[1], 0, &db);
	if (rc == LEXO_OK)
		rc = lexo_check_schema(db, &app_history, &options, &state, &report);
	printf("%d %s %s %s\n", (int)state, lexo_rc_name(rc), *report.code ? report.code : "-", report.message);
	lexo_close(db);
	return rc != LEXO_OK;
}
END
is() { # TEXT RC STATE-AND-RESULT RULE [REFUSE_AHEAD [WAIT_MS]]
	runs "$2" "$1" ./check "$LEXO_TEST_URL" "$4" "${5:-0}" "${6:-300}"
	says "$1" "^$3" out
}
refuse=0 wait=1 migrate=2 warn=3
sql 'DROP SCHEMA lexo CASCADE; DROP TABLE t' 2>/dev/null
rm migrations/*.sql
revision a '<base>' 'CREATE TABLE t (id int);'
revision b a 'ALTER TABLE t ADD n int;'
"$driver" migrations "$LEXO_TEST_URL" hash
"$driver" migrations "$LEXO_TEST_URL" embed
build check check.c app_migrations.c
is 'an empty database' 1 '3 LEXO_E_SCHEMA_MISMATCH L0455 .*lacks revision a' $refuse
is 'a warning' 0 '3 LEXO_OK L0455' $warn
is 'nobody comes' 1 '3 LEXO_E_SCHEMA_MISMATCH L0455' $wait 0 300
"$driver" migrations "$LEXO_TEST_URL" up a 2>/dev/null
is 'one is missing' 1 '3 LEXO_E_SCHEMA_MISMATCH L0455 .*lacks revision b' $refuse
{ sleep 0.5; "$driver" migrations "$LEXO_TEST_URL" up head 2>/dev/null; } &
is 'somebody comes' 0 '1 LEXO_OK -' $wait 0 20000
wait
is 'the right one' 0 '1 LEXO_OK -' $refuse 1
"$driver" migrations "$LEXO_TEST_URL" down base 2>/dev/null && sql 'DROP TABLE t'
is 'the program migrates' 0 '1 LEXO_OK -' $migrate
revision c b 'ALTER TABLE t ADD m int;'
"$driver" migrations "$LEXO_TEST_URL" hash && "$driver" migrations "$LEXO_TEST_URL" up head 2>/dev/null
is 'a later revision' 0 '2 LEXO_OK' $refuse
is 'a later revision, refused' 1 '2 LEXO_E_SCHEMA_MISMATCH L0456' $refuse 1
"$driver" migrations "$LEXO_TEST_URL" down a 2>/dev/null
revision x a 'SELECT 1;'
rm migrations/b_x.sql migrations/c_x.sql
"$driver" migrations "$LEXO_TEST_URL" hash && "$driver" migrations "$LEXO_TEST_URL" up head 2>/dev/null
is 'another branch' 1 '4 LEXO_E_SCHEMA_MISMATCH L0456 .*lacks revision b, and has others' $migrate
sql "UPDATE lexo.revision SET version_num = 'z'"
is 'one that nothing tells of' 1 '4 LEXO_E_SCHEMA_MISMATCH L0411' $wait
sql 'DROP SCHEMA lexo CASCADE; DROP TABLE t' 2>/dev/null
rm migrations/x_x.sql
revision a '<base>' 'CREATE TABLE t (id int8);'
"$driver" migrations "$LEXO_TEST_URL" hash && "$driver" migrations "$LEXO_TEST_URL" up head 2>/dev/null
is 'an edited one' 1 '4 LEXO_E_SCHEMA_MISMATCH L0410' $migrate
