/* SPDX-License-Identifier: Apache-2.0 */
#include "kinds/kind.h"
#include "kinds/user_mapping/user_mapping.h"
#include "plan/depends.h"
#include "sql/parts.h"

static void write_mapping(struct lx_sql *sql, const char *verb, const struct lx_object *object)
{
	const struct lx_user_mapping *mapping = (const struct lx_user_mapping *)object;
	lx_sql_raw(sql, verb);
	lx_sql_raw(sql, " USER MAPPING FOR ");
	lx_sql_role(sql, mapping->role);
	lx_sql_raw(sql, " SERVER ");
	lx_sql_name(sql, mapping->server);
}

static void depends(struct lx_depends *depends, const struct lx_object *object)
{
	lx_depend_on_kind(depends, LX_KIND_SERVER, ((const struct lx_user_mapping *)object)->server);
}

static void create(struct lx_sql *sql, const struct lx_object *object)
{
	write_mapping(sql, "CREATE", object);
	lx_foreign_options_write(sql, NULL, &((const struct lx_user_mapping *)object)->options);
	lx_sql_end(sql);
}

static void drop(struct lx_sql *sql, const struct lx_object *object)
{
	write_mapping(sql, "DROP", object);
	lx_sql_end(sql);
}

static bool alter(struct lx_sql *sql, const struct lx_object *old, const struct lx_object *new, uint32_t changed)
{
	(void)changed;
	write_mapping(sql, "ALTER", new);
	lx_foreign_options_write(sql, &((const struct lx_user_mapping *)old)->options,
				 &((const struct lx_user_mapping *)new)->options);
	lx_sql_end(sql);
	return true;
}

const struct lx_kind_sql lx_user_mapping_sql = {
    .depends = depends,
    .create = create,
    .drop = drop,
    .alter = alter,
    .reactions = LX_ON_GONE_STRUCTURE,
};
