# Changes of tables: columns, keys, checks, indexes.
# SPDX-License-Identifier: Apache-2.0
. "$LEXO_TEST_SRCDIR/tests/live/change-lib.sh"

change "a table more" <<'END'
model A { id int8 @id }
=====
model A { id int8 @id }
/// Comes later.
model B {
  id   int8 @id @identity
  a_id int8 -> A.id @on_delete(cascade)
  name text = 'it''s'
  index (name)
}
END
change "a table less" --loses <<'END'
model A { id int8 @id }
model B {
  id   int8 @id
  a_id int8 -> A.id
  /// Kept in the reverse.
  name text
  index (name)
  check `name <> ''`
}
=====
model A { id int8 @id }
END
change "a table renamed" <<'END'
model Person {
  id   int8 @id
  name text @unique
  index (name, id)
}
=====
model Human @renamed(from: person) {
  id   int8 @id
  name text @unique
  index (name, id)
}
END
change "a column more, null allowed" <<'END'
model A { id int8 @id }
=====
model A {
  id   int8 @id
  note text?
}
END
change "a column more, with a default" <<'END'
model A { id int8 @id }
=====
model A {
  id    int8 @id
  level int4 = 3
  made  timestamptz = now()
}
END
change "a column less" --loses <<'END'
model A {
  id   int8 @id
  note text = 'x'
  index (note)
}
=====
model A { id int8 @id }
END
change "a column renamed, with what uses it" <<'END'
model A {
  id   int8 @id
  name text @unique
  size int4
  check positive `size > 0`
  index a_by_name (name, size) where `size > 3`
}
model B {
  id  int8 @id
  one text -> A.name
}
=====
model A {
  id    int8 @id
  title text @unique @renamed(from: name)
  width int4 @renamed(from: size)
  check positive `width > 0`
  index a_by_name (title, width) where `width > 3`
}
model B {
  id  int8 @id
  one text -> A.title
}
END
change "types of columns widened" <<'END'
model A {
  id     int4 @id
  code   varchar(10)
  amount numeric(8,2)
  price  int4 = 0
  list   int4[] = []
}
=====
model A {
  id     int8 @id
  code   varchar(40)
  amount numeric(12,2)
  price  numeric(10,2) = 0
  list   int8[] = []
}
END
change "a column's null-ness both ways" <<'END'
model A {
  id int8 @id
  a  text
  b  text?
}
=====
model A {
  id int8 @id
  a  text?
  b  text
}
END
change "defaults added, changed, removed" <<'END'
model A {
  id int8 @id
  a  int4
  b  text = 'old'
  c  timestamptz = now()
}
=====
model A {
  id int8 @id
  a  int4 = 7
  b  text = 'n''ew'
  c  timestamptz
}
END
change "comments added, changed, removed" <<'END'
/// A table.
model A {
  id int8 @id
  /// One.
  a  text
  /// Two.
  b  text
  c  text
}
=====
/// A table; it's ours.
model A {
  id int8 @id
  /// One, more.
  a  text
  b  text
  /// Three.
  c  text
}
END
change "checks added, changed, removed" <<'END'
model A {
  id int8 @id
  n  int4
  check small `n < 10`
  check even `n % 2 = 0`
}
=====
model A {
  id int8 @id
  n  int4
  check small `n < 100`
  check positive `n > 0`
}
END
change "unique keys added and removed" <<'END'
model A {
  id int8 @id
  a  text @unique
  b  text
  c  text
  unique (b, c)
}
=====
model A {
  id int8 @id
  a  text
  b  text
  c  text @unique
  unique (a, b)
}
END
change "another primary key" <<'END'
model A {
  a int8
  b int8
  primary key (a)
}
=====
model A {
  a int8
  b int8
  primary key (a, b)
}
END
change "foreign keys added, changed, removed" <<'END'
model A {
  id int8 @id
}
model B {
  id int8 @id
  x  int8 -> A.id
  y  int8 -> A.id @on_delete(cascade)
  z  int8
}
=====
model A {
  id int8 @id
}
model B {
  id int8 @id
  x  int8
  y  int8 -> A.id @on_delete(restrict)
  z  int8 -> A.id
}
END
change "tables that refer to each other" <<'END'
model A { id int8 @id }
=====
model A {
  id int8 @id
  b_id int8? -> B.id
}
model B {
  id int8 @id
  a_id int8 -> A.id
  of int8? -> B.id
}
END
change "indexes added, changed, removed" <<'END'
model A {
  id   int8 @id
  name text
  tags text[] = []
  index (name)
  index a_low (`lower(name)`)
}
=====
model A {
  id   int8 @id
  name text
  tags text[] = []
  index using gin (tags)
  index a_low (`lower(name)`) where `name <> ''`
  index (name desc) include (id)
}
END
change "an index built concurrently" <<'END'
model A {
  id   int8 @id
  name text
}
=====
model A {
  id   int8 @id
  name text
  index a_slow (name) @concurrently
}
END
change "generated and identity columns" <<'END'
model A {
  id int8 @id
  a  int4
}
=====
model A {
  id    int8 @id @identity
  a     int4
  twice int4 generated `a * 2`
}
END
change "names that need quotes" <<'END'
model A { id int8 @id }
=====
model A { id int8 @id }
model Odd @table('a "b" %s') {
  id      int8 @id
  "order" int4
  "it's"  text = 'a''b\c'
  check "sharp */ -- name" `"order" > 0`
  index "odd;index" ("it's")
}
END
change "a mixin's column" <<'END'
mixin M { made timestamptz = now() }
model A {
  use M
  id int8 @id
}
model B {
  use M
  id int8 @id
}
=====
mixin M {
  made timestamptz = now()
  note text?
}
model A {
  use M
  id int8 @id
}
model B {
  use M
  id int8 @id
}
END
change "the order of items and private comments" --same <<'END'
model A { id int8 @id }
model B { id int8 @id }
=====
// B first now.
model B { id int8 @id }
model A { id int8 @id }
END
change "an exclusion constraint" <<'END'
extension btree_gist
model Room {
  id     int8 @id
  number int4
  during tstzrange
}
=====
extension btree_gist
model Room {
  id     int8 @id
  number int4
  during tstzrange
  exclude room_free using gist (number with '=', during with '&&')
}
END
