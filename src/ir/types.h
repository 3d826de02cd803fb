/* Column types: a name with modifiers and dimensions; built-in types are rows of types.def.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_IR_TYPES_H
#define LX_IR_TYPES_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "diag/diag.h"

struct lx_arena;
struct lx_object;

/* How a value looks in C and on the wire; the code generator and the runtime share these numbers (lexo/bind.h). */
struct lx_builtin {
	const char *name;    /* "int8": the one spelling lexo prints */
	const char *sql;     /* PostgreSQL's own name, as format_type() gives it: "bigint" */
	const char *aliases; /* separated by '|': "bigint|int8"; every accepted spelling, lower case */
	uint32_t oid;        /* fixed in pg_type.dat since 8.0 for all of these; 0: not fixed */
	uint32_t array_oid;
	const char *codec; /* row of codegen/codecs.def: "i64", "text", … */
	int max_modifiers; /* numeric: 2, varchar: 1, most: 0 */
};
/* The built-in type with this spelling (any case; inner white space folded), or NULL. */
const struct lx_builtin *lx_builtin_find(const char *spelling, size_t length);
const struct lx_builtin *lx_builtin_at(size_t i); /* NULL at the end; for completion, docs and suggestions */

struct lx_type {
	const char *name;                 /* built-in: lx_builtin.name; user's: SQL name; raw: the text as written */
	const char *schema;               /* SQL schema of a user's type; NULL: built-in, raw or of an extension */
	const char *modifiers;            /* "12,2"; NULL: none */
	unsigned dimensions;              /* number of [] */
	bool is_raw;                      /* back-quoted and not a built-in: PostgreSQL judges it */
	const struct lx_builtin *builtin; /* NULL: not built-in */
	struct lx_object *user;           /* the enum, domain, composite or table of this schema, or NULL */
	struct lx_span span;              /* where it is written; not part of what it is */
};
bool lx_type_equal(const struct lx_type *a, const struct lx_type *b);
#endif
