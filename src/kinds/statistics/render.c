/* SPDX-License-Identifier: Apache-2.0 */
#include "diff/follow.h"
#include "kinds/index/index.h"
#include "kinds/kind.h"
#include "kinds/statistics/statistics.h"
#include "plan/depends.h"
#include "plan/plan.h"
#include "sql/parts.h"

static void write_in(struct lx_sql *sql, const struct lx_object *object, const char *schema)
{
	lx_sql_raw(sql, "STATISTICS ");
	lx_sql_qualified(sql, schema ? schema : object->parent->schema, object->name);
}

static void write_identity(struct lx_sql *sql, const struct lx_object *object)
{
	write_in(sql, object, ((const struct lx_statistics *)object)->in_schema);
}

static void depends(struct lx_depends *depends, const struct lx_object *object)
{
	const struct lx_statistics *statistics = (const struct lx_statistics *)object;
	lx_depend_on(depends, object->parent);
	lx_depend_on_schema(depends, statistics->in_schema);
	lx_depend_on_elements(depends, object->parent, &statistics->elements);
}

static void follow(struct lx_follow *follow, struct lx_object *copy, const struct lx_object *new)
{
	lx_follow_elements(follow, copy, &((struct lx_statistics *)copy)->elements,
			   new ? &((const struct lx_statistics *)new)->elements : NULL);
}

static void write_target(struct lx_sql *sql, const struct lx_object *object)
{
	lx_sql_raw(sql, "ALTER ");
	write_identity(sql, object);
	lx_sql_raw(sql, " SET STATISTICS ");
	lx_sql_integer(sql, ((const struct lx_statistics *)object)->target - 1);
	lx_sql_end(sql);
}

static void create(struct lx_sql *sql, const struct lx_object *object)
{
	const struct lx_statistics *statistics = (const struct lx_statistics *)object;
	lx_sql_raw(sql, "CREATE ");
	write_identity(sql, object);
	if (statistics->kinds.length) {
		lx_sql_raw(sql, " (");
		lx_sql_names(sql, &statistics->kinds);
		lx_sql_raw(sql, ")");
	}
	lx_sql_raw(sql, " ON ");
	lx_sql_elements(sql, &statistics->elements);
	lx_sql_raw(sql, " FROM ");
	lx_sql_object(sql, object);
	lx_sql_end(sql);
	if (statistics->target)
		write_target(sql, object);
}

static bool alter(struct lx_sql *sql, const struct lx_object *old, const struct lx_object *new, uint32_t changed)
{
	const struct lx_statistics *from = (const struct lx_statistics *)old, *to = (const struct lx_statistics *)new;
	if (changed & ~(1u << LX_STATISTICS_TARGET | 1u << LX_STATISTICS_SCHEMA))
		return false;
	if (changed & 1u << LX_STATISTICS_SCHEMA) {
		lx_sql_raw(sql, "ALTER ");
		write_in(sql, new, from->in_schema);
		lx_sql_raw(sql, " SET SCHEMA ");
		lx_sql_name(sql, to->in_schema ? to->in_schema : new->parent->schema);
		lx_sql_end(sql);
	}
	if (changed & 1u << LX_STATISTICS_TARGET)
		write_target(sql, new);
	return true;
}

const struct lx_kind_sql lx_statistics_sql = {
    .identity = write_identity,
    .depends = depends,
    .follow = follow,
    .create = create,
    .drop = lx_sql_drop,
    .alter = alter,
    .rename = lx_sql_rename,
    .reactions = LX_ON_RETYPE_TEXT | LX_ON_GONE_TEXT | LX_ON_GONE_STRUCTURE,
};
