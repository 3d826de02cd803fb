/* What tells the rows of a table apart for its subscribers, @replica_identity(…): a child of the table, so that an
 * index
 * can be there before.  SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_KINDS_REPLICA_H
#define LX_KINDS_REPLICA_H
#include "ir/schema.h"

enum { LX_REPLICA_IDENTITY, LX_REPLICA_INDEX, LX_REPLICA_ATTRS };
enum lx_replica_identity { LX_REPLICA_FULL = 1, LX_REPLICA_NOTHING, LX_REPLICA_BY_INDEX };
struct lx_replica {
	struct lx_object base; /* always called "replica identity" */
	int identity;
	const char *index; /* of the table, or of one of its constraints */
};
#endif
