/* That a table is a partition: a child of the partition itself, so that it is attached when its columns are there.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_KINDS_PARTITION_H
#define LX_KINDS_PARTITION_H
#include "ir/schema.h"

enum { LX_PARTITION_OF, LX_PARTITION_BOUND, LX_PARTITION_ATTRS };
struct lx_partition {
	struct lx_object base; /* always called "partition" */
	struct lx_object *of;
	struct lx_expr bound; /* "FROM (…) TO (…)", "IN (…)", "WITH (…)", "DEFAULT" */
};
#endif
