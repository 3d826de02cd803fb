/* A view or materialized view.  Indexes of a materialized view are its children.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_KINDS_VIEW_H
#define LX_KINDS_VIEW_H
#include "ir/schema.h"

enum {
	LX_VIEW_IS_MATERIALIZED,
	LX_VIEW_COLUMNS,
	LX_VIEW_DEFAULTS,
	LX_VIEW_COMMENTS,
	LX_VIEW_BODY,
	LX_VIEW_SECURITY_BARRIER,
	LX_VIEW_SECURITY_INVOKER,
	LX_VIEW_CHECK_OPTION,
	LX_VIEW_STORAGE,
	LX_VIEW_TABLESPACE,
	LX_VIEW_ACCESS_METHOD,
	LX_VIEW_NO_DATA,
	LX_VIEW_ATTRS
};
struct lx_view {
	struct lx_object base;
	bool is_materialized;
	struct lx_vec
	    columns; /* struct lx_field *: declared names, types and nullability, in order; defaults; comments */
	struct lx_expr body;
	bool is_security_barrier;
	bool is_security_invoker; /* PostgreSQL 15 */
	int check_option;         /* @check_option(local|cascaded) */
	/* Of a materialized view. */
	const char *storage;
	const char *tablespace;    /* NULL: the database's */
	const char *access_method; /* NULL: the server's default */
	bool is_empty;             /* @no_data: not populated yet */
};
#endif
