/* SPDX-License-Identifier: Apache-2.0 */
#include "kinds/table/inherit.h"

#include <string.h>

#include "kinds/kind.h"
#include "kinds/names.h"

const struct lx_vec *lx_table_above(const struct lx_object *table, struct lx_above *store)
{
	store->one = NULL;
	store->tables = (struct lx_vec){0};
	if (table->kind != LX_KIND_TABLE)
		return &store->tables;
	store->one = ((const struct lx_table *)table)->partition_of;
	if (!store->one)
		return &((const struct lx_table *)table)->inherits;
	store->tables = (struct lx_vec){(void **)&store->one, 1, 1};
	return &store->tables;
}

const struct lx_column *lx_table_column_above(const struct lx_object *table, const char *name)
{
	struct lx_above store;
	LX_EACH (const struct lx_object *, above, lx_table_above(table, &store)) {
		const struct lx_object *column = lx_object_child(above, LX_KIND_COLUMN, name);
		if (column)
			return (const struct lx_column *)column;
	}
	return NULL;
}

struct lx_column lx_column_inherit(const struct lx_column *above, struct lx_object *table)
{
	struct lx_column column = *above;
	column.base.parent = table;
	column.base.comment = NULL;
	column.base.renamed_from = NULL;
	column.base.kept = NULL;
	column.identity = LX_IDENTITY_NONE;
	column.identity_options = column.identity_sequence = column.sequence_comment = column.options = NULL;
	column.is_nullable |= above->no_inherit;
	column.not_null = NULL;
	column.no_inherit = column.is_not_valid = false;
	column.has_statistics = false;
	column.statistics = 0;
	column.is_inherited = true;
	return column;
}

void lx_column_merge(struct lx_column *column, const struct lx_column *above)
{
	column->is_nullable &= above->is_nullable;
	if (!column->default_value.text)
		column->default_value = above->default_value;
}

bool lx_table_usual(struct lx_object *table, const char *name, struct lx_column *usual)
{
	struct lx_above store;
	bool has_one = false;
	LX_EACH (const struct lx_object *, parent, lx_table_above(table, &store)) {
		const struct lx_column *above = (const struct lx_column *)lx_object_child(parent, LX_KIND_COLUMN, name);
		if (above && has_one)
			lx_column_merge(usual, above);
		else if (above)
			*usual = lx_column_inherit(above, table);
		has_one |= above != NULL;
	}
	return has_one;
}

static const struct lx_object *next_column(const struct lx_object *table, size_t *at)
{
	while (*at < table->children.length) {
		const struct lx_object *child = table->children.items[(*at)++];
		if (child->kind == LX_KIND_COLUMN)
			return child;
	}
	return NULL;
}

/* A partition may have its columns in an order of its own. */
static bool is_in_order(const struct lx_object *table)
{
	const struct lx_object *above = ((const struct lx_table *)table)->partition_of;
	size_t at = 0, at_above = 0;
	while (above) {
		const struct lx_object *column = next_column(table, &at), *other = next_column(above, &at_above);
		if (!column || !other)
			return !column && !other;
		if (strcmp(column->name, other->name) != 0)
			return false;
	}
	return true;
}

bool lx_table_implies(const struct lx_column *column)
{
	struct lx_object *table = column->base.parent;
	struct lx_column usual;
	if (!column->is_inherited || column->base.comment || !lx_table_usual(table, column->base.name, &usual) ||
	    !is_in_order(table))
		return false;
	return !lx_attr_compare(&usual.base, &column->base);
}

static bool is_above(const struct lx_object *table, const struct lx_object *wanted)
{
	struct lx_above store;
	LX_EACH (const struct lx_object *, above, lx_table_above(table, &store)) {
		if (strcmp(above->name, wanted->name) == 0 && lx_text_equal(above->schema, wanted->schema))
			return true;
	}
	return false;
}

bool lx_table_leads(const struct lx_object *table, const struct lx_object *other, const char *name)
{
	struct lx_above store;
	LX_EACH (const struct lx_object *, above, lx_table_above(table, &store)) {
		if (lx_object_child(above, LX_KIND_COLUMN, name) && is_above(other, above))
			return true;
	}
	return false;
}
