/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/arena.h"
#include "diff/follow.h"
#include "kinds/column/alter.h"
#include "kinds/column/column.h"
#include "kinds/column/family.h"
#include "kinds/column/names.h"
#include "kinds/column/not_null.h"
#include "kinds/kind.h"
#include "kinds/table/inherit.h"
#include "plan/depends.h"
#include "plan/plan.h"
#include "sql/casts.h"
#include "sql/parts.h"

static void write_identity(struct lx_sql *sql, const struct lx_object *object)
{
	lx_sql_raw(sql, "COLUMN ");
	lx_sql_object(sql, object);
	lx_sql_raw(sql, ".");
	lx_sql_name(sql, object->name);
}

/* A column that is the table's own as well comes before the one above, which is merged into it, and goes behind it. */
static void depend_on_family(struct lx_depends *depends, const struct lx_column *column)
{
	struct lx_above store;
	const struct lx_object *table = column->base.parent;
	bool has_above = false;
	LX_EACH (const struct lx_object *, parent, lx_table_above(table, &store)) {
		const struct lx_object *above = lx_object_child(parent, LX_KIND_COLUMN, column->base.name);
		has_above |= above != NULL;
		if (column->is_inherited)
			lx_depend_on(depends, above);
		else if (above)
			lx_depend_on_leader(depends, above);
	}
	bool may_share = table->kind == LX_KIND_TABLE && ((const struct lx_table *)table)->heirs.length &&
			 !((const struct lx_table *)table)->partition_method;
	if (has_above || !may_share)
		return;
	struct lx_vec roots = lx_column_roots(lx_depends_arena(depends), column, column);
	for (size_t i = 0; roots.items[i] != column; i++)
		lx_depend_on_leader(depends, &((struct lx_column *)roots.items[i])->base);
}

static void depends(struct lx_depends *depends, const struct lx_object *object)
{
	const struct lx_column *column = (const struct lx_column *)object;
	lx_depend_on(depends, object->parent);
	lx_depend_on_type(depends, &column->type);
	depend_on_family(depends, column);
	lx_depend_on_names(depends, column->collation);
	lx_depend_on_names(depends, column->default_value.text);
	lx_depend_on_names(depends, column->generated.text);
}

static void follow(struct lx_follow *follow, struct lx_object *copy, const struct lx_object *new)
{
	struct lx_column *column = (struct lx_column *)copy;
	const struct lx_column *to = (const struct lx_column *)new;
	lx_follow_type(follow, &column->type);
	lx_follow_expr(follow, copy, &column->default_value, to ? &to->default_value : NULL);
	lx_follow_expr(follow, copy, &column->generated, to ? &to->generated : NULL);
}

static void define(struct lx_sql *sql, const struct lx_object *object)
{
	const struct lx_column *column = (const struct lx_column *)object;
	lx_sql_name(sql, object->name);
	lx_sql_raw(sql, " ");
	lx_sql_type(sql, &column->type);
	lx_foreign_options_write(sql, NULL, &column->foreign_options);
	if (column->compression) {
		lx_sql_raw(sql, " COMPRESSION ");
		lx_sql_name(sql, column->compression);
	}
	lx_column_write_collation(sql, column);
	if (column->generated.text) {
		lx_sql_raw(sql, " GENERATED ALWAYS AS (");
		lx_sql_expr(sql, column->generated.text);
		lx_sql_raw(sql, column->is_virtual ? ") VIRTUAL" : ") STORED");
	} else if (column->default_value.text) {
		lx_sql_raw(sql, " DEFAULT ");
		lx_sql_expr(sql, column->default_value.text);
	} else if (column->identity) {
		lx_column_write_identity(sql, column);
	}
	lx_column_write_not_null(sql, column);
}

