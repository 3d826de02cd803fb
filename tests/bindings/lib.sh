# build PROGRAM SOURCE…: generated code with everything that a user's compiler may object to, and nothing but -llexo.
# SPDX-License-Identifier: Apache-2.0
build() {
	local program=$1
	shift
	${CC:-gcc} -std=c11 -g -Wall -Wextra -Wpedantic -Wconversion -Werror ${BINDINGS_CFLAGS:-} \
		-I generated -I "$LEXO_TEST_SRCDIR/include" -o "$program" "$@" \
		-L "$LEXO_TEST_BUILDDIR/.libs" -llexo -Wl,-rpath,"$LEXO_TEST_BUILDDIR/.libs" ${BINDINGS_LIBS:-}
}
