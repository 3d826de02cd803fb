# Every pair of databases in databases/*.pairs ("=== name", SQL that makes the first, "---", SQL that makes the second, which
# may be empty): lexo diff turns one into the other and back, after which nothing differs; each of them pulled as models is in
# canonical form, equals its database, and makes the same database from nothing.
# A line "-- from 15" in a pair leaves it out on older servers, "-- to 17" on newer ones.
# SPDX-License-Identifier: Apache-2.0
. "$LEXO_TEST_SRCDIR/tests/live/lib.sh"
. "$LEXO_TEST_SRCDIR/tests/live/databases-lib.sh"

whole_way() {
	: >why
	run_sql "$one" one.sql && run_sql "$two" two.sql || return
	catalog first "$one"
	catalog second "$two"
	pulled "$one" first && pulled "$two" second || return
	becomes "$one" "$two" second || return
	drop three 2>>why
	make three
	run_sql "$three" one.sql || return
	becomes "$two" "$three" first
}
check_pair() {
	[ -n "$name" ] && is_next || return
	since=$(cat one.sql two.sql | sed -n 's/^-- from //p' | head -n 1)
	until=$(cat one.sql two.sql | sed -n 's/^-- to //p' | head -n 1)
	if [ "$major" -ge "${since:-0}" ] && [ "$major" -le "${until:-$major}" ]; then
		drop one two three 2>/dev/null
		make one two
		if whole_way; then pass "$name"; else flunk "$name" why; fi
	fi
}

for pairs in "$LEXO_TEST_SRCDIR"/tests/live/databases/${LEXO_TEST_PAIRS:-*}.pairs; do
	name= target=/dev/null
	while IFS= read -r line || [ -n "$line" ]; do
		case $line in
		'=== '*)
			check_pair
			name="$(basename "$pairs" .pairs): ${line#=== }"
			target=one.sql
			: >one.sql
			: >two.sql
			;;
		---) target=two.sql ;;
		*) printf '%s\n' "$line" >>"$target" ;;
		esac
	done <"$pairs"
	check_pair
done
