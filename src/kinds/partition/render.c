/* A partition is a table of its own in the schema of its parent.  Other bounds: detach and attach, so no row is lost.
 * SPDX-License-Identifier: Apache-2.0 */
#include "kinds/kind.h"
#include "kinds/partition/partition.h"
#include "diff/follow.h"
#include "plan/depends.h"
#include "plan/plan.h"
#include "sql/parts.h"

#include <string.h>

static void write_identity(struct lx_sql *sql, const struct lx_object *object)
{
	lx_sql_identity(sql, "TABLE", object);
}

static void depends(struct lx_depends *depends, const struct lx_object *object)
{
	lx_depend_on(depends, object->parent);
	lx_depend_on_names(depends, ((const struct lx_partition *)object)->bound.text);
}

static void follow(struct lx_follow *follow, struct lx_object *copy, const struct lx_object *new)
{
	lx_follow_expr(follow, copy, &((struct lx_partition *)copy)->bound,
		       new ? &((const struct lx_partition *)new)->bound : NULL);
}

/* "FROM (…) TO (…)" stands for "FOR VALUES FROM (…) TO (…)"; both are accepted, and DEFAULT. */
static void write_bound(struct lx_sql *sql, const struct lx_object *object)
{
	const char *bound = ((const struct lx_partition *)object)->bound.text;
	const char *start = bound + strspn(bound, " \t\r\n");
	bool is_default = strncasecmp(start, "default", 7) == 0;
	if (is_default) {
		lx_sql_raw(sql, " DEFAULT");
		return;
	}
	lx_sql_raw(sql, strncasecmp(start, "for ", 4) == 0     ? " "
			: strncasecmp(start, "values", 6) == 0 ? " FOR "
							       : " FOR VALUES ");
	lx_sql_statements(sql, bound);
}

static void create(struct lx_sql *sql, const struct lx_object *object)
{
	lx_sql_raw(sql, "CREATE TABLE ");
	lx_sql_qualified(sql, object->parent->schema, object->name);
	lx_sql_raw(sql, " PARTITION OF ");
	lx_sql_object(sql, object);
	write_bound(sql, object);
	lx_sql_end(sql);
}

static void drop(struct lx_sql *sql, const struct lx_object *object)
{
	lx_sql_hazard(sql, LX_HAZARD_DATA_LOSS, "drops the partition with all its rows");
	lx_sql_drop(sql, object);
}

static bool alter(struct lx_sql *sql, const struct lx_object *old, const struct lx_object *new, uint32_t changed)
{
	(void)old, (void)changed;
	lx_sql_alter_table(sql, new);
	lx_sql_raw(sql, "DETACH PARTITION ");
	lx_sql_qualified(sql, new->parent->schema, new->name);
	lx_sql_end(sql);
	lx_sql_alter_table(sql, new);
	lx_sql_raw(sql, "ATTACH PARTITION ");
	lx_sql_qualified(sql, new->parent->schema, new->name);
	write_bound(sql, new);
	lx_sql_hazard(sql, LX_HAZARD_SCAN, "reads the whole partition; fails if a row is outside the new bounds");
	lx_sql_end(sql);
	return true;
}

const struct lx_kind_sql lx_partition_sql = {
    .identity = write_identity,
    .depends = depends,
    .follow = follow,
    .create = create,
    .drop = drop,
    .alter = alter,
    .rename = lx_sql_rename,
};
