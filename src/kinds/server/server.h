/* A foreign server.  SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_KINDS_SERVER_H
#define LX_KINDS_SERVER_H
#include "ir/schema.h"
#include "kinds/foreign_options.h"

enum { LX_SERVER_WRAPPER, LX_SERVER_TYPE, LX_SERVER_VERSION, LX_SERVER_OPTIONS, LX_SERVER_SECRETS, LX_SERVER_ATTRS };
struct lx_server {
	struct lx_object base;
	const char *wrapper; /* of the models or of an extension */
	const char *type;
	const char *version;
	struct lx_foreign_options options;
};
#endif
