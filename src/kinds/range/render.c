/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/arena.h"
#include "diff/follow.h"
#include "kinds/kind.h"
#include "kinds/range/range.h"
#include "plan/depends.h"
#include "sql/parts.h"

/* makeMultirangeTypeName (src/backend/catalog/pg_type.c) */
static const char *multirange_name(struct lx_arena *arena, const struct lx_object *object)
{
	const char *name = object->name, *word = strstr(name, "range");
	const char *given = ((const struct lx_range *)object)->multirange;
	if (given)
		return given;
	if (!word)
		return lx_arena_printf(arena, "%s_multirange", name);
	return lx_arena_printf(arena, "%.*smulti%s", (int)(word - name), name, word);
}

static struct lx_vec other_names(struct lx_arena *arena, const struct lx_object *object)
{
	struct lx_vec names = {0};
	lx_vec_push(arena, &names, (void *)(uintptr_t)multirange_name(arena, object));
	return names;
}

static void write_identity(struct lx_sql *sql, const struct lx_object *object)
{
	lx_sql_identity(sql, "TYPE", object);
}

static void depends(struct lx_depends *depends, const struct lx_object *object)
{
	const struct lx_range *range = (const struct lx_range *)object;
	lx_depend_on_schema(depends, object->schema);
	lx_depend_on_type(depends, &range->type);
	lx_depend_on_names(depends, range->opclass);
	lx_depend_on_names(depends, range->collation);
	lx_depend_on_names(depends, range->canonical);
	lx_depend_on_names(depends, range->difference);
}

static void follow(struct lx_follow *follow, struct lx_object *copy, const struct lx_object *new)
{
	(void)new;
	lx_follow_type(follow, &((struct lx_range *)copy)->type);
}

static void write_option(struct lx_sql *sql, const char *word, const char *value)
{
	if (!value)
		return;
	lx_sql_raw(sql, word);
	lx_sql_reference(sql, value);
}

/* CREATE TYPE would put it where search_path says, not beside the range. */
static void write_multirange(struct lx_sql *sql, const struct lx_range *range)
{
	const char *name = range->multirange;
	if (name && !strpbrk(name, ".\"")) {
		lx_sql_raw(sql, ", MULTIRANGE_TYPE_NAME = ");
		lx_sql_qualified(sql, range->base.schema, name);
	} else {
		write_option(sql, ", MULTIRANGE_TYPE_NAME = ", name);
	}
}

static void create(struct lx_sql *sql, const struct lx_object *object)
{
	const struct lx_range *range = (const struct lx_range *)object;
	lx_sql_raw(sql, "CREATE TYPE ");
	lx_sql_object(sql, object);
	lx_sql_raw(sql, " AS RANGE (SUBTYPE = ");
	lx_sql_type(sql, &range->type);
	write_option(sql, ", SUBTYPE_OPCLASS = ", range->opclass);
	write_option(sql, ", COLLATION = ", range->collation);
	write_option(sql, ", CANONICAL = ", range->canonical);
	write_option(sql, ", SUBTYPE_DIFF = ", range->difference);
	write_multirange(sql, range);
	lx_sql_raw(sql, ")");
	lx_sql_end(sql);
}

const struct lx_kind_sql lx_range_sql = {
    .identity = write_identity,
    .depends = depends,
    .follow = follow,
    .create = create,
    .drop = lx_sql_drop,
    .rename = lx_sql_rename,
    .other_names = other_names,
    .reactions = LX_ON_RETYPE_STRUCTURE | LX_ON_GONE_STRUCTURE,
};
