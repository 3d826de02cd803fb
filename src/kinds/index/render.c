/* SPDX-License-Identifier: Apache-2.0 */
#include "diff/follow.h"
#include "kinds/index/index.h"
#include "kinds/index/parts.h"
#include "kinds/kind.h"
#include "plan/depends.h"
#include "plan/plan.h"
#include "sql/indexes.h"
#include "sql/parts.h"

static void write_identity(struct lx_sql *sql, const struct lx_object *object)
{
	lx_sql_identity(sql, "INDEX", object);
}

/* Partitions do not have it, or it has to be said which of theirs is its share. */
static bool is_alone(const struct lx_object *object)
{
	return lx_index_is_partitioned(object) &&
	       (((const struct lx_index *)object)->is_invalid || lx_index_is_ambiguous(object));
}

static void depends(struct lx_depends *depends, const struct lx_object *object)
{
	const struct lx_index *index = (const struct lx_index *)object;
	lx_depend_on(depends, object->parent);
	LX_EACH (const struct lx_object *, part, &index->parts)
		lx_depend_on_order(depends, part);
	lx_index_depend_on_shares(depends, object);
	if (is_alone(object))
		lx_depend_on_partitions(depends, object->parent); /* attaching one would make its part */
	lx_depend_on_elements(depends, object->parent, &index->elements);
	lx_depend_on_columns(depends, object->parent, &index->include);
	lx_depend_on_index_text(depends, index->where.text);
}

static void follow(struct lx_follow *follow, struct lx_object *copy, const struct lx_object *new)
{
	struct lx_index *index = (struct lx_index *)copy;
	const struct lx_index *to = (const struct lx_index *)new;
	lx_follow_elements(follow, copy, &index->elements, to ? &to->elements : NULL);
	lx_follow_columns(follow, copy->parent, &index->include);
	lx_follow_objects(follow, &index->parts);
	index->whole = lx_follow_object(follow, index->whole);
	lx_follow_expr(follow, copy, &index->where, to ? &to->where : NULL);
}

/* PostgreSQL refuses CONCURRENTLY for partitioned tables; in the revision that creates the table nobody waits. */
static bool is_concurrent(const struct lx_object *object)
{
	return !lx_index_is_partitioned(object) && ((const struct lx_index *)object)->is_concurrent;
}

static void write_tail(struct lx_sql *sql, const struct lx_index *index)
{
	if (index->include.length) {
		lx_sql_raw(sql, " INCLUDE (");
		lx_sql_names(sql, &index->include);
		lx_sql_raw(sql, ")");
	}
	if (index->nulls_not_distinct)
		lx_sql_raw(sql, " NULLS NOT DISTINCT");
	if (index->storage) {
		lx_sql_raw(sql, " WITH ");
		lx_sql_options(sql, index->storage, false);
	}
	if (index->tablespace) {
		lx_sql_raw(sql, " TABLESPACE ");
		lx_sql_name(sql, index->tablespace);
	}
	if (index->where.text) {
		lx_sql_raw(sql, " WHERE ");
		lx_sql_expr(sql, index->where.text);
	}
}

/* The targets that are not those of OLD (NULL: the server's default). */
static void write_statistics(struct lx_sql *sql, const struct lx_object *object, const struct lx_vec *old)
{
	LX_EACH (const struct lx_index_element *, element, &((const struct lx_index *)object)->elements) {
		int64_t before = old ? ((const struct lx_index_element *)old->items[element_i])->statistics : 0;
		if (element->statistics == before)
			continue;
		lx_sql_raw(sql, "ALTER ");
		write_identity(sql, object);
		lx_sql_raw(sql, " ALTER COLUMN ");
		lx_sql_integer(sql, (int64_t)element_i + 1);
		lx_sql_raw(sql, " SET STATISTICS ");
		lx_sql_integer(sql, element->statistics - 1);
		sql->is_not_transactional = sql->is_concurrent;
		lx_sql_end(sql);
	}
}

static void rebuild(struct lx_sql *sql, const struct lx_object *object)
{
	lx_sql_raw(sql, "REINDEX ");
	write_identity(sql, object);
	lx_sql_hazard(sql, LX_HAZARD_SCAN | LX_HAZARD_STRONG_LOCK, "blocks writers while the index is built again");
	lx_sql_end(sql);
}

