/* NOT NULL: a constraint with a name of its own since PostgreSQL 18.
 * SPDX-License-Identifier: Apache-2.0 */
#include "kinds/column/not_null.h"

#include <string.h>

#include "kinds/column/alter.h"
#include "kinds/column/column.h"
#include "kinds/column/names.h"
#include "kinds/kind.h"
#include "kinds/names.h"
#include "kinds/table/table.h"
#include "plan/plan.h"
#include "sql/parts.h"

static bool is_told(const struct lx_column *column)
{
	return column->not_null || column->no_inherit || column->is_not_valid;
}

static const char *name_of(struct lx_sql *sql, const struct lx_column *column)
{
	return column->not_null
		   ? column->not_null
		   : lx_sql_default_name(sql->arena, column->base.parent->name, column->base.name, "not_null");
}

void lx_column_write_not_null(struct lx_sql *sql, const struct lx_column *column)
{
	if (column->is_nullable || column->is_not_valid)
		return;
	if (column->not_null) {
		lx_sql_raw(sql, " CONSTRAINT ");
		lx_sql_name(sql, column->not_null);
	}
	lx_sql_raw(sql, column->no_inherit ? " NOT NULL NO INHERIT" : " NOT NULL");
}

void lx_column_add_not_null(struct lx_sql *sql, const struct lx_column *column)
{
	lx_sql_alter_table(sql, &column->base);
	lx_sql_raw(sql, "ADD CONSTRAINT ");
	lx_sql_name(sql, name_of(sql, column));
	lx_sql_raw(sql, " NOT NULL ");
	lx_sql_name(sql, column->base.name);
	lx_sql_raw(sql, column->no_inherit ? " NO INHERIT" : "");
	lx_sql_raw(sql, column->is_not_valid ? " NOT VALID" : "");
	if (!column->is_not_valid && !sql->is_fresh)
		lx_sql_hazard(sql, LX_HAZARD_SCAN | LX_HAZARD_STRONG_LOCK,
			      "reads the whole table under an exclusive lock; fails if a value is null");
	lx_sql_end(sql);
}

/* VERB CONSTRAINT name REST */
static void change(struct lx_sql *sql, const struct lx_column *column, const char *verb, const char *name)
{
	lx_sql_alter_table(sql, &column->base);
	lx_sql_raw(sql, verb);
	lx_sql_raw(sql, " CONSTRAINT ");
	lx_sql_name(sql, name);
}

void lx_column_alter_not_null(struct lx_sql *sql, const struct lx_column *old, const struct lx_column *new)
{
	const char *from = name_of(sql, old), *to = name_of(sql, new);
	if (new->is_nullable)
		return;
	if (new->is_not_valid && !old->is_not_valid) { /* there is no way back from what is known to hold */
		lx_column_alter_below(sql, new, " DROP NOT NULL");
		lx_sql_end(sql);
		lx_column_add_not_null(sql, new);
		return;
	}
	if (strcmp(from, to) != 0) {
		change(sql, new, "RENAME", from);
		lx_sql_raw(sql, " TO ");
		lx_sql_name(sql, to);
		lx_sql_end(sql);
	}
	if (old->no_inherit != new->no_inherit) {
		change(sql, new, "ALTER", to);
		lx_sql_raw(sql, new->no_inherit ? " NO INHERIT" : " INHERIT");
		lx_sql_end(sql);
	}
	if (old->is_not_valid && !new->is_not_valid) {
		change(sql, new, "VALIDATE", to);
		lx_sql_hazard(sql, LX_HAZARD_SCAN, "reads the whole table; fails if a value is null");
		lx_sql_end(sql);
	}
}

static void set_nullable(struct lx_sql *sql, const struct lx_column *new)
{
	if (!new->is_nullable && is_told(new)) {
		lx_column_add_not_null(sql, new);
		return;
	}
	lx_column_alter_below(sql, new, new->is_nullable ? " DROP NOT NULL" : " SET NOT NULL");
	if (!new->is_nullable)
		lx_sql_hazard(sql, LX_HAZARD_SCAN | LX_HAZARD_STRONG_LOCK,
			      "reads the whole table under an exclusive lock; fails if a value is null");
	lx_sql_end(sql);
}

static const struct lx_column *heir_column(const struct lx_object *table, const struct lx_object *like,
					   const char *name)
{
	LX_EACH (const struct lx_object *, heir, &((const struct lx_table *)table)->heirs) {
		if (strcmp(heir->name, like->name) == 0 && lx_text_equal(heir->schema, like->schema))
			return (const struct lx_column *)lx_object_child(heir, LX_KIND_COLUMN, name);
	}
	return NULL;
}

/* NOT NULL goes down to the tables below; those that were and stay NOT NULL get it back. */
void lx_column_alter_nullable(struct lx_sql *sql, const struct lx_column *old, const struct lx_column *new)
{
	const struct lx_object *before = old->base.parent, *after = new->base.parent;
	set_nullable(sql, new);
	if (!new->is_nullable || before->kind != LX_KIND_TABLE || after->kind != LX_KIND_TABLE)
		return;
	LX_EACH (const struct lx_object *, heir, &((const struct lx_table *)after)->heirs) {
		const struct lx_column *had = heir_column(before, heir, new->base.name);
		const struct lx_column *has = heir_column(after, heir, new->base.name);
		if (had && has && !had->is_nullable && !has->is_nullable)
			set_nullable(sql, has);
	}
}
