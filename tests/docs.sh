#!/bin/sh
# What documents say holds: models in docs/language.md and README.md compile, commands and codes that are named exist,
# links lead somewhere.
# SPDX-License-Identifier: Apache-2.0
set -u
top=$(cd "$(dirname "$0")/.." && pwd -P)
work=$(mktemp -d) || exit 99
trap 'rm -rf "$work"' EXIT
n=0
check() { # TEXT COMMAND…
	n=$((n + 1))
	text=$1
	shift
	if "$@" >"$work/log" 2>&1; then echo "ok $n - $text"; else
		echo "not ok $n - $text"
		sed 's/^/# /' "$work/log"
	fi
}

# Whole models in ```lexo blocks.
awk -v out="$work/model" '/^```lexo$/ { n++; file = out n ".lexo"; next } /^```$/ { file = "" } file { print >file }' "$top/docs/language.md"
printf 'lexo 1\n' >"$work/common.lexo"
for model in "$work"/model*.lexo; do
	check "language.md, ${model##*/} compiles" "$LEXO" compile --emit snapshot "$model"
	check "language.md, ${model##*/} is formatted" "$LEXO" fmt --check "$model"
done

commands=$("$LEXO" --help | sed -nE 's/^  ([a-z_]+)  +.*/\1/p')
unknown() { # what follows "lexo" in code is a command
	awk '/^```/ { code = !code; next }
		{ text = $0; while (match(text, code ? "(^ *|[ (&])lexo [a-z_]+" : "`lexo [a-z_]+")) {
			word = substr(text, RSTART, RLENGTH); sub(/.*lexo /, "", word); print word
			text = substr(text, RSTART + RLENGTH) } }' \
		"$top"/README.md "$top"/CONTRIBUTING.md "$top"/docs/[!e]*.md | sort -u | while read -r word; do
			printf '%s\n' "$commands" | grep -qx "$word" || echo "there is no command '$word'"
		done >"$work/unknown"
	cat "$work/unknown"
	[ ! -s "$work/unknown" ]
}
check "every command that is named exists" unknown

undocumented() {
	printf '%s\n' "$commands" | while read -r word; do
		grep -q "$word" "$top/docs/lexo.1" || echo "lexo.1 lacks '$word'"
	done >"$work/lacks"
	cat "$work/lacks"
	[ ! -s "$work/lacks" ]
}
check "the man page has every command" undocumented

dead() {
	for document in "$top"/*.md "$top"/docs/*.md; do
		grep -ohE '\]\([^)#:]+\)' "$document" | sed 's/^](//; s/)$//' | while read -r link; do
			[ -e "$(dirname "$document")/$link" ] || echo "${document##*/}: $link leads nowhere"
		done
	done >"$work/dead"
	cat "$work/dead"
	[ ! -s "$work/dead" ]
}
check "links lead somewhere" dead
echo "1..$n"
