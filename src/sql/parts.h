/* Pieces of statements that several kinds have in common.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_SQL_PARTS_H
#define LX_SQL_PARTS_H
#include "ir/schema.h"
#include "ir/types.h"
#include "sql/emit.h"

/* schema.name of a top-level object, or of the object a child belongs to. */
void lx_sql_object(struct lx_sql *sql, const struct lx_object *object);
/* "KIND schema.name"; identity of kinds with a schema of their own. */
void lx_sql_identity(struct lx_sql *sql, const char *kind, const struct lx_object *object);
/* "KIND name ON schema.table". */
void lx_sql_identity_on(struct lx_sql *sql, const char *kind, const struct lx_object *object);
/* "CONSTRAINT name ON schema.table". */
void lx_sql_constraint_identity(struct lx_sql *sql, const struct lx_object *object);
/* "ALTER TABLE schema.table " of a table or of a child's parent. */
void lx_sql_alter_table(struct lx_sql *sql, const struct lx_object *object);
/* Whole statements by identity. */
void lx_sql_drop(struct lx_sql *sql, const struct lx_object *object);
void lx_sql_rename(struct lx_sql *sql, const struct lx_object *old, const struct lx_object *new);
/* ALTER TABLE … ADD what the kind's define hook writes / DROP CONSTRAINT / VALIDATE CONSTRAINT / RENAME CONSTRAINT. */
void lx_sql_add_constraint(struct lx_sql *sql, const struct lx_object *object);
void lx_sql_drop_constraint(struct lx_sql *sql, const struct lx_object *object);
/* The same when it may have gone with what it is a part of. */
void lx_sql_drop_part(struct lx_sql *sql, const struct lx_object *object);
void lx_sql_validate_constraint(struct lx_sql *sql, const struct lx_object *object);
void lx_sql_rename_constraint(struct lx_sql *sql, const struct lx_object *old, const struct lx_object *new);
/* " DEFERRABLE INITIALLY DEFERRED" for an enum lx_deferrable. */
void lx_sql_deferrable(struct lx_sql *sql, int deferrable);
/* ENABLE ALWAYS, DISABLE, …: an enum lx_enabled, or 0. */
void lx_sql_enabled(struct lx_sql *sql, int enabled);
/* The statement that does that to a trigger or rule (WHAT is " TRIGGER " or " RULE ") of a table. */
void lx_sql_enable(struct lx_sql *sql, const struct lx_object *object, const char *what, int enabled);
/* A command or a privilege, as the language has it ("insert"), in capitals; what is none of them is written as a name
 * and left for PostgreSQL to refuse. */
void lx_sql_verb(struct lx_sql *sql, const char *name);
/* Keys of an index: a, lower(b) text_pattern_ops DESC; with operators for exclusion constraints. */
void lx_sql_elements(struct lx_sql *sql, const struct lx_vec *elements);
/* The n-th (from 1) choice of an attribute of OBJECT's kind, '_' as blank, in capitals. */
void lx_sql_choice(struct lx_sql *sql, const struct lx_object *object, size_t attribute, int choice);
/* What a sequence counts: options text over a type (ir/sequence.h). */
struct lx_counting {
	const char *options, *type;
};
/* " START WITH 5 INCREMENT BY 2 …": what is not the default. */
void lx_sql_counter(struct lx_sql *sql, const char *options, const char *type);
/* What turns FROM into TO, each part behind SET (" " or " SET "). */
void lx_sql_alter_counter(struct lx_sql *sql, const struct lx_counting *from, const struct lx_counting *to,
			  const char *set);
/* Statements that move the value where the bounds of TO shut it out, since PostgreSQL refuses to set them then. Nothing
 * when where it began is inside. */
void lx_sql_move_counter(struct lx_sql *sql, const char *schema, const char *name, const struct lx_counting *from,
			 const struct lx_counting *to);
/* What has to be SET and RESET to turn options OLD into NEW; NULL: nothing. */
void lx_sql_options_changes(struct lx_arena *arena, const char *old, const char *new, const char **set,
			    const char **reset);
/* The statements that turn storage parameters OLD into NEW, behind "ALTER … " of OBJECT's identity. */
void lx_sql_alter_options(struct lx_sql *sql, const struct lx_object *object, const char *old, const char *new);
/* The same for the index that is behind a constraint. */
void lx_sql_alter_index_options(struct lx_sql *sql, const struct lx_object *object, const char *old, const char *new);
/* Name that PostgreSQL gives to an object of TABLE and COLUMN (makeObjectName): cut to 63 bytes. */
const char *lx_sql_default_name(struct lx_arena *arena, const char *table, const char *column, const char *suffix);
#endif
