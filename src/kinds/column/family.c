/* SPDX-License-Identifier: Apache-2.0 */
#include "kinds/column/family.h"

#include <stdint.h>
#include <string.h>

#include "base/arena.h"
#include "base/map.h"
#include "kinds/kind.h"
#include "kinds/names.h"
#include "kinds/table/inherit.h"

struct pair {
	const struct lx_column *old, *new;
};

static const struct lx_vec *heirs_of(const struct lx_object *table)
{
	static const struct lx_vec none = {0};
	return table->kind == LX_KIND_TABLE ? &((const struct lx_table *)table)->heirs : &none;
}

static const struct lx_column *column_of(const struct lx_object *table, const char *name)
{
	return (const struct lx_column *)lx_object_child(table, LX_KIND_COLUMN, name);
}

/* What TABLES, of the old side, have for TABLE of the new one. */
static bool find_pair(const struct lx_vec *tables, const struct lx_object *table, const char *name, struct pair *pair)
{
	pair->new = column_of(table, name);
	LX_EACH (const struct lx_object *, candidate, tables) {
		if (strcmp(candidate->name, table->name) != 0 || !lx_text_equal(candidate->schema, table->schema))
			continue;
		pair->old = column_of(candidate, name);
		return pair->old && pair->new;
	}
	return false;
}

/* The I-th of the pairs above; false: the table has fewer parents than that, or this one does not have the column. */
static bool pair_above(const struct pair *pair, size_t i, struct pair *above)
{
	struct lx_above before, after;
	const struct lx_vec *tables = lx_table_above(pair->new->base.parent, &after);
	return i < tables->length && find_pair(lx_table_above(pair->old->base.parent, &before), tables->items[i],
					       pair->new->base.name, above);
}

static size_t count_above(const struct lx_column *column)
{
	struct lx_above store;
	return lx_table_above(column->base.parent, &store)->length;
}

bool lx_column_is_led(const struct lx_column *old, const struct lx_column *new)
{
	struct pair above;
	for (size_t i = 0; i < count_above(new); i++) {
		if (pair_above(&(struct pair){old, new}, i, &above))
			return true;
	}
	return false;
}

struct search {
	struct lx_arena *arena;
	struct lx_map seen;
	struct lx_vec roots;
};

static void visit(struct search *search, const struct pair *pair)
{
	struct pair other;
	bool is_root = true;
	const char *key = (const char *)&pair->new;
	if (lx_map_put(search->arena, &search->seen, key, sizeof pair->new, (void *)(uintptr_t)pair->new))
		return;
	for (size_t i = 0; i < count_above(pair->new); i++) {
		if (!pair_above(pair, i, &other))
			continue;
		is_root = false;
		visit(search, &other);
	}
	if (is_root)
		lx_vec_push(search->arena, &search->roots, (void *)(uintptr_t)pair->new);
	LX_EACH (const struct lx_object *, heir, heirs_of(pair->new->base.parent)) {
		if (find_pair(heirs_of(pair->old->base.parent), heir, pair->new->base.name, &other))
			visit(search, &other);
	}
}

static int compare_roots(const void *a, const void *b, void *context)
{
	(void)context;
	return lx_object_compare(((const struct lx_object *)a)->parent, ((const struct lx_object *)b)->parent);
}

struct lx_vec lx_column_roots(struct lx_arena *arena, const struct lx_column *old, const struct lx_column *new)
{
	struct search search = {.arena = arena};
	visit(&search, &(struct pair){old, new});
	lx_vec_sort(arena, &search.roots, compare_roots, NULL);
	return search.roots;
}

bool lx_column_is_same_below(const struct lx_column *column)
{
	LX_EACH (const struct lx_object *, heir, heirs_of(column->base.parent)) {
		const struct lx_column *below = column_of(heir, column->base.name);
		if (below && (below->is_nullable != column->is_nullable || !lx_column_is_same_below(below)))
			return false;
	}
	return true;
}

bool lx_column_is_nulled_above(const struct lx_column *old, const struct lx_column *new)
{
	struct pair above;
	for (size_t i = 0; i < count_above(new); i++) {
		if (!pair_above(&(struct pair){old, new}, i, &above))
			continue;
		bool is_partitioned = ((const struct lx_table *)above.new->base.parent)->partition_method;
		if (above.old->is_nullable == old->is_nullable && above.new->is_nullable == new->is_nullable &&
		    (is_partitioned || lx_column_is_same_below(above.new)))
			return true;
	}
	return false;
}

void lx_column_each_kept_below(const struct lx_column *old, const struct lx_column *new,
			       void (*found)(void *context, const struct lx_column *column), void *context)
{
	LX_EACH (const struct lx_object *, heir, heirs_of(new->base.parent)) {
		struct pair below;
		if (!find_pair(heirs_of(old->base.parent), heir, new->base.name, &below))
			continue;
		if (!below.old->is_nullable && !below.new->is_nullable)
			found(context, below.new);
		lx_column_each_kept_below(below.old, below.new, found, context);
	}
}
