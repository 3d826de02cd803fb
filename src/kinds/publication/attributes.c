/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/arena.h"
#include "ir/expr.h"
#include "kinds/kind.h"
#include "kinds/names.h"
#include "kinds/publication/publication.h"

#define AT(field) offsetof(struct lx_publication, field)

const char *lx_published_name(struct lx_arena *arena, const struct lx_published *published)
{
	const struct lx_object *table = published->table;
	return table ? lx_arena_printf(arena, "%s.%s", table->schema, table->name) : published->target_sql;
}

static bool same_table(const struct lx_published *a, const struct lx_published *b)
{
	if (!a->table || !b->table)
		return lx_text_equal(a->target_sql, b->target_sql);
	return strcmp(a->table->schema, b->table->schema) == 0 && strcmp(a->table->name, b->table->name) == 0;
}

static bool same_tables(const struct lx_object *a, const struct lx_object *b)
{
	const struct lx_vec *x = &((const struct lx_publication *)a)->tables;
	const struct lx_vec *y = &((const struct lx_publication *)b)->tables;
	if (x->length != y->length)
		return false;
	for (size_t i = 0; i < x->length; i++) {
		const struct lx_published *one = x->items[i], *other = y->items[i];
		if (!same_table(one, other) || !lx_names_equal(&one->columns, &other->columns) ||
		    !lx_expr_equal(one->filter.text, other->filter.text))
			return false;
	}
	return true;
}

struct sorting {
	struct lx_arena *arena;
};

static int compare(const void *a, const void *b, void *context)
{
	struct lx_arena *arena = ((struct sorting *)context)->arena;
	return strcmp(lx_published_name(arena, a), lx_published_name(arena, b));
}

void lx_published_sort(struct lx_arena *arena, struct lx_publication *publication)
{
	struct sorting sorting = {arena};
	lx_vec_sort(arena, &publication->tables, compare, &sorting);
}

static const struct lx_attr rows[LX_PUBLICATION_ATTRS] = {
    [LX_PUBLICATION_ALL_TABLES] = {"all_tables", LX_SHAPE_FLAG, LX_EFFECT_REPLACE, AT(is_of_all_tables), NULL, NULL,
				   "Every table of the database, those to come too."},
    [LX_PUBLICATION_SCHEMAS] = {"schemas", LX_SHAPE_NAMES, LX_EFFECT_ALTER, AT(schemas), NULL, NULL,
				"Every table of these schemas."},
    [LX_PUBLICATION_OPERATIONS] = {"publish", LX_SHAPE_NAMES, LX_EFFECT_ALTER, AT(operations), NULL, NULL,
				   "The operations; without it all: insert, update, delete, truncate."},
    [LX_PUBLICATION_VIA_ROOT] = {"via_root", LX_SHAPE_FLAG, LX_EFFECT_ALTER, AT(is_via_root), NULL, NULL,
				 "Changes of partitions are published as those of the partitioned table."},
    [LX_PUBLICATION_GENERATED] = {"generated_columns", LX_SHAPE_FLAG, LX_EFFECT_ALTER, AT(has_generated), NULL, NULL,
				  "Stored generated columns are published too."},
    [LX_PUBLICATION_TABLES] = {NULL, LX_SHAPE_OWN, LX_EFFECT_ALTER, AT(tables), NULL, same_tables, "The tables."},
};

const struct lx_kind_info lx_publication_info = {
    .words = {"publication"},
    .title = "publication",
    .size = sizeof(struct lx_publication),
    .attrs = rows,
    .attr_count = LX_PUBLICATION_ATTRS,
    .is_database_object = true,
};
