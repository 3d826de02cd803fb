/* SPDX-License-Identifier: Apache-2.0 */
#include "kinds/user_mapping/user_mapping.h"

#include "kinds/kind.h"

#define AT(field) offsetof(struct lx_user_mapping, field)

static bool same_options(const struct lx_object *a, const struct lx_object *b)
{
	return lx_foreign_options_equal(&((const struct lx_user_mapping *)a)->options, &((const struct lx_user_mapping *)b)->options);
}

static const struct lx_attr rows[LX_USER_MAPPING_ATTRS] = {
    [LX_USER_MAPPING_OPTIONS] = {NULL, LX_SHAPE_OWN, LX_EFFECT_ALTER, AT(options), NULL, same_options,
	"What the wrapper is told."},
};

const struct lx_kind_info lx_user_mapping_info = {
    .word = "user_mapping",
    .title = "user mapping",
    .size = sizeof(struct lx_user_mapping),
    .attrs = rows,
    .attr_count = LX_USER_MAPPING_ATTRS,
    .is_database_object = true,
};
