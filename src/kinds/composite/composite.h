/* A composite type.  SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_KINDS_COMPOSITE_H
#define LX_KINDS_COMPOSITE_H
#include "ir/schema.h"
#include "ir/types.h"

enum { LX_COMPOSITE_FIELDS, LX_COMPOSITE_COMMENTS, LX_COMPOSITE_ATTRS };
/* How a parameter of a function passes values; LX_IN for everything else that is a field. */
enum lx_field_mode { LX_IN, LX_OUT, LX_INOUT, LX_VARIADIC, LX_TABLE_RESULT };
/* A name with a type: composite fields, view columns, parameters of functions and queries, result columns. */
struct lx_field {
	const char *name; /* "": a parameter without one */
	enum lx_field_mode mode;
	struct lx_type type;
	const char *collation; /* of a composite's field, as lx_sql_reference() reads it; NULL: the type's own */
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
