/* What must exist before an object can be created; filled by the kinds' depends hooks.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_PLAN_DEPENDS_H
#define LX_PLAN_DEPENDS_H
#include "ir/schema.h"
#include "ir/types.h"

struct lx_arena;
struct lx_depends;
void lx_depend_on(struct lx_depends *depends, const struct lx_object *object); /* NULL is ignored */
/* OBJECT does not hold it, but what is made or changed comes behind it, and what is dropped goes before it changes. */
void lx_depend_on_order(struct lx_depends *depends, const struct lx_object *object);
/* OBJECT changes together with LEADER and behind it, comes before it, and goes behind it. */
void lx_depend_on_leader(struct lx_depends *depends, const struct lx_object *leader);
/* Where the hooks keep what they need. */
struct lx_arena *lx_depends_arena(struct lx_depends *depends);
/* All partitions of TABLE, which is used as a whole. */
void lx_depend_on_extent(struct lx_depends *depends, const struct lx_object *table);
/* Behind the attaching of each of TABLE's partitions. */
void lx_depend_on_partitions(struct lx_depends *depends, const struct lx_object *table);
void lx_depend_on_type(struct lx_depends *depends, const struct lx_type *type);
/* Columns of TABLE by name. */
void lx_depend_on_columns(struct lx_depends *depends, const struct lx_object *table, const struct lx_vec *names);
/* Columns and expressions of struct lx_index_element *. */
void lx_depend_on_elements(struct lx_depends *depends, const struct lx_object *table, const struct lx_vec *elements);
/* Every function, table, view, type, sequence or column of the schema whose name occurs in the SQL text.  A soft edge:
 * it is dropped where it would close a cycle.  NULL is ignored, and so are the texts of a schema that came from a
 * server: its objects know what they need. */
void lx_depend_on_names(struct lx_depends *depends, const char *sql);
/* The same for what an index computes.  Of its columns a server does not say whether they are keys, which can change
 * their type under an index, or part of an expression, which cannot: those that the text names are. */
void lx_depend_on_index_text(struct lx_depends *depends, const char *sql);
/* The same for text that the server keeps as it is, the body of a function: it says nothing about what is in there. */
void lx_depend_on_body(struct lx_depends *depends, const char *sql);
/* The object of KIND, which is in no schema, with this NAME, if there is one. */
void lx_depend_on_kind(struct lx_depends *depends, enum lx_kind kind, const char *name);
/* The same for the value of KEY in options text ("sfunc='app.step', …"). */
void lx_depend_on_option(struct lx_depends *depends, const char *options, const char *key);
void lx_depend_on_schema(struct lx_depends *depends, const char *name);
#endif
