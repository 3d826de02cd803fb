/* SPDX-License-Identifier: Apache-2.0 */
#include "kinds/table/columns.h"

#include "base/arena.h"
#include "check/declare.h"
#include "kinds/kind.h"
#include "kinds/table/inherit.h"
#include "kinds/table/member.h"

static bool is_below(const struct lx_object *table, const struct lx_object *other)
{
	struct lx_above store;
	if (table == other)
		return true;
	LX_EACH (const struct lx_object *, above, lx_table_above(table, &store)) {
		if (is_below(above, other))
			return true;
	}
	return false;
}

struct lx_object *lx_table_find_above(struct lx_declare *declare, const struct lx_object *table,
				      const struct lx_node *node)
{
	struct lx_object *of = lx_declare_lookup(declare, LX_KIND_TABLE, node->text, node->span);
	if (!of)
		return NULL;
	lx_table_complete(declare, of);
	if (!is_below(of, table))
		return of;
	struct lx_diag *diag =
	    lx_report(declare->diags, LX_E0267, node->span, "'%s' would be above itself", table->source_name);
	lx_diag_help(declare->diags, diag, "a model cannot inherit from, or be a partition of, one that is below it");
	return NULL;
}

static bool is_taken(const struct lx_vec *columns, const struct lx_object *column)
{
	LX_EACH (const struct lx_object *, there, columns) {
		if (there == column)
			return true;
	}
	return false;
}

/* As PostgreSQL has them: the columns from above, one table after the other, then the table's own. */
static void put_in_order(struct lx_declare *declare, struct lx_object *table)
{
	struct lx_vec ordered = {0};
	struct lx_above store;
	LX_EACH (const struct lx_object *, above, lx_table_above(table, &store)) {
		LX_EACH (const struct lx_object *, child, &above->children) {
			struct lx_object *column =
			    child->kind == LX_KIND_COLUMN ? lx_object_child(table, LX_KIND_COLUMN, child->name) : NULL;
			if (column && !is_taken(&ordered, column))
				lx_vec_push(declare->schema->arena, &ordered, column);
		}
	}
	LX_EACH (struct lx_object *, rest, &table->children) {
		if (!is_taken(&ordered, rest))
			lx_vec_push(declare->schema->arena, &ordered, rest);
	}
	table->children = ordered;
}

static bool is_same_place(const struct lx_span *a, const struct lx_span *b)
{
	return a->file == b->file && a->start == b->start && a->end == b->end;
}

/* Whether the model does not say COLUMN itself, but has it from a table that it names before OF. */
static bool is_from_above(const struct lx_object *table, const struct lx_object *of, const struct lx_column *column)
{
	LX_EACH (const struct lx_object *, before, &((const struct lx_table *)table)->inherits) {
		const struct lx_object *above =
		    before == of ? NULL : lx_object_child(before, LX_KIND_COLUMN, column->base.name);
		if (above && is_same_place(&above->origin, &column->base.origin))
			return true;
	}
	return false;
}

void lx_table_take_columns(struct lx_declare *declare, struct lx_object *table, struct lx_object *of)
{
	bool is_partition = ((const struct lx_table *)table)->partition_of != NULL, has_all = true;
	LX_EACH (const struct lx_object *, above, &of->children) {
		if (above->kind != LX_KIND_COLUMN)
			continue;
		struct lx_column *column = (struct lx_column *)lx_object_child(table, LX_KIND_COLUMN, above->name);
		if (column) {
			column->is_inherited |= is_partition;
			if (is_from_above(table, of, column))
				lx_column_merge(column, (const struct lx_column *)above);
			continue;
		}
		column = (struct lx_column *)lx_schema_new(declare->schema, LX_KIND_COLUMN, sizeof *column);
		*column = lx_column_inherit((const struct lx_column *)above, table);
		lx_schema_add(declare->schema, &column->base);
		has_all = false;
	}
	lx_vec_push(declare->schema->arena, &((struct lx_table *)of)->heirs, table);
	if (!is_partition || !has_all) /* a partition that lists all of them chooses their order */
		put_in_order(declare, table);
}
