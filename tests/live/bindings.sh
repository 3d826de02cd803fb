# Generated bindings against a server: every form of a column, typed errors, updates, keys, lists, transactions; then
# what happens when the database changes under a program, and when the connection goes.
# SPDX-License-Identifier: Apache-2.0
. "$LEXO_TEST_SRCDIR/tests/live/lib.sh"
. "$LEXO_TEST_SRCDIR/tests/bindings/lib.sh"
needs 14 'ranges of several pieces'

models=$LEXO_TEST_SRCDIR/tests/bindings/named.lexo
runs 0 "the models compile" "$LEXO" compile -q -o generated --prefix app "$models" || exit
runs 0 "their SQL is printed" "$LEXO" compile --emit sql "$models" || exit
mv out schema.sql
cp -r generated first
runs 0 "a second run writes nothing" "$LEXO" compile --check -o generated --prefix app "$models"
runs 0 "the same bytes in another locale" env LC_ALL=tr_TR.UTF-8 "$LEXO" compile -q -o again --prefix app "$models"
diff -r first again >difference && pass "byte by byte" || flunk "byte by byte" difference

runs 0 "a program builds with -llexo alone" build_here forms || exit
runs 0 "and one for many rows" build_here many || exit
runs 0 "and one that asks questions" build_here query || exit
runs 0 "and one that looks at what runs" build_here events || exit
runs 0 "and one for named queries" build_here named || exit
runs 0 "and one that counts changes" build_here version || exit
runs 0 "and one for batches" build_here batch || exit
runs 0 "and one for values of several parts" build_here wide || exit
runs 0 "and one for composite types" build_here composites || exit
runs 0 "and one for notifications" build_here notify || exit
runs 0 "and one for relations" build_here relations || exit
runs 0 "and one that calls every function" build_here every calls || exit
runs 0 "and one with many threads" build_here pool || exit
BINDINGS_LIBS=-lpq
runs 0 "a program that uses libpq too builds" build_here trouble || exit
for way in plain no-prepare small-cache; do
	"$PSQL" -Xq -v ON_ERROR_STOP=1 -c 'DROP SCHEMA public CASCADE; CREATE SCHEMA public' 2>/dev/null
	runs 0 "the tables are there ($way)" "$PSQL" -Xq -v ON_ERROR_STOP=1 -f schema.sql || exit
	for program in many forms query named relations wide composites version batch notify events pool; do
		rc=0
		./$program "$way" >tap 2>err || rc=$?
		sed "s/^\(\(not \)\{0,1\}ok - .*\)/\1 ($way)/" tap
		failures=$((failures + $(grep -c '^not ok' tap)))
		[ -s err ] || [ "$rc" -gt 1 ] && flunk "$program ends well ($way): $rc" err
	done
done
for program in every trouble; do
	rc=0
	./$program >tap 2>err || rc=$?
	cat tap
	failures=$((failures + $(grep -c '^not ok' tap)))
	[ -s err ] || [ "$rc" -gt 1 ] && flunk "$program ends well: $rc" err
done
exit $((failures > 0))
