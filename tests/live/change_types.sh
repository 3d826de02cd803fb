# Changes of types: enums, domains, composites.
# SPDX-License-Identifier: Apache-2.0
. "$LEXO_TEST_SRCDIR/tests/live/change-lib.sh"

change "an enum and a column of it" <<'END'
model A { id int8 @id }
=====
enum Color { red, green }
model A {
  id    int8 @id
  color Color = red
}
END
change "enum labels added at the end, the start and between" <<'END'
enum Size { s, l }
model A {
  id   int8 @id
  size Size = s
}
=====
enum Size { xs, s, m, l, xl }
model A {
  id   int8 @id
  size Size = s
}
END
change "an enum label renamed" <<'END'
enum State { fresh, done }
model A {
  id    int8 @id
  state State = fresh
}
=====
enum State {
  pending @renamed(from: fresh)
  done
}
model A {
  id    int8 @id
  state State = pending
}
END
change "an enum label less" --loses <<'END'
enum State { a, b, c }
model A {
  id    int8 @id
  state State = a
}
=====
enum State { a, c }
model A {
  id    int8 @id
  state State = a
}
END
change "an enum renamed" <<'END'
enum State { a, b }
model A {
  id    int8 @id
  state State = a
}
=====
enum Phase @renamed(from: state) { a, b }
model A {
  id    int8 @id
  state Phase = a
}
END
change "an enum less" <<'END'
enum State { a, b }
model A { id int8 @id }
=====
model A { id int8 @id }
END
change "a domain and a column of it" <<'END'
model A { id int8 @id }
=====
/// Text with something in it.
domain Filled text check filled `VALUE <> ''`
model A {
  id   int8 @id
  name Filled = 'x'
}
END
change "a domain's checks" <<'END'
domain D int4 check low `VALUE > 0`
model A {
  id int8 @id
  d  D
}
=====
domain D int4 check low `VALUE > 10`
model A {
  id int8 @id
  d  D
}
END
change "a composite type" <<'END'
model A { id int8 @id }
=====
composite Place {
  street text
  number int4
}
model A {
  id   int8 @id
  home Place?
}
END
change "an extension and its types" <<'END'
model A { id int8 @id }
=====
extension citext
extension pg_trgm
model A {
  id   int8 @id
  mail citext @unique
  name text
  index using gin (name gin_trgm_ops)
}
END
change "a column from text to an enum" <<'END'
enum State { a, b }
model A {
  id    int8 @id
  state text
}
=====
enum State { a, b }
model A {
  id    int8 @id
  state State
}
END
