/* An extension.  SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_KINDS_EXTENSION_H
#define LX_KINDS_EXTENSION_H
#include "ir/schema.h"

enum { LX_EXTENSION_IN_SCHEMA, LX_EXTENSION_VERSION, LX_EXTENSION_OWN_COMMENT, LX_EXTENSION_ATTRS };
struct lx_extension {
	struct lx_object base;
	const char *in_schema;   /* @schema(name): WITH SCHEMA */
	const char *version;     /* @version('1.6') */
	const char *own_comment; /* of its control file, when a server has told */
};
#endif
