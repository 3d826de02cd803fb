#!/bin/sh
# Generated C as strict compilers see it: hostile names in every slot, masks of every width.  Needs no server.  TAP.
# SPDX-License-Identifier: Apache-2.0
set -u
top=$(cd "$(dirname "$0")/../.." && pwd -P)
LEXO=${LEXO:-$PWD/lexo}
work=$(mktemp -d) || exit 99
trap 'rm -rf "$work"' EXIT
number=0
failures=0
# try TEXT COMMAND…
try() {
	number=$((number + 1))
	text=$1
	shift
	if "$@" >"$work/out" 2>&1; then
		echo "ok $number - $text"
	else
		echo "not ok $number - $text"
		head -n 20 "$work/out" | sed 's/^/# /'
		failures=$((failures + 1))
	fi
}
units() {
	for file in "$work/$1"/*.c; do
		$CC -std=c11 -Wall -Wextra -Wpedantic -Wconversion -Wsign-conversion -Wshadow -Werror -trigraphs \
			-I "$work/$1" -I "$top/include" -fsyntax-only "$file" || return
	done
}
headers() {
	for file in "$work/$1"/*.h; do
		$CXX -std=c++17 -Wall -Wextra -Werror -I "$work/$1" -I "$top/include" -fsyntax-only -x c++ "$file" || return
	done
}
# Nothing but what is written: printable ASCII, no trigraph, no splice.
harmless() {
	if LC_ALL=C grep -n '[^ -~	]' "$work/$1"/* || LC_ALL=C grep -nF '??' "$work/$1"/* || grep -n '\\$' "$work/$1"/*; then
		return 1
	fi
}
: "${CC:=gcc}" "${CXX:=g++}"
for name in named hostile; do
	try "$name.lexo compiles" "$LEXO" compile -q -o "$work/$name" --prefix app "$top/tests/bindings/$name.lexo"
	try "$name: strict C11" units "$name"
	command -v "${CXX%% *}" >/dev/null && try "$name: headers as C++17" headers "$name"
	try "$name: only harmless characters" harmless "$name"
done
try "nothing of a comment escapes" sh -c "! grep -q '^int broken' '$work'/hostile/*.h"
echo "1..$number"
exit $((failures > 0))
