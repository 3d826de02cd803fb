/* The state of turning the items of all files into one schema, and what the kinds' declare and resolve hooks share.
 * Order: every item of every file is declared (top-level first come, first served), then mixins are expanded, then
 * types are looked up, then values are read, then every object is resolved (lookups across files), then whole-schema
 * rules run.  So a resolve hook sees all declarations, and every type and value of them.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_CHECK_DECLARE_H
#define LX_CHECK_DECLARE_H
#include <stdbool.h>

#include "base/map.h"
#include "ir/schema.h"
#include "ir/types.h"
#include "syntax/cursor.h"

struct lx_declare {
	struct lx_arena *arena;
	struct lx_diags *diags;
	struct lx_schema *schema;
	const char *default_schema; /* of objects without @schema(…) */
	int target_version;
	bool is_snapshot;
	struct lx_map source_names; /* "User" -> struct lx_object *: models, views, enums, domains, composites, … */
	struct lx_map mixins;       /* name -> struct lx_mixin * (check/mixin.c) */
	struct lx_vec mixin_list;   /* the same in order */
	struct lx_vec uses;         /* struct lx_mixin_use *: the "use" lines, in order (check/mixin.h) */
	struct lx_vec grants;       /* struct lx_grant_line *: the "grant" lines, in order (kinds/grant/lines.h) */
	struct lx_map relations; /* schema, name -> struct lx_object *: what shares pg_class; see lx_declare_relation */
	struct lx_map used_at;   /* address of a mixin's member's object -> const struct lx_span * of the "use" line */
	struct lx_vec types;     /* struct lx_type *: those read by lx_declare_type */
	struct lx_vec values;    /* struct lx_pending_value *: those read by lx_declare_value_later */
	struct lx_map checked;   /* "e" or "t" and SQL text -> what the parser said about it (check/sql_check.h) */
	const struct lx_kind_words *words;
	bool has_extension; /* names of types may come from an extension */
};

/* Leaves DATA (nodes, spans; in declare->arena) for OBJECT's resolve hook, which gets it back, or NULL.  Once. */
void lx_declare_keep(struct lx_object *object, void *data);
void *lx_declare_kept(const struct lx_object *object);
/* Claims OBJECT's name among the relations of its schema (tables, views, sequences, composites, indexes and the indexes
 * of constraints); reports a clash with the place of the first one. */
bool lx_declare_relation(struct lx_declare *declare, const struct lx_object *object);

/* --- names ------------------------------------------------------------------------------------------------------ */

/* A new payload of KIND, named by the node NAME as it stands in the models: source_name as written, name its snake_case
 * (a quoted name is taken as it is), schema the default one if the kind has schemas, comment the item's doc, origin the
 * node's span.  Reports names over 63 bytes.  Not yet added: the kind fills it, reads the annotations (which may change
 * name and schema: @table('x'), @map('x'), @schema(x)) and calls lx_declare_add. */
struct lx_object *lx_declare_new(struct lx_declare *declare, enum lx_kind kind, const struct lx_node *name,
				 const struct lx_item *item, struct lx_object *parent);
/* Adds it to the schema (or parent) and to source_names; reports duplicates with "first declared here".  False then. */
bool lx_declare_add(struct lx_declare *declare, struct lx_object *object);
/* "UserRole" -> "user_role", "HTTPServer2" -> "http_server2"; interned. */
const char *lx_declare_snake_case(struct lx_declare *declare, const char *name);
/* PostgreSQL's rule for names of constraints and indexes (makeObjectName, src/backend/commands/indexcmds.c):
 * TABLE_COLUMNS_SUFFIX cut to 63 bytes by shortening the longer of the first two parts.  COLUMNS may be NULL. Interned.
 */
const char *lx_declare_default_name(struct lx_declare *declare, const char *table, const char *columns,
				    const char *suffix);
const char *lx_declare_intern(struct lx_declare *declare, const struct lx_node *node);

/* --- parts that several kinds have in common -------------------------------------------------------------------- */

