# Programs that go on while additive revisions are applied: none of their calls may fail, with prepared statements and
# without, and through PgBouncer.  LEXO_LIVE=torture: all REVISIONS (50) in each way.
# SPDX-License-Identifier: Apache-2.0
. "$LEXO_TEST_SRCDIR/tests/live/lib.sh"
. "$LEXO_TEST_SRCDIR/tests/live/engine-lib.sh"
. "$LEXO_TEST_SRCDIR/tests/bindings/lib.sh"
needs 14 'ranges of several pieces'
. "$LEXO_TEST_SRCDIR/tests/live/pooler-lib.sh"
revisions=$(amount "${REVISIONS:-}" 10 50 50)
some=$(amount '' $((revisions / 5)) $((revisions / 5)) "$revisions")

runs 0 'the models compile' "$LEXO" compile -q -o generated --prefix app "$LEXO_TEST_SRCDIR/tests/bindings/named.lexo" || exit
runs 0 'their SQL is printed' "$LEXO" compile --emit sql "$LEXO_TEST_SRCDIR/tests/bindings/named.lexo" || exit
mv out schema.sql
runs 0 'the program builds' build_here workers calls || exit

# change N: what the Nth revision does; one kind after the other
change() {
	local none='-- lexo:step transaction=none'
	case $(($1 % 10)) in
	0) echo "ALTER TABLE item ADD COLUMN more_$1 text;" ;;
	1) echo "ALTER TABLE volume ADD COLUMN more_$1 int NOT NULL DEFAULT 5;" ;;
	2) printf '%s\nCREATE INDEX CONCURRENTLY item_more_%d ON item (code, id);\n' "$none" "$1" ;;
	3) echo "CREATE TABLE more_$1 (id int8 PRIMARY KEY, item_id int8 REFERENCES item);" ;;
	4) printf "%s\nALTER TYPE mood ADD VALUE IF NOT EXISTS 'more %d';\n" "$none" "$1" ;;
	5) echo "ALTER TABLE shelf ALTER name TYPE varchar($((100 + $1)));" ;;
	6) echo "ALTER TABLE contact ADD CONSTRAINT more_$1 CHECK (seen >= 0) NOT VALID; ALTER TABLE contact VALIDATE CONSTRAINT more_$1;" ;;
	7) echo "COMMENT ON TABLE item IS 'more $1'; ALTER TABLE item ALTER flag SET DEFAULT NULL;" ;;
	8) echo "ALTER TABLE item ALTER code TYPE varchar($((100 + $1)));" ;;
	9) echo "ALTER TABLE contact ADD COLUMN more_$1 timestamptz DEFAULT now(); ALTER TABLE item SET (fillfactor = 90);" ;;
	esac
}
fresh
parent='<base>'
for i in $(seq "$revisions"); do
	printf -- '-- lexo:revision r%d\n-- lexo:revises  %s\n-- lexo:message  change\n-- lexo:irreversible a test goes one way\n\n-- lexo:upgrade\n%s\n' \
		"$i" "$parent" "$(change "$i")" >"migrations/r${i}_x.sql"
	parent=r$i
done
engine hash

# at_work N TEXT [OPTION]: the program by $PGHOST and $PGPORT while N revisions are applied, past any pooler
at_work() {
	local n=$1 text=$2 rc=0 applied=0 i
	shift 2
	sql 'DROP SCHEMA IF EXISTS lexo CASCADE; DROP SCHEMA public CASCADE; CREATE SCHEMA public' "$LEXO_TEST_URL" 2>/dev/null
	"$PSQL" -Xq -v ON_ERROR_STOP=1 -d "$LEXO_TEST_URL" -f schema.sql
	sql 'ALTER TABLE shelf ALTER name TYPE varchar(100) USING name::varchar; ALTER TABLE item ALTER code TYPE varchar(100)' 2>err ||
		flunk "$text: narrower columns" err
	rm -f stop && mkfifo stop
	timeout 120 ./workers "$@" <stop >tap 2>werr &
	local program=$!
	exec 3>stop
	for i in $(seq 200); do
		[ "$(grep -c '^ok' tap)" -lt 3 ] || break
		sleep 0.05
	done
	for i in $(seq "$n"); do
		ATTEMPTS=50 engine up "r$i" >up 2>uerr && applied=$((applied + 1)) || { sed 's/^/# /' uerr; break; }
	done
	exec 3>&-
	wait "$program" || rc=$?
	[ "$applied" = "$n" ] && pass "$text: $n revisions are applied" || flunk "$text: $applied of $n are applied" uerr
	sed "s/^\(\(not \)\{0,1\}ok - .*\)/\1 ($text)/" tap
	failures=$((failures + $(grep -c '^not ok' tap)))
	[ "$(grep -c '^ok' tap)" = 5 ] && [ ! -s werr ] || flunk "$text: ended with $rc" werr tap
}
at_work "$revisions" 'prepared'
at_work "$some" 'not prepared' no-prepare
if has_pooler; then
	start_pooler transaction 24
	PGHOST=$pooler_host PGPORT=6432 at_work "$some" 'PgBouncer, transactions, not prepared' no-prepare no-session
	stop_pooler
	start_pooler session 24
	PGHOST=$pooler_host PGPORT=6432 at_work "$some" 'PgBouncer, sessions, prepared'
	stop_pooler
else
	echo 'ok - PgBouncer # SKIP no pgbouncer'
fi
