/* That a table inherits from another one: a child of the heir, one for each table above it.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_KINDS_INHERIT_H
#define LX_KINDS_INHERIT_H
#include "ir/schema.h"

struct lx_inherit {
	struct lx_object base; /* called "schema.table", after the table above */
	struct lx_object *of;
};
#endif
