# A runner that is gone at any moment: at every call to libpq and every operation on a file, one after the other, and at
# random ones.  Afterwards what is done and what is written down agree, and the plain command goes on to the end.
# LEXO_LIVE=torture: all points instead of every STRIDEth, KILLS (10000) random ones.
# SPDX-License-Identifier: Apache-2.0
. "$LEXO_TEST_SRCDIR/tests/live/lib.sh"
. "$LEXO_TEST_SRCDIR/tests/live/engine-lib.sh"
. "$LEXO_TEST_SRCDIR/tests/live/fault-lib.sh"
stride=$(amount "${STRIDE:-}" 211 41 1) kills=$(amount "${KILLS:-}" 5 25 10000)

# --- a history with everything in it --------------------------------------------------------------------------------
fresh
revision a '<base>' "CREATE TABLE marks (id text); INSERT INTO marks VALUES ('a');
CREATE TYPE mood AS ENUM ('x');" 'DROP TYPE mood; DROP TABLE marks;'
revision b a "ALTER TABLE marks ADD n int; INSERT INTO marks VALUES ('b');" "ALTER TABLE marks DROP n; DELETE FROM marks WHERE id = 'b';"
revision c b "INSERT INTO marks VALUES ('c');
-- lexo:step transaction=none
CREATE INDEX CONCURRENTLY marks_id ON marks (id);
ALTER TYPE mood ADD VALUE IF NOT EXISTS 'y';
VACUUM marks;
DROP INDEX CONCURRENTLY marks_id;
CREATE UNIQUE INDEX CONCURRENTLY marks_u ON marks (id);" "DELETE FROM marks WHERE id = 'c';
-- lexo:step transaction=none
DROP INDEX CONCURRENTLY marks_u;"
revision d c "CREATE TABLE last (id int); INSERT INTO marks VALUES ('d');" "DROP TABLE last; DELETE FROM marks WHERE id = 'd';"

# What is marked is what is written down, each once; nobody holds a lock.  Waits for the session of the killed runner.
cat >invariant.sql <<'END'
DO $$ BEGIN
	FOR i IN 1..500 LOOP
		EXIT WHEN NOT EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND application_name = 'lexo');
		PERFORM pg_sleep(0.01), pg_stat_clear_snapshot();
	END LOOP;
END $$;
SELECT to_regclass('marks') IS NOT NULL AS has_marks, to_regclass('lexo.history') IS NOT NULL AS has_history \gset
SELECT 'lock held' FROM pg_locks WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = current_database());
\if :has_history
	CREATE TEMP VIEW applied AS
		(SELECT revision FROM (SELECT DISTINCT ON (revision) revision, event FROM lexo.history ORDER BY revision, seq DESC) h WHERE event = 'upgrade'
		UNION SELECT revision FROM lexo.step WHERE direction = 'upgrade' AND state = 'done')
		EXCEPT SELECT revision FROM lexo.step WHERE direction = 'downgrade' AND state = 'done';
	SELECT 'rows are missing' FROM lexo.head WHERE seq <> (SELECT count(*) FROM lexo.history);
	SELECT coalesce(string_agg(revision, '' ORDER BY revision), '') AS applied FROM applied \gset
\else
	\set applied ''
\endif
\if :has_marks
	SELECT coalesce(string_agg(id, '' ORDER BY id), '') AS marked FROM marks \gset
	SELECT 'marked ' || :'marked' || ', written down ' || :'applied' WHERE :'marked' <> :'applied';
	SELECT 'not valid: ' || indexrelid::regclass FROM pg_index WHERE indrelid = 'marks'::regclass AND NOT indisvalid AND
		NOT EXISTS (SELECT FROM lexo.step WHERE state = 'intent');
\else
	SELECT 'written down ' || :'applied' WHERE :'applied' <> '';
