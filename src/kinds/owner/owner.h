/* The column that owns a sequence, @owned_by(Model.column): a child of the sequence, so that it is said when both are
 * there.  SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_KINDS_OWNER_H
#define LX_KINDS_OWNER_H
#include "ir/schema.h"

enum { LX_OWNER_COLUMN, LX_OWNER_ATTRS };
struct lx_owner {
	struct lx_object base; /* always called "owner" */
	struct lx_object *column;
};
#endif
