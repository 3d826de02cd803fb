/* NOT NULL: a constraint with a name of its own since PostgreSQL 18.
 * SPDX-License-Identifier: Apache-2.0 */
#include "kinds/column/not_null.h"

#include <string.h>

#include "kinds/column/alter.h"
#include "kinds/column/column.h"
#include "kinds/column/family.h"
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

static void set_nullable(struct lx_sql *sql, const struct lx_column *new, bool is_alone)
{
	if (!new->is_nullable && is_told(new)) {
		lx_column_add_not_null(sql, new);
		return;
	}
	const char *action = new->is_nullable ? " DROP NOT NULL" : " SET NOT NULL";
	if (is_alone)
		lx_column_alter_alone(sql, new, action);
	else
		lx_column_alter_below(sql, new, action);
	if (!new->is_nullable)
		lx_sql_hazard(sql, LX_HAZARD_SCAN | LX_HAZARD_STRONG_LOCK,
			      "reads the whole table under an exclusive lock; fails if a value is null");
	lx_sql_end(sql);
}

static void restore(void *context, const struct lx_column *column)
{
	set_nullable(context, column, true);
}

/* It goes down to the tables below.  Where these differ each of them is told its own; but a partitioned table is not
 * altered without its partitions, and those that stay NOT NULL get it back.  When OLD is what comes from above, those
 * below are told behind it what they have otherwise. */
void lx_column_alter_nullable(struct lx_sql *sql, const struct lx_column *old, const struct lx_column *new)
{
	bool is_new = old->base.parent == new->base.parent;
	bool is_alike = is_new || lx_column_is_same_below(new);
	bool is_partitioned =
	    new->base.parent->kind == LX_KIND_TABLE && ((const struct lx_table *)new->base.parent)->partition_method;
	set_nullable(sql, new, !is_alike && !is_partitioned);
	if (!is_alike && is_partitioned && new->is_nullable)
		lx_column_each_kept_below(old, new, restore, sql);
}
