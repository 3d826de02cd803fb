# The Nth allocation fails, once or from then on, for every command: a true exit status, files and database as before or as
# after, no file left over, and a reason given.
# LEXO_LIVE=torture: each allocation instead of POINTS (6) of a command; ONLY: of the commands that match it, so that parts
# run side by side.
# SPDX-License-Identifier: Apache-2.0
. "$LEXO_TEST_SRCDIR/tests/live/lib.sh"
. "$LEXO_TEST_SRCDIR/tests/live/fault-lib.sh"
points=$(amount "${POINTS:-}" 1 6 100000) failed=0
unset LEXO_DATABASE_URL DATABASE_URL
export EDITOR=true

# --- where it starts: two revisions, the models one table ahead, the database at the first one ------------------------
target=${PGDATABASE}_at
at_url=$(printf %s "$LEXO_TEST_URL" | sed "s|/$PGDATABASE|/$target|")
mkdir -p start/models && cd start || exit 1
echo '[lexo]' >lexo.ini
cat >models/m.lexo <<'END'
lexo 1

model Book @table('books') {
  id int8 @id
  title text
}

seed Book key (id) {
  { id: 1, title: 'one' }
}
END
"$LEXO" -q revision --autogenerate -m books --rev-id aaa
sed -i "s/^  title text/&\n  state text = 'new'/" models/m.lexo
"$LEXO" -q revision --autogenerate -m state --rev-id bbb
"$LEXO" -q compile
"$LEXO" -q keygen --no-password k.key && "$LEXO" -q sign --key k.key
printf '\nmodel   Page {\n  id int8 @id\n  note text @renamed(from: nothing)\n}\n' >>models/m.lexo
for side in base ours theirs; do cp migrations/schema.lexo $side; done
cd ..
cp -a start forked
(cd forked && for side in left right; do "$LEXO" -q revision -m $side --rev-id $side --head bbb --splice; done) >/dev/null
mkdir -p empty other/db
echo '[lexo]' >other/lexo.ini
echo 'CREATE TABLE t (id int);' >other/db/1_t.up.sql
"$LEXO" -q -u "$LEXO_TEST_URL" -c start/lexo.ini upgrade aaa 2>err || flunk 'the first revision' err

# --- what is there: files with their sums, but for what differs each time; the database ------------------------------
files() { (cd "$1" && find . -type f ! -name '*.old-*' -exec sha256sum {} + | LC_ALL=C sort -k 2); }
loosely() { sed -E 's/^[0-9a-f]{64}(  .*(lexo\.sum.*|k2\.[a-z]+|_new\.sql|1_t\.sql|aaa_.*\.sql))$/\1/'; }
cat >state.sql <<'END'
SELECT relname, relkind FROM pg_class WHERE relnamespace = 'public'::regnamespace ORDER BY 1;
SELECT to_regclass('lexo.history') IS NOT NULL AS has_history, to_regclass('books') IS NOT NULL AS has_books \gset
\if :has_history
	SELECT revision, event FROM lexo.history ORDER BY seq;
	SELECT 'intent' FROM lexo.step WHERE state = 'intent';
\endif
\if :has_books
	SELECT id, title FROM books ORDER BY id;
