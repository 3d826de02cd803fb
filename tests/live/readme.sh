# The five minutes of README.md, as they stand there.
# SPDX-License-Identifier: Apache-2.0
. "$LEXO_TEST_SRCDIR/tests/live/lib.sh"
awk '/^## / { inside = /^## Five minutes/ } inside && /^```$/ { code = 0 } inside && code { print } inside && /^```sh$/ { code = 1 }' \
	"$LEXO_TEST_SRCDIR/README.md" >tour.sh
[ "$(wc -l <tour.sh)" -ge 20 ] && pass "the tour is there" || flunk "the tour is there" tour.sh
unset PGHOST PGPORT PGUSER PGDATABASE DATABASE_URL LEXO_DATABASE_URL
export PATH=${LEXO%/*}:$PATH XDG_CACHE_HOME=$PWD/cache
chmod 755 .
runs 0 "every command of the tour works" bash -eu -o pipefail -x tour.sh
cp out tour.out
(cd library 2>/dev/null && lexo dev stop) >/dev/null 2>&1
says "current names the head" '^[0-9a-f]{12} \(head\)' tour.out
says "diff --sql shows a rename" 'RENAME COLUMN title TO name' tour.out
says "and one column more" 'ADD COLUMN pages' tour.out