\endif
END
invariant() { "$PSQL" -XAtq -v ON_ERROR_STOP=1 -d "$LEXO_TEST_URL" -f invariant.sql 2>&1; }
at_head() { sql "SELECT string_agg(id, '' ORDER BY id) || (SELECT count(*) FROM pg_index WHERE indrelid = 'marks'::regclass AND indisvalid)
	|| (SELECT count(*) FROM lexo.step) || (SELECT string_agg(version_num, '') FROM lexo.revision) || to_regclass('last') FROM marks" 2>&1; }
at_base() { sql "SELECT to_regclass('marks') IS NULL AND NOT EXISTS (SELECT FROM lexo.revision) AND NOT EXISTS (SELECT FROM lexo.step)" 2>&1; }
empty() { sql 'DROP SCHEMA IF EXISTS lexo CASCADE; DROP TABLE IF EXISTS marks, last; DROP TYPE IF EXISTS mood' 2>/dev/null; }

# after TEXT DIRECTION TARGET: the invariant, then the plain command; true when all is well
violations=0
after() {
	local found rc=0
	found=$(invariant)
	[ -z "$found" ] || { echo "# $1: $found"; violations=$((violations + 1)); }
	engine "$2" "$3" >again 2>&1 || rc=$?
	found=$([ "$2" = up ] && at_head || at_base)
	if [ "$rc" -ne 0 ] || { [ "$found" != abcd10dlast ] && [ "$found" != t ]; } || ! engine verify >again 2>&1; then
		echo "# $1: the next run ended with $rc: $found"
		sed 's/^/#   /' again
		violations=$((violations + 1))
		empty
	fi
}
no_violation() {
	[ "$violations" = 0 ] && pass "$1: nothing lost, nothing twice, the next run goes on" || flunk "$1: $violations violations"
	violations=0
}

# --- every point ----------------------------------------------------------------------------------------------------
covered=$(nm -D --defined-only "$fault" | awk '{ print $3 }' | grep '^PQ')
looks='backendPID|cmdStatus|cmdTuples|connectionNeedsPassword|conninfo|conninfoFree|conninfoParse|errorMessage|escapeIdentifier|freeCancel|freemem|getisnull|getvalue|isBusy|ntuples|parameterStatus|resultErrorField|resultErrorMessage|resultStatus|serverVersion|setErrorVerbosity|setNoticeReceiver|socket|status|transactionStatus'
open=$(nm -D --undefined-only "$driver" | awk '{ print $2 }' | grep '^PQ' | grep -vxE "PQ($looks)" | grep -vxF "$covered")
[ -z "$open" ] && pass 'every call to libpq that does anything is a point' || flunk "not a point: $open"

points() { # DIRECTION TARGET
	local n=1 rc total=0
	FAULT=crash FAULT_COUNT=count LD_PRELOAD=$fault engine "$1" "$2" >/dev/null 2>&1
	total=$(cat count)
	[ "$total" -gt 100 ] || flunk "only $total points"
	while [ "$n" -le "$total" ]; do
		if [ "$1" = up ]; then empty; else engine up head >/dev/null 2>&1; fi
		rc=0
		FAULT=crash FAULT_AT=$n LD_PRELOAD=$fault engine "$1" "$2" >/dev/null 2>&1 || rc=$?
		[ "$rc" = 137 ] || { [ "$n" -gt $((total - 40)) ] && [ "$rc" = 0 ]; } || { echo "# point $n: ended with $rc"; violations=$((violations + 1)); }
		after "$1 point $n" "$1" "$2"
		n=$((n + stride))
	done 2>/dev/null
	no_violation "$1: $(((total + stride - 1) / stride)) of $total points"
}
empty
points up head
engine up head 2>/dev/null
points down base

# --- random moments -------------------------------------------------------------------------------------------------
empty
n=0 done=0
while [ "$n" -lt "$kills" ]; do
	if [ $((n % 2)) = 0 ]; then direction=up target=head; else direction=down target=base; fi
	"$driver" migrations "$LEXO_TEST_URL" $direction $target >/dev/null 2>&1 &
	pid=$!
	sleep "0.0$(printf %05d $((RANDOM * 3 % 90000)))"
	kill -9 $pid || done=$((done + 1))
	wait $pid
	after "kill $n" $direction $target
	n=$((n + 1))
done 2>/dev/null
no_violation "$kills kills at random moments ($done came too late)"
