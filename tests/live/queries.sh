# Named queries as a server reads them: lexo check --ephemeral.
# SPDX-License-Identifier: Apache-2.0
. "$LEXO_TEST_SRCDIR/tests/live/lib.sh"
unset LEXO_DATABASE_URL DATABASE_URL
scratch="--scratch $LEXO_TEST_ADMIN_URL"
mkdir models
echo '[lexo]' >lexo.ini
cat >models/m.lexo <<'END'
lexo 1

enum State { open, done }
domain Money numeric(10,2) check positive `VALUE >= 0`

model Task @table('tasks') {
  id      int8 @id @identity
  title   text
  note    text?
  state   State = open
  cost    Money?
  tags    text[] = []
  due     date?
  inner   text = '' @hidden
}
view Open {
  id     int8
  title  text
} as $$ SELECT id, title FROM tasks WHERE state = 'open' $$
END
runs 0 'a revision' "$LEXO" -q revision --autogenerate -m tasks
# shellcheck disable=SC2086
check() { # RC TEXT QUERIES
	local rc=$1 text=$2
	printf 'lexo 1\nimport '"'m.lexo'"'\n%s\n' "$3" >models/q.lexo
	runs "$rc" "$text" "$LEXO" check --ephemeral $scratch
}
check 0 'queries of every kind' '
query a(id int8) optional Task $$ SELECT * FROM tasks WHERE id = :id $$
query b() many Open $$ TABLE open $$
query c(states State[], due date?, max int4 = 10) many { id int8, cost Money?, n int8 } $$
  WITH t AS (SELECT * FROM tasks WHERE state = ANY (:states))
  SELECT id, cost, count(*) OVER (PARTITION BY state) AS n FROM t
   WHERE :due IS NULL OR due <= :due ORDER BY id LIMIT :max
$$
query d(title text, cost numeric) one { id int8, cost Money? } $$
  INSERT INTO tasks (title, cost) VALUES (:title, :cost) RETURNING id, cost
$$
query e(id int8) rows $$ WITH x AS (SELECT :id AS id) DELETE FROM tasks USING x WHERE tasks.id = x.id $$
query f() exec $$ UPDATE tasks SET note = $t$:not a parameter$t$ || '"':neither' -- :nor this"'
$$
query g(tag text) each { title text, tags text[] } $$ SELECT title, tags FROM tasks WHERE :tag = ANY (tags) $$
query h(doc jsonb) many { key text, n int8 } $$
  SELECT key, sum(n)::int8 AS n FROM jsonb_to_recordset(:doc) AS r(key text, n int8) GROUP BY GROUPING SETS ((key), ())
$$
query i() many { id int8, others int8? } $$
  SELECT t.id, o.others FROM tasks t LEFT JOIN LATERAL (SELECT count(*) AS others FROM tasks WHERE id <> t.id) o ON true
$$
query j(id int8) many { title text } $$
  WITH gone AS (DELETE FROM tasks WHERE id = :id RETURNING title) SELECT title FROM gone
$$'
says 'how many' '^The server takes the 10 queries of the models\.$' out
check 2 'a column that is not there' 'query a(id int8) many Task $$ SELECT * FROM tasks
 WHERE "größer" = 1 AND idd = :id $$'
says 'where: the column' 'q\.lexo:4:8: error\[E0408\]: query .a.: column "größer" does not exist'
check 2 'another one' 'query a(id int8) many Task $tag$ SELECT * FROM tasks WHERE id = :id AND idd = :id $tag$'
says 'where, behind a parameter' 'q\.lexo:3:73: error\[E0408\].*idd'
says 'what the server suggests' 'help: .*tasks\.id'
check 2 'a table that is not there' 'query a() exec $$ DELETE FROM nothing $$'
says 'its place' 'q\.lexo:3:31: error\[E0408\].*nothing'
check 2 'an operator for other types' 'query a(id text) rows $$ DELETE FROM tasks WHERE id = :id $$'
says 'which' 'q\.lexo:3:.*E0408.*operator does not exist'
check 2 'a result that has another name' 'query a() one { n int8 } $$ SELECT count(*) FROM tasks $$'
says 'which' 'q\.lexo:3:7: error\[E0408\].*column q\.n does not exist'
check 2 'a result of another type' 'query a() one { n int4, m text } $$ SELECT count(*) AS n, '"'x'"' AS m FROM tasks $$'
says 'which' 'q\.lexo:3:17: error\[E0409\]: .n. is bigint in query .a., and declared as int4'
[ "$(grep -c 'error\[' err)" = 1 ] && pass 'the other one is right' || flunk 'the other one is right' err
check 2 'a column too many, where nothing is written around' 'query a() many { id int8 } $$
  WITH x AS (DELETE FROM tasks RETURNING id, title) SELECT id, title FROM x $$'
