/* ALTER COLUMN … TYPE.
 * SPDX-License-Identifier: Apache-2.0 */
#include "kinds/column/alter.h"
#include "kinds/column/column.h"
#include "kinds/column/family.h"
#include "plan/plan.h"
#include "sql/casts.h"
#include "sql/parts.h"

static void note_type_change(struct lx_sql *sql, const struct lx_type *old, const struct lx_type *new)
{
	if (lx_cast_is_lossy(old, new))
		lx_sql_hazard(sql, LX_HAZARD_DATA_LOSS, "the new type holds less: values are rounded or cut");
	else if (lx_cast_may_fail(old, new))
		lx_sql_hazard(sql, 0, "fails if a value does not fit the new type");
	if (lx_cast_rewrites(old, new))
		lx_sql_hazard(sql, LX_HAZARD_REWRITE | LX_HAZARD_STRONG_LOCK,
			      "rewrites the table under an exclusive lock");
}

static void write_using(struct lx_sql *sql, const struct lx_column *old, const struct lx_column *new)
{
	enum lx_cast cast = lx_cast_find(&old->type, &new->type);
	if (new->using_expr.text) {
		lx_sql_raw(sql, " USING (");
		lx_sql_expr(sql, new->using_expr.text);
		lx_sql_raw(sql, ")");
		return;
	}
	if (cast == LX_CAST_ASSIGNMENT)
		return;
	lx_sql_raw(sql, " USING ");
	lx_sql_name(sql, new->base.name);
	if (cast == LX_CAST_BY_TEXT)
		lx_sql_raw(sql, old->type.dimensions && new->type.dimensions ? "::text[]" : "::text");
	lx_sql_raw(sql, "::");
	lx_sql_type(sql, &new->type);
}

/* What stands above several tables while their column gets another type. */
static const char helper[] = "lexo root";

static void write_helper(struct lx_sql *sql, const struct lx_column *like)
{
	lx_sql_qualified(sql, like->base.parent->schema, helper);
}

static void inherit_helper(struct lx_sql *sql, const struct lx_vec *roots, const char *action)
{
	LX_EACH (const struct lx_column *, root, roots) {
		lx_sql_alter_table(sql, &root->base);
		lx_sql_raw(sql, action);
		write_helper(sql, roots->items[0]);
		lx_sql_end(sql);
	}
}

static void create_helper(struct lx_sql *sql, const struct lx_column *old)
{
	lx_sql_raw(sql, "CREATE TABLE ");
	write_helper(sql, old);
	lx_sql_raw(sql, " (");
	lx_sql_name(sql, old->base.name);
	lx_sql_raw(sql, " ");
	lx_sql_type(sql, &old->type);
	lx_column_write_collation(sql, old);
	lx_sql_raw(sql, ")");
	lx_sql_hazard(sql, 0, "holds together tables that have a child in common: the type changes in all at once");
	lx_sql_end(sql);
}

static void drop_helper(struct lx_sql *sql, const struct lx_column *new)
{
	lx_sql_raw(sql, "DROP TABLE ");
	write_helper(sql, new);
	lx_sql_end(sql);
}

static void write_type(struct lx_sql *sql, const struct lx_column *old, const struct lx_column *new, bool has_helper)
{
	lx_sql_raw(sql, "ALTER TABLE ");
	if (has_helper)
		write_helper(sql, new);
	else
		lx_sql_object(sql, &new->base);
	lx_sql_raw(sql, " ALTER COLUMN ");
	lx_sql_name(sql, new->base.name);
	lx_sql_raw(sql, " TYPE ");
	lx_sql_type(sql, &new->type);
	lx_column_write_collation(sql, new);
	write_using(sql, old, new);
	note_type_change(sql, &old->type, &new->type);
	lx_sql_end(sql);
}

/* PostgreSQL changes a column together with those below it, and refuses when one of these has another parent as well.
 * Below a table above all parents they change together. */
void lx_column_retype(struct lx_sql *sql, const struct lx_column *old, const struct lx_column *new)
{
	struct lx_vec roots = lx_column_roots(sql->arena, old, new);
	bool has_helper = roots.length > 1;
	if (roots.items[0] != new)
		return; /* with the first one */
	if (has_helper) {
		create_helper(sql, old);
		inherit_helper(sql, &roots, "INHERIT ");
	}
	write_type(sql, old, new, has_helper);
	if (has_helper) {
		inherit_helper(sql, &roots, "NO INHERIT ");
		drop_helper(sql, new);
	}
}
