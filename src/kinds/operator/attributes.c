/* SPDX-License-Identifier: Apache-2.0 */
#include "kinds/kind.h"
#include "kinds/operator/operator.h"

static const struct lx_attr rows[LX_OPERATOR_ATTRS] = {
    [LX_OPERATOR_OPTIONS] =
	{"options", LX_SHAPE_OPTIONS, LX_EFFECT_ALTER, offsetof(struct lx_operator, options), NULL, NULL,
	 "What CREATE OPERATOR takes: function, commutator, negator, restrict, join, hashes, merges."},
};

const struct lx_kind_info lx_operator_info = {
    .words = {"operator"},
    .form = "operator \"+\"(type, type) @options(function: …)",
    .title = "operator",
    .size = sizeof(struct lx_operator),
    .attrs = rows,
    .attr_count = LX_OPERATOR_ATTRS,
    .has_schema = true,
    .is_overloaded = true,
    .is_database_object = true,
};
