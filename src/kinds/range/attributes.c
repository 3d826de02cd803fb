/* SPDX-License-Identifier: Apache-2.0 */
#include "kinds/kind.h"
#include "kinds/range/range.h"

#define AT(field) offsetof(struct lx_range, field)

static const struct lx_attr rows[LX_RANGE_ATTRS] = {
    [LX_RANGE_TYPE] = {NULL, LX_SHAPE_TYPE, LX_EFFECT_REPLACE, AT(type), NULL, NULL, "The type of the bounds."},
    [LX_RANGE_OPCLASS] = {"opclass", LX_SHAPE_STRING, LX_EFFECT_REPLACE, AT(opclass), NULL, NULL,
			  "The operator class that orders the bounds, if it is not the default one."},
    [LX_RANGE_COLLATION] = {"collate", LX_SHAPE_STRING, LX_EFFECT_REPLACE, AT(collation), NULL, NULL,
			    "The collation that orders the bounds."},
    [LX_RANGE_CANONICAL] = {"canonical", LX_SHAPE_STRING, LX_EFFECT_REPLACE, AT(canonical), NULL, NULL,
			    "The function that brings equal ranges to one form."},
    [LX_RANGE_DIFFERENCE] = {"subtype_diff", LX_SHAPE_STRING, LX_EFFECT_REPLACE, AT(difference), NULL, NULL,
			     "The function that says how far two bounds are apart, for GiST indexes."},
    [LX_RANGE_MULTIRANGE] = {"multirange", LX_SHAPE_STRING, LX_EFFECT_REPLACE, AT(multirange), NULL, NULL,
			     "The name of the multirange type, if PostgreSQL would choose another one."},
};

const struct lx_kind_info lx_range_info = {
    .words = {"range"},
    .form = "range Name type",
    .title = "range",
    .size = sizeof(struct lx_range),
    .attrs = rows,
    .attr_count = LX_RANGE_ATTRS,
    .has_schema = true,
    .is_database_object = true,
};
