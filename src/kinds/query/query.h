/* A named query: checked and formatted, turned into a typed function.  SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_KINDS_QUERY_H
#define LX_KINDS_QUERY_H
#include "ir/schema.h"

enum { LX_QUERY_ATTRS };
enum lx_cardinality { LX_ONE = 1, LX_OPTIONAL, LX_MANY, LX_EXEC, LX_ROWS, LX_EACH_ROW };
struct lx_query {
	struct lx_object base;
	struct lx_vec parameters; /* struct lx_field * */
	int cardinality;
	struct lx_object *model; /* result is a row of this table or view */
	struct lx_vec results;   /* struct lx_field *: or these columns */
	struct lx_expr body;     /* with :name parameters */
};
#endif
