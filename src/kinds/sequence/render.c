/* SPDX-License-Identifier: Apache-2.0 */
#include "kinds/kind.h"
#include "kinds/owner/owner.h"
#include "kinds/sequence/sequence.h"
#include "ir/types.h"
#include "plan/depends.h"
#include "sql/parts.h"

#include <string.h>

static void write_identity(struct lx_sql *sql, const struct lx_object *object)
{
	lx_sql_identity(sql, "SEQUENCE", object);
}

static void depends(struct lx_depends *depends, const struct lx_object *object)
{
	lx_depend_on_schema(depends, object->schema);
}

static void write_type(struct lx_sql *sql, const char *type)
{
	const struct lx_builtin *builtin = type ? lx_builtin_find(type, strlen(type)) : NULL;
	lx_sql_raw(sql, " AS ");
	if (builtin)
		lx_sql_raw(sql, builtin->sql);
	else
		lx_sql_name(sql, type ? type : "int8");
}

static void create(struct lx_sql *sql, const struct lx_object *object)
{
	const struct lx_sequence *sequence = (const struct lx_sequence *)object;
	lx_sql_raw(sql, sequence->is_unlogged ? "CREATE UNLOGGED SEQUENCE " : "CREATE SEQUENCE ");
	lx_sql_object(sql, object);
	if (sequence->type)
		write_type(sql, sequence->type);
	lx_sql_counter(sql, sequence->options, sequence->type);
	lx_sql_end(sql);
}

static bool alter(struct lx_sql *sql, const struct lx_object *old, const struct lx_object *new, uint32_t changed)
{
	const struct lx_sequence *from = (const struct lx_sequence *)old, *to = (const struct lx_sequence *)new;
	struct lx_counting before = {from->options, from->type}, after = {to->options, to->type};
	if (changed & (1u << LX_SEQUENCE_TYPE | 1u << LX_SEQUENCE_OPTIONS)) {
		lx_sql_move_counter(sql, new->schema, new->name, &before, &after);
		lx_sql_raw(sql, "ALTER SEQUENCE ");
		lx_sql_object(sql, new);
		if (changed & 1u << LX_SEQUENCE_TYPE)
			write_type(sql, to->type);
		lx_sql_alter_counter(sql, &before, &after, " ");
		lx_sql_end(sql);
	}
	if (changed & 1u << LX_SEQUENCE_UNLOGGED) {
		lx_sql_raw(sql, "ALTER SEQUENCE ");
		lx_sql_object(sql, new);
		lx_sql_raw(sql, to->is_unlogged ? " SET UNLOGGED" : " SET LOGGED");
		lx_sql_end(sql);
	}
	return true;
}

/* The column that owned it has taken it along. */
static const struct lx_object *implied(struct lx_arena *arena, const struct lx_object *object,
				       const struct lx_schema *other, const struct lx_object *parent, bool is_dropped)
{
	const struct lx_owner *owner = (const struct lx_owner *)lx_object_child(object, LX_KIND_OWNER, "owner");
	(void)arena, (void)parent;
	if (!owner || !is_dropped)
		return NULL;
	const struct lx_object *table = owner->column->parent;
	const struct lx_object *now = lx_schema_find(other, table->kind, NULL, table->schema, table->name, NULL);
	return now && lx_object_child(now, LX_KIND_COLUMN, owner->column->name) ? NULL : object;
}

const struct lx_kind_sql lx_sequence_sql = {
    .identity = write_identity,
    .depends = depends,
    .create = create,
    .drop = lx_sql_drop,
    .alter = alter,
    .rename = lx_sql_rename,
    .implied = implied,
};
