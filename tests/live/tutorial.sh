# The tutorial of Alembic's documentation, page by page, with lexo in alembic's place.
# SPDX-License-Identifier: Apache-2.0
. "$LEXO_TEST_SRCDIR/tests/live/lib.sh"
unset PGHOST PGPORT PGUSER PGDATABASE DATABASE_URL
export LEXO_DATABASE_URL=$LEXO_TEST_URL
at() { # TEXT REVISION…: what the database is at
	local text=$1
	shift
	[ "$(sql 'SELECT version_num FROM lexo.revision ORDER BY 1' | tr '\n' ' ')" = "$*${*:+ }" ] && pass "$text" || flunk "$text"
}
# write ID UP DOWN: the SQL of a revision that is there, as an editor would leave it
write() {
	local file
	file=$(find . -name "$1*.sql")
	sed -i '/^-- lexo:upgrade/,$d' "$file"
	printf -- '-- lexo:upgrade\n%s\n\n-- lexo:downgrade\n%s\n' "$2" "$3" >>"$file"
	"$LEXO" -q hash --force >/dev/null
}

# --- The Migration Environment, Creating an Environment ---------------------------------------------------------------
mkdir yourproject && cd yourproject || exit 1
runs 0 'list_templates' "$LEXO" list_templates
says 'generic is one' '^generic - ' out
says 'multidb is one' '^multidb - ' out
runs 0 'init' "$LEXO" init
says 'it says what it makes' 'Creating lexo.ini \.\.\.  done' out
says 'the url may stand in the file' '^# url = ' lexo.ini
rm models/app.lexo

# --- Create a Migration Script ---------------------------------------------------------------------------------------
runs 0 'revision -m' "$LEXO" revision -m 'create account table' --rev-id 1975ea83b712
says 'the file' '^Generating migrations/1975ea83b712_create_account_table.sql \.\.\.  done$' out
says 'the id' '^-- lexo:revision 1975ea83b712$' migrations/1975*
says 'the parent' '^-- lexo:revises  <base>$' migrations/1975*
write 1975 "CREATE TABLE account (id int PRIMARY KEY, name varchar(50) NOT NULL, description varchar(200));" 'DROP TABLE account;'

# --- Running our First Migration -------------------------------------------------------------------------------------
runs 0 'upgrade head' "$LEXO" upgrade head
says 'the context' 'Context impl PostgreSQL'
says 'transactional' 'Will assume transactional DDL'
says 'what runs' 'INFO  \[lexo.migration\] Running upgrade  -> 1975ea83b712, create account table$'
at 'the version table' 1975ea83b712

# --- Running our Second Migration ------------------------------------------------------------------------------------
runs 0 'revision -m' "$LEXO" revision -m 'Add a column' --rev-id ae1027a6acf
says 'the parent' '^-- lexo:revises  1975ea83b712$' migrations/ae10*
write ae10 'ALTER TABLE account ADD COLUMN last_transaction_date timestamp;' 'ALTER TABLE account DROP COLUMN last_transaction_date;'
runs 0 'upgrade head' "$LEXO" upgrade head
says 'what runs' 'Running upgrade 1975ea83b712 -> ae1027a6acf, Add a column$'

# --- Partial and Relative Revision Identifiers -----------------------------------------------------------------------
runs 0 'downgrade base' "$LEXO" downgrade base
says 'down' 'Running downgrade ae1027a6acf -> 1975ea83b712, Add a column$'
says 'and down' 'Running downgrade 1975ea83b712 -> , create account table$'
at 'nothing'
runs 0 'upgrade ae1' "$LEXO" upgrade ae1
at 'the whole way' ae1027a6acf
runs 0 'downgrade -1' "$LEXO" downgrade -1
at 'one down' 1975ea83b712
runs 0 'upgrade +1' "$LEXO" upgrade +1
at 'one up' ae1027a6acf
runs 0 'downgrade base again' "$LEXO" downgrade base
runs 0 'upgrade +2' "$LEXO" upgrade +2
at 'two up' ae1027a6acf
runs 0 'upgrade 1975+1 is where it is' "$LEXO" upgrade 1975+1
runs 11 'an ambiguous beginning' bash -c '"$LEXO" -q revision --rev-id ae1028 -m x >/dev/null; "$LEXO" upgrade ae10'
says 'the candidates' 'ae1027a6acf, ae1028'
rm migrations/ae1028* && "$LEXO" -q hash --force >/dev/null
runs 11 'an unknown one' "$LEXO" upgrade ae1027a6acg
says 'the nearest one' 'did you mean ae1027a6acf\?'

