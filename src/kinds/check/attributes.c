/* SPDX-License-Identifier: Apache-2.0 */
#include "kinds/check/check.h"

#include "kinds/kind.h"

#define AT(field) offsetof(struct lx_check, field)

static const struct lx_attr rows[LX_CHECK_ATTRS] = {
    [LX_CHECK_EXPR] = {NULL, LX_SHAPE_SQL, LX_EFFECT_REPLACE, AT(expr), NULL, NULL,
		       "What must be true, or unknown, for each row."},
    [LX_CHECK_NO_INHERIT] = {"no_inherit", LX_SHAPE_FLAG, LX_EFFECT_REPLACE, AT(no_inherit), NULL, NULL,
			     "Does not hold for partitions and inheriting tables."},
    [LX_CHECK_NOT_VALID] = {"not_valid", LX_SHAPE_FLAG, LX_EFFECT_ALTER, AT(is_not_valid), NULL, NULL,
			    "Holds for new rows; rows that are there already may break it."},
    [LX_CHECK_NOT_ENFORCED] = {"not_enforced", LX_SHAPE_FLAG, LX_EFFECT_REPLACE, AT(is_not_enforced), NULL, NULL,
			       "Is only said, not checked (PostgreSQL 18)."},
};

const struct lx_kind_info lx_check_info = {
    .words = {"check"},
    .form = "check [name] `condition`",
    .title = "check",
    .size = sizeof(struct lx_check),
    .attrs = rows,
    .attr_count = LX_CHECK_ATTRS,
    .is_child = true,
    .is_database_object = true,
};
