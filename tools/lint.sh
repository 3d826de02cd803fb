#!/bin/sh
# make lint: our own rules, the format, and what clang-tidy finds.   usage: lint.sh BUILD_FOLDER
# SPDX-License-Identifier: Apache-2.0
set -u
builddir=$1
cd "$(dirname "$0")/.." || exit 1
failed=0
rule() { # NAME COMMAND…
	name=$1
	shift
	if "$@"; then
		printf '  ok      %s\n' "$name"
	else
		printf '  FAILED  %s\n' "$name"
		failed=1
	fi
}

# Not the queries of the catalog: clang-format takes SQL that is put together with macros for calls.
sources() {
	git ls-files 'src/*.c' 'src/*.h' 'include/*.h' 'examples/*.c' 'bench/*.c' 'tests/*.c' 'tests/*.h' ':!tests/golden' \
		':!src/kinds/*/introspect.c'
}
check_format() { sources | xargs clang-format --dry-run -Werror; }
check_tidy() {
	# one file at a time: the analyzer of clang 14 forgets what va_start is after the first
	git ls-files 'src/*.c' 'examples/*.c' | xargs -P "$(nproc)" -n 1 sh -c 'clang-tidy --quiet "$@" -- -std=c11 -D_GNU_SOURCE \
		-Iinclude -Isrc -Igrammar -Igenerated -I. -I"$0" -I"$0/grammar" $('"${PKG_CONFIG:-pkg-config}"' --cflags libpq libcrypto inih) \
		2>/dev/null' "$builddir"
}
check_docs() {
	version=$("$builddir/lexo" --version | sed -n '1s/.* //p')
	sh tools/errors.sh "$builddir/lexo" | diff -u docs/errors.md - && sh tools/manpage.sh "$builddir/lexo" "$version" |
		diff -u docs/lexo.1 -
}

rule 'layers and headers (check-includes)' tools/check-includes "$builddir"
rule 'completeness and sizes (check-tree)' tools/check-tree
rule 'names (check-names)' tools/check-names
rule 'text into SQL and C (check-strings)' tools/check-strings
rule 'no state that changes in libraries (check-globals)' tools/check-globals \
	"$builddir/.libs/libruntime.a" "$builddir/libcompiler.a"
rule 'written documents are current (make docs)' check_docs
rule 'format (clang-format)' check_format
rule 'clang-tidy' check_tidy
exit $failed