# --- Getting Information ---------------------------------------------------------------------------------------------
runs 0 'current' "$LEXO" current
says 'current' '^ae1027a6acf \(head\)$' out
runs 0 'current --verbose' "$LEXO" current --verbose
says 'its parent' '^Parent: 1975ea83b712$' out
runs 0 'history --verbose' "$LEXO" history --verbose
says 'the newest first' '^Rev: ae1027a6acf \(head\)$' out
says 'its file' '^Path: migrations/ae1027a6acf_add_a_column.sql$' out
runs 0 'history' "$LEXO" history
printf '1975ea83b712 -> ae1027a6acf (head), Add a column\n<base> -> 1975ea83b712, create account table\n' >wanted
same 'the lines are those of Alembic' wanted out
for range in 1975ea: 1975ea:ae1027 -2:current; do
	runs 0 "history -r$range" "$LEXO" history -r$range
	same "-r$range: both" wanted out
done
runs 0 'history -r ae10:' "$LEXO" history -r ae10:
same 'the last' <(head -1 wanted) out
runs 0 'show' "$LEXO" show 1975
runs 0 'current --check-heads' "$LEXO" current --check-heads
runs 0 'downgrade' "$LEXO" -q downgrade -1
runs 3 'current --check-heads says no' "$LEXO" current --check-heads
runs 0 'up again' "$LEXO" -q upgrade head
EDITOR='grep -q last_transaction_date' runs 10 'edit' "$LEXO" edit head
says 'what is applied stays' L0514

# --- Auto Generating Migrations --------------------------------------------------------------------------------------
cat >models/account.lexo <<'END'
lexo 1

model Account @table('account') {
  id                     int4          @id
  name                   varchar(50)
  description            varchar(200)?
  last_transaction_date  timestamp?
}
END
runs 0 'what was written by hand becomes the snapshot' "$LEXO" snapshot --scratch "$LEXO_TEST_ADMIN_URL"
runs 0 'check' "$LEXO" check
says 'nothing new' '^No new upgrade operations detected\.$' out
cat >>models/account.lexo <<'END'

model Address @table('address') {
  id       int8  @id @identity
  account  Account
  street   text?
}
END
runs 3 'check' "$LEXO" check
says 'something new' 'New upgrade operations detected: \[create table public.address'
runs 0 'revision --autogenerate' "$LEXO" revision --autogenerate -m 'Added address table' --rev-id 27c6a30d7c24
says 'what was seen' 'INFO  \[lexo.autogenerate\] Detected create table public.address'
runs 0 'upgrade head' "$LEXO" upgrade head
runs 0 'the database is as the models say' "$LEXO" check --database --scratch "$LEXO_TEST_ADMIN_URL"

