/* "partition name for `values …`": a partition of its parent table.  SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_KINDS_PARTITION_H
#define LX_KINDS_PARTITION_H
#include "ir/schema.h"

enum { LX_PARTITION_BOUND, LX_PARTITION_ATTRS };
struct lx_partition {
	struct lx_object base;
	struct lx_expr bound; /* "FROM (…) TO (…)", "IN (…)", "DEFAULT" */
};
#endif
