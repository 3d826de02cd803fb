/* An SQL schema.  SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_KINDS_SCHEMA_H
#define LX_KINDS_SCHEMA_H
#include "ir/schema.h"

struct lx_namespace { /* "schema" is the whole IR's name */
	struct lx_object base;
};
#endif
