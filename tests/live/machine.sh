# Every command with --output json against its schema, the events of --output ndjson, and GitLab's form.
# SPDX-License-Identifier: Apache-2.0
. "$LEXO_TEST_SRCDIR/tests/live/lib.sh"
unset LEXO_DATABASE_URL DATABASE_URL
if ! command -v jq >/dev/null; then
	echo '1..0 # SKIP jq is not installed (Debian: apt-get install jq)'
	exit 0
fi
schemas=$LEXO_TEST_SRCDIR/docs/schema
scratch="--scratch $LEXO_TEST_ADMIN_URL"
url="--url $LEXO_TEST_URL"
seen=

# valid TEXT SCHEMA FILE: the file holds one JSON value that is as the schema says.
valid() {
	local problems
	problems=$(jq -n -r --argjson value "$(cat "$3")" --argjson schema "$(cat "$schemas/$2.json")" \
		--argjson common "$(cat "$schemas/common.json")" -f "$LEXO_TEST_SRCDIR/tests/schema.jq" 2>&1)
	if [ -z "$problems" ]; then
		pass "$1"
	else
		echo "$problems" >problems
		flunk "$1" problems "$3"
	fi
}
# json RC COMMAND…
json() {
	local rc=$1 command=$2
	shift
	runs "$rc" "$* ends with $rc" "$LEXO" "$@" --output json
	valid "$* is as its schema says" "$command" out
	seen="$seen $command"
}

json 0 init
rm -rf models/*
cat >models/m.lexo <<'END'
lexo 1
model Book @table('books') { id int8 @id
  title text }
END
json 0 help
json 2 compile nowhere.lexo --emit nothing
printf 'lexo 1\nmodel X { id nothing @id @id }\n' >broken.lexo
json 2 compile broken.lexo
json 0 compile
json 0 compile --emit sql
json 0 compile --emit snapshot
json 3 fmt --check
json 0 fmt
json 0 explain
json 0 explain L0301
json 2 explain X0000
json 0 revision --autogenerate -m books --rev-id aaa
json 0 revision --autogenerate -m nothing
sed -i 's/title *text/name text/' models/m.lexo
json 3 revision --autogenerate -m renamed
json 3 check
json 0 revision --autogenerate -m renamed --allow-drop --rev-id bbb
"$LEXO" -q compile >/dev/null
json 0 heads
json 0 history
json 0 show aaa
json 11 show zzz
json 0 verify
json 0 keygen --no-password k.key
json 0 sign --key k.key
json 0 verify --require-signature --public-key k.pub
json 0 check --ephemeral $scratch
json 0 diff empty models --sql
json 0 hash
json 0 snapshot $scratch
json 0 test $scratch
json 0 upgrade --sql
json 0 ensure_version --sql
json 0 status $url
json 0 ensure_version $url
json 0 upgrade $url
json 0 upgrade $url
json 0 current $url
cat >models/rows.lexo <<'END'
lexo 1
import 'm.lexo'
seed Book key (id) { { id: 1, name: 'one' } }
seed Book key (id) @only(dev) { { id: 2, name: 'two' } }
END
json 0 seed $url
json 3 seed --env dev --check $url
json 0 seed --sql
json 0 upgrade --seed --env dev $url
json 0 upgrade --seed --sql
rm models/rows.lexo
sql 'DELETE FROM books'
json 0 downgrade -1 $url
json 0 stamp head $url
"$LEXO" -q stamp aaa $url && "$LEXO" -q upgrade $url
json 0 verify --db $url
json 0 repair --indexes $url
json 11 repair aaa --reason none $url
json 10 unlock --holder 1 $url
"$LEXO" -q compile >/dev/null
json 0 check --database $scratch $url
json 0 status $url
json 4 current --url postgresql:///x?host=/nowhere
json 0 pull $LEXO_TEST_URL -o pulled
json 3 dev status --dir private
sed -i 's/^  name *text/& @renamed(from: title)/' models/m.lexo
json 0 prune
"$LEXO" -q downgrade base $url && "$LEXO" -q upgrade $url
json 0 history --applied $url
json 0 list_templates
for side in left right; do "$LEXO" -q revision -m $side --rev-id $side --head bbb --splice >/dev/null; done
json 0 branches
for side in base ours theirs; do cp migrations/schema.lexo $side; done
json 0 merge-driver base ours theirs
sed -i 's/name text/name int4/' ours && sed -i 's/name text/name int8/' theirs
json 3 merge-driver base ours theirs
json 0 squash aaa:bbb --dry-run $scratch
json 0 rebase left --onto right --dry-run
json 0 merge heads -m both --rev-id ccc
EDITOR=true json 0 edit ccc
rm migrations/left* migrations/right* migrations/ccc* && "$LEXO" -q hash --force >/dev/null
mkdir -p other/db && echo '[lexo]' >other/lexo.ini && printf 'CREATE TABLE t (id int);' >other/db/1_t.up.sql
(cd other && json 0 import golang-migrate db $scratch)
seen="$seen import"

"$LEXO" help | sed -n 's/^  \([a-z_-]\{3,\}\)  .*/\1/p' | sort -u >commands
printf '%s\n' $seen | sort -u >tested
same 'every command was looked at' commands tested

