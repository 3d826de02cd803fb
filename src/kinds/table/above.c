/* SPDX-License-Identifier: Apache-2.0 */
#include "kinds/table/above.h"

#include "kinds/check/check.h"
#include "kinds/index/parts.h"
#include "kinds/kind.h"
#include "kinds/table/inherit.h"
#include "plan/depends.h"
#include "sql/parts.h"

static void order_children(struct lx_depends *depends, const struct lx_object *table, bool with_indexes)
{
	LX_EACH (const struct lx_object *, child, &table->children) {
		if (!with_indexes && child->kind == LX_KIND_KEY && lx_index_is_ambiguous(child))
			continue; /* it comes behind the partitions */
		if (lx_kind_sql(child->kind)->define || (with_indexes && child->kind == LX_KIND_INDEX))
			lx_depend_on_order(depends, child);
	}
}

void lx_above_order(struct lx_depends *depends, const struct lx_object *object, const struct lx_object *of)
{
	order_children(depends, object->parent, true); /* they become the partition's parts of those above */
	order_children(depends, of, false);
}

/* Calls FOUND for the checks of OF, and of what is above that, that TABLE has to have. */
static void each_check(const struct lx_object *table, const struct lx_object *of,
		       void (*found)(void *context, const struct lx_object *check), void *context)
{
	struct lx_above store;
	LX_EACH (const struct lx_object *, child, &of->children) {
		if (child->kind == LX_KIND_CHECK && !((const struct lx_check *)child)->no_inherit &&
		    !lx_object_child(table, LX_KIND_CHECK, child->name))
			found(context, child);
	}
	LX_EACH (const struct lx_object *, above, lx_table_above(of, &store))
		each_check(table, above, found, context);
}

struct writing {
	struct lx_sql *sql;
	const struct lx_object *table;
	const char **separator;
};

static void write_line(void *context, const struct lx_object *check)
{
	const struct writing *writing = context;
	lx_sql_raw(writing->sql, *writing->separator);
	lx_kind_sql(check->kind)->define(writing->sql, check);
	*writing->separator = ",\n    ";
}

void lx_above_write_checks(struct lx_sql *sql, const struct lx_object *table, const struct lx_object *of,
			   const char **separator)
{
	each_check(table, of, write_line, &(struct writing){sql, table, separator});
}

static void add(void *context, const struct lx_object *check)
{
	const struct writing *writing = context;
	lx_sql_alter_table(writing->sql, writing->table);
	lx_sql_raw(writing->sql, "ADD ");
	lx_kind_sql(check->kind)->define(writing->sql, check);
	lx_sql_end(writing->sql);
}

void lx_above_add_checks(struct lx_sql *sql, const struct lx_object *object, const struct lx_object *of)
{
	each_check(object->parent, of, add, &(struct writing){sql, object->parent, NULL});
}

static void drop(void *context, const struct lx_object *constraint)
{
	const struct writing *writing = context;
	lx_sql_alter_table(writing->sql, writing->table);
	lx_sql_raw(writing->sql, "DROP CONSTRAINT ");
	lx_sql_name(writing->sql, constraint->name);
	lx_sql_end(writing->sql);
}

void lx_above_drop_foreign_keys(struct lx_sql *sql, const struct lx_object *object, const struct lx_object *of)
{
	struct writing writing = {sql, object->parent, NULL};
	struct lx_above store;
	LX_EACH (const struct lx_object *, child, &of->children) {
		if (child->kind == LX_KIND_FOREIGN_KEY)
			drop(&writing, child);
	}
	LX_EACH (const struct lx_object *, above, lx_table_above(of, &store))
		lx_above_drop_foreign_keys(sql, object, above);
}

void lx_above_drop_checks(struct lx_sql *sql, const struct lx_object *object, const struct lx_object *of)
{
	each_check(object->parent, of, drop, &(struct writing){sql, object->parent, NULL});
}
