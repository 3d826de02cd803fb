# lexo import alembic: an environment made by the real alembic, with branches, labels, a dependency, a merge, a step
# outside of a transaction, and ways back that cannot be.
# SPDX-License-Identifier: Apache-2.0
. "$LEXO_TEST_SRCDIR/tests/live/lib.sh"
unset LEXO_DATABASE_URL DATABASE_URL
if ! command -v alembic >/dev/null; then
	echo '1..0 # SKIP alembic is not installed (Debian: apt-get install alembic)'
	exit 0
fi
scratch="--scratch $LEXO_TEST_ADMIN_URL"
mkdir app && cd app || exit 1
{
	alembic init alembic
	sed -i 's#^sqlalchemy.url.*#sqlalchemy.url = postgresql://nobody@nowhere/x#' alembic.ini
	alembic revision -m 'tables: users & "documents"' --rev-id a1
	alembic revision -m 'left' --rev-id b1 --branch-label lefty
	alembic revision -m 'right' --rev-id b2 --head a1 --splice
	alembic merge -m 'both' --rev-id c1 b1 b2
	alembic revision -m 'other base' --rev-id x1 --head base --branch-label other --depends-on b1
	alembic revision -m 'outside' --rev-id d1 --head c1
	alembic revision -m 'no way back' --rev-id e1 --head d1
} >log 2>&1
# body ID UPGRADE DOWNGRADE
body() {
	python3 - "$@" <<'END'
import glob, re, sys
path = glob.glob('alembic/versions/' + sys.argv[1] + '_*.py')[0]
text = open(path).read()
text = re.sub(r'def upgrade\(\).*', '', text, flags=re.S)
indent = lambda body: ''.join('    ' + line + '\n' for line in body.split('\n'))
open(path, 'w').write(text + 'def upgrade():\n' + indent(sys.argv[2]) + '\n\ndef downgrade():\n' + indent(sys.argv[3]))
END
}
body a1 "op.create_table('users', sa.Column('id', sa.Integer, primary_key=True), sa.Column('name', sa.Text))
op.execute('''DO \$\$ BEGIN PERFORM 1; END \$\$''')" "op.drop_table('users')"
body b1 "op.add_column('users', sa.Column('l', sa.Integer))" "op.drop_column('users', 'l')"
body b2 "op.add_column('users', sa.Column('r', sa.Integer))
op.execute(\"INSERT INTO users (id, name) VALUES (1, 'it''s; -- fine')\")" "op.execute('DELETE FROM users')
op.drop_column('users', 'r')"
body x1 "op.create_index('users_l', 'users', ['l'])" "op.drop_index('users_l', 'users')"
body d1 "op.create_table('d', sa.Column('id', sa.Integer))
with op.get_context().autocommit_block():
    op.create_index('d_id', 'd', ['id'], postgresql_concurrently=True)" "op.drop_table('d')"
body e1 "op.create_table('e', sa.Column('id', sa.Integer))" "raise NotImplementedError('never')"

cd .. || exit 1
runs 0 'imports' "$LEXO" import alembic app $scratch
cp err notes
says 'proven' '^Proven: the revisions lead to the same catalog' out
says 'two heads' '^7 revisions imported into migrations, heads ' out
says 'the way back that is none is noted' 'e1.*cannot write its downgrade as SQL: .*never' notes
"$LEXO" history >lines
says 'the merge, with both parents' '^b1, b2 -> c1 \(lefty\) \(mergepoint\), both$' lines
says 'the dependency and the label' '^<base> \(b1\) -> x1 \(other\) \(head\), other base$' lines
says 'another label' '^a1 -> b1 \(lefty\), left$' lines
says 'the message' '^<base> -> a1 \(branchpoint\), tables: users & "documents"$' lines
says 'outside of a transaction' '^-- lexo:step transaction=none$' migrations/d1_outside.sql
runs 1 'nothing of alembic_version is left' grep -rn alembic_version migrations
says 'created' '^-- lexo:created  20[0-9-]+T[0-9:]+Z$' migrations/a1_*.sql
says 'irreversible' '^-- lexo:irreversible alembic cannot write' migrations/e1_*.sql
runs 0 'all ways back' "$LEXO" test $scratch
says 'one has none' '^7 revisions: 6 ok, 1 up only$' out

# --- the database that Alembic has brought somewhere -----------------------------------------------------------------
(cd app && alembic upgrade c1 --sql 2>/dev/null && alembic upgrade base:other@head --sql 2>/dev/null) >/dev/null
(cd app && alembic upgrade c1 --sql 2>/dev/null) >c1.sql
"$PSQL" -Xq -v ON_ERROR_STOP=1 -d "$LEXO_TEST_URL" -f c1.sql >/dev/null
sql "INSERT INTO alembic_version VALUES ('x1'); CREATE INDEX users_l ON users (l)"
rm -r migrations
runs 0 'imports and stamps' "$LEXO" import alembic app $scratch --stamp --url "$LEXO_TEST_URL"
says 'at the one' '^The database is at c1\.$' out
says 'and the other' '^The database is at x1\.$' out
runs 0 'upgrades what is left' "$LEXO" upgrade heads --url "$LEXO_TEST_URL"
says 'from there' 'Running upgrade c1 -> d1' err
[ "$(sql "SELECT count(*) FROM pg_class WHERE relname IN ('d_id', 'e')")" = 2 ] && pass 'it has' || flunk 'it has'
sql "UPDATE alembic_version SET version_num = 'zz' WHERE version_num = 'x1'"
rm -r migrations
runs 11 'a version that is not in the folder' "$LEXO" import alembic app --no-proof --stamp --url "$LEXO_TEST_URL"
says 'it says which' 'L0437.*zz'

# --- where Alembic does not run --------------------------------------------------------------------------------------
(cd app && alembic upgrade heads --sql >../up.sql 2>/dev/null)
(cd app && alembic downgrade d1:base --sql >../down.sql 2>/dev/null)
rm -rf migrations bin && mkdir bin && ln -s "$(command -v psql)" bin/psql
runs 1 'no alembic, no scripts' env PATH="$PWD/bin" "$LEXO" import alembic app/alembic $scratch
says 'it says how to make them' L0438
says 'in full' 'alembic upgrade heads --sql >up.sql'
runs 0 'from stored scripts' env PATH="$PWD/bin" "$LEXO" import alembic app/alembic/versions $scratch \
	--upgrade-sql up.sql --downgrade-sql down.sql
says 'proven too' '^Proven' out
runs 0 'the same ways back' "$LEXO" test $scratch
says 'but for those that are not in the script' '^7 revisions: 5 ok, 2 up only$' out
