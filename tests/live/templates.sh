# What lexo init starts with is built and run for real, by the steps that its README has.
# SPDX-License-Identifier: Apache-2.0
. "$LEXO_TEST_SRCDIR/tests/live/lib.sh"
unset PGHOST PGPORT PGUSER PGDATABASE DATABASE_URL LEXO_DATABASE_URL
top=$PWD
# the tree as if it were installed
mkdir -p prefix/lib/pkgconfig
cat >prefix/lib/pkgconfig/lexo.pc <<END
lexo=$LEXO
Name: lexo
Description: the tree that is tested
Version: $("$LEXO" --version | sed -n '1s/.* //p')
Libs: -L$LEXO_TEST_BUILDDIR/.libs -llexo
Cflags: -I$LEXO_TEST_SRCDIR/include
END
export PKG_CONFIG_PATH=$PWD/prefix/lib/pkgconfig LD_LIBRARY_PATH=$LEXO_TEST_BUILDDIR/.libs ACLOCAL_PATH=$LEXO_TEST_SRCDIR/m4
export PATH=${LEXO%/*}:$PATH XDG_CACHE_HOME=$PWD/cache CFLAGS="-O0 -Wall -Wextra -Werror ${BINDINGS_CFLAGS:-}"
export LDFLAGS=${BINDINGS_CFLAGS:-}
chmod 755 .
missing() {
	for program; do command -v "$program" >/dev/null || { echo "$program"; return; }; done
}
# template NAME README PROGRAM…
template() {
	local name=$1 readme=$2 without
	shift 2
	cd "$top" || return
	runs 0 "$name: init" "$LEXO" init -t "$name" "$name"
	without=$(missing "$@")
	if [ -n "$without" ]; then
		echo "ok - $name: its steps # SKIP no $without"
		return 1
	fi
	cd "$name" || return
	sed -n 's/^    //p' "$readme" >"$top/steps"
	[ "$(wc -l <"$top/steps")" -ge 3 ] && pass "$name: the README has steps" || flunk "$name: the README has steps" "$readme"
	runs 0 "$name: the steps of its README" bash -eu -o pipefail -x "$top/steps"
}
template generic migrations/README make && {
	says 'generic: the database is brought up to date' 'Running upgrade  -> [0-9a-f]{12}, first tables'
	says 'generic: and verified' '1 revisions verified|1 revision verified' out
}
template make migrations/README make cc pkg-config && says 'make: the program ran' '^1 users$' out
template autotools migrations/README make cc pkg-config autoreconf automake && says 'autotools: the program ran' '^1 users$' out
template multidb engine1/migrations/README && {
	says 'multidb: both' 'Running upgrade  -> [0-9a-f]{12}, first tables'
	[ -e engine1/generated/engine1_models.h ] && [ -e engine2/generated/engine2_models.h ] && pass 'multidb: bindings of both' ||
		flunk 'multidb: bindings of both'
}
