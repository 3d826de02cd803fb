# lexo squash, and databases that have all, none or a part of what became one.
# SPDX-License-Identifier: Apache-2.0
. "$LEXO_TEST_SRCDIR/tests/live/lib.sh"
own=$PGDATABASE
unset PGHOST PGPORT PGUSER PGDATABASE
server=${LEXO_TEST_URL#*\?}
url() { echo "postgresql:///${own}_$1?$server"; }
databases='all exact none part'
drop() { for name in $databases; do sql "DROP DATABASE IF EXISTS ${own}_$name WITH (FORCE)" "$LEXO_TEST_ADMIN_URL"; done; }
trap 'drop 2>/dev/null; exit $((failures > 0))' EXIT
for name in $databases; do sql "CREATE DATABASE ${own}_$name" "$LEXO_TEST_ADMIN_URL"; done
on() { # DATABASE RC TEXT COMMAND…
	local name=$1 rc=$2 text=$3
	shift 3
	runs "$rc" "$name: $text" "$LEXO" "$@" --url "$(url "$name")"
}
squash() { # RC TEXT ARGUMENT…
	local rc=$1 text=$2
	shift 2
	runs "$rc" "$text" "$LEXO" squash --scratch "$LEXO_TEST_ADMIN_URL" "$@"
}
write() { # ID PARENT UP DOWN
	printf -- '-- lexo:revision %s\n-- lexo:revises  %s\n\n-- lexo:upgrade\n%s\n\n-- lexo:downgrade\n%s\n' "$@" >migrations/$1.sql
}
mkdir migrations
write a1 '<base>' 'CREATE TABLE t (id int);' 'DROP TABLE t;'
write a2 a1 "ALTER TABLE t ADD a2 text; INSERT INTO t VALUES (1, 'x');" 'DELETE FROM t; ALTER TABLE t DROP a2;'
write a3 a2 'CREATE INDEX t_a2 ON t (a2)' 'DROP INDEX t_a2'
write a4 a3 'ALTER TABLE t ADD a4 text;' 'ALTER TABLE t DROP a4;'
"$LEXO" -q hash >/dev/null
on all 0 'at the head' -q upgrade
on exact 0 'at the end of the range' -q upgrade a3
on part 0 'in the middle' -q upgrade a2
catalog wanted "$(url all)"
cp -R migrations before

# --- refused while a part is applied ---
squash 10 'a database with a part' a1:a3 --rev-id s1 --url "$(url part)"
says 'its code' 'L0440'
squash 0 'one with all of them' a1:a3 --rev-id s1 --url "$(url all)"
says 'the proof' 'Proven: the new revision leads to the same catalog'
[ "$(ls migrations | tr '\n' ' ')" = 'a4.sql lexo.sum s1_a1_to_a3.sql ' ] && pass 'the files' || flunk 'the files'
runs 0 'what follows is as it was' cmp before/a4.sql migrations/a4.sql
grep ' chain' before/lexo.sum | grep ^a4 >sum && runs 0 'its checksums too' grep -qFf sum migrations/lexo.sum

# --- all of them, and one more ---
on all 0 'current' current
says 'current' '^a4 \(head\)$' out
on all 0 'verify' verify --db
on all 0 'nothing to do' upgrade
on all 0 'down to what replaces' downgrade -1
on all 0 'current' current
says 'current' '^s1$' out
on all 0 'down' downgrade base
on all 0 'up' upgrade
catalog found "$(url all)" && same 'all: the same catalog' wanted found
on all 0 'verify' verify --db

# --- exactly all of them ---
on exact 0 'current' current
says 'current says the new one' '^s1$' out
on exact 0 'history marks it' history -i
says 'marked' 's1 \(current\)' out
on exact 0 'verify' verify --db
on exact 0 'status' status
says 'what is pending' '^pending +1: a4$' out
on exact 0 'the script for psql' upgrade --sql s1:a4
cp out script
runs 0 'exact: psql runs it' "$PSQL" -Xq -d "$(url exact)" -f script
on exact 0 'down again' downgrade s1
sql 'DELETE FROM lexo.revision' "$(url exact)"
sql "INSERT INTO lexo.revision VALUES ('a3')" "$(url exact)"
on exact 0 'upgrade' upgrade
says 'it takes the new id first' 'Running stamp_revision a3 -> s1'
says 'and goes on' 'Running upgrade s1 -> a4'
[ "$(sql 'SELECT version_num FROM lexo.revision' "$(url exact)")" = a4 ] && pass 'exact: one row' || flunk 'exact: one row'
catalog found "$(url exact)" && same 'exact: the same catalog' wanted found
on exact 0 'verify' verify --db
on exact 0 'stamp by the old id' stamp a3
on exact 0 'current' current
says 'the new id' '^s1$' out

# --- a part ---
for command in 'upgrade' 'downgrade base' 'current' 'verify --db' 'stamp head'; do
	on part 11 "$command is refused" $command
	says 'its code' 'L0440'
	says 'what to do' 'files of before the squash'
done
mv migrations after && mv before migrations
on part 0 'the old files bring it to the end' -q upgrade a3
mv migrations before && mv after migrations
on part 0 'then the new ones go on' upgrade
catalog found "$(url part)" && same 'part: the same catalog' wanted found

# --- none ---
on none 0 'upgrade' upgrade
says 'one instead of three' 'Running upgrade  -> s1, a1 to a3'
catalog found "$(url none)" && same 'none: the same catalog' wanted found
[ "$(sql 'SELECT * FROM t' "$(url none)")" = '1|x|' ] && pass 'none: the data too' || flunk 'none: the data too'
runs 0 'lexo test' "$LEXO" test --scratch "$LEXO_TEST_ADMIN_URL"
sed -i 's/ADD a2 text/ADD a2 varchar/' migrations/s1*
"$LEXO" -q hash --force >/dev/null
on none 5 'an edited one is refused, although it is not the head' upgrade
says 'its code' 'L0410'
on all 5 'wherever it was run' current
on part 5 'and where it took the place of the old ones' current
sed -i 's/ADD a2 varchar/ADD a2 text/' migrations/s1*
"$LEXO" -q hash --force >/dev/null
on none 0 'restored' upgrade

# --- squashed once more ---
squash 0 'with the next one' s1:a4 --rev-id s2
for name in all part none; do
	on $name 0 'current' current
	says 'current' '^s2 \(head\)$' out
done
on exact 11 'the former one alone is a part now' current
says 'its code' 'L0440'

# --- the proof ---
rm -r migrations && mkdir migrations
write e1 '<base>' 'CREATE TABLE t (id int PRIMARY KEY, t int REFERENCES t DEFERRABLE INITIALLY DEFERRED);' 'DROP TABLE t;'
write e2 e1 'INSERT INTO t VALUES (1, 1);' 'DELETE FROM t;'
write e3 e2 'ALTER TABLE t ADD x int;' 'ALTER TABLE t DROP x;'
"$LEXO" -q hash >/dev/null
squash 7 'what does not run in one transaction' e1:e3
says 'why' 'pending trigger events'
write e2 e1 'CREATE TABLE u (id int);' 'SELECT 1;'
write e3 e2 'SELECT 1;' 'SELECT 1;'
"$LEXO" -q hash --force >/dev/null
squash 3 'what does not lead back' e1:e3
says 'its code' 'L0519'
says 'what is left' 'drop table public.u'
runs 0 'nothing was written' "$LEXO" verify
says 'nothing was written' '3 revisions verified' out
