# build PROGRAM SOURCE…: generated code with everything that a user's compiler may object to, and nothing but -llexo.
# SPDX-License-Identifier: Apache-2.0
build() {
	local program=$1
	shift
	${CC:-gcc} -std=c11 -g -Wall -Wextra -Wpedantic -Wconversion -Werror ${BINDINGS_CFLAGS:-} \
		-I generated -I "$LEXO_TEST_SRCDIR/include" -o "$program" "$@" \
		-L "$LEXO_TEST_BUILDDIR/.libs" -llexo -Wl,-rpath,"$LEXO_TEST_BUILDDIR/.libs" ${BINDINGS_LIBS:-}
}
# build_here NAME [MORE…]: the program tests/bindings/NAME.c, with MORE.c.
build_here() {
	local program=$1 name files=
	for name in tap "$@"; do files="$files $LEXO_TEST_SRCDIR/tests/bindings/$name.c"; done
	# shellcheck disable=SC2086 # several files
	build "$program" -I "$LEXO_TEST_SRCDIR/tests/bindings" $files generated/*.c
}
# needs MAJOR WHY: the script ends here on an older server.
needs() {
	[ "$(sql 'SHOW server_version_num')" -ge "${1}0000" ] || { echo "ok - PostgreSQL # SKIP $2 came with version $1"; exit 0; }
}
