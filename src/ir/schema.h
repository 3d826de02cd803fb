/* The IR: one schema as plain data.  No SQL text is made here, no libpq, no syntax tree.  Three producers (the
 * compiler, later the introspector, later importers), many consumers (diff, plan, SQL, C, snapshot, docs).  Once it is
 * built and checked it is frozen: consumers take it const.  All memory is in the schema's arena; strings are
 * NUL-terminated and interned there, absent text is NULL.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_IR_SCHEMA_H
#define LX_IR_SCHEMA_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/map.h"
#include "base/vec.h"
#include "diag/diag.h"

enum lx_kind {
#define LX_KIND(id, folder) LX_KIND_##id,
#include "kinds/kinds.def"
#undef LX_KIND
	LX_KIND_COUNT
};

/* SQL text that PostgreSQL will judge: opaque here, compared by its tokens (ir/expr.h).  text NULL: absent. */
struct lx_expr {
	const char *text;
	struct lx_span span; /* of the node it comes from */
};

/* What every object has.  Payload structs (kinds/<kind>/<kind>.h) begin with it. */
struct lx_object {
	enum lx_kind kind;
	uint32_t allow;        /* set of enum lx_allow: destructive changes that @allow(…) permits */
	const char *schema;    /* SQL schema that holds it; NULL for cluster- or database-wide kinds and for children */
	const char *name;      /* SQL name; children: unique among the siblings of its kind */
	const char *signature; /* functions: "(text, int4)"; part of the key; NULL elsewhere */
	const char *source_name;  /* the name in the models ("User"), for C names and messages */
	struct lx_object *parent; /* the table or view of a child */
	struct lx_vec children;   /* struct lx_object *, in declaration order */
	const char *comment;      /* the /// text */
	const char *owner;        /* the role that owns it, where that is told: @owner(role) */
	const char *renamed_from; /* SQL name before, from @renamed(from:) */
	const char *deprecated;   /* @deprecated('…') */
	struct lx_span origin;    /* of the name, for messages; file 0 when it came from a server */
	bool is_external;         /* @external: exists, is not ours: referred to, never created, altered or dropped */
	bool is_named;            /* false: lexo chose the name by PostgreSQL's rule */
	struct lx_vec needs;      /* struct lx_object *: what its SQL text refers to, as far as a server has said so */
	struct lx_vec after;      /* const char *: names of those needs that the text does not show, @after(Note) */
	void *kept;               /* of the compiler alone, while it builds the schema (check/declare.h) */
};
enum lx_allow { LX_ALLOW_DROP_TABLE = 1, LX_ALLOW_DROP_COLUMN = 2, LX_ALLOW_DROP_VALUE = 4, LX_ALLOW_NARROW_TYPE = 8 };

struct lx_schema {
	struct lx_arena *arena;
	struct lx_vec objects; /* struct lx_object *: every top-level object, in declaration order */
	struct lx_map index;   /* key text -> object, children too */
	struct lx_map strings; /* interned text: the keys */
	struct lx_vec notes;   /* const char *: what a server has and the schema does not tell, for the user */
	bool is_snapshot;      /* came from migrations/schema.lexo */
	bool is_catalog;       /* came from a server: objects know their needs, SQL text is the server's own */
};

struct lx_schema *lx_schema_open(struct lx_arena *arena);
/* Interned copy of TEXT: equal text, equal pointer, inside one schema. */
const char *lx_schema_intern(struct lx_schema *schema, const char *text, size_t length);
const char *lx_schema_intern_string(struct lx_schema *schema, const char *text);
/* A zeroed payload of SIZE bytes with its kind set; not yet part of the schema. */
struct lx_object *lx_schema_new(struct lx_schema *schema, enum lx_kind kind, size_t size);
/* Appends OBJECT to the schema, or to its parent's children, and indexes it.  Returns NULL, or the object that already
 * has the same key (then OBJECT is not added). */
struct lx_object *lx_schema_add(struct lx_schema *schema, struct lx_object *object);
/* Indexes OBJECT, which is part of the schema already, under its key as it is now (a function's signature is known
 * late). Returns NULL, or another object that has the key. */
struct lx_object *lx_schema_index(struct lx_schema *schema, struct lx_object *object);
/* Lookup by key.  PARENT for children, SCHEMA_NAME for others (either may be NULL). */
struct lx_object *lx_schema_find(const struct lx_schema *schema, enum lx_kind kind, const struct lx_object *parent,
				 const char *schema_name, const char *name, const char *signature);
/* The child of TABLE with this kind and name, or NULL. */
struct lx_object *lx_object_child(const struct lx_object *object, enum lx_kind kind, const char *name);
/* The key as text: unique in a schema, stable between runs; "table public.users", "column public.users.email". */
const char *lx_object_key(struct lx_arena *arena, const struct lx_object *object);
/* Sorted by (kind, schema, parent, name, signature).  For everything that is printed. */
int lx_object_compare(const struct lx_object *a, const struct lx_object *b);
#endif
