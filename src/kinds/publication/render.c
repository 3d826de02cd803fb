/* SPDX-License-Identifier: Apache-2.0 */
#include <strings.h>

#include "base/arena.h"
#include "diff/follow.h"
#include "kinds/kind.h"
#include "kinds/publication/publication.h"
#include "plan/depends.h"
#include "sql/parts.h"

static void write_identity(struct lx_sql *sql, const struct lx_object *object)
{
	lx_sql_identity(sql, "PUBLICATION", object);
}

static void depends(struct lx_depends *depends, const struct lx_object *object)
{
	const struct lx_publication *publication = (const struct lx_publication *)object;
	LX_EACH (const char *, schema, &publication->schemas)
		lx_depend_on_schema(depends, schema);
	LX_EACH (const struct lx_published *, published, &publication->tables) {
		lx_depend_on(depends, published->table);
		lx_depend_on_names(depends, published->target_sql);
		lx_depend_on_names(depends, published->filter.text);
		if (published->table)
			lx_depend_on_columns(depends, published->table, &published->columns);
	}
}

static void follow(struct lx_follow *follow, struct lx_object *copy, const struct lx_object *new)
{
	struct lx_publication *publication = (struct lx_publication *)copy;
	struct lx_arena *arena = lx_follow_arena(follow);
	struct lx_vec tables = {0};
	(void)new;
	LX_EACH (const struct lx_published *, old, &publication->tables) {
		struct lx_published *published = LX_NEW(arena, struct lx_published);
		*published = *old;
		if (published->table)
			lx_follow_columns(follow, published->table, &published->columns);
		published->table = lx_follow_object(follow, published->table);
		lx_vec_push(arena, &tables, published);
	}
	publication->tables = tables;
	lx_published_sort(arena, publication);
}

/* Before PostgreSQL 15 a list of tables has its word once. */
static const char *after_word(const char *target)
{
	static const char word[] = "TABLE ";
	return strncasecmp(target, word, sizeof word - 1) == 0 ? target + sizeof word - 1 : target;
}

static void write_table(struct lx_sql *sql, const struct lx_published *published, bool is_whole)
{
	if (published->table)
		lx_sql_object(sql, published->table);
	else
		lx_sql_expr(sql, after_word(published->target_sql));
	if (is_whole && published->columns.length) {
		lx_sql_raw(sql, " (");
		lx_sql_names(sql, &published->columns);
		lx_sql_raw(sql, ")");
	}
	if (is_whole && published->filter.text) {
		lx_sql_raw(sql, " WHERE (");
		lx_sql_expr(sql, published->filter.text);
		lx_sql_raw(sql, ")");
	}
}

/* IS_WHOLE: with columns and filters.  False: there is nothing. */
static bool write_members(struct lx_sql *sql, const char *before, const struct lx_publication *publication,
			  bool is_whole)
{
	const char *separator = before;
	LX_EACH (const struct lx_published *, published, &publication->tables) {
		lx_sql_raw(sql, separator);
		lx_sql_raw(sql, published_i ? "" : "TABLE ");
		write_table(sql, published, is_whole);
		separator = ", ";
	}
	LX_EACH (const char *, schema, &publication->schemas) {
		lx_sql_raw(sql, separator);
		lx_sql_raw(sql, "TABLES IN SCHEMA ");
		lx_sql_name(sql, schema);
		separator = ", ";
	}
	return separator != before;
}

