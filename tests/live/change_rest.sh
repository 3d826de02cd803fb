# Changes of everything that is neither a table's nor a type's: functions, triggers, views, policies, grants, schemas, SQL.
# SPDX-License-Identifier: Apache-2.0
. "$LEXO_TEST_SRCDIR/tests/live/change-lib.sh"

change "a function and a trigger" <<'MODEL'
model A {
  id   int8 @id
  made timestamptz = now()
}
=====
model A {
  id   int8 @id
  made timestamptz = now()
  trigger touch before update, insert execute touch_made()
}
/// Keeps `made`.
function touch_made() returns trigger language plpgsql $$
BEGIN
  NEW.made := now();
  RETURN NEW;
END
$$
MODEL
change "a function's body" <<'END'
function answer(n int4) returns int4 language sql $$ SELECT n + 41 $$
=====
function answer(n int4) returns int4 language sql $$ SELECT n + 42 $$
END
change "a function's result type" <<'END'
function answer() returns int4 language sql $$ SELECT 42 $$
=====
function answer() returns text language sql $$ SELECT '42' $$
END
change "a trigger's events" <<'END'
model A {
  id int8 @id
  a  text?
  trigger t before update execute f()
}
function f() returns trigger language plpgsql $$ BEGIN RETURN NEW; END $$
=====
model A {
  id int8 @id
  a  text?
  trigger t after insert, update(a) when `NEW.a <> 'x'` execute f()
}
function f() returns trigger language plpgsql $$ BEGIN RETURN NEW; END $$
END
change "a view comes, on a table that comes too" <<'END'
model A { id int8 @id }
=====
model A {
  id int8 @id
  n  int4 = 0
}
/// Sums.
view Sums {
  total int8?
} as $$ SELECT sum(n) AS total FROM public.a $$
END
change "a view over a view changes its columns" <<'END'
model A {
  id int8 @id
  n  int4
}
view V { id int8 } as $$ SELECT id FROM public.a $$
view W { id int8 } as $$ SELECT id FROM public.v $$
=====
model A {
  id int8 @id
  n  int4
}
view V {
  n  int4
  id int8
} as $$ SELECT n, id FROM public.a $$
view W { id int8 } as $$ SELECT id FROM public.v $$
END
change "the type of a column under a view" <<'END'
model A {
  id int8 @id
  n  int4
}
view V { n int4 } as $$ SELECT n FROM public.a $$
=====
model A {
  id int8 @id
  n  int8
}
view V { n int8 } as $$ SELECT n FROM public.a $$
END
change "a materialized view with an index" <<'END'
model A { id int8 @id }
=====
model A { id int8 @id }
materialized view M {
  id int8
  index (id)
} as $$ SELECT id FROM public.a $$
END
role=lexo_test_role_$$
sql "CREATE ROLE $role" >/dev/null
change "row level security and policies" <<END
role $role @external
model A {
  id    int8 @id
  owner text
}
=====
role $role @external
model A @rls {
  id    int8 @id
  owner text
  policy own for all to $role
    using \`owner = current_user\`
    with check \`owner = current_user\`
}
END
change "a policy's condition and command" <<END
role $role @external
model A @rls {
  id    int8 @id
  owner text
  policy own for all to $role using \`owner = current_user\`
  policy see for select to $role using \`true\`
}
=====
role $role @external
model A @rls {
  id    int8 @id
  owner text
  policy own for all to $role using \`owner = session_user\`
  policy see for update to $role using \`true\`
}
END
change "grants on tables and columns" <<END
role $role @external
model A {
  id int8 @id
  a  text
  b  text
}
grant select on A to $role
=====
role $role @external
model A {
  id int8 @id
  a  text
  b  text
}
grant select, insert on A to $role
grant update on A(a, b) to $role
END
sql "DROP ROLE $role" >/dev/null
change "a schema and a table in it" <<'END'
model A { id int8 @id }
=====
schema shop
model A { id int8 @id }
model B @schema(shop) {
  id int8 @id
  a  int8 -> A.id
}
END
change "SQL that the language lacks" <<'END'
model A { id int8 @id }
=====
model A {
  id int8 @id
  n  int4
}
sql a_statistics @after(A) @down($$ DROP STATISTICS public.a_stat $$) $$
CREATE STATISTICS public.a_stat (dependencies) ON id, n FROM public.a
$$
END
change "a sequence and a default that draws from it" <<'END'
model A { id int8 @id }
=====
sequence ticket @options(start: 100)
model A {
  id     int8 @id
  number int8 = `nextval('public.ticket')`
}
END
