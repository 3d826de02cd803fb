# What live tests share; a test begins with: . "$LEXO_TEST_SRCDIR/tests/live/lib.sh"
# SPDX-License-Identifier: Apache-2.0
set -u
failures=0
trap 'exit $((failures > 0))' EXIT

pass() { printf 'ok - %s\n' "$1"; }
# flunk TEXT [FILE…]: the files are shown, of long ones both ends.
flunk() {
	printf 'not ok - %s\n' "$1"
	shift
	for file; do
		[ -s "$file" ] && awk '{ line[NR] = $0 }
			END { for (i = 1; i <= NR; i++) if (NR <= 60 || i <= 30 || i > NR - 30) print "#   " line[i] }' "$file"
	done
	failures=$((failures + 1))
}
# amount GIVEN BRIEF USUAL TORTURE: how much of it: what is given, or what LEXO_LIVE says ("brief", "torture").
amount() {
	case ${LEXO_LIVE:-} in
	brief) printf '%s\n' "${1:-$2}" ;;
	torture) printf '%s\n' "${1:-$4}" ;;
	*) printf '%s\n' "${1:-$3}" ;;
	esac
}
# is_next: of many cases that are alike, whether the next one is to run: all, but every sixth in a brief run.
cases=0
is_next() {
	cases=$((cases + 1))
	[ "${LEXO_LIVE:-}" != brief ] || [ $((cases % 6)) = 1 ]
}
# runs RC TEXT COMMAND…: passes when the command ends with RC; its output is left in the files out and err.
runs() {
	local wanted=$1 text=$2 rc=0
	shift 2
	"$@" >out 2>err </dev/null || rc=$?
	if [ "$rc" -eq "$wanted" ]; then
		pass "$text"
	else
		flunk "$text: ended with $rc, wanted $wanted" out err
		return 1
	fi
}
# says TEXT PATTERN [FILE]: passes when the file (err) has a line that matches the extended pattern.
says() {
	if grep -qE -- "$2" "${3:-err}"; then pass "$1"; else flunk "$1: nothing matches '$2'" "${3:-err}"; fi
}
# same TEXT FILE FILE
same() {
	if diff -u "$2" "$3" >difference; then pass "$1"; else flunk "$1" difference; fi
}
sql() { "$PSQL" -XAtq -v ON_ERROR_STOP=1 -d "${2:-$LEXO_TEST_URL}" -c "$1"; }

# catalog FILE [URL]: everything that a user defined in the database, one fact a line, lexo's own tables left out.
catalog() {
	"$PSQL" -XAtq -v ON_ERROR_STOP=1 -d "${2:-$LEXO_TEST_URL}" -f "$LEXO_TEST_SRCDIR/tests/live/catalog.sql" |
		LC_ALL=C sort >"$1"
	[ -s "$1" ]
}