/* Defaults that are the same for every row are kept in the catalog; others are computed row by row, in a rewrite. */
static bool is_constant(const char *expr)
{
	static const char *const constant[] = {"now()",        "current_timestamp", "CURRENT_TIMESTAMP", "current_date",
					       "CURRENT_DATE", "localtimestamp",    "LOCALTIMESTAMP"};
	for (size_t i = 0; i < sizeof constant / sizeof constant[0]; i++) {
		if (strcmp(expr, constant[i]) == 0)
			return true;
	}
	return !strchr(expr, '(');
}

static void warn_of_new_column(struct lx_sql *sql, const struct lx_column *column)
{
	bool has_value = column->default_value.text || column->generated.text || column->identity;
	if (sql->is_reverse)
		lx_sql_hazard(sql, 0, "the column comes back as the last one, without its former values");
	if (column->generated.text && !column->is_virtual)
		lx_sql_hazard(sql, LX_HAZARD_REWRITE | LX_HAZARD_STRONG_LOCK,
			      "rewrites the table under an exclusive lock");
	else if (column->identity || (column->default_value.text && !is_constant(column->default_value.text)))
		lx_sql_hazard(sql, LX_HAZARD_REWRITE | LX_HAZARD_STRONG_LOCK,
			      "computes the default for every row: rewrites the table under an exclusive lock");
	if (!has_value && !column->is_nullable && column->type.user && column->type.user->kind == LX_KIND_DOMAIN)
		return; /* the domain may have a default */
	if (!has_value && !column->is_nullable)
		lx_sql_hazard(sql, 0, "fails if the table has rows: NOT NULL without a default");
}

void lx_column_refuse(struct lx_sql *sql, const struct lx_column *column)
{
	struct lx_column usual;
	bool has_own = column->default_value.text || column->generated.text || column->identity;
	bool is_brought = ((const struct lx_table *)column->base.parent)->inherits.length && !has_own &&
			  lx_table_usual(column->base.parent, column->base.name, &usual);
	if (is_brought && usual.default_value.text)
		lx_sql_raw(sql, " DEFAULT NULL");
}

void lx_column_override(struct lx_sql *sql, const struct lx_column *column)
{
	struct lx_column usual;
	if (!lx_table_usual(column->base.parent, column->base.name, &usual))
		return;
	if (!column->is_inherited) { /* merged with what the table says itself */
		bool is_nullable = usual.is_nullable && column->is_nullable;
		usual = *column;
		usual.is_nullable = is_nullable;
	}
	lx_column_alter(sql, &usual.base, &column->base, lx_attr_compare(&usual.base, &column->base));
}

static void create(struct lx_sql *sql, const struct lx_object *object)
{
	const struct lx_column *column = (const struct lx_column *)object;
	lx_sql_alter_table(sql, object);
	lx_sql_raw(sql, "ADD COLUMN ");
	define(sql, object);
	if (!sql->is_fresh)
		warn_of_new_column(sql, column);
	lx_sql_end(sql);
	lx_column_settings(sql, NULL, column);
	lx_column_set_toast(sql, column);
}

static const struct lx_object *implied(struct lx_arena *arena, const struct lx_object *object,
				       const struct lx_schema *other, const struct lx_object *parent, bool is_dropped)
{
	const struct lx_column *column = (const struct lx_column *)object;
	(void)other;
	if (!column->is_inherited || !lx_table_leads(object->parent, parent, object->name))
		return NULL;
	if (is_dropped) /* unless it stays, as a column of the table's own */
		return lx_table_column_above(parent, object->name) ? NULL : object;
	struct lx_column *usual = LX_NEW(arena, struct lx_column);
	if (!lx_table_usual(object->parent, object->name, usual))
		return NULL;
	usual->storage = 0; /* that of the one above is set behind ADD COLUMN, and there alone */
	return &usual->base;
}