# --- events ----------------------------------------------------------------------------------------------------------
runs 0 'downgrade, with events' "$LEXO" downgrade base $url --output ndjson
runs 0 'upgrade, with events' "$LEXO" upgrade $url --output ndjson
cp out events
lines=$(wc -l <events)
[ "$lines" = 5 ] && pass 'two revisions, four events, one result' || flunk 'two revisions, four events, one result' events
sed '$d' events | while read -r line; do
	echo "$line" >line
	valid "an event: $(echo "$line" | cut -c 1-60)" event line
done
tail -n 1 events >line
valid 'the result is the last line' upgrade line
runs 0 'test, with events' "$LEXO" test $scratch --output ndjson
head -n 1 out >line
valid 'a revision that was tested' event line

# --- GitLab ----------------------------------------------------------------------------------------------------------
runs 2 'a broken model' "$LEXO" compile broken.lexo --output gitlab
cp out report
runs 0 'each problem has what GitLab asks for' jq -e 'length > 0 and all(.[]; (.description | type) == "string" and
	(.check_name | test("^[ELW]")) and (.fingerprint | length) == 64 and (.severity | IN("info", "minor", "critical")) and
	.location.path == "broken.lexo" and .location.lines.begin == 2)' report
runs 0 'no problem' "$LEXO" heads --output gitlab
[ "$(cat out)" = '[]' ] && pass 'is an empty list' || flunk 'is an empty list' out

# --- one glance ------------------------------------------------------------------------------------------------------
runs 0 'status' "$LEXO" status $url
says 'status: checksums' '^checksums +files and lexo.sum agree$' out
says 'status: current' '^current +bbb$' out
says 'status: pending' '^pending +none$' out
says 'status: nobody at work' '^lock +free$' out
"$LEXO" downgrade base $url 2>err
key=$(printf 'lexo-lock\0lexo' | sha256sum | cut -c 1-16)
echo "SELECT pg_advisory_lock(x'$key'::bigint); SELECT pg_sleep(20)" |
	PGAPPNAME=somebody "$PSQL" -Xq -d "$LEXO_TEST_URL" >/dev/null 2>&1 &
holder=$!
ours="pg_locks JOIN pg_database d ON d.oid = database AND datname = current_database() WHERE locktype = 'advisory'"
until [ -n "$(sql "SELECT 1 FROM $ours")" ]; do sleep 0.1; done
runs 3 'status while another works' "$LEXO" status $url --exit-code
says 'status: what is pending' '^pending +2: aaa, bbb$' out
says 'status: who holds the lock' '^lock +held by process [0-9]+ \(user .*, somebody, from local\)$' out
kill "$holder"
sql "SELECT pg_terminate_backend(pid) FROM $ours" >/dev/null
