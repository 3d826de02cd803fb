/* SPDX-License-Identifier: Apache-2.0 */
#include "base/arena.h"
#include "diff/follow.h"
#include "kinds/column/column.h"
#include "kinds/column/names.h"
#include "kinds/kind.h"
#include "kinds/table/above.h"
#include "kinds/table/table.h"
#include "plan/depends.h"
#include "plan/plan.h"
#include "sql/parts.h"

#include <string.h>

static void write_identity(struct lx_sql *sql, const struct lx_object *object)
{
	lx_sql_identity(sql, ((const struct lx_table *)object)->server ? "FOREIGN TABLE" : "TABLE", object);
}

static void depends(struct lx_depends *depends, const struct lx_object *object)
{
	const struct lx_table *table = (const struct lx_table *)object;
	lx_depend_on_schema(depends, object->schema);
	lx_depend_on_kind(depends, LX_KIND_SERVER, ((const struct lx_table *)object)->server);
	lx_depend_on_type(depends, &table->of_type);
	LX_EACH (const struct lx_object *, above, &table->inherits)
		lx_depend_on(depends, above);
}

static void follow(struct lx_follow *follow, struct lx_object *copy, const struct lx_object *new)
{
	struct lx_table *table = (struct lx_table *)copy;
	lx_follow_elements(follow, copy, &table->partition_keys,
			   new ? &((const struct lx_table *)new)->partition_keys : NULL);
	lx_follow_type(follow, &table->of_type);
	table->partition_of = lx_follow_object(follow, table->partition_of);
	struct lx_vec inherits = {0};
	LX_EACH (const struct lx_object *, above, &table->inherits)
		lx_vec_push(lx_follow_arena(follow), &inherits, lx_follow_object(follow, above));
	table->inherits = inherits;
	lx_follow_objects(follow, &table->heirs);
}

/* INHERITS brings the columns along; a partition is made by itself and attached. */
static bool is_brought(const struct lx_object *child)
{
	return child->kind == LX_KIND_COLUMN && ((const struct lx_column *)child)->is_inherited &&
	       ((const struct lx_table *)child->parent)->inherits.length;
}

/* Columns first, then constraints, each kind in the order of the models. */
static void write_lines(struct lx_sql *sql, const struct lx_object *table)
{
	const struct lx_object *of = ((const struct lx_table *)table)->partition_of;
	const char *separator = "\n    ";
	for (int kind = 0; kind < LX_KIND_COUNT; kind++) {
		const struct lx_kind_sql *ops = lx_kind_sql((enum lx_kind)kind);
		if (!ops || !ops->define)
			continue;
		LX_EACH (const struct lx_object *, child, &table->children) {
			bool is_line = (int)child->kind == kind && !child->is_external && lx_kind_is_line(child);
			if (!is_line || is_brought(child))
				continue;
			lx_sql_raw(sql, separator);
			ops->define(sql, child);
			if (child->kind == LX_KIND_COLUMN)
				lx_column_refuse(sql, (const struct lx_column *)child);
			separator = ",\n    ";
		}
	}
	if (of)
		lx_above_write_checks(sql, table, of, &separator);
}

static void write_inherits(struct lx_sql *sql, const struct lx_vec *inherits)
{
	LX_EACH (const struct lx_object *, above, inherits) {
		lx_sql_raw(sql, above_i ? ", " : " INHERITS (");
		lx_sql_qualified(sql, above->schema, above->name);
	}
	lx_sql_raw(sql, inherits->length ? ")" : "");
}

static void write_type(struct lx_sql *sql, const struct lx_table *table)
{
	lx_sql_alter_table(sql, &table->base);
	if (table->of_type.name) {
		lx_sql_raw(sql, "OF ");
		lx_sql_type(sql, &table->of_type);
	} else {
		lx_sql_raw(sql, "NOT OF");
	}
	lx_sql_end(sql);
}

static void write_columns(struct lx_sql *sql, const struct lx_object *table)
{
	LX_EACH (const struct lx_object *, child, &table->children) {
		if (child->kind != LX_KIND_COLUMN)
			continue;
		if (!is_brought(child))
			lx_column_settings(sql, NULL, (const struct lx_column *)child);
		if (((const struct lx_table *)table)->inherits.length)
			lx_column_override(sql, (const struct lx_column *)child);
	}
}

static void write_row_security(struct lx_sql *sql, const struct lx_object *object, const char *action)
{
	lx_sql_alter_table(sql, object);
	lx_sql_raw(sql, action);
	lx_sql_raw(sql, " ROW LEVEL SECURITY");
	lx_sql_end(sql);
}

