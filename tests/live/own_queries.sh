# The queries of tests/queries: a server reads each, its C function is called with the arguments that stand before it,
# and the rows and what is in the tables afterwards must be those that psql shows for the same statement.
# SPDX-License-Identifier: Apache-2.0
. "$LEXO_TEST_SRCDIR/tests/live/lib.sh"
. "$LEXO_TEST_SRCDIR/tests/bindings/lib.sh"
folder=$LEXO_TEST_SRCDIR/tests/queries
models="$folder/schema.lexo $folder/digest.lexo"
major=$(($(sql 'SHOW server_version_num') / 10000))
for file in "$folder"/*.lexo; do
	case $file in
	*/schema.lexo | */digest.lexo) ;;
	*/since_14.lexo) [ "$major" -lt 14 ] || models="$models $file" ;;
	*/since_15.lexo) [ "$major" -lt 15 ] || models="$models $file" ;;
	*) models="$models $file" ;;
	esac
done
# shellcheck disable=SC2086 # several files
runs 0 "the queries compile" "$LEXO" compile -q -o generated --prefix q $models || exit
[ ! -s err ] && pass "without a word" || flunk "without a word" err
# shellcheck disable=SC2086
"$LEXO" compile --emit sql $models >schema.sql
sql "ALTER DATABASE $PGDATABASE SET timezone = 'UTC'; ALTER DATABASE $PGDATABASE SET intervalstyle = 'iso_8601'"
fill() {
	"$PSQL" -Xq -v ON_ERROR_STOP=1 -c 'DROP SCHEMA public CASCADE; CREATE SCHEMA public' -f schema.sql -f "$folder/seed.sql" 2>fill.err
}
fill && pass "the tables have rows" || flunk "the tables have rows" fill.err
mkdir -p project/models && cp $models project/models && echo '[lexo]' >project/lexo.ini
runs 0 "a revision makes the tables" "$LEXO" -c project/lexo.ini -q revision --autogenerate -m tables
runs 0 "the server reads them all" "$LEXO" -c project/lexo.ini check --ephemeral --scratch "$LEXO_TEST_ADMIN_URL"
grep -q '\(warning\|error\)\[' err && flunk "and warns of nothing" err || pass "and warns of nothing"
# shellcheck disable=SC2086
runs 0 "a program that calls them is written" awk -v want=c -f "$folder/write.awk" $models || exit
mv out driver.c
# shellcheck disable=SC2086
runs 0 "and a script for psql" awk -v want=sql -f "$folder/write.awk" $models || exit
mv out script.sql
BINDINGS_CFLAGS="${BINDINGS_CFLAGS:-} -O0"
runs 0 "the program builds" build driver -I "$folder" driver.c "$folder/values.c" generated/*.c || exit
runs 0 "psql runs the script" "$PSQL" -XAtq -v ON_ERROR_STOP=1 -P 'null=\N' -f script.sql || exit
mv out wanted
fill && pass "the rows are as they were" || flunk "the rows are as they were" fill.err
runs 0 "the program runs" ./driver
count=$(grep -c '^== ' wanted)
same "the rows of $count queries are those that psql shows" wanted out
exit $((failures > 0))