/* Options in CHANGED (bits of attributes); OLD NULL: only those that are not as PostgreSQL makes them. */
static void write_options(struct lx_sql *sql, const char *before, const struct lx_publication *publication,
			  uint32_t changed)
{
	const char *separator = before;
	if (changed & 1u << LX_PUBLICATION_OPERATIONS) {
		lx_sql_raw(sql, separator);
		lx_sql_raw(sql, "publish = '");
		LX_EACH (const char *, operation, &publication->operations) {
			if (*operation == 'n') /* nothing */
				break;
			lx_sql_raw(sql, operation_i ? ", " : "");
			lx_sql_raw(sql, operation);
		}
		lx_sql_raw(sql, publication->operations.length ? "'" : "insert, update, delete, truncate'");
		separator = ", ";
	}
	if (changed & 1u << LX_PUBLICATION_VIA_ROOT) {
		lx_sql_raw(sql, separator);
		lx_sql_raw(sql, publication->is_via_root ? "publish_via_partition_root = true"
							 : "publish_via_partition_root = false");
		separator = ", ";
	}
	if (changed & 1u << LX_PUBLICATION_GENERATED) {
		lx_sql_raw(sql, separator);
		lx_sql_raw(sql, publication->has_generated ? "publish_generated_columns = stored"
							   : "publish_generated_columns = none");
		separator = ", ";
	}
	if (separator != before)
		lx_sql_raw(sql, ")");
}

static void create(struct lx_sql *sql, const struct lx_object *object)
{
	const struct lx_publication *publication = (const struct lx_publication *)object;
	uint32_t set = (publication->operations.length ? 1u << LX_PUBLICATION_OPERATIONS : 0) |
		       (publication->is_via_root ? 1u << LX_PUBLICATION_VIA_ROOT : 0) |
		       (publication->has_generated ? 1u << LX_PUBLICATION_GENERATED : 0);
	lx_sql_raw(sql, "CREATE PUBLICATION ");
	lx_sql_name(sql, object->name);
	if (publication->is_of_all_tables)
		lx_sql_raw(sql, " FOR ALL TABLES");
	else
		write_members(sql, " FOR ", publication, true);
	write_options(sql, " WITH (", publication, set);
	lx_sql_end(sql);
}

static void begin_alter(struct lx_sql *sql, const struct lx_object *object)
{
	lx_sql_raw(sql, "ALTER PUBLICATION ");
	lx_sql_name(sql, object->name);
}

/* Takes every member out.  False: there is none. */
static bool empty(struct lx_sql *sql, const struct lx_publication *old)
{
	if (!old->tables.length && !old->schemas.length)
		return false;
	begin_alter(sql, &old->base);
	write_members(sql, " DROP ", old, false);
	lx_sql_end(sql);
	return true;
}

static bool alter(struct lx_sql *sql, const struct lx_object *old, const struct lx_object *new, uint32_t changed)
{
	const struct lx_publication *publication = (const struct lx_publication *)new;
	if (changed & 1u << LX_PUBLICATION_ALL_TABLES)
		return false;
	if (changed & (1u << LX_PUBLICATION_TABLES | 1u << LX_PUBLICATION_SCHEMAS)) {
		if (publication->tables.length || publication->schemas.length) {
			begin_alter(sql, new);
			write_members(sql, " SET ", publication, true);
			lx_sql_end(sql);
		} else {
			empty(sql, (const struct lx_publication *)old);
		}
	}
	uint32_t options =
	    1u << LX_PUBLICATION_OPERATIONS | 1u << LX_PUBLICATION_VIA_ROOT | 1u << LX_PUBLICATION_GENERATED;
	if (changed & options) {
		begin_alter(sql, new);
		write_options(sql, " SET (", publication, changed & options);
		lx_sql_end(sql);
	}
	return true;
}

/* The publication itself stays: subscribers know it. */
static const struct lx_object *release(struct lx_sql *sql, const struct lx_object *old)
{
	struct lx_publication *rest = LX_NEW(sql->arena, struct lx_publication);
	*rest = *(const struct lx_publication *)old;
	if (!empty(sql, rest))
		return NULL;
	rest->tables = rest->schemas = (struct lx_vec){0};
	return &rest->base;
}

const struct lx_kind_sql lx_publication_sql = {
    .identity = write_identity,
    .depends = depends,
    .follow = follow,
    .create = create,
    .drop = lx_sql_drop,
    .alter = alter,
    .rename = lx_sql_rename,
    .release = release,
    .reactions = LX_ON_RETYPE_STRUCTURE | LX_ON_RETYPE_TEXT | LX_ON_GONE_STRUCTURE,
};
