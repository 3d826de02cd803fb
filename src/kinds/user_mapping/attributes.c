/* SPDX-License-Identifier: Apache-2.0 */
#include "kinds/user_mapping/user_mapping.h"

#include "kinds/kind.h"

#define AT(field) offsetof(struct lx_user_mapping, field)

static const struct lx_attr rows[LX_USER_MAPPING_ATTRS] = {
    [LX_USER_MAPPING_OPTIONS] = {"options", LX_SHAPE_FOREIGN, LX_EFFECT_ALTER, AT(options), NULL, NULL,
				 "What the wrapper is told, such as @options(host: 'example.org')."},
    [LX_USER_MAPPING_SECRETS] = {"secrets", LX_SHAPE_FOREIGN, LX_EFFECT_ALTER, AT(options), NULL, NULL,
				 "Names of options whose values are secrets: they are set by hand."},
};

const struct lx_kind_info lx_user_mapping_info = {
    .words = {"user_mapping"},
    .title = "user mapping",
    .size = sizeof(struct lx_user_mapping),
    .attrs = rows,
    .attr_count = LX_USER_MAPPING_ATTRS,
    .is_database_object = true,
};
