/* SPDX-License-Identifier: Apache-2.0 */
#include "base/arena.h"
#include "diff/follow.h"
#include "kinds/inherit/inherit.h"
#include "kinds/kind.h"
#include "kinds/table/above.h"
#include "plan/depends.h"
#include "sql/parts.h"

static void depends(struct lx_depends *depends, const struct lx_object *object)
{
	const struct lx_object *of = ((const struct lx_inherit *)object)->of;
	lx_depend_on(depends, object->parent);
	lx_depend_on(depends, of);
	lx_above_order(depends, object, of);
}

static void follow(struct lx_follow *follow, struct lx_object *copy, const struct lx_object *new)
{
	struct lx_inherit *inherit = (struct lx_inherit *)copy;
	(void)new;
	inherit->of = lx_follow_object(follow, inherit->of);
	copy->name = lx_arena_printf(lx_follow_arena(follow), "%s.%s", inherit->of->schema, inherit->of->name);
}

static void write(struct lx_sql *sql, const struct lx_object *object, const char *words)
{
	const struct lx_object *of = ((const struct lx_inherit *)object)->of;
	lx_sql_alter_table(sql, object);
	lx_sql_raw(sql, words);
	lx_sql_qualified(sql, of->schema, of->name);
	lx_sql_end(sql);
}

/* A table that is just made says so in its CREATE, which keeps the columns from being its own as well. */
static void create(struct lx_sql *sql, const struct lx_object *object)
{
	if (sql->is_fresh)
		return;
	lx_above_add_checks(sql, object, ((const struct lx_inherit *)object)->of);
	write(sql, object, "INHERIT ");
}

static void drop(struct lx_sql *sql, const struct lx_object *object)
{
	write(sql, object, "NO INHERIT ");
	lx_above_drop_checks(sql, object, ((const struct lx_inherit *)object)->of);
}

const struct lx_kind_sql lx_inherit_sql = {
    .depends = depends,
    .follow = follow,
    .create = create,
    .drop = drop,
    .reactions = LX_ON_GONE_STRUCTURE,
};
