/* Other bounds: detach and attach, so no row is lost.
 * SPDX-License-Identifier: Apache-2.0 */
#include "kinds/partition/partition.h"

#include <string.h>

#include "diff/follow.h"
#include "kinds/index/parts.h"
#include "kinds/kind.h"
#include "kinds/names.h"
#include "kinds/table/above.h"
#include "plan/depends.h"
#include "plan/plan.h"
#include "sql/parts.h"

static void depends(struct lx_depends *depends, const struct lx_object *object)
{
	const struct lx_partition *partition = (const struct lx_partition *)object;
	lx_depend_on(depends, object->parent);
	lx_depend_on(depends, partition->of);
	lx_above_order(depends, object, partition->of);
	lx_depend_on_names(depends, partition->bound.text);
}

static void follow(struct lx_follow *follow, struct lx_object *copy, const struct lx_object *new)
{
	struct lx_partition *partition = (struct lx_partition *)copy;
	partition->of = lx_follow_object(follow, partition->of);
	lx_follow_expr(follow, copy, &partition->bound, new ? &((const struct lx_partition *)new)->bound : NULL);
}

/* "FROM (…) TO (…)" stands for "FOR VALUES FROM (…) TO (…)"; both are accepted, and DEFAULT. */
static void write_bound(struct lx_sql *sql, const struct lx_partition *partition)
{
	const char *bound = partition->bound.text;
	const char *start = bound + strspn(bound, " \t\r\n");
	if (strncasecmp(start, "default", 7) == 0) {
		lx_sql_raw(sql, " DEFAULT");
		return;
	}
	const char *missing = strncasecmp(start, "for ", 4) == 0     ? " "
			      : strncasecmp(start, "values", 6) == 0 ? " FOR "
								     : " FOR VALUES ";
	lx_sql_raw(sql, missing);
	lx_sql_statements(sql, bound);
}

static void detach(struct lx_sql *sql, const struct lx_partition *partition)
{
	lx_sql_alter_table(sql, partition->of);
	lx_sql_raw(sql, "DETACH PARTITION ");
	lx_sql_object(sql, &partition->base);
	lx_sql_end(sql);
}

static void attach(struct lx_sql *sql, const struct lx_partition *partition)
{
	lx_sql_alter_table(sql, partition->of);
	lx_sql_raw(sql, "ATTACH PARTITION ");
	lx_sql_object(sql, &partition->base);
	write_bound(sql, partition);
	if (!sql->is_fresh)
		lx_sql_hazard(sql, LX_HAZARD_SCAN,
			      "reads the whole partition; fails if a row is outside of its bounds");
	lx_sql_end(sql);
}

static void create(struct lx_sql *sql, const struct lx_object *object)
{
	const struct lx_partition *partition = (const struct lx_partition *)object;
	if (!sql->is_fresh)
		lx_above_add_checks(sql, object, partition->of);
	attach(sql, partition);
}

static void drop(struct lx_sql *sql, const struct lx_object *object)
{
	const struct lx_partition *partition = (const struct lx_partition *)object;
	detach(sql, partition);
	lx_above_drop_checks(sql, object, partition->of);
	lx_above_drop_foreign_keys(sql, object, partition->of);
}

static bool alter(struct lx_sql *sql, const struct lx_object *old, const struct lx_object *new, uint32_t changed)
{
	if (changed & 1u << LX_PARTITION_OF)
		return false;
	detach(sql, (const struct lx_partition *)old);
	attach(sql, (const struct lx_partition *)new);
	return true;
}

static void upsets(const struct lx_object *object, void (*found)(void *context, const struct lx_object *other),
		   void *context)
{
	lx_index_upset(((const struct lx_partition *)object)->of, object->parent, found, context);
}

const struct lx_kind_sql lx_partition_sql = {
    .depends = depends,
    .follow = follow,
    .create = create,
    .drop = drop,
    .alter = alter,
    .reactions = LX_ON_GONE_STRUCTURE,
    .upsets = upsets,
};