static void create(struct lx_sql *sql, const struct lx_object *object)
{
	const struct lx_table *table = (const struct lx_table *)object;
	lx_sql_raw(sql, table->server        ? "CREATE FOREIGN TABLE "
			: table->is_unlogged ? "CREATE UNLOGGED TABLE "
					     : "CREATE TABLE ");
	lx_sql_object(sql, object);
	lx_sql_raw(sql, " (");
	write_lines(sql, object);
	lx_sql_raw(sql, "\n)");
	write_inherits(sql, &table->inherits);
	if (table->server) {
		lx_sql_raw(sql, " SERVER ");
		lx_sql_name(sql, table->server);
		lx_foreign_options_write(sql, NULL, &table->foreign_options);
	}
	if (table->partition_method) {
		lx_sql_raw(sql, " PARTITION BY ");
		lx_sql_name(sql, table->partition_method);
		lx_sql_raw(sql, " (");
		lx_sql_elements(sql, &table->partition_keys);
		lx_sql_raw(sql, ")");
	}
	if (table->access_method) {
		lx_sql_raw(sql, " USING ");
		lx_sql_name(sql, table->access_method);
	}
	if (table->storage) {
		lx_sql_raw(sql, " WITH ");
		lx_sql_options(sql, table->storage, false);
	}
	if (table->tablespace) {
		lx_sql_raw(sql, " TABLESPACE ");
		lx_sql_name(sql, table->tablespace);
	}
	lx_sql_end(sql);
	write_columns(sql, object);
	if (table->of_type.name)
		write_type(sql, table);
	if (table->has_rls)
		write_row_security(sql, object, "ENABLE");
	if (table->has_forced_rls)
		write_row_security(sql, object, "FORCE");
}

static void drop(struct lx_sql *sql, const struct lx_object *object)
{
	if (!((const struct lx_table *)object)->server)
		lx_sql_hazard(sql, LX_HAZARD_DATA_LOSS, "drops the table with all its rows");
	lx_sql_drop(sql, object);
}

static void alter_place(struct lx_sql *sql, const struct lx_table *new, uint32_t changed)
{
	if (changed & 1u << LX_TABLE_UNLOGGED) {
		lx_sql_alter_table(sql, &new->base);
		lx_sql_raw(sql, new->is_unlogged ? "SET UNLOGGED" : "SET LOGGED");
		lx_sql_hazard(sql, LX_HAZARD_REWRITE | LX_HAZARD_STRONG_LOCK,
			      "rewrites the table under an exclusive lock");
		lx_sql_end(sql);
	}
	if (changed & 1u << LX_TABLE_ACCESS_METHOD) {
		lx_sql_alter_table(sql, &new->base);
		lx_sql_raw(sql, "SET ACCESS METHOD ");
		lx_sql_name(sql, new->access_method ? new->access_method : "heap");
		lx_sql_hazard(sql, LX_HAZARD_REWRITE | LX_HAZARD_STRONG_LOCK,
			      "rewrites the table under an exclusive lock");
		lx_sql_end(sql);
	}
	if (changed & 1u << LX_TABLE_TABLESPACE) {
		lx_sql_alter_table(sql, &new->base);
		lx_sql_raw(sql, "SET TABLESPACE ");
		lx_sql_name(sql, new->tablespace ? new->tablespace : "pg_default");
		lx_sql_hazard(sql, LX_HAZARD_REWRITE | LX_HAZARD_STRONG_LOCK,
			      "copies the table under an exclusive lock");
		lx_sql_end(sql);
	}
}

static bool alter(struct lx_sql *sql, const struct lx_object *old, const struct lx_object *new, uint32_t changed)
{
	const struct lx_table *from = (const struct lx_table *)old, *to = (const struct lx_table *)new;
	if (changed & (1u << LX_TABLE_PARTITION_BY | 1u << LX_TABLE_SERVER))
		return false;
	if (changed & 1u << LX_TABLE_FOREIGN_OPTIONS && to->server) {
		lx_sql_raw(sql, "ALTER FOREIGN TABLE ");
		lx_sql_object(sql, new);
		lx_foreign_options_write(sql, &from->foreign_options, &to->foreign_options);
		lx_sql_end(sql);
	}
	alter_place(sql, to, changed);
	if (changed & 1u << LX_TABLE_OF_TYPE)
		write_type(sql, to);
	if (changed & 1u << LX_TABLE_RLS)
		write_row_security(sql, new, to->has_rls ? "ENABLE" : "DISABLE");
	if (changed & 1u << LX_TABLE_FORCE_RLS)
		write_row_security(sql, new, to->has_forced_rls ? "FORCE" : "NO FORCE");
	if (changed & 1u << LX_TABLE_STORAGE)
		lx_sql_alter_options(sql, new, from->storage, to->storage);
	return true;
}

/* The sequences of identity columns are named after the table; PostgreSQL does not rename them with it. */
static void rename(struct lx_sql *sql, const struct lx_object *old, const struct lx_object *new)
{
	lx_sql_rename(sql, old, new);
	LX_EACH (const struct lx_object *, child, &old->children) {
		if (child->kind == LX_KIND_COLUMN)
			lx_column_rename_sequence(sql, (const struct lx_column *)child, new, child->name);
	}
}

const struct lx_kind_sql lx_table_sql = {
    .identity = write_identity,
    .depends = depends,
    .follow = follow,
    .create = create,
    .drop = drop,
    .alter = alter,
    .rename = rename,
    .reactions = 0,
};
