/* SPDX-License-Identifier: Apache-2.0 */
#include "diff/follow.h"
#include "kinds/exclude/exclude.h"
#include "kinds/index/index.h"
#include "kinds/kind.h"
#include "plan/depends.h"
#include "plan/plan.h"
#include "sql/indexes.h"
#include "sql/parts.h"

static void depends(struct lx_depends *depends, const struct lx_object *object)
{
	const struct lx_exclude *exclude = (const struct lx_exclude *)object;
	lx_depend_on(depends, object->parent);
	lx_depend_on_elements(depends, object->parent, &exclude->elements);
	lx_depend_on_columns(depends, object->parent, &exclude->include);
	lx_depend_on_index_text(depends, exclude->where.text);
}

static void follow(struct lx_follow *follow, struct lx_object *copy, const struct lx_object *new)
{
	struct lx_exclude *exclude = (struct lx_exclude *)copy;
	const struct lx_exclude *to = (const struct lx_exclude *)new;
	lx_follow_elements(follow, copy, &exclude->elements, to ? &to->elements : NULL);
	lx_follow_columns(follow, copy->parent, &exclude->include);
	lx_follow_expr(follow, copy, &exclude->where, to ? &to->where : NULL);
}

static void define(struct lx_sql *sql, const struct lx_object *object)
{
	const struct lx_exclude *exclude = (const struct lx_exclude *)object;
	lx_sql_raw(sql, "CONSTRAINT ");
	lx_sql_name(sql, object->name);
	lx_sql_raw(sql, " EXCLUDE");
	if (exclude->method) {
		lx_sql_raw(sql, " USING ");
		lx_sql_name(sql, exclude->method);
	}
	lx_sql_raw(sql, " (");
	lx_sql_elements(sql, &exclude->elements);
	lx_sql_raw(sql, ")");
	if (exclude->include.length) {
		lx_sql_raw(sql, " INCLUDE (");
		lx_sql_names(sql, &exclude->include);
		lx_sql_raw(sql, ")");
	}
	lx_sql_backing(sql, &exclude->backing);
	if (exclude->where.text) {
		lx_sql_raw(sql, " WHERE (");
		lx_sql_expr(sql, exclude->where.text);
		lx_sql_raw(sql, ")");
	}
	lx_sql_deferrable(sql, exclude->deferrable);
}

static void create(struct lx_sql *sql, const struct lx_object *object)
{
	if (!sql->is_fresh)
		lx_sql_hazard(sql, LX_HAZARD_SCAN | LX_HAZARD_STRONG_LOCK,
			      "builds an index under an exclusive lock; fails if two rows exclude each other");
	lx_sql_add_constraint(sql, object);
	lx_sql_backing_settings(sql, object, &((const struct lx_exclude *)object)->backing);
}

/* CREATE TABLE makes one constraint of two that say the same (transformIndexConstraints in
 * src/backend/parser/parse_utilcmd.c). */
static bool has_twin_before(const struct lx_object *object)
{
	LX_EACH (const struct lx_object *, child, &object->parent->children) {
		if (child == object)
			return false;
		if (child->kind == object->kind &&
		    lx_index_elements_equal(&((const struct lx_exclude *)child)->elements,
					    &((const struct lx_exclude *)object)->elements))
			return true;
	}
	return false;
}

static bool stands_apart(const struct lx_object *object)
{
	return lx_backing_has_settings(&((const struct lx_exclude *)object)->backing) || has_twin_before(object);
}

static bool alter(struct lx_sql *sql, const struct lx_object *old, const struct lx_object *new, uint32_t changed)
{
	static const uint32_t in_place = 1u << LX_EXCLUDE_STORAGE | 1u << LX_EXCLUDE_TABLESPACE |
					 1u << LX_EXCLUDE_CLUSTERED | 1u << LX_EXCLUDE_INDEX_COMMENT;
	if (changed & ~in_place)
		return false;
	lx_sql_alter_backing(sql, new, &((const struct lx_exclude *)old)->backing,
			     &((const struct lx_exclude *)new)->backing);
	return true;
}

const struct lx_kind_sql lx_exclude_sql = {
    .identity = lx_sql_constraint_identity,
    .depends = depends,
    .follow = follow,
    .define = define,
    .stands_apart = stands_apart,
    .create = create,
    .drop = lx_sql_drop_constraint,
    .alter = alter,
    .rename = lx_sql_rename_constraint,
    .reactions = LX_ON_RETYPE_TEXT | LX_ON_GONE_TEXT | LX_ON_GONE_STRUCTURE,
};
