# The file system refuses the Nth operation, once or from then on, for commands that write: a true exit status, files as
# before or as after, no temporary file.  (A copy of an old file that cannot be removed may stay behind when all is done.)
# SPDX-License-Identifier: Apache-2.0
. "$LEXO_TEST_SRCDIR/tests/live/lib.sh"
. "$LEXO_TEST_SRCDIR/tests/live/fault-lib.sh"
unset LEXO_DATABASE_URL DATABASE_URL

mkdir -p start/models && cd start || exit 1
cat >models/app.lexo <<'END'
lexo 1

model User {
  id int8 @id
  name text
}
END
runs 0 'a project' sh -c '"$LEXO" -q revision --autogenerate -m first --rev-id a && "$LEXO" -q compile' && rm out err
cat >>models/app.lexo <<'END'

model   Document {
  id int8 @id
  owner int8 -> User.id
}
END
cd ..
tree() { (cd "$1" && find . -type f | LC_ALL=C sort | xargs sha256sum); }
# what it looks like when it is done: the same names and texts, but for the time that a revision says it was made at
whole() { (cd "$1" && "$LEXO" -q verify >/dev/null && find . -type f ! -name '*.old-*' | LC_ALL=C sort && cat models/*.lexo migrations/schema.lexo generated/app_[dut]*.[ch]) 2>&1; }
tree start >before
wrong=0
complain() {
	echo "# $*"
	sed 's/^/#   /' err
	wrong=$((wrong + 1))
}
again() { rm -rf at && cp -a start at; }
# one N COMMAND…: with the Nth point failing
one() {
	local n=$1 rc=0
	shift
	again
	(cd at && FAULT=file FAULT_AT=$n LD_PRELOAD=$fault "$LEXO" -q "$@") >/dev/null 2>err || rc=$?
	tree at >now
	if [ "$rc" -ge 126 ]; then
		complain "operation $n, $*: ended with $rc"
	elif [ "$rc" != 0 ] && ! cmp -s now before; then
		complain "operation $n, $*: ended with $rc, and files are changed: $(diff before now | grep '^[<>]' | head -n 3)"
	elif [ "$rc" = 0 ] && { whole at >now; ! cmp -s now wanted; }; then
		complain "operation $n, $*: ended well, but did not do it"
	elif [ "$rc" != 0 ] && ! grep -qE '\[L01[0-9]+\]|out of memory' err; then
		complain "operation $n, $*: does not say what is missing"
	fi
}
every() { # TEXT COMMAND…
	local text=$1 n=1 total
	shift
	again
	(cd at && FAULT=file FAULT_COUNT=../count LD_PRELOAD=$fault "$LEXO" -q "$@") >/dev/null 2>err || flunk "$text without a fault" err
	whole at >wanted
	total=$(cat count)
	while [ "$n" -le "$total" ]; do
		one "$n" "$@"
		n=$((n + 1))
	done
	[ "$wrong" = 0 ] && [ "$total" -gt 0 ] && pass "$text: each of $total" || flunk "$text: $wrong of $total went wrong"
	wrong=0
}
for command in 'revision --autogenerate -m second --rev-id b' compile fmt; do
	for FAULT_ERRNO in 28 5; do # ENOSPC, EIO
		export FAULT_ERRNO
		every "${command%% *}, one operation on files fails with $FAULT_ERRNO" $command
	done
	export FAULT_LASTING=1 FAULT_ERRNO=28
	every "${command%% *}, a disk that is full from then on" $command
	unset FAULT_LASTING
done