/* The sequence of an identity. */
static const char *frees(struct lx_arena *arena, const struct lx_object *old, const struct lx_object *new)
{
	const struct lx_column *from = (const struct lx_column *)old, *to = (const struct lx_column *)new;
	if (!from->identity || (to && to->identity))
		return NULL;
	return from->identity_sequence ? from->identity_sequence
				       : lx_sql_default_name(arena, old->parent->name, old->name, "seq");
}

static void drop(struct lx_sql *sql, const struct lx_object *object)
{
	lx_sql_alter_table(sql, object);
	lx_sql_raw(sql, "DROP COLUMN ");
	lx_sql_name(sql, object->name);
	if (!((const struct lx_column *)object)->generated.text)
		lx_sql_hazard(sql, LX_HAZARD_DATA_LOSS, "drops the column and what is in it");
	lx_sql_end(sql);
}

static void rename(struct lx_sql *sql, const struct lx_object *old, const struct lx_object *new)
{
	lx_sql_alter_table(sql, new);
	lx_sql_raw(sql, "RENAME COLUMN ");
	lx_sql_name(sql, old->name);
	lx_sql_raw(sql, " TO ");
	lx_sql_name(sql, new->name);
	lx_sql_end(sql);
	struct lx_column *moved = LX_NEW(sql->arena, struct lx_column);
	*moved = *(const struct lx_column *)old;
	moved->base.parent = new->parent;
	lx_column_rename_sequence(sql, moved, new->parent, new->name);
}

void lx_column_rename_sequence(struct lx_sql *sql, const struct lx_column *old, const struct lx_object *table,
			       const char *name)
{
	if (!old->identity || old->identity_sequence)
		return;
	const char *from = lx_sql_default_name(sql->arena, old->base.parent->name, old->base.name, "seq");
	const char *to = lx_sql_default_name(sql->arena, table->name, name, "seq");
	if (strcmp(from, to) == 0)
		return;
	lx_sql_raw(sql, "ALTER SEQUENCE IF EXISTS ");
	lx_sql_qualified(sql, table->schema, from);
	lx_sql_raw(sql, " RENAME TO ");
	lx_sql_name(sql, to);
	lx_sql_end(sql);
}

/* A default that uses something to be replaced is taken away and set again; a generated column has to go. */
static const struct lx_object *release(struct lx_sql *sql, const struct lx_object *old)
{
	if (((const struct lx_column *)old)->generated.text)
		return NULL;
	struct lx_column *rest = LX_NEW(sql->arena, struct lx_column);
	*rest = *(const struct lx_column *)old;
	if (rest->default_value.text)
		lx_column_drop_default(sql, rest);
	rest->default_value.text = NULL;
	return &rest->base;
}

static const struct lx_object *free_name(struct lx_sql *sql, const struct lx_object *old)
{
	struct lx_column *rest = LX_NEW(sql->arena, struct lx_column);
	*rest = *(const struct lx_column *)old;
	lx_column_drop_identity(sql, rest);
	rest->identity = LX_IDENTITY_NONE;
	rest->identity_options = rest->identity_sequence = rest->sequence_comment = NULL;
	return &rest->base;
}

static bool is_light(const struct lx_object *old, const struct lx_object *new)
{
	const struct lx_column *from = (const struct lx_column *)old, *to = (const struct lx_column *)new;
	return lx_cast_is_light(&from->type, &to->type);
}

const struct lx_kind_sql lx_column_sql = {
    .identity = write_identity,
    .depends = depends,
    .follow = follow,
    .define = define,
    .create = create,
    .drop = drop,
    .alter = lx_column_alter,
    .rename = rename,
    .release = release,
    .implied = implied,
    .frees = frees,
    .free_name = free_name,
    .reactions =
	LX_ON_GONE_STRUCTURE | LX_ON_GONE_TEXT | LX_ON_RETYPE_STRUCTURE | LX_ON_RETYPE_TEXT | LX_ON_LIGHT_RETYPE,
    .retypes = 1u << LX_COLUMN_TYPE | 1u << LX_COLUMN_COLLATION,
    .is_light = is_light,
};
