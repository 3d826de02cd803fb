/* SPDX-License-Identifier: Apache-2.0 */
#include "kinds/wrapper/wrapper.h"

#include "kinds/kind.h"

#define AT(field) offsetof(struct lx_wrapper, field)

static bool same_options(const struct lx_object *a, const struct lx_object *b)
{
	return lx_foreign_options_equal(&((const struct lx_wrapper *)a)->options, &((const struct lx_wrapper *)b)->options);
}

static const struct lx_attr rows[LX_WRAPPER_ATTRS] = {
    [LX_WRAPPER_HANDLER] = {"handler", LX_SHAPE_STRING, LX_EFFECT_ALTER, AT(handler), NULL, NULL,
	"The function that carries it out."},
    [LX_WRAPPER_VALIDATOR] = {"validator", LX_SHAPE_STRING, LX_EFFECT_ALTER, AT(validator), NULL, NULL,
	"The function that checks options."},
    [LX_WRAPPER_OPTIONS] = {NULL, LX_SHAPE_OWN, LX_EFFECT_ALTER, AT(options), NULL, same_options,
	"What the wrapper is told."},
};

const struct lx_kind_info lx_wrapper_info = {
    .word = "foreign_data_wrapper",
    .title = "foreign-data wrapper",
    .size = sizeof(struct lx_wrapper),
    .attrs = rows,
    .attr_count = LX_WRAPPER_ATTRS,
    .is_database_object = true,
};
