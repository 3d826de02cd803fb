# Databases after random edits: from the first database of each pair in databases/*.pairs, edits that PostgreSQL accepts lead
# to another; lexo diff turns one into the other and back, after which nothing differs.  In the environment: LEXO_TEST_EDITS
# (how many, 6), LEXO_TEST_SEED (1), LEXO_TEST_PAIRS (which file), LEXO_TEST_EVERY (only each n-th database, 8), and
# LEXO_TEST_SQL: files or folders of SQL whose databases are begun with as well, and made from nothing before.
# SPDX-License-Identifier: Apache-2.0
. "$LEXO_TEST_SRCDIR/tests/live/lib.sh"
. "$LEXO_TEST_SRCDIR/tests/live/databases-lib.sh"
seed=${LEXO_TEST_SEED:-1} every=$(amount "${LEXO_TEST_EVERY:-}" 40 8 8) number=0

edit() {
	PGOPTIONS="-c lexo.edits=${LEXO_TEST_EDITS:-6} -c lexo.seed=$seed" "$PSQL" -XAtq -d "$two" \
		-f "$LEXO_TEST_SRCDIR/tests/live/edits.sql" >out 2>edits </dev/null
}
edited_way() {
	run_sql "$two" one.sql && edit || return
	drop three 2>>why
	sql "CREATE DATABASE ${PGDATABASE}_three TEMPLATE ${PGDATABASE}_one" "$LEXO_TEST_ADMIN_URL" || return
	catalog first "$one"
	catalog second "$two"
	becomes "$one" "$two" second && becomes "$two" "$three" first
}
check_edits() {
	[ -n "$name" ] || return
	since=$(sed -n 's/^-- from \([0-9]*\)$/\1/p' one.sql | head -n 1)
	[ -z "$since" ] || [ "$major" -ge "$since" ] || return
	seed=$((seed + 1)) number=$((number + 1))
	[ $((number % every)) -eq 0 ] || return
	drop one two three 2>/dev/null
	make one two
	: >why
	if run_sql "$one" one.sql && edited_way; then pass "$name, seed $seed"; else flunk "$name, seed $seed" edits why; fi
}
# check_sql FILE
check_sql() {
	seed=$((seed + 1)) name=$1
	cp "$1" one.sql
	drop one two three 2>/dev/null
	make one two three
	: >why
	if run_sql "$one" one.sql && catalog first "$one" && becomes "$three" "$one" first; then
		pass "$name: from nothing"
	else
		flunk "$name: from nothing" why
	fi
	if edited_way; then pass "$name, seed $seed"; else flunk "$name, seed $seed" edits why; fi
}

for pairs in "$LEXO_TEST_SRCDIR"/tests/live/databases/${LEXO_TEST_PAIRS:-[!n]*}.pairs; do
	[ -e "$pairs" ] || continue
	name= is_first=
	while IFS= read -r line || [ -n "$line" ]; do
		case $line in
		'=== '*)
			check_edits
			name="$(basename "$pairs" .pairs): ${line#=== }" is_first=y
			: >one.sql
			;;
		---) is_first= ;;
		*) [ -z "$is_first" ] || printf '%s\n' "$line" >>one.sql ;;
		esac
	done <"$pairs"
	check_edits
done
[ -z "${LEXO_TEST_SQL:-}" ] ||
	(cd "$LEXO_TEST_BUILDDIR" && find $(realpath $LEXO_TEST_SQL) -name '*.sql') | LC_ALL=C sort >files
[ ! -e files ] || while IFS= read -r file; do check_sql "$file"; done <files