\endif
END
database() { "$PSQL" -XAtq -d "$at_url" -f state.sql; }
again() {
	rm -rf at && cp -a "$from" at
	[ -n "$uses_database" ] || return 0
	database >now 2>/dev/null && cmp -s now database_before && return
	sql "DROP DATABASE IF EXISTS $target WITH (FORCE)" "$LEXO_TEST_ADMIN_URL" 2>/dev/null
	sql "CREATE DATABASE $target TEMPLATE $PGDATABASE" "$LEXO_TEST_ADMIN_URL"
	[ "$uses_database" != head ] || "$LEXO" -q -c start/lexo.ini upgrade
	[ -e database_before ] || database >database_before
}
wrong=0
complain() {
	echo "# allocation $n${FAULT_LASTING:+ and on}, $*"
	sed 's/^/#   /' err | head -n 5
	wrong=$((wrong + 1))
}
one() {
	local rc=0
	again
	(cd at && FAULT=memory FAULT_AT=$n LD_PRELOAD=$fault timeout 60 "$LEXO" "$@") >out 2>err </dev/null || rc=$?
	if [ "$rc" -ge 124 ]; then
		complain "$*: ended with $rc"
		return
	fi
	[ "$rc" = "$usual" ] || grep -qE '\[L[0-9]+\]' err || complain "$*: ended with $rc and does not say why"
	files at >files
	if ! cmp -s files before && ! { loosely <files | cmp -s - after; }; then
		complain "$*: ended with $rc, and files are neither old nor new: $(diff before files | grep '^[<>]' | head -n 3)"
	elif [ "$rc" = 0 ] && ! { loosely <files | cmp -s - after; }; then
		complain "$*: ended well, but did not do it"
	fi
	if [ "$rc" = 0 ] && [ -z "$changes" ] && ! cmp -s out wanted; then
		complain "$*: ended well, but says something else"
	fi
	[ -n "$uses_database" ] || return
	database >now
	if [ "$rc" = 0 ] && ! cmp -s now database_after; then
		complain "$*: ended well, but the database is another"
	elif ! cmp -s now database_before && ! cmp -s now database_after; then
		(cd at && "$LEXO" "$@") >/dev/null 2>&1 && database >now && cmp -s now database_after ||
			complain "$*: the database is neither old nor new, and the command does not go on"
	fi
}
# every FROM WHAT COMMAND…: WHAT: "changes" files or the database, or "reads"; with "database" uses it, as the first revision
# left it, or with "head" the last one; with a number it ends with that when all is well.
every() {
	local n=none total expected stride
	printf '%s\n' "${*:3}" | grep -qE "${ONLY:-.}" || return 0
	from=$1 changes= uses_database=
	case $2 in *changes*) changes=y ;; esac
	case $2 in *database*) uses_database=y ;; esac
	expected=$(printf %s "$2" | tr -cd 0-9)
	[ -z "$uses_database" ] || export LEXO_DATABASE_URL="$at_url"
	case $2 in *head*) uses_database=head ;; esac
	rm -f database_before
	shift 2
	again
	files at >before
	usual=0
	(cd at && FAULT=memory FAULT_COUNT=../count LD_PRELOAD=$fault "$LEXO" "$@") >wanted 2>err </dev/null || usual=$?
	[ "$usual" = "${expected:-0}" ] || complain "$*, without a fault: ended with $usual"
	files at | loosely >after
	[ -z "$uses_database" ] || database >database_after
	total=$(cat count)
	[ "$total" -gt 0 ] || complain "$*: has no allocations"
	stride=$((total / points + 1))
	for n in $(seq $((1 + $(echo "$*" | wc -c) % stride)) "$stride" "$total"); do
		one "$@"
		failed=$((failed + 1))
	done
	[ "$wrong" = 0 ] && pass "$*: $total allocations${FAULT_LASTING:+, from each on}" || flunk "$*: $wrong went wrong"
	seen="${seen:-} $(printf '%s\n' "$@" | grep -m 1 '^[a-z]')"
	wrong=0
	unset LEXO_DATABASE_URL
}
scratch="--scratch $LEXO_TEST_ADMIN_URL"
all_of_them() {
	every start reads help
	every start reads list_templates
	every start reads explain L0301
	every empty changes init
	every start changes compile
	every start changes fmt
	every start changes prune
	every start changes revision --autogenerate -m new --rev-id ccc
	every start changes hash --force
	every start changes keygen --no-password k2.key
	every start changes sign --key k.key
	every start changes edit bbb
	every start changes merge-driver base ours theirs
	every start 'reads 3' check
	every start reads diff empty models --sql
	every start reads heads
	every start reads branches
	every start reads history
	every start reads show aaa
	every start reads verify
	every start reads upgrade --sql
	every start 'reads 3' dev status --dir private
	every forked changes merge heads -m new --rev-id mmm
	every forked changes rebase left --onto right
	every start 'database changes head' squash aaa:bbb --rev-id new $scratch
	every start changes snapshot $scratch
	every other changes import golang-migrate db $scratch
	every start reads test $scratch
	every start 'database changes' pull "$at_url" -o pulled
	every start 'database changes' upgrade
	every start 'database changes' downgrade base
	every start 'database changes head' seed
	every start 'database changes' stamp head
	every start 'database changes' ensure_version
	every start 'database changes' repair --indexes
	every start 'database reads 10' unlock --holder 1
	every start 'database reads' current
	every start 'database reads' status
	every start 'database reads' verify --db
}
all_of_them
FAULT_LASTING=1
export FAULT_LASTING
all_of_them
[ -z "${ONLY:-}" ] || exit $((failures > 0))
"$LEXO" help | sed -n 's/^  \([a-z_-]\{3,\}\)  .*/\1/p' | sort -u >commands
printf '%s\n' $seen | sort -u >tested
same 'every command was looked at' commands tested
echo "# $failed failed allocations"
sql "DROP DATABASE IF EXISTS $target WITH (FORCE)" "$LEXO_TEST_ADMIN_URL"