/* type = ( qname | sql ) [ "(" numbers ")" ] { "[" "]" }.  TYPE must be a field of a payload (or other arena memory
 * that stays): user types are only remembered by name here, and looked up in place once everything is declared; resolve
 * hooks find type->user, name and schema filled.  False: reported. */
bool lx_declare_type(struct lx_declare *declare, struct lx_cursor *cursor, struct lx_type *type);
/* Finds the enum, domain, composite, table or view, else a type of a declared extension or an unknown name: E0301
 * with the nearest candidates.  With extensions declared, an unknown plain lower-case name is left to PostgreSQL.
 * Done for all types of lx_declare_type before the resolve hooks; calling it again does nothing. */
void lx_declare_resolve_type(struct lx_declare *declare, struct lx_type *type, struct lx_span span);
/* A value (after "=") as SQL text: 'text', 12.5, now(), `expr`, [] or [a, 'b'], true/false/null, an enum label.  END is
 * the node after it, NULL: to the end.  The type decides how words are read, so TYPE must be resolved: for use in
 * resolve hooks.  False: reported. */
bool lx_declare_value(struct lx_declare *declare, const struct lx_node *first, const struct lx_node *end,
		      const struct lx_type *type, struct lx_expr *out);
/* For declare hooks: takes the nodes of one value from the cursor, and fills OUT once the types are resolved.  TYPE and
 * OUT must stay where they are (fields of a payload).  False: there is no value; reported. */
bool lx_declare_value_later(struct lx_declare *declare, struct lx_cursor *cursor, const struct lx_type *type,
			    struct lx_expr *out);
/* `expr` into OUT after checking with libpg_query that it is exactly one expression (E0401, E0402 at the right column).
 */
bool lx_declare_expr(struct lx_declare *declare, const struct lx_node *node, struct lx_expr *out);
/* A body of SQL statements ($$…$$), kept as it is; IS_QUERY: must be exactly one SELECT-like statement. */
bool lx_declare_body(struct lx_declare *declare, const struct lx_node *node, bool is_query, struct lx_expr *out);
/* "(" name { "," name } ")" into a vector of interned column names as written. */
bool lx_declare_names(struct lx_declare *declare, struct lx_cursor *cursor, const char *what, struct lx_vec *names);
/* "(" param { "," param } ")" into struct lx_field * (kinds/composite/composite.h). */
bool lx_declare_fields(struct lx_declare *declare, const struct lx_node *group, struct lx_vec *fields);
/* The model, view, … called NAME in the models; reports E0201 with the nearest match.  KIND LX_KIND_COUNT: any. */
struct lx_object *lx_declare_lookup(struct lx_declare *declare, enum lx_kind kind, const char *name,
				    struct lx_span span);
/* The column of TABLE called NAME in the models or in SQL; reports E0202 with the nearest match. */
struct lx_object *lx_declare_column(struct lx_declare *declare, const struct lx_object *table, const char *name,
				    struct lx_span span);
/* Turns field names as written into SQL column names, in place. */
void lx_declare_columns(struct lx_declare *declare, const struct lx_object *table, struct lx_vec *names,
			const struct lx_node *group);
/* The hooks of the kinds; errors of form get the kind's form as help. */
void lx_declare_item(struct lx_declare *declare, enum lx_kind kind, const struct lx_item *item,
		     struct lx_object *parent);
void lx_declare_resolve(struct lx_declare *declare, struct lx_object *object);
/* The members of a { … } block: what begins with a member word goes to that kind's declare hook, "use Name" is kept for
 * the expansion of mixins (which calls this again with the mixin's block), everything else is a field: the column kind.
 * To be called after PARENT was added. */
void lx_declare_members(struct lx_declare *declare, const struct lx_node *block, struct lx_object *parent);
/* Splits the items of a block or paren at commas; calls FOUND with a cursor for each part.  For enum labels, seeds,
 * fields. */
void lx_declare_each(struct lx_declare *declare, const struct lx_node *group, const char *what,
		     void (*found)(struct lx_declare *declare, struct lx_cursor *cursor, const struct lx_item *item,
				   void *context),
		     void *context);
#endif
