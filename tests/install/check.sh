#!/bin/sh
# make installcheck: two projects that know nothing but the installed lexo, one with plain pkg-config, one with autotools
# and LEXO_CHECK; and what the library shows of itself.   usage: check.sh BINDIR LIBDIR DATADIR VERSION
# SPDX-License-Identifier: Apache-2.0
set -u
bindir=$1 libdir=$2 datadir=$3 version=$4
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
PKG_CONFIG_PATH=$libdir/pkgconfig${PKG_CONFIG_PATH:+:$PKG_CONFIG_PATH}
LD_LIBRARY_PATH=$libdir${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}
export PKG_CONFIG_PATH LD_LIBRARY_PATH
unset MAKEFLAGS MFLAGS MAKELEVEL DESTDIR
cc=${CC:-cc}
failed=0
must() { # TEXT COMMAND…
	text=$1
	shift
	if "$@" >"$work/log" 2>&1; then
		echo "ok - $text"
	else
		echo "not ok - $text"
		sed 's/^/# /' "$work/log"
		failed=1
	fi
}

must 'the schemas of the output' test -f "$datadir/lexo/schema/upgrade.json"

cat >"$work/app.c" <<'END'
#include <lexo/lexo.h>
#include <stdio.h>

int main(void)
{
	puts(lexo_version());
	return 0;
}
END

must 'the compiler runs and says its version' sh -c '"$1/lexo" --version | grep -qF "$2"' sh "$bindir" "$version"
must 'pkg-config knows the version' sh -c 'test "$(pkg-config --modversion lexo)" = "$1"' sh "$version"
# shellcheck disable=SC2046
must 'a program compiles and links with pkg-config' "$cc" -Wall -Wextra -Werror $(pkg-config --cflags lexo) -o "$work/app" \
	"$work/app.c" $(pkg-config --libs lexo)
must 'it runs' sh -c 'test "$("$1")" = "$2"' sh "$work/app" "$version"

# What the library needs and shows: libpq, libcrypto, the C library; symbols that begin with lexo_.
must 'the library needs libpq, libcrypto and libc only' sh -c '! objdump -p "$1" |
	sed -n "s/^ *NEEDED *//p" | grep -vE "^(libpq|libcrypto|libc)\.so|^lib[at]san|^libubsan|^ld-"' sh "$libdir/liblexo.so"
must 'the library exports lexo_* only' sh -c '! nm -D --defined-only "$1" | awk "{ print \$3 }" | grep -vE "^lexo_"' \
	sh "$libdir/liblexo.so"

# What the compiler makes of a model, against the installed headers and library alone.
mkdir -p "$work/project/models"
cat >"$work/project/models/note.lexo" <<'END'
lexo 1

model Note {
  id    int8  @id @identity
  title text
}
END
cat >"$work/project/main.c" <<'END'
#include "app_models.h"

int main(void)
{
	lexo_arena *arena = lexo_arena_new(0);
	app_note_new note = {.title = LEXO_S("x")};
	lexo_arena_free(arena);
	return note.title.len == 1 ? 0 : 1;
}
END
must 'lexo compile' sh -c 'cd "$1" && "$2/lexo" compile' sh "$work/project" "$bindir"
# shellcheck disable=SC2046
must 'generated bindings compile and link with -llexo alone' "$cc" -std=c11 -Wall -Wextra -Wpedantic -Wconversion -Werror \
	-I"$work/project/generated" $(pkg-config --cflags lexo) -o "$work/bound" "$work/project/main.c" \
	"$work"/project/generated/*.c $(pkg-config --libs lexo)
must 'they run' "$work/bound"

if command -v autoreconf >/dev/null 2>&1; then
	mkdir "$work/autotools"
	cp "$work/app.c" "$work/autotools"
	cat >"$work/autotools/configure.ac" <<'END'
AC_INIT([consumer],[1])
AM_INIT_AUTOMAKE([foreign])
AC_PROG_CC
LEXO_CHECK([0.1])
AC_CONFIG_FILES([Makefile])
AC_OUTPUT
END
	cat >"$work/autotools/Makefile.am" <<'END'
bin_PROGRAMS = app
app_SOURCES = app.c
app_CPPFLAGS = $(LEXO_CFLAGS)
app_LDADD = $(LEXO_LIBS)
show-compiler:
	@echo $(LEXO_COMPILER)
END
	must 'autoreconf finds LEXO_CHECK' sh -c 'cd "$1" && ACLOCAL_PATH="$2/aclocal" autoreconf -fi' sh "$work/autotools" "$datadir"
	must 'configure finds lexo' sh -c 'cd "$1" && ./configure' sh "$work/autotools"
	must 'it knows the compiler' sh -c 'cd "$1" && test "$(make -s show-compiler)" = "$2/lexo"' sh "$work/autotools" "$bindir"
	must 'it builds and runs' sh -c 'cd "$1" && make && ./app' sh "$work/autotools"
	must 'a version from the future is refused' sh -c 'cd "$1" && sed -i "s/\[0\.1\]/[99]/" configure.ac &&
		ACLOCAL_PATH="$2/aclocal" autoreconf -f && ! ./configure' sh "$work/autotools" "$datadir"
else
	echo "ok - autotools consumer # SKIP no autoreconf"
fi
exit $failed
