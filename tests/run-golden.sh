#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Runs every case tests/golden/<stage>/<case>/ and prints TAP.  A case is a folder with
#   cmd          run by sh in a copy of the folder, with $LEXO set to the lexo under test
#   expect.out   what it prints (no file: nothing), expect.err: the same for stderr, expect.rc: exit code (no file: 0)
#   expect/      files that must be in the copy afterwards, with the same bytes (no folder: not looked at)
# run-golden.sh [STAGE/CASE or STAGE]...   only those; with GOLDEN_UPDATE=1 writes the expectations instead.
set -u
LC_ALL=C
TZ=UTC
export LC_ALL TZ
unset NO_COLOR CLICOLOR CLICOLOR_FORCE LEXO_CONFIG LEXO_DATABASE_URL DATABASE_URL SOURCE_DATE_EPOCH PGHOST PGPORT PGUSER PGDATABASE PGSERVICE 2>/dev/null
LEXO=${LEXO:-lexo}
export LEXO
root=$(cd "${srcdir:-.}/tests/golden" 2>/dev/null && pwd) || root=
work=$(mktemp -d) || exit 99
trap 'chmod -R u+w "$work" 2>/dev/null; rm -rf "$work"' EXIT
trap 'exit 99' HUP INT TERM

# Compares expectation $1 with result $2, or writes it; an empty result needs no file.
compare() {
	if [ "${GOLDEN_UPDATE:-}" = 1 ]; then
		if [ -s "$2" ]; then cp "$2" "$1"; else rm -f "$1"; fi
		return 0
	fi
	[ -f "$1" ] || set -- /dev/null "$2"
	cmp -s "$1" "$2" || { diff -u "$1" "$2"; return 1; }
}

run_case() (
	copy=$work/case
	chmod -R u+w "$copy" 2>/dev/null
	rm -rf "$copy"
	cp -R "$1" "$copy" && chmod -R u+w "$copy" && cd "$copy" || return 1
	rm -rf expect expect.out expect.err expect.rc
	sh ./cmd >"$work/out" 2>"$work/err" </dev/null
	rc=$?
	[ "$rc" = 0 ] && : >"$work/rc" || echo "$rc" >"$work/rc"
	ok=0
	compare "$1/expect.rc" "$work/rc" || ok=1
	compare "$1/expect.out" "$work/out" || ok=1
	compare "$1/expect.err" "$work/err" || ok=1
	[ -d "$1/expect" ] || return $ok
	(cd "$1/expect" && find . -type f | sort) >"$work/files"
	while read -r file; do
		if [ ! -f "$copy/$file" ]; then
			echo "$file was not written"
			ok=1
		else
			compare "$1/expect/$file" "$copy/$file" || ok=1
		fi
	done <"$work/files"
	return $ok
)

: >"$work/cases"
[ $# -gt 0 ] || set -- ''
for wanted; do
	for cmd in "$root"/*/*/cmd; do
		[ -f "$cmd" ] || continue
		name=${cmd#"$root"/}
		name=${name%/cmd}
		case $wanted in '' | "$name" | "${name%%/*}") ;; *) continue ;; esac
		echo "$name" >>"$work/cases"
	done
done
echo "1..$(wc -l <"$work/cases")"
number=0
failed=0
while read -r name; do
	number=$((number + 1))
	if run_case "$root/$name" >"$work/diff" 2>&1; then
		echo "ok $number - $name"
	else
		failed=1
		echo "not ok $number - $name"
		sed 's/^/# /' "$work/diff"
	fi
done <"$work/cases"
exit $failed
