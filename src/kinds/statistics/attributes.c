/* SPDX-License-Identifier: Apache-2.0 */
#include "ir/expr.h"
#include "kinds/index/index.h"
#include "kinds/kind.h"
#include "kinds/names.h"
#include "kinds/statistics/statistics.h"

#define AT(field) offsetof(struct lx_statistics, field)

static bool has_column(const struct lx_vec *elements, const char *column)
{
	LX_EACH (const struct lx_index_element *, element, elements) {
		if (lx_text_equal(element->column, column))
			return true;
	}
	return false;
}

/* The next expression; *AT moves behind it. */
static const char *next_expr(const struct lx_vec *elements, size_t *at)
{
	while (*at < elements->length) {
		const struct lx_index_element *element = elements->items[(*at)++];
		if (!element->column)
			return element->expr.text;
	}
	return NULL;
}

/* Columns are a set, which PostgreSQL keeps in the order of the table; expressions stay in theirs. */
static bool same_elements(const struct lx_object *a, const struct lx_object *b)
{
	const struct lx_vec *left = &((const struct lx_statistics *)a)->elements;
	const struct lx_vec *right = &((const struct lx_statistics *)b)->elements;
	size_t at = 0;
	if (left->length != right->length)
		return false;
	LX_EACH (const struct lx_index_element *, element, left) {
		if (element->column ? !has_column(right, element->column)
				    : !lx_expr_equal(element->expr.text, next_expr(right, &at)))
			return false;
	}
	return true;
}

static bool same_target(const struct lx_object *a, const struct lx_object *b)
{
	return ((const struct lx_statistics *)a)->target == ((const struct lx_statistics *)b)->target;
}

static const struct lx_attr rows[LX_STATISTICS_ATTRS] = {
    [LX_STATISTICS_ELEMENTS] = {NULL, LX_SHAPE_OWN, LX_EFFECT_REPLACE, AT(elements), NULL, same_elements,
				"The columns and expressions that are looked at together."},
    [LX_STATISTICS_KINDS] = {"kinds", LX_SHAPE_NAMES, LX_EFFECT_REPLACE, AT(kinds), NULL, NULL,
			     "What is computed: ndistinct, dependencies, mcv; without it all."},
    [LX_STATISTICS_TARGET] = {"target", LX_SHAPE_OWN, LX_EFFECT_ALTER, AT(target), NULL, same_target,
			      "How finely ANALYZE looks, from 0 to 10000."},
    [LX_STATISTICS_SCHEMA] = {"in_schema", LX_SHAPE_NAME, LX_EFFECT_ALTER, AT(in_schema), NULL, NULL,
			      "The SQL schema of the object, where it is not the table's."},
};

const struct lx_kind_info lx_statistics_info = {
    .words = {"statistics"},
    .form = "statistics name (field, `expression`, …) [@kinds(ndistinct, …)]",
    .title = "statistics object",
    .size = sizeof(struct lx_statistics),
    .attrs = rows,
    .attr_count = LX_STATISTICS_ATTRS,
    .is_child = true,
    .is_database_object = true,
};
