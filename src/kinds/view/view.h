/* A view or materialized view.  Indexes of a materialized view are its children.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_KINDS_VIEW_H
#define LX_KINDS_VIEW_H
#include "ir/schema.h"

enum {
	LX_VIEW_IS_MATERIALIZED, LX_VIEW_COLUMNS, LX_VIEW_BODY, LX_VIEW_SECURITY_BARRIER, LX_VIEW_SECURITY_INVOKER,
	LX_VIEW_CHECK_OPTION, LX_VIEW_STORAGE, LX_VIEW_ATTRS
};
struct lx_view {
	struct lx_object base;
	bool is_materialized;
	struct lx_vec columns; /* struct lx_field *: declared names, types and nullability, in order */
	struct lx_expr body;
	bool is_security_barrier;
	bool is_security_invoker; /* PostgreSQL 15 */
	int check_option;	  /* @check_option(local|cascaded) */
	const char *storage;
};
#endif