# --- Generating SQL Scripts (a.k.a. "Offline Mode") ------------------------------------------------------------------
runs 0 'upgrade ae10 --sql' "$LEXO" upgrade ae1027a6acf --sql
cp out migration.sql
says 'a transaction' '^BEGIN' migration.sql
says 'the first one' '^-- Running upgrade  -> 1975ea83b712$' migration.sql
says 'the second one' '^-- Running upgrade 1975ea83b712 -> ae1027a6acf$' migration.sql
runs 0 'upgrade with a start' "$LEXO" upgrade 1975ea83b712:ae1027a6acf --sql
[ "$(grep -c '^-- Running' out)" = 1 ] && pass 'only what is between' || flunk 'only what is between' out
runs 0 'downgrade with a start' "$LEXO" downgrade ae1027a6acf:1975ea83b712 --sql
says 'down' '^-- Running downgrade ae1027a6acf -> 1975ea83b712$' out
runs 2 'downgrade without one' "$LEXO" downgrade 1975 --sql
sql 'CREATE DATABASE '"$(basename "${LEXO_TEST_URL%%\?*}")"_offline "$LEXO_TEST_ADMIN_URL"
offline=$(echo "$LEXO_TEST_URL" | sed 's|?|_offline?|')
runs 0 'the script is run by psql' "$PSQL" -Xq -d "$offline" -f migration.sql
runs 0 'current there' "$LEXO" current --url "$offline"
says 'as if lexo had run it' '^ae1027a6acf$' out
runs 0 'and it goes on from there' "$LEXO" upgrade --url "$offline"
sql "DROP DATABASE $(basename "${LEXO_TEST_URL%%\?*}")_offline WITH (FORCE)" "$LEXO_TEST_ADMIN_URL"

# --- Working with Branches -------------------------------------------------------------------------------------------
runs 0 'one branch' "$LEXO" revision -m 'add shopping cart table' --rev-id 3782d9986ced --branch-label shoppingcart
write 3782 'CREATE TABLE shopping_cart (id int PRIMARY KEY);' 'DROP TABLE shopping_cart;'
runs 11 'beside it without --splice' "$LEXO" revision -m 'add audit table' --head 27c6
says 'what to do' '\-\-splice'
runs 0 'another one' "$LEXO" revision -m 'add audit table' --rev-id 4c7b1d2e9f01 --head 27c6 --splice
write 4c7b 'CREATE TABLE audit (id int);' 'DROP TABLE audit;'
runs 0 'heads' "$LEXO" heads
says 'two' '^3782d9986ced \(shoppingcart\) \(head\)$' out
runs 0 'branches' "$LEXO" branches
says 'where they part' '^27c6a30d7c24 .*branchpoint' out
runs 11 'upgrade head' "$LEXO" upgrade head
says 'what to do' 'or write heads for all'
runs 0 'upgrade shoppingcart@head' "$LEXO" upgrade shoppingcart@head
at 'that one' 3782d9986ced
runs 0 'upgrade heads' "$LEXO" upgrade heads
at 'both' 3782d9986ced 4c7b1d2e9f01
runs 0 'downgrade shoppingcart@-1' "$LEXO" downgrade shoppingcart@-1
at 'the other one stays' 4c7b1d2e9f01
runs 0 'merge' "$LEXO" merge -m 'merge shopping cart and audit' 3782 4c7b --rev-id 53fffde5ad5
runs 0 'history' "$LEXO" history
says 'the merge' '^3782d9986ced, 4c7b1d2e9f01 -> 53fffde5ad5 .*\(head\) \(mergepoint\), merge shopping cart and audit$' out
runs 0 'upgrade head' "$LEXO" upgrade head
at 'one again' 53fffde5ad5

# several bases and folders, dependencies
printf '[lexo]\nversion_locations = migrations model/networking\n' >lexo.ini
runs 0 'another base' "$LEXO" revision -m 'create networking branch' --head base --branch-label networking \
	--version-path model/networking --rev-id 3cac04ae8714
