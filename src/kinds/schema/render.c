/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "kinds/kind.h"
#include "kinds/schema/schema.h"
#include "sql/parts.h"

static void write_identity(struct lx_sql *sql, const struct lx_object *object)
{
	lx_sql_identity(sql, "SCHEMA", object);
}

/* Every database is born with the schema public; it is neither made nor dropped. */
static bool is_public(const struct lx_object *object)
{
	return strcmp(object->name, "public") == 0;
}

static const char *own_comment(const struct lx_object *object)
{
	return is_public(object) ? "standard public schema" : NULL;
}

static void create(struct lx_sql *sql, const struct lx_object *object)
{
	if (is_public(object))
		return;
	lx_sql_raw(sql, "CREATE SCHEMA ");
	lx_sql_name(sql, object->name);
	lx_sql_end(sql);
}

static void drop(struct lx_sql *sql, const struct lx_object *object)
{
	if (!is_public(object))
		lx_sql_drop(sql, object);
	else if (object->comment)
		lx_sql_comment_on(sql, object, NULL);
}

static bool alter(struct lx_sql *sql, const struct lx_object *old, const struct lx_object *new, uint32_t changed)
{
	(void)sql, (void)old, (void)new, (void)changed;
	return true;
}

const struct lx_kind_sql lx_schema_sql = {
    .identity = write_identity,
    .create = create,
    .drop = drop,
    .alter = alter,
    .rename = lx_sql_rename,
    .is_inborn = is_public,
    .own_comment = own_comment,
};
