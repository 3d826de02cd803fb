# Renames on a terminal: the question, the answers, and what they write into the models.
# SPDX-License-Identifier: Apache-2.0
. "$LEXO_TEST_SRCDIR/tests/live/lib.sh"
command -v script >/dev/null || { echo 'ok - prompt # SKIP no script (Debian: bsdutils)'; exit 0; }

# asked RC TEXT ANSWERS COMMAND…: runs the command on a terminal of its own, where ANSWERS are typed; what it says is in out.
asked() {
	local wanted=$1 text=$2 answers=$3 rc=0
	shift 3
	printf %b "$answers" | script -qec "'$LEXO' $*" /dev/null 2>err | tr -d '\r' >out || true
	rc=$(sed -n 's/^CODE //p' out)
	[ "$rc" = "$wanted" ] && pass "$text" || flunk "$text: ended with $rc, wanted $wanted" out err
}
ask() { # RC TEXT ANSWERS ARGUMENT…
	local wanted=$1 text=$2 answers=$3
	shift 3
	asked "$wanted" "$text" "$answers" "revision --autogenerate $*; echo CODE \$?"
}
models() {
	mkdir -p models
	cat >models/app.lexo
}
start() {
	rm -rf models migrations
	models <<'END'
lexo 1

model User @table('users') {
  id     int8  @id
  name   text
  email  text
}

model Thing @table('things') {
  id  int8  @id
}
END
	"$LEXO" -q revision --autogenerate -m first --rev-id a1 >/dev/null
}

start
sed -i 's/^  name .*/  label  text/' models/app.lexo
ask 0 'yes to a column' 'y\n' --rev-id a2
says 'the question' 'Is column public.users.label the former name, renamed\?  \(no: it is dropped with its data\) \[y/n\]' out
says 'the answer is in the model' "^  label  text @renamed\(from: 'name'\)$" models/app.lexo
says 'and in the revision' 'RENAME COLUMN name TO label' migrations/a2.sql
runs 0 'the next time nobody is asked' "$LEXO" revision --autogenerate
says 'and nothing is left' 'No changes in the models since a2' out
runs 0 'prune' "$LEXO" prune
says 'takes it out' "^models/app.lexo:5: @renamed\(from: 'name'\)$" out
says 'it is out' '^  label  text$' models/app.lexo

start
sed -i 's/^  name .*/  label  text/' models/app.lexo
cp models/app.lexo before
ask 10 'no to a column' 'n\n' --rev-id a2
says 'then it is a loss' 'L0502' out
runs 0 'nothing is written into the model' cmp before models/app.lexo
[ -e migrations/a2.sql ] && flunk 'no revision' || pass 'no revision'
ask 0 'no, and it is meant' '' --rev-id a2 --allow-drop
says 'no question then' 'Generating migrations/a2.sql' out
grep -q 'former' out && flunk 'no question then' out || pass 'no question then'

start
sed -i 's/^  name .*/  label  text/; s/^  email .*/  mail   text/' models/app.lexo
ask 0 'several answers, something else in between' 'what?\nn\ny\nY\nyes\n' --rev-id a2
says 'one is the other column' "@renamed\(from: '(name|email)'\)" models/app.lexo
[ "$(grep -c renamed models/app.lexo)" = 2 ] && pass 'each column once' || flunk 'each column once' models/app.lexo out
runs 0 'the models compile' "$LEXO" compile --emit snapshot

start
sed -i "s/^model Thing @table('things')/model Part @table('parts')/" models/app.lexo
ask 0 'a table' 'y\n' --rev-id a2
says 'the table' "^model Part @table\('parts'\) @renamed\(from: 'things'\) \{$" models/app.lexo
says 'the statement' 'RENAME TO parts' migrations/a2.sql

start
sed -i 's/^  name .*/  label  text/' models/app.lexo
ask 10 'the end of the input is no' '\004' --rev-id a2
ask 3 'no input is asked for' '' --rev-id a2 --no-input
says 'both readings' 'renamed, or dropped and added\?' out
runs 3 'nor without a terminal' "$LEXO" revision --autogenerate
ask 0 'a dry run' 'y\n' --rev-id a2 --dry-run
[ -e migrations/a2.sql ] && flunk 'writes no revision' || pass 'writes no revision'
runs 0 'without changes nothing is written' "$LEXO" revision --autogenerate --dry-run

# --- labels ---
enum_start() {
	rm -rf models migrations
	models <<'END'
lexo 1

enum State {
  open
  'half done'
  closed
}

model Job @table('jobs') {
  id     int8   @id
  state  State
}
END
	"$LEXO" -q revision --autogenerate -m first --rev-id a1 >/dev/null
}
enum_start
sed -i "s/^  'half done'/  busy/" models/app.lexo
ask 0 'a label' 'y\n' --rev-id a2
says 'the question' "Is label 'busy' of enum public.state the former half done, renamed\?  \(no: it is taken away, and no row may have it\) \[y/n\]" out
says 'the label' "^  busy @renamed\(from: 'half done'\)$" models/app.lexo
says 'the statement' "RENAME VALUE 'half done' TO 'busy'" migrations/a2.sql
runs 0 'the next time nobody is asked' "$LEXO" revision --autogenerate

enum_start
sed -i "s/^  'half done'/  busy/" models/app.lexo
runs 3 'a label without a terminal' "$LEXO" revision --autogenerate
says 'both readings' "label 'half done' of enum public.state is gone and label 'busy' of enum public.state is new" err
says 'what to write' "write @renamed\(from: 'half done'\) on 'busy'" err
sed -i 's/^enum State/& @allow(drop_value)/' models/app.lexo
runs 0 'labels that may go are not asked about' "$LEXO" revision --autogenerate

enum_start
sed -i "/^  'half done'/d; s/^  open/  busy\n&/" models/app.lexo
ask 10 'a label at another place is another one' '' --rev-id a2

enum_start
sed -i '/^model/,$d' models/app.lexo
"$LEXO" -q revision --autogenerate -m unused --rev-id a2 --allow-drop >/dev/null
sed -i "s/^  'half done'/  busy/" models/app.lexo
runs 0 'a type that no column has loses nothing' "$LEXO" revision --autogenerate

# --- empty ones ---
start
runs 0 'nothing changed' "$LEXO" revision --autogenerate -m nothing
says 'nothing is written' 'No changes in the models since a1' out
[ "$(ls migrations/*.sql | wc -l)" = 1 ] && pass 'nothing is written' || flunk 'nothing is written'
runs 0 'unless it is asked for' "$LEXO" revision --autogenerate -m nothing --empty-ok --rev-id a2
[ -e migrations/a2_nothing.sql ] && pass 'it is written' || flunk 'it is written'
