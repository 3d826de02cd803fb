/* SPDX-License-Identifier: Apache-2.0 */
#include "diff/follow.h"
#include "kinds/check/check.h"
#include "kinds/kind.h"
#include "plan/depends.h"
#include "plan/plan.h"
#include "sql/parts.h"

static void depends(struct lx_depends *depends, const struct lx_object *object)
{
	lx_depend_on(depends, object->parent);
	lx_depend_on_names(depends, ((const struct lx_check *)object)->expr.text);
}

static void follow(struct lx_follow *follow, struct lx_object *copy, const struct lx_object *new)
{
	lx_follow_expr(follow, copy, &((struct lx_check *)copy)->expr,
		       new ? &((const struct lx_check *)new)->expr : NULL);
}

static void define(struct lx_sql *sql, const struct lx_object *object)
{
	const struct lx_check *check = (const struct lx_check *)object;
	lx_sql_raw(sql, "CONSTRAINT ");
	lx_sql_name(sql, object->name);
	lx_sql_raw(sql, " CHECK (");
	lx_sql_expr(sql, check->expr.text);
	lx_sql_raw(sql, check->no_inherit ? ") NO INHERIT" : ")");
	if (check->is_not_enforced)
		lx_sql_raw(sql, " NOT ENFORCED");
	else if (check->is_not_valid)
		lx_sql_raw(sql, " NOT VALID");
}

/* CREATE TABLE knows no NOT VALID.  And a function may need the type of the table whose check calls it. */
static bool stands_apart(const struct lx_object *object)
{
	if (((const struct lx_check *)object)->is_not_valid)
		return true;
	LX_EACH (const struct lx_object *, need, &object->needs) {
		if (need->parent != object->parent)
			return true;
	}
	return false;
}

static void create(struct lx_sql *sql, const struct lx_object *object)
{
	const struct lx_check *check = (const struct lx_check *)object;
	if (!sql->is_fresh && !check->is_not_valid && !check->is_not_enforced)
		lx_sql_hazard(sql, LX_HAZARD_SCAN | LX_HAZARD_STRONG_LOCK,
			      "reads the whole table under an exclusive lock; fails if a row violates it");
	lx_sql_add_constraint(sql, object);
}

static bool alter(struct lx_sql *sql, const struct lx_object *old, const struct lx_object *new, uint32_t changed)
{
	(void)old;
	if (changed != 1u << LX_CHECK_NOT_VALID || ((const struct lx_check *)new)->is_not_valid)
		return false;
	lx_sql_validate_constraint(sql, new);
	return true;
}

const struct lx_kind_sql lx_check_sql = {
    .identity = lx_sql_constraint_identity,
    .depends = depends,
    .follow = follow,
    .define = define,
    .stands_apart = stands_apart,
    .create = create,
    .drop = lx_sql_drop_constraint,
    .alter = alter,
    .rename = lx_sql_rename_constraint,
    .reactions = LX_ON_RETYPE_STRUCTURE | LX_ON_RETYPE_TEXT | LX_ON_GONE_STRUCTURE | LX_ON_GONE_TEXT,
};
