/* SPDX-License-Identifier: Apache-2.0 */
#include "diff/follow.h"
#include "kinds/kind.h"
#include "kinds/owner/owner.h"
#include "plan/depends.h"
#include "sql/parts.h"

static void depends(struct lx_depends *depends, const struct lx_object *object)
{
	lx_depend_on(depends, object->parent);
	lx_depend_on(depends, ((const struct lx_owner *)object)->column);
}

static void follow(struct lx_follow *follow, struct lx_object *copy, const struct lx_object *new)
{
	struct lx_owner *owner = (struct lx_owner *)copy;
	(void)new;
	owner->column = lx_follow_object(follow, owner->column);
}

static void write_owner(struct lx_sql *sql, const struct lx_object *object, const struct lx_object *column)
{
	lx_sql_raw(sql, "ALTER SEQUENCE ");
	lx_sql_object(sql, object);
	lx_sql_raw(sql, " OWNED BY ");
	if (column) {
		lx_sql_object(sql, column);
		lx_sql_raw(sql, ".");
		lx_sql_name(sql, column->name);
	} else {
		lx_sql_raw(sql, "NONE");
	}
	lx_sql_end(sql);
}

static void create(struct lx_sql *sql, const struct lx_object *object)
{
	write_owner(sql, object, ((const struct lx_owner *)object)->column);
}

static void drop(struct lx_sql *sql, const struct lx_object *object)
{
	write_owner(sql, object, NULL);
}

const struct lx_kind_sql lx_owner_sql = {
    .depends = depends,
    .follow = follow,
    .create = create,
    .drop = drop,
    .reactions = LX_ON_GONE_STRUCTURE,
};
