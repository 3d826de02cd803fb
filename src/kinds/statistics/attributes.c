/* SPDX-License-Identifier: Apache-2.0 */
#include "kinds/index/index.h"
#include "kinds/kind.h"
#include "kinds/statistics/statistics.h"

#define AT(field) offsetof(struct lx_statistics, field)

static bool same_elements(const struct lx_object *a, const struct lx_object *b)
{
	return lx_index_elements_equal(&((const struct lx_statistics *)a)->elements,
				       &((const struct lx_statistics *)b)->elements);
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
    .title = "statistics object",
    .size = sizeof(struct lx_statistics),
    .attrs = rows,
    .attr_count = LX_STATISTICS_ATTRS,
    .is_child = true,
    .is_database_object = true,
};
