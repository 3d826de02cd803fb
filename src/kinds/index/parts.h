/* An index or key of a partitioned table has one in each partition, its parts.  They are made before it, or before the
 * partition is attached, and PostgreSQL takes what is there (DefineIndex, AttachPartitionEnsureIndexes).
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_KINDS_INDEX_PARTS_H
#define LX_KINDS_INDEX_PARTS_H
#include "ir/schema.h"

/* Adds PART, an index or key with part_of, to the parts of the one that it is of.  False: there is none of that name.
 */
bool lx_index_link(struct lx_arena *arena, struct lx_object *part);
/* The same for all objects of KIND; where there is none, the name is kept and nothing is ordered by it. */
void lx_index_link_all(struct lx_schema *schema, enum lx_kind kind);
#endif
