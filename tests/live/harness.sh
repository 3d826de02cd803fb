# The harness itself: the server answers, databases are apart, the catalog description tells schemas apart.
# SPDX-License-Identifier: Apache-2.0
. "$LEXO_TEST_SRCDIR/tests/live/lib.sh"

runs 0 "psql reaches the private server" sql 'SELECT current_database()'
says "the database is this test's own" "^$PGDATABASE\$" out
catalog empty && pass "an empty database can be described" || flunk "an empty database can be described"
sql 'CREATE TABLE t (id int8 PRIMARY KEY, name text)'
catalog one
sql "COMMENT ON COLUMN t.name IS 'it''s'"
catalog two
sql 'COMMENT ON COLUMN t.name IS NULL; ALTER TABLE t ALTER name SET NOT NULL'
catalog three
sql 'DROP TABLE t'
catalog four
if cmp -s empty one || cmp -s one two || cmp -s one three || cmp -s two three; then
	flunk "a table, a comment and a constraint are told apart"
else
	pass "a table, a comment and a constraint are told apart"
fi
same "dropping the table leads back" empty four
