/* SPDX-License-Identifier: Apache-2.0 */
#include "kinds/partition/partition.h"

#include "kinds/kind.h"

static const struct lx_attr rows[LX_PARTITION_ATTRS] = {
    [LX_PARTITION_BOUND] = {NULL, LX_SHAPE_SQL, LX_EFFECT_REPLACE, offsetof(struct lx_partition, bound), NULL, NULL,
			    "Which rows the partition holds."},
};

const struct lx_kind_info lx_partition_info = {
    .words = {"partition"},
    .title = "partition",
    .size = sizeof(struct lx_partition),
    .attrs = rows,
    .attr_count = LX_PARTITION_ATTRS,
    .is_child = true,
    .is_database_object = true,
};