static void write_settings(struct lx_sql *sql, const struct lx_object *object)
{
	write_statistics(sql, object, NULL);
	if (((const struct lx_index *)object)->is_clustered)
		lx_sql_cluster(sql, object, true);
}

static void create(struct lx_sql *sql, const struct lx_object *object)
{
	const struct lx_index *index = (const struct lx_index *)object;
	lx_sql_raw(sql, index->is_unique ? "CREATE UNIQUE INDEX " : "CREATE INDEX ");
	if (sql->is_concurrent)
		lx_sql_raw(sql, "CONCURRENTLY ");
	lx_sql_name(sql, object->name);
	lx_sql_raw(sql, is_alone(object) ? " ON ONLY " : " ON ");
	lx_sql_object(sql, object);
	if (index->method) {
		lx_sql_raw(sql, " USING ");
		lx_sql_name(sql, index->method);
	}
	lx_sql_raw(sql, " (");
	lx_sql_elements(sql, &index->elements);
	lx_sql_raw(sql, ")");
	write_tail(sql, index);
	sql->is_not_transactional = sql->is_concurrent;
	if (!sql->is_fresh && !sql->is_concurrent)
		lx_sql_hazard(sql, LX_HAZARD_SCAN | LX_HAZARD_STRONG_LOCK,
			      "blocks writers while the index is built; @concurrently would not");
	lx_sql_end(sql);
	if (is_alone(object))
		lx_index_attach_parts(sql, object);
	write_settings(sql, object);
}

/* Constraints that are shares of an index hold it, as it holds them. */
static bool has_constraint(const struct lx_object *object)
{
	LX_EACH (const struct lx_object *, part, lx_index_parts(object)) {
		if (part->kind == LX_KIND_KEY || has_constraint(part))
			return true;
	}
	return false;
}

static void drop(struct lx_sql *sql, const struct lx_object *object)
{
	lx_sql_raw(sql, sql->is_concurrent ? "DROP INDEX CONCURRENTLY " : "DROP INDEX ");
	if (((const struct lx_index *)object)->part_of)
		lx_sql_raw(sql, "IF EXISTS "); /* it goes with the whole, if that goes */
	lx_sql_qualified(sql, object->parent->schema, object->name);
	if (has_constraint(object))
		lx_sql_raw(sql, " CASCADE");
	sql->is_not_transactional = sql->is_concurrent;
	lx_sql_end(sql);
}

static bool alter(struct lx_sql *sql, const struct lx_object *old, const struct lx_object *new, uint32_t changed)
{
	const struct lx_index *from = (const struct lx_index *)old, *to = (const struct lx_index *)new;
	static const uint32_t in_place = 1u << LX_INDEX_STORAGE | 1u << LX_INDEX_TABLESPACE |
					 1u << LX_INDEX_STATISTICS | 1u << LX_INDEX_CLUSTERED | 1u << LX_INDEX_INVALID |
					 1u << LX_INDEX_PART_OF | 1u << LX_INDEX_CONCURRENTLY;
	if (changed & ~in_place || (to->is_invalid && !from->is_invalid && lx_index_is_partitioned(new)))
		return false;
	if (changed & 1u << LX_INDEX_STORAGE)
		lx_sql_alter_options(sql, new, from->storage, to->storage);
	if (changed & 1u << LX_INDEX_TABLESPACE)
		lx_sql_index_tablespace(sql, new, to->tablespace);
	if (from->is_invalid && !to->is_invalid && lx_index_is_partitioned(new))
		lx_index_attach_parts(sql, new);
	else if (from->is_invalid && !to->is_invalid)
		rebuild(sql, new);
	write_statistics(sql, new, &from->elements);
	if (from->is_clustered != to->is_clustered)
		lx_sql_cluster(sql, new, to->is_clustered);
	return true;
}

const struct lx_kind_sql lx_index_sql = {
    .identity = write_identity,
    .depends = depends,
    .follow = follow,
    .create = create,
    .drop = drop,
    .alter = alter,
    .rename = lx_sql_rename,
    .reactions = LX_ON_RETYPE_TEXT | LX_ON_GONE_TEXT | LX_ON_GONE_STRUCTURE,
    .more_reactions = lx_index_reactions,
    .whole = lx_index_whole,
    .parts = lx_index_parts,
    .is_concurrent = is_concurrent,
};
