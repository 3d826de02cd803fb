/* What the members of a table or view have in common.  A member is parsed by its declare hook, but joins its parent's
 * children only when the parent is completed: its default name is made of column names, and columns may follow below it
 * or come from a mixin.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_KINDS_TABLE_MEMBER_H
#define LX_KINDS_TABLE_MEMBER_H
#include <stdbool.h>

#include "ir/schema.h"

struct lx_cursor;
struct lx_declare;
struct lx_item;
struct lx_node;

/* What a member's declare hook leaves (lx_declare_kept). */
struct lx_member {
	/* Looks up the columns and chooses the name when none was given.  False: reported, the member is left out. */
	bool (*complete)(struct lx_declare *declare, struct lx_object *object, struct lx_member *member);
	struct lx_vec
	    columns; /* const struct lx_node *: names as written; expressions too in the elements of an index */
	struct lx_vec include;        /* const struct lx_node * */
	const struct lx_node *target; /* of a foreign key: the model */
	struct lx_vec target_columns; /* const struct lx_node * */
	bool shares_relations;        /* its name lives among those of tables and indexes */
	bool is_constraint;           /* its name must be unique among the table's constraints */
};

/* A payload of KIND, named by NAME, or without a name yet (NULL).  The member joins PARENT when that is completed. */
struct lx_object *lx_member_new(struct lx_declare *declare, enum lx_kind kind, const struct lx_node *name,
				const struct lx_item *item, struct lx_object *parent, struct lx_member **member);
/* Takes the newest member out again: its line could not be read. */
void lx_member_abandon(struct lx_declare *declare, const struct lx_object *object);
/* The members of PARENT that are waiting (struct lx_object *). */
struct lx_vec *lx_table_members(struct lx_declare *declare, struct lx_object *parent);
/* Completes PARENT once: members get their columns and names, and join the children. */
void lx_table_complete(struct lx_declare *declare, struct lx_object *parent);

/* An optional name before what must follow: a word that is not STOP, or a quoted name. */
const struct lx_node *lx_member_take_name(struct lx_cursor *cursor, const char *stop);
/* "(" name { "," name } ")" as nodes.  False: reported. */
bool lx_member_names(struct lx_declare *declare, struct lx_cursor *cursor, const char *what, struct lx_vec *nodes);
/* "with (" key: value, … ")" (the cursor is behind "with"); NULL: reported. */
const char *lx_member_options(struct lx_declare *declare, struct lx_cursor *cursor);
/* The SQL name of the column of PARENT (a table or view) that NODE names; NULL: reported. */
const char *lx_member_column(struct lx_declare *declare, const struct lx_object *parent, const struct lx_node *node);
/* All of NODES; a column named twice is reported.  False: something was reported. */
bool lx_member_columns(struct lx_declare *declare, const struct lx_object *parent, const struct lx_vec *nodes,
		       struct lx_vec *columns);
/* PostgreSQL's default name from column names (ChooseIndexNameAddition in src/backend/commands/indexcmds.c). */
void lx_member_default_name(struct lx_declare *declare, struct lx_object *object, const struct lx_vec *columns,
			    const char *suffix);
/* The columns of TABLE that occur in EXPR: struct lx_object *, each once. */
struct lx_vec lx_member_mentions(struct lx_declare *declare, const struct lx_object *table, const char *expr);
/* The role called NODE: one that is declared, or a word of PostgreSQL's.  NULL: reported. */
const char *lx_member_role(struct lx_declare *declare, const struct lx_node *node);
/* "a model", "an index": the kind's title for messages. */
const char *lx_member_title(struct lx_declare *declare, enum lx_kind kind);
/* Reports NODE's text as none of CHOICES (NULL-terminated) with the nearest one, unless it is one of them: then the
 * canonical text, else NULL. */
const char *lx_member_choice(struct lx_declare *declare, const struct lx_node *node, const char *what,
			     const char *const *choices);

/* What a field line's annotations stand for. */
struct lx_object *lx_key_of_field(struct lx_declare *declare, const struct lx_item *item, struct lx_object *table,
				  const struct lx_node *field, bool is_primary);
struct lx_object *lx_foreign_key_of_field(struct lx_declare *declare, const struct lx_item *item,
					  struct lx_object *table, const struct lx_node *field,
					  struct lx_cursor *cursor);
/* Annotations that only a foreign key understands: @on_delete, @on_update, @match, @deferrable, @as, @inverse. */
extern const char *const lx_foreign_key_words[];
void lx_foreign_key_annotations(struct lx_declare *declare, struct lx_node *list, struct lx_object *object);
/* "unique" as an index: it has an expression, a condition, an operator class, … */
void lx_index_declare(struct lx_declare *declare, const struct lx_item *item, struct lx_object *parent);
/* Checks what @part_of(…) of an index or key says, and ties the two together. */
void lx_index_resolve_part(struct lx_declare *declare, struct lx_object *object, const char *part_of);
/* "(" element { "," element } ")" into struct lx_index_element *; NODES gets the name or SQL node of each. */
bool lx_index_elements(struct lx_declare *declare, struct lx_cursor *cursor, bool needs_operator,
		       struct lx_vec *elements, struct lx_vec *nodes);
/* Turns the field names of ELEMENTS into SQL names. */
bool lx_index_elements_complete(struct lx_declare *declare, const struct lx_object *parent, struct lx_vec *elements,
				const struct lx_vec *nodes);
/* The names PostgreSQL gives the elements (FigureIndexColname): the column, the function, "expr". */
void lx_index_element_names(struct lx_declare *declare, const struct lx_vec *elements, struct lx_vec *names);
/* Where the type of COLUMN stands. */
struct lx_span lx_column_type_span(const struct lx_object *column);
#endif
