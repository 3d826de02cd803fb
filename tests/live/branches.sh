# Histories with branches on a real database: the rows are those that the comparison with Alembic (tests/alembic) is about.
# SPDX-License-Identifier: Apache-2.0
. "$LEXO_TEST_SRCDIR/tests/live/lib.sh"
unset PGHOST PGPORT PGUSER PGDATABASE
export LEXO_DATABASE_URL=$LEXO_TEST_URL
tool=$LEXO_TEST_BUILDDIR/tests/tools/dag_tool

# shop: s1 <- s2 <- s3;  net, on a base of its own: n1 <- n2a, n2b (needs s2) <- n3, a merge.  Each makes a table.
mkdir migrations
printf 'dag\n' >dag
revision() { # ID PARENTS NEEDS LABELS
	{
		echo "-- lexo:revision $1"
		echo "-- lexo:revises  $2"
		[ "$3" = - ] || echo "-- lexo:depends-on $3"
		[ "$4" = - ] || echo "-- lexo:branch $4"
		printf -- '-- lexo:upgrade\nCREATE TABLE public.t_%s ();\n-- lexo:downgrade\nDROP TABLE public.t_%s;\n' "$1" "$1"
	} >"migrations/$1.sql"
	echo "revision $1 $2 $3 $4" >>dag
}
revision s1 - - shop
revision s2 s1 - -
revision s3 s2 - -
revision n1 - - net
revision n2a n1 - left
revision n2b n1 s2 -
revision n3 n2a,n2b - -
echo link >>dag
runs 0 'hash' "$LEXO" -q hash

rows() { sql "SELECT coalesce(string_agg(version_num, ' ' ORDER BY version_num COLLATE \"C\"), '') FROM lexo.revision"; }
tables() { sql "SELECT coalesce(string_agg(substr(relname, 3), ' ' ORDER BY relname COLLATE \"C\"), '') FROM pg_class WHERE relname LIKE 't\_%' AND relkind = 'r'"; }
sorted() { tr ' ' '\n' | LC_ALL=C sort | tr '\n' ' ' | sed 's/^ *//; s/ *$//'; }

# The binary and the library must say the same: rows, tables, failures.
runs 0 'tables of lexo' "$LEXO" -q ensure_version
step() { # COMMAND TARGET…
	local state wanted rc=0
	state=$(rows)
	wanted=$({ cat dag; echo "state $state"; echo "$*"; } | "$tool" | tail -n 1)
	"$LEXO" "$@" >out 2>err || rc=$?
	case $wanted in
	error*) wanted="11 $state" ;;
	*) wanted="0 $(printf %s "${wanted#*|}" | sorted)" ;;
	esac
	if [ "$rc $(rows)" = "$wanted" ]; then pass "$state: $*"; else flunk "$state: $*: $rc $(rows), wanted $wanted" err; fi
}
step upgrade n2b
step upgrade +1
step upgrade net@+1
step upgrade left@+1
step upgrade heads
[ "$(tables)" = 'n1 n2a n2b n3 s1 s2 s3' ] && pass 'all tables are there' || flunk "tables: $(tables)"
step downgrade -1
step downgrade shop@-1
step downgrade left@n1
step downgrade n2b@n1
step downgrade s3
step upgrade head
step upgrade shop@head
step downgrade net@base
[ "$(tables)" = 's1 s2 s3' ] && pass 'one branch is left' || flunk "tables: $(tables)"
step stamp n2a
step stamp n2a n2b
step stamp s1
step stamp shop@base
step stamp base
step stamp heads
step downgrade nosuch@base
runs 0 'verify --db' "$LEXO" verify --db
runs 0 'current' "$LEXO" current
says 'one row' '^n3 \(left, net\) \(head\)$' out
says 'another row' '^s3 \(shop\) \(head\)$' out
runs 0 'check-heads' "$LEXO" current --check-heads
runs 0 'history --applied' "$LEXO" history --applied
says 'its lines' '^20..-..-..T..:..:..Z  downgrade s3$' out
[ "$(wc -l <out)" -eq "$(sql 'SELECT count(*) FROM lexo.history')" ] && pass 'all of them' || flunk 'not all of them' out
runs 0 'history --applied -v' "$LEXO" history --applied -v
says 'who and where' 'stamp     n3  \([0-9]+ ms, .* as .* on .*, lexo ' out
runs 0 'history -i' "$LEXO" history -i -r shop@current:
runs 10 'edit of an applied revision' env EDITOR=true "$LEXO" edit s2
says 'its code' 'L0514'
runs 0 'tag' "$LEXO" upgrade heads --tag nightly
says 'the tag is logged' 'Tag nightly'

# A script does what the command does.
sql 'SET client_min_messages = error; DROP SCHEMA lexo CASCADE; DROP TABLE IF EXISTS t_s1, t_s2, t_s3, t_n1, t_n2a, t_n2b, t_n3'
script() { "$LEXO" "$@" --sql >script.sql 2>err && "$PSQL" -Xq -d "$LEXO_TEST_URL" -f script.sql >out 2>&1; }
runs 0 'upgrade --sql' script upgrade n2b
[ "$(rows)" = n2b ] && pass 'its rows' || flunk "rows: $(rows)"
runs 0 'upgrade --sql of a range' script upgrade n2b:heads
[ "$(rows)" = 'n3 s3' ] && pass 'its rows' || flunk "rows: $(rows)"
runs 0 'downgrade --sql' script downgrade heads:shop@base
[ "$(rows)" = n2a ] && pass 'its rows' || flunk "rows: $(rows)"
runs 0 'stamp --sql' script stamp n2a:s1
[ "$(rows)" = 'n2a s1' ] && pass 'its rows' || flunk "rows: $(rows)"
runs 0 'verify --db after scripts' "$LEXO" verify --db
runs 3 'a script from elsewhere' script upgrade n3:heads

# A database at a revision whose file is gone.
sql "UPDATE lexo.revision SET version_num = 'gone' WHERE version_num = 's1'"
runs 11 'upgrade from an unknown revision' "$LEXO" upgrade heads
says 'what to do' 'stamp --purge'
runs 11 'stamp without purge' "$LEXO" stamp s1
runs 0 'stamp --purge' "$LEXO" stamp --purge n2a s1
[ "$(rows)" = 'n2a s1' ] && pass 'the rows are new' || flunk "rows: $(rows)"
