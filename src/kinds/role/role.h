/* A role; a cluster-wide object, so always external: it can be referred to, never created.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_KINDS_ROLE_H
#define LX_KINDS_ROLE_H
#include "ir/schema.h"

struct lx_role {
	struct lx_object base;
};
#endif
