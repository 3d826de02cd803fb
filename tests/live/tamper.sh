# Every single bit of revision files, lexo.sum and the rows of the version tables, turned around: each one is found.
# STRIDE: only every so manieth, as in a brief run.
# SPDX-License-Identifier: Apache-2.0
. "$LEXO_TEST_SRCDIR/tests/live/lib.sh"
. "$LEXO_TEST_SRCDIR/tests/live/engine-lib.sh"
fresh
revision a '<base>' "CREATE TABLE t (id int, \"Name\" text DEFAULT 'it''s'); -- a remark" 'DROP TABLE t;'
revision b a "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS \$f\$ SELECT 1 /* one */ \$f\$;" 'DROP FUNCTION f();'
revision c b 'ALTER TABLE t ADD n numeric(10, 2);
-- lexo:step transaction=none
CREATE INDEX CONCURRENTLY i ON t (n);' 'ALTER TABLE t DROP n;'
chain=$(printf x | sha256sum)
sed -i "/lexo:message/i -- lexo:branch   line\n-- lexo:replaces x:${chain%% *}" migrations/a_x.sql
revision d c 'SELECT 1;' ''
sed -i '/lexo:message/i -- lexo:depends-on a\n-- lexo:irreversible because' migrations/d_x.sql && engine hash
engine up c 2>/dev/null
engine down b 2>/dev/null
engine up head 2>/dev/null
sed -i 's/10, 2/10, 3/' migrations/c_x.sql && engine hash
"$LEXO" -q --url "$LEXO_TEST_URL" repair c --reason 'why' >/dev/null
runs 0 'as they are, files and rows verify' engine verify
runs 0 'every bit that is turned around is found' "$LEXO_TEST_BUILDDIR/tests/tools/tamper" migrations "$LEXO_TEST_URL" \
	"$(amount "${STRIDE:-}" 17 1 1)"
sed 's/^/# /' out
[ "$(grep -c ' 0 missed$' out)" = 34 ] && pass 'in five files and 29 columns' || flunk 'in five files and 29 columns' out
sql "UPDATE lexo.revision SET version_num = 'b'"
runs 5 'a head that was moved by hand is found' engine verify
says 'by its number' '^L0422 .*row 8 says otherwise'
