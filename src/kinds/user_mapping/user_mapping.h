/* Who a role is on a foreign server.  SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_KINDS_USER_MAPPING_H
#define LX_KINDS_USER_MAPPING_H
#include "ir/schema.h"
#include "kinds/foreign_options.h"

enum { LX_USER_MAPPING_OPTIONS, LX_USER_MAPPING_SECRETS, LX_USER_MAPPING_ATTRS };
struct lx_user_mapping {
	struct lx_object base; /* name: "app on files" */
	const char *role;      /* "public" too */
	const char *server;
	struct lx_foreign_options options;
};
#endif
