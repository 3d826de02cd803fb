/* SPDX-License-Identifier: Apache-2.0 */
#include "kinds/index/index.h"

#include <string.h>

#include "ir/expr.h"
#include "kinds/kind.h"
#include "kinds/names.h"

#define AT(field) offsetof(struct lx_index, field)
#define INDEX(object) ((const struct lx_index *)(object))

static bool same_element(const struct lx_index_element *a, const struct lx_index_element *b)
{
	return lx_text_equal(a->column, b->column) && lx_expr_equal(a->expr.text, b->expr.text) &&
	       lx_text_equal(a->opclass, b->opclass) && lx_text_equal(a->opclass_schema, b->opclass_schema) &&
	       lx_text_equal(a->opclass_options, b->opclass_options) && lx_text_equal(a->collation, b->collation) &&
	       lx_text_equal(a->collation_schema, b->collation_schema) && a->is_descending == b->is_descending &&
	       a->nulls == b->nulls && lx_text_equal(a->operator_name, b->operator_name) &&
	       lx_text_equal(a->operator_schema, b->operator_schema);
}

bool lx_index_elements_equal(const struct lx_vec *a, const struct lx_vec *b)
{
	if (a->length != b->length)
		return false;
	for (size_t i = 0; i < a->length; i++)
		if (!same_element(a->items[i], b->items[i]))
			return false;
	return true;
}

bool lx_index_statistics_equal(const struct lx_vec *a, const struct lx_vec *b)
{
	for (size_t i = 0; i < a->length && i < b->length; i++) {
		const struct lx_index_element *x = a->items[i], *y = b->items[i];
		if (x->statistics != y->statistics)
			return false;
	}
	return true;
}

static bool same_statistics(const struct lx_object *a, const struct lx_object *b)
{
	return lx_index_statistics_equal(&INDEX(a)->elements, &INDEX(b)->elements);
}

static bool same_method(const struct lx_object *a, const struct lx_object *b)
{
	const char *x = INDEX(a)->method, *y = INDEX(b)->method;
	return lx_text_equal(x ? x : "btree", y ? y : "btree");
}

static bool same_elements(const struct lx_object *a, const struct lx_object *b)
{
	return lx_index_elements_equal(&INDEX(a)->elements, &INDEX(b)->elements);
}

static bool same_include(const struct lx_object *a, const struct lx_object *b)
{
	return lx_names_equal(&INDEX(a)->include, &INDEX(b)->include);
}

static const struct lx_attr rows[LX_INDEX_ATTRS] = {
    [LX_INDEX_UNIQUE] = {NULL, LX_SHAPE_FLAG, LX_EFFECT_REPLACE, AT(is_unique), NULL, NULL,
			 "No two rows may have the same values."},
    [LX_INDEX_METHOD] = {NULL, LX_SHAPE_OWN, LX_EFFECT_REPLACE, AT(method), NULL, same_method,
			 "The access method behind using: btree, hash, gin, gist, spgist, brin."},
    [LX_INDEX_ELEMENTS] = {NULL, LX_SHAPE_OWN, LX_EFFECT_REPLACE, AT(elements), NULL, same_elements,
			   "The columns and expressions in the index."},
    [LX_INDEX_WHERE] = {NULL, LX_SHAPE_SQL, LX_EFFECT_REPLACE, AT(where), NULL, NULL,
			"Only rows that meet it are in the index."},
    [LX_INDEX_INCLUDE] = {NULL, LX_SHAPE_OWN, LX_EFFECT_REPLACE, AT(include), NULL, same_include,
			  "Further columns kept in the index."},
    [LX_INDEX_STORAGE] = {NULL, LX_SHAPE_OPTIONS, LX_EFFECT_ALTER, AT(storage), NULL, NULL,
			  "Storage parameters, such as with (fillfactor: 70)."},
    [LX_INDEX_TABLESPACE] = {"tablespace", LX_SHAPE_NAME, LX_EFFECT_ALTER, AT(tablespace), NULL, NULL,
			     "The tablespace that holds the index."},
    [LX_INDEX_NULLS_NOT_DISTINCT] = {"nulls_not_distinct", LX_SHAPE_FLAG, LX_EFFECT_REPLACE, AT(nulls_not_distinct),
				     NULL, NULL, "Two nulls count as equal (PostgreSQL 15)."},
    [LX_INDEX_STATISTICS] = {NULL, LX_SHAPE_OWN, LX_EFFECT_ALTER, AT(elements), NULL, same_statistics,
			     "How finely ANALYZE looks at the expressions."},
    [LX_INDEX_CLUSTERED] = {"clustered", LX_SHAPE_FLAG, LX_EFFECT_ALTER, AT(is_clustered), NULL, NULL,
			    "CLUSTER orders the table by this index."},
    [LX_INDEX_INVALID] = {"invalid", LX_SHAPE_FLAG, LX_EFFECT_ALTER, AT(is_invalid), NULL, NULL,
			  "Is left from a build that failed; of a partitioned model: partitions do not have it."},
    [LX_INDEX_PART_OF] = {"part_of", LX_SHAPE_NAME, LX_EFFECT_ALTER, AT(part_of), NULL, NULL,
			  "The index or key of the partitioned model that this is a partition's share of."},
    [LX_INDEX_CONCURRENTLY] = {"concurrently", LX_SHAPE_FLAG, LX_EFFECT_NONE, AT(is_concurrent), NULL, NULL,
			       "Is built without blocking writers, outside the transaction."},
};

const struct lx_kind_info lx_index_info = {
    .words = {"index"},
    .form = "index [name] [using method] (field [desc], `expression`, …) [include (field, …)] [where `condition`]",
    .title = "index",
    .size = sizeof(struct lx_index),
    .attrs = rows,
    .attr_count = LX_INDEX_ATTRS,
    .is_child = true,
    .is_database_object = true,
};