[ -e model/networking/3cac04ae8714_create_networking_branch.sql ] && pass 'in its folder' || flunk 'in its folder'
write 3cac 'CREATE SCHEMA networking;' 'DROP SCHEMA networking;'
runs 0 'going on' "$LEXO" revision -m 'add ip number table' --head networking@head --rev-id 109ec7d132bf
[ -e model/networking/109ec7d132bf_add_ip_number_table.sql ] && pass 'in the same folder' || flunk 'in the same folder'
write 109e 'CREATE TABLE networking.ip (a inet);' 'DROP TABLE networking.ip;'
runs 0 'depending' "$LEXO" revision -m 'add ip account table' --head networking@head --depends-on ae10 --rev-id 2a95102259be
says 'the line' '^-- lexo:depends-on ae1027a6acf$' model/networking/2a95*
write 2a95 'CREATE TABLE networking.ip_account (account int REFERENCES account);' 'DROP TABLE networking.ip_account;'
runs 0 'history of the branch' "$LEXO" history -r networking@base:
[ "$(grep -c networking out)" = 3 ] && pass 'three, and what they need' || flunk 'three, and what they need' out
says 'what it needs' '^109ec7d132bf \(ae1027a6acf\) -> 2a95102259be' out
runs 0 'downgrade base' "$LEXO" downgrade base
runs 0 'upgrade networking@head' "$LEXO" upgrade networking@head
says 'what it needs first' 'Running upgrade 1975ea83b712 -> ae1027a6acf'
at 'the branch' 2a95102259be
runs 0 'current' "$LEXO" current
runs 0 'downgrade networking@base' "$LEXO" downgrade networking@base
at 'what it needed stays' ae1027a6acf

# --- Cookbook --------------------------------------------------------------------------------------------------------
runs 0 'an up to date database from scratch' bash -c '"$LEXO" -q downgrade base && "$LEXO" compile --emit sql models' 
runs 0 'then stamp' "$LEXO" stamp heads
at 'it counts as there' 2a95102259be 53fffde5ad5
runs 0 'stamp base' "$LEXO" stamp base
at 'it counts as empty'
printf '[lexo]\nversion_locations = migrations model/networking\nurl = postgresql:///%%(where)s\n[other]\nurl = postgresql:///nowhere?host=/nowhere\n' >lexo.ini
LEXO_DATABASE_URL= runs 4 '-x in the configuration' "$LEXO" -x 'where=x?host=/nosuch' current
says 'the value' '/nosuch/'
LEXO_DATABASE_URL= runs 4 'another section' "$LEXO" -n other current
says 'its url' '/nowhere/'

# --- "Can't locate revision identified by" ---------------------------------------------------------------------------
printf '[lexo]\nversion_locations = migrations model/networking\n' >lexo.ini
runs 0 'up' "$LEXO" -q upgrade 53ff
rm migrations/53ff* migrations/4c7b* && "$LEXO" -q hash --force >/dev/null
runs 11 'the file of what the database is at is gone' "$LEXO" upgrade heads
says 'what is wrong' 'L0411.*the database is at revision 53fffde5ad5'
says 'what to do' 'lexo stamp --purge'
runs 11 'stamp alone does not forget' "$LEXO" stamp heads
runs 0 'stamp --purge does' "$LEXO" stamp --purge heads
at 'what is known' 2a95102259be 3782d9986ced
runs 0 'and it goes on' "$LEXO" upgrade heads

# --- identifiers that ask the database, in every command that takes one ------------------------------------------------
sql 'DROP SCHEMA IF EXISTS lexo, networking, public CASCADE; CREATE SCHEMA public' 2>/dev/null
runs 0 'up to one' "$LEXO" -q upgrade ae10
for command in 'show current' 'show current-1' 'show +1' 'history -r :current' 'history -r current:' 'history -i' \
	'revision -m x --head current --splice --dry-run' 'revision -m x --head networking@head --depends-on current --dry-run' \
	'merge current 109e --splice --dry-run' 'squash -1:current --no-proof --dry-run' \
	"test current --scratch $LEXO_TEST_ADMIN_URL" "test -1:current --scratch $LEXO_TEST_ADMIN_URL" 'stamp current' \
	'upgrade current' 'upgrade current+1' 'downgrade current-1' 'downgrade current' 'stamp +1'; do
	runs 0 "$command" "$LEXO" $command
done
runs 10 'edit current' "$LEXO" edit current
runs 10 'rebase current: it is applied' "$LEXO" rebase current
says 'its code' 'L0514'
runs 4 'without a database' env LEXO_DATABASE_URL=postgresql:///x?host=/nowhere "$LEXO" revision --head current
