/* SPDX-License-Identifier: Apache-2.0 */
#include "kinds/kind.h"
#include "kinds/seed/seed.h"

static const struct lx_attr rows[LX_SEED_ATTRS] = {
    [LX_SEED_ONLY] = {"only", LX_SHAPE_NAMES, LX_EFFECT_NONE, offsetof(struct lx_seed, only), NULL, NULL,
		      "The environments that get the rows: @only(dev, test)."},
};

const struct lx_kind_info lx_seed_info = {
    .words = {"seed"},
    .form = "seed Model key (field) { { field: value, … } … }",
    .title = "seed",
    .size = sizeof(struct lx_seed),
    .attrs = rows,
    .attr_count = LX_SEED_ATTRS,
};
