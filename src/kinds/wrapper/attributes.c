/* SPDX-License-Identifier: Apache-2.0 */
#include "kinds/wrapper/wrapper.h"

#include "kinds/kind.h"

#define AT(field) offsetof(struct lx_wrapper, field)

static const struct lx_attr rows[LX_WRAPPER_ATTRS] = {
    [LX_WRAPPER_HANDLER] = {"handler", LX_SHAPE_STRING, LX_EFFECT_ALTER, AT(handler), NULL, NULL,
			    "The function that carries it out."},
    [LX_WRAPPER_VALIDATOR] = {"validator", LX_SHAPE_STRING, LX_EFFECT_ALTER, AT(validator), NULL, NULL,
			      "The function that checks options."},
    [LX_WRAPPER_OPTIONS] = {"options", LX_SHAPE_FOREIGN, LX_EFFECT_ALTER, AT(options), NULL, NULL,
			    "What the wrapper is told, such as @options(host: 'example.org')."},
    [LX_WRAPPER_SECRETS] = {"secrets", LX_SHAPE_FOREIGN, LX_EFFECT_ALTER, AT(options), NULL, NULL,
			    "Names of options whose values are secrets: they are set by hand."},
};

const struct lx_kind_info lx_wrapper_info = {
    .words = {"foreign_data_wrapper"},
    .title = "foreign-data wrapper",
    .size = sizeof(struct lx_wrapper),
    .attrs = rows,
    .attr_count = LX_WRAPPER_ATTRS,
    .is_database_object = true,
};
