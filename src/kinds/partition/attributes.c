/* SPDX-License-Identifier: Apache-2.0 */
#include "kinds/partition/partition.h"

#include <string.h>

#include "kinds/kind.h"
#include "kinds/names.h"

static bool same_table(const struct lx_object *a, const struct lx_object *b)
{
	const struct lx_object *x = ((const struct lx_partition *)a)->of, *y = ((const struct lx_partition *)b)->of;
	return strcmp(x->name, y->name) == 0 && lx_text_equal(x->schema, y->schema);
}

static const struct lx_attr rows[LX_PARTITION_ATTRS] = {
    [LX_PARTITION_OF] = {NULL, LX_SHAPE_OWN, LX_EFFECT_ALTER, offsetof(struct lx_partition, of), NULL, same_table,
			 "The table that it is a part of."},
    [LX_PARTITION_BOUND] = {NULL, LX_SHAPE_SQL, LX_EFFECT_ALTER, offsetof(struct lx_partition, bound), NULL, NULL,
			    "Which rows the partition holds."},
};

const struct lx_kind_info lx_partition_info = {
    .words = {"partition"},
    .form = "partition by range (field), then partition name for `from (…) to (…)`",
    .title = "partition",
    .size = sizeof(struct lx_partition),
    .attrs = rows,
    .attr_count = LX_PARTITION_ATTRS,
    .is_child = true,
    .is_database_object = true,
};
