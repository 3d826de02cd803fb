/* SPDX-License-Identifier: Apache-2.0 */
#include "kinds/check/check.h"

#include "kinds/kind.h"

#define AT(field) offsetof(struct lx_check, field)

static const struct lx_attr rows[LX_CHECK_ATTRS] = {
    [LX_CHECK_EXPR] = {NULL, LX_SHAPE_SQL, LX_EFFECT_REPLACE, AT(expr), NULL, NULL,
		       "What must be true, or unknown, for each row."},
    [LX_CHECK_NO_INHERIT] = {"no_inherit", LX_SHAPE_FLAG, LX_EFFECT_REPLACE, AT(no_inherit), NULL, NULL,
			     "Does not hold for partitions and inheriting tables."},
};

const struct lx_kind_info lx_check_info = {
    .words = {"check"},
    .title = "check",
    .size = sizeof(struct lx_check),
    .attrs = rows,
    .attr_count = LX_CHECK_ATTRS,
    .is_child = true,
    .is_database_object = true,
};
