/* SPDX-License-Identifier: Apache-2.0 */
#include "kinds/index/catalog.h"

#include <string.h>

#include "base/arena.h"

enum { IS_KEY, COLUMN, EXPR, OPCLASS, OPCLASS_SCHEMA, OPTIONS, COLLATION, COLLATION_SCHEMA, ORDER, STATISTICS };
enum { DESCENDING = 1, NULLS_FIRST = 2 }; /* INDOPTION_*, src/include/catalog/pg_index.h */

/* The server puts parentheses around everything but calls; here they stand for nothing. */
static const char *without_parens(struct lx_catalog *catalog, const char *expr)
{
	if (!expr || *expr != '(')
		return expr;
	return lx_catalog_intern(catalog, lx_arena_copy(lx_catalog_arena(catalog), expr + 1, strlen(expr) - 2));
}

struct lx_index_element *lx_index_read_element(struct lx_catalog *catalog, const struct lx_row *row, int column,
					       struct lx_vec *elements, struct lx_vec *include)
{
	if (!lx_row_bool(row, column + IS_KEY)) {
		lx_vec_push(lx_catalog_arena(catalog), include, (void *)(uintptr_t)lx_row_text(row, column + COLUMN));
		return NULL;
	}
	struct lx_index_element *element = LX_NEW(lx_catalog_arena(catalog), struct lx_index_element);
	element->column = lx_row_text(row, column + COLUMN);
	element->expr.text = without_parens(catalog, lx_row_text(row, column + EXPR));
	element->opclass = lx_row_text(row, column + OPCLASS);
	element->opclass_schema = element->opclass ? lx_row_text(row, column + OPCLASS_SCHEMA) : NULL;
	element->opclass_options = lx_row_options_in_order(row, column + OPTIONS);
	element->collation = lx_row_text(row, column + COLLATION);
	element->collation_schema = lx_row_text(row, column + COLLATION_SCHEMA);
	int64_t order = lx_row_integer(row, column + ORDER);
	bool is_first = order & NULLS_FIRST;
	element->is_descending = order & DESCENDING;
	if (is_first != element->is_descending)
		element->nulls = is_first ? LX_NULLS_FIRST : LX_NULLS_LAST;
	element->statistics = lx_row_integer(row, column + STATISTICS);
	lx_vec_push(lx_catalog_arena(catalog), elements, element);
	return element;
}
