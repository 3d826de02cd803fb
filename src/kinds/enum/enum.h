/* An enum type.  SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_KINDS_ENUM_H
#define LX_KINDS_ENUM_H
#include "ir/schema.h"

enum { LX_ENUM_LABELS, LX_ENUM_C_TYPE, LX_ENUM_C_PREFIX, LX_ENUM_ATTRS };
struct lx_label_value {
	const char *label;
	const char *renamed_from;
	const char *comment;
	const char *deprecated;
	struct lx_span origin;
};
struct lx_enum {
	struct lx_object base;
	struct lx_vec labels; /* struct lx_label_value *, in sort order */
	const char *c_type;   /* @c(type:) */
	const char *c_prefix; /* @c(enum_prefix:) */
};
#endif
