# The example of an archive, as its users would use it.
# SPDX-License-Identifier: Apache-2.0
. "$LEXO_TEST_SRCDIR/tests/live/lib.sh"
archive=$LEXO_TEST_BUILDDIR/examples/archive/archive
[ -x "$archive" ] || { echo "ok - the archive # SKIP no $archive"; exit 0; }
DATABASE_URL=$LEXO_TEST_URL
export DATABASE_URL
prints() { # TEXT WANTED COMMAND…
	local text=$1 wanted=$2
	shift 2
	runs 0 "$text" "$archive" "$@" || return
	[ "$(cat out)" = "$wanted" ] && pass "$text: what it says" || flunk "$text: what it says" out
}
# as often as models or generated files change, this is the database of their revision
ln -s "$LEXO_TEST_SRCDIR/models" models && ln -s "$LEXO_TEST_SRCDIR/migrations" migrations
runs 0 'the tables are there' "$LEXO" -q -u "$LEXO_TEST_URL" upgrade || exit
printf 'Dear Bob, the coffee has come. Yours, Ada\n' >letter.txt
printf 'INVOICE 7: forty pounds of coffee, coffee, coffee\n' >invoice.txt
printf 'nothing in particular\n' >note.txt
runs 2 'without a command' "$archive"
runs 2 'too few arguments' "$archive" search ada@example.org
prints 'a user' 'ada@example.org: admin' user ada@example.org admin
prints 'one who reads' 'bob@example.org: readonly' user bob@example.org readonly
runs 1 'the same address' "$archive" user Ada@Example.org
says 'is told from others' '^Ada@Example\.org is there already$'
runs 1 'no address' "$archive" user 'not an address'
says 'is told' 'is no address'
runs 1 'no role' "$archive" user carl@example.org boss
prints 'files' 'letter.txt: stored
invoice.txt: stored
note.txt: stored' add ada@example.org letter.txt invoice.txt note.txt
prints 'the same file' 'letter.txt: stored already' add ada@example.org letter.txt
runs 1 'one who only reads' "$archive" add bob@example.org note.txt
runs 1 'nobody' "$archive" add nobody@example.org note.txt
runs 1 'no file' "$archive" add ada@example.org missing.txt
prints 'what waits' 'pending     3
3 documents, 114 bytes' stats ada@example.org
prints 'a worker' 'letter.txt: letter
invoice.txt: invoice
note.txt: other' work 0
prints 'a list' 'invoice     indexed         50  invoice.txt
letter      indexed         42  letter.txt
other       indexed         22  note.txt' list ada@example.org
prints 'of one class' 'invoice     indexed         50  invoice.txt' list ada@example.org invoice
runs 1 'no class' "$archive" list ada@example.org nonsense
runs 0 'a search' "$archive" search ada@example.org coffee
[ "$(sed 's/^0\.[0-9]*  //' out)" = 'invoice.txt
letter.txt' ] && pass 'finds the best first' || flunk 'finds the best first' out
prints 'of what is not there' 'nothing about tea' search ada@example.org tea

# two workers and much to do: each document once, and they are told of what comes while they wait
"$archive" work 2 >worker1 2>&1 &
one=$!
"$archive" work 2 >worker2 2>&1 &
two=$!
for i in $(seq 40); do echo "report number $i" >"r$i.txt"; done
runs 0 'forty files' "$archive" add ada@example.org r*.txt
echo 'a contract from elsewhere' | "$archive" add ada@example.org - >out 2>err && pass 'one from stdin' || flunk 'one from stdin' err
wait "$one" && wait "$two" && pass 'two workers end when there is nothing to do' || flunk 'two workers' worker1 worker2
[ "$(sort worker1 worker2 | grep -c ': report$')" = 40 ] && grep -qh '^stdin\.txt: contract$' worker1 worker2 &&
	pass 'each document went to one of them' || flunk 'each document went to one of them' worker1 worker2
runs 0 'page after page' "$archive" list ada@example.org report
[ "$(sort -u out | wc -l)" = 40 ] && pass 'all of them' || flunk 'all of them' out
