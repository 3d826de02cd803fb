/* SPDX-License-Identifier: Apache-2.0 */
#include "diff/follow.h"
#include "kinds/index/parts.h"
#include "kinds/key/key.h"
#include "kinds/kind.h"
#include "kinds/names.h"
#include "plan/depends.h"
#include "plan/plan.h"
#include "sql/indexes.h"
#include "sql/parts.h"

static void depends(struct lx_depends *depends, const struct lx_object *object)
{
	const struct lx_key *key = (const struct lx_key *)object;
	lx_depend_on(depends, object->parent);
	LX_EACH (const struct lx_object *, part, &key->parts)
		lx_depend_on_order(depends, part);
	lx_index_depend_on_shares(depends, object);
	if (lx_index_is_ambiguous(object))
		lx_depend_on_partitions(depends, object->parent);
	lx_depend_on_columns(depends, object->parent, &key->columns);
	lx_depend_on_columns(depends, object->parent, &key->include);
}

static void follow(struct lx_follow *follow, struct lx_object *copy, const struct lx_object *new)
{
	struct lx_key *key = (struct lx_key *)copy;
	(void)new;
	lx_follow_columns(follow, copy->parent, &key->columns);
	lx_follow_columns(follow, copy->parent, &key->include);
	lx_follow_objects(follow, &key->parts);
	key->whole = lx_follow_object(follow, key->whole);
}

static void define(struct lx_sql *sql, const struct lx_object *object)
{
	const struct lx_key *key = (const struct lx_key *)object;
	lx_sql_raw(sql, "CONSTRAINT ");
	lx_sql_name(sql, object->name);
	lx_sql_raw(sql, key->is_primary ? " PRIMARY KEY" : " UNIQUE");
	if (key->nulls_not_distinct)
		lx_sql_raw(sql, " NULLS NOT DISTINCT");
	lx_sql_raw(sql, " (");
	lx_sql_names(sql, &key->columns);
	lx_sql_raw(sql, key->is_without_overlaps ? " WITHOUT OVERLAPS)" : ")");
	if (key->include.length) {
		lx_sql_raw(sql, " INCLUDE (");
		lx_sql_names(sql, &key->include);
		lx_sql_raw(sql, ")");
	}
	lx_sql_backing(sql, &key->backing);
	lx_sql_deferrable(sql, key->deferrable);
}

static void create(struct lx_sql *sql, const struct lx_object *object)
{
	if (!sql->is_fresh)
		lx_sql_hazard(sql, LX_HAZARD_SCAN | LX_HAZARD_STRONG_LOCK,
			      "builds an index under an exclusive lock; fails if there are duplicates");
	if (lx_index_is_ambiguous(object)) {
		lx_sql_raw(sql, "ALTER TABLE ONLY ");
		lx_sql_object(sql, object);
		lx_sql_raw(sql, " ADD ");
		define(sql, object);
		lx_sql_end(sql);
		lx_index_attach_parts(sql, object);
	} else {
		lx_sql_add_constraint(sql, object);
	}
	lx_sql_backing_settings(sql, object, &((const struct lx_key *)object)->backing);
}

static void drop(struct lx_sql *sql, const struct lx_object *object)
{
	if (((const struct lx_key *)object)->part_of)
		lx_sql_drop_part(sql, object); /* it goes with the whole, if that goes */
	else
		lx_sql_drop_constraint(sql, object);
}

/* CREATE TABLE makes one constraint of two that say the same (transformIndexConstraints in
 * src/backend/parser/parse_utilcmd.c); the share of a key above comes first. */
static bool has_twin_before(const struct lx_object *object)
{
	const struct lx_key *key = (const struct lx_key *)object;
	bool is_behind = true;
	LX_EACH (const struct lx_object *, child, &object->parent->children) {
		const struct lx_key *other = (const struct lx_key *)child;
		if (child == object)
			is_behind = false;
		else if (child->kind != object->kind || !lx_names_equal(&other->columns, &key->columns))
			continue;
		else if (!other->part_of != !key->part_of ? other->part_of != NULL : is_behind)
			return true;
	}
	return false;
}

static bool stands_apart(const struct lx_object *object)
{
	return lx_backing_has_settings(&((const struct lx_key *)object)->backing) || has_twin_before(object) ||
	       lx_index_is_ambiguous(object);
}

static bool alter(struct lx_sql *sql, const struct lx_object *old, const struct lx_object *new, uint32_t changed)
{
	static const uint32_t in_place = 1u << LX_KEY_STORAGE | 1u << LX_KEY_TABLESPACE | 1u << LX_KEY_CLUSTERED |
					 1u << LX_KEY_INDEX_COMMENT | 1u << LX_KEY_PART_OF;
	if (changed & ~in_place)
		return false;
	lx_sql_alter_backing(sql, new, &((const struct lx_key *)old)->backing, &((const struct lx_key *)new)->backing);
	return true;
}

const struct lx_kind_sql lx_key_sql = {
    .identity = lx_sql_constraint_identity,
    .depends = depends,
    .follow = follow,
    .define = define,
    .stands_apart = stands_apart,
    .create = create,
    .drop = drop,
    .alter = alter,
    .rename = lx_sql_rename_constraint,
    .reactions = LX_ON_GONE_STRUCTURE,
    .more_reactions = lx_index_reactions,
    .whole = lx_index_whole,
    .parts = lx_index_parts,
};