says 'how many' 'gives 2 columns, and declares 1'
check 2 'columns in another order, where nothing is written around' 'query a() many { title text, note text? } $$
  WITH x AS (DELETE FROM tasks RETURNING note, title) SELECT note, title FROM x $$'
says 'which' "error\[E0408\]: query 'a' gives 'note' where 'title' is declared"
check 0 'a result that may be NULL' 'query a() many { note text, title text } $$ SELECT note, title FROM tasks $$'
says 'which' 'q\.lexo:3:18: warning\[W0403\]: .note. of query .a. may be NULL'
[ "$(grep -c 'W0403' err)" = 1 ] && pass 'the other one is not' || flunk 'the other one is not' err
check 2 'a hidden column of a model' 'query a() many Task $$ SELECT id, title FROM tasks $$'
says 'is no matter, the others are' 'E0408.*column q\.note does not exist'
check 2 'two queries are wrong' 'query a() exec $$ DELETE FROM x1 $$
query b() exec $$ DELETE FROM x2 $$'
[ "$(grep -c 'E0408' err)" = 2 ] && pass 'and both are told' || flunk 'and both are told' err
printf 'lexo 1\nimport '"'m.lexo'"'\nquery a() many { cost money } $$ WITH x AS (DELETE FROM tasks RETURNING cost) SELECT cost FROM x $$\n' >models/q.lexo
runs 2 'what must be sent as text, inside WITH' "$LEXO" compile
says 'why' 'error\[E0503\].*cost'
sed -i 's/cost money/cost text?/; s/SELECT cost/SELECT cost::text/' models/q.lexo
runs 0 'with a cast' "$LEXO" compile
# shellcheck disable=SC2086
runs 0 'is right' "$LEXO" check --ephemeral $scratch

# --- what a server has read, kept for those who have none -------------------------------------------------------------
rm -rf generated
printf 'lexo 1\nimport '"'m.lexo'"'\nquery b(id int8) optional { title text } $$ SELECT title FROM tasks WHERE id = :id $$\nquery a() one { n int8 } $$ SELECT count(*) AS n FROM tasks $$\n' >models/q.lexo
runs 0 'nothing is kept unless that is wanted' "$LEXO" check
runs 2 '--save needs a server' "$LEXO" check --save
says 'why' 'L0202.*--ephemeral or --database'
# shellcheck disable=SC2086
runs 0 'a server reads them' "$LEXO" check --ephemeral --save $scratch
says 'and the file is told' '^migrations/queries\.sum$' out
[ "$(sed 's/[0-9a-f]\{16\}$/HASH/' migrations/queries.sum)" = 'lexo queries 1
a HASH
b HASH' ] && pass 'it has a line for each, by name' || flunk 'it has a line for each, by name' migrations/queries.sum
cp migrations/queries.sum kept
# shellcheck disable=SC2086
runs 0 'again' "$LEXO" check --ephemeral --save $scratch
same 'the same bytes' kept migrations/queries.sum
runs 0 'then no server is needed' "$LEXO" check
runs 0 'nor for C' "$LEXO" -q compile -o other
[ ! -s err ] && pass 'without a word' || flunk 'without a word' err
sed -i 's/{ title text }/{ title text? }/' models/q.lexo
runs 0 'a result that is declared otherwise' "$LEXO" -q compile -o other
says 'is told' 'warning\[W0404\]: no server has read query .b. as it'
runs 3 'and fails the check' "$LEXO" check
says 'why' 'error\[L0524\]: queries\.sum is out of date: 1 query'
sed -i 's/{ title text? }/{ title text }/; s/count(\*) AS n FROM tasks/count(note) AS n FROM tasks/' models/q.lexo
runs 3 'other SQL' "$LEXO" check
says 'is told' 'W0404.*query .a.'
sed -i 's/count(note)/count(*)/' models/q.lexo
runs 0 'as it was' "$LEXO" check
sed -i 's/^  note    text?/&\n  more    text?/' models/m.lexo
runs 0 'another schema' "$LEXO" -q revision --autogenerate -m more
runs 0 'is told' "$LEXO" -q compile -o other
[ "$(grep -c 'W0404' err)" = 2 ] && pass 'for each query' || flunk 'for each query' err
printf 'a 0123456789abcdef\n' >migrations/queries.sum
runs 3 'a broken file' "$LEXO" check
says 'is no list of queries' 'L0525'
# shellcheck disable=SC2086
runs 0 'and written anew' "$LEXO" check --ephemeral --save $scratch
runs 0 'then all is well' "$LEXO" check
rm migrations/queries.sum
runs 0 'without the file nothing is said' "$LEXO" check
