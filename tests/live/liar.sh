# Generated functions whose server lies.  LEXO_LIVE=torture: CONNECTIONS (20000) instead of 200; SEED: other lies.
# SPDX-License-Identifier: Apache-2.0
. "$LEXO_TEST_SRCDIR/tests/live/lib.sh"
. "$LEXO_TEST_SRCDIR/tests/bindings/lib.sh"
needs 14 'ranges of several pieces'
liar=$LEXO_TEST_BUILDDIR/tests/tools/liar socket=$PGHOST/.s.PGSQL.$PGPORT
[ -S "$socket" ] || { echo "ok - lies # SKIP the server has no socket"; exit 0; }
connections=$(amount "${CONNECTIONS:-}" 200 200 20000)
runs 0 'the models compile' "$LEXO" compile -q -o generated --prefix app "$LEXO_TEST_SRCDIR/tests/bindings/named.lexo" || exit
runs 0 'their SQL is printed' "$LEXO" compile --emit sql "$LEXO_TEST_SRCDIR/tests/bindings/named.lexo" || exit
mv out schema.sql
runs 0 'the program builds' build_here lied_to calls || exit
runs 0 'the tables are there' "$PSQL" -Xq -v ON_ERROR_STOP=1 -d "$LEXO_TEST_URL" -f schema.sql || exit
# libpq itself loses results when messages come that have no place there; leaks of ours are looked for elsewhere
LSAN_OPTIONS=${LSAN_OPTIONS:-}:detect_leaks=0
export LSAN_OPTIONS
rc=0
"$liar" "$socket" "${SEED:-1}" ./lied_to "$connections" >tap 2>err || rc=$?
cat tap
failures=$((failures + $(grep -c '^not ok' tap)))
[ "$(grep -c '^ok' tap)" = 4 ] && [ ! -s err ] && pass 'the program ends well' || flunk "the program ended with $rc" err
