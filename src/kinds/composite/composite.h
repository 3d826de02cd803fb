/* A composite type.  SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_KINDS_COMPOSITE_H
#define LX_KINDS_COMPOSITE_H
#include "ir/schema.h"
#include "ir/types.h"

enum { LX_COMPOSITE_FIELDS, LX_COMPOSITE_ATTRS };
/* A name with a type: composite fields, view columns, parameters of functions and queries, result columns. */
struct lx_field {
	const char *name;
	struct lx_type type;
	bool is_nullable;
	struct lx_expr default_value;
	const char *comment;
	struct lx_span origin;
};
struct lx_composite {
	struct lx_object base;
	struct lx_vec fields; /* struct lx_field * */
};
#endif
