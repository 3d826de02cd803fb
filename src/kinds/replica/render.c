/* SPDX-License-Identifier: Apache-2.0 */
#include "kinds/kind.h"
#include "kinds/replica/replica.h"
#include "plan/depends.h"
#include "sql/parts.h"

static void depends(struct lx_depends *depends, const struct lx_object *object)
{
	const struct lx_replica *replica = (const struct lx_replica *)object;
	lx_depend_on(depends, object->parent);
	if (!replica->index)
		return;
	lx_depend_on(depends, lx_object_child(object->parent, LX_KIND_INDEX, replica->index));
	lx_depend_on(depends, lx_object_child(object->parent, LX_KIND_KEY, replica->index));
}

static void write(struct lx_sql *sql, const struct lx_object *object, int identity)
{
	static const char *const words[] = {"DEFAULT", "FULL", "NOTHING", "USING INDEX "};
	lx_sql_alter_table(sql, object);
	lx_sql_raw(sql, "REPLICA IDENTITY ");
	lx_sql_raw(sql, words[identity]);
	if (identity == LX_REPLICA_BY_INDEX)
		lx_sql_name(sql, ((const struct lx_replica *)object)->index);
	lx_sql_end(sql);
}

static void create(struct lx_sql *sql, const struct lx_object *object)
{
	write(sql, object, ((const struct lx_replica *)object)->identity);
}

static void drop(struct lx_sql *sql, const struct lx_object *object)
{
	write(sql, object, 0);
}

static bool alter(struct lx_sql *sql, const struct lx_object *old, const struct lx_object *new, uint32_t changed)
{
	(void)old, (void)changed;
	create(sql, new);
	return true;
}

const struct lx_kind_sql lx_replica_sql = {
    .depends = depends,
    .create = create,
    .drop = drop,
    .alter = alter,
    .reactions = LX_ON_GONE_STRUCTURE,
};
