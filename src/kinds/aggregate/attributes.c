/* SPDX-License-Identifier: Apache-2.0 */
#include "kinds/aggregate/aggregate.h"

#include <string.h>

#include "kinds/composite/composite.h"
#include "kinds/kind.h"

#define AT(field) offsetof(struct lx_aggregate, field)

static bool same_parameters(const struct lx_object *a, const struct lx_object *b)
{
	const struct lx_vec *one = &((const struct lx_aggregate *)a)->parameters;
	const struct lx_vec *other = &((const struct lx_aggregate *)b)->parameters;
	if (one->length != other->length)
		return false;
	for (size_t i = 0; i < one->length; i++) {
		const struct lx_field *x = one->items[i], *y = other->items[i];
		if (strcmp(x->name, y->name) != 0 || x->mode != y->mode || !lx_type_equal(&x->type, &y->type))
			return false;
	}
	return true;
}

static const struct lx_attr rows[LX_AGGREGATE_ATTRS] = {
    [LX_AGGREGATE_PARAMETERS] = {NULL, LX_SHAPE_OWN, LX_EFFECT_REPLACE, AT(parameters), NULL, same_parameters,
				 "The parameters: their names; their types are the signature."},
    [LX_AGGREGATE_STATE] = {NULL, LX_SHAPE_TYPE, LX_EFFECT_REPLACE, AT(state), NULL, NULL, "The type of the state."},
    [LX_AGGREGATE_OPTIONS] = {"options", LX_SHAPE_OPTIONS, LX_EFFECT_ALTER, AT(options), NULL, NULL,
			      "The functions and values that CREATE AGGREGATE takes: sfunc, finalfunc, initcond, …"},
};

const struct lx_kind_info lx_aggregate_info = {
    .words = {"aggregate"},
    .form = "aggregate name(type, …) state type @options(sfunc: …)",
    .title = "aggregate",
    .size = sizeof(struct lx_aggregate),
    .attrs = rows,
    .attr_count = LX_AGGREGATE_ATTRS,
    .has_schema = true,
    .is_overloaded = true,
    .is_database_object = true,
};
