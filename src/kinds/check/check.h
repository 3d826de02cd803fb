/* A check constraint of a table.  SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_KINDS_CHECK_H
#define LX_KINDS_CHECK_H
#include "ir/schema.h"

enum { LX_CHECK_EXPR, LX_CHECK_NO_INHERIT, LX_CHECK_NOT_VALID, LX_CHECK_NOT_ENFORCED, LX_CHECK_ATTRS };
struct lx_check {
	struct lx_object base;
	struct lx_expr expr;
	bool no_inherit;      /* @no_inherit */
	bool is_not_valid;    /* @not_valid: holds for new rows, nobody has looked at the old ones */
	bool is_not_enforced; /* @not_enforced: is said, not checked; PostgreSQL 18 */
};
#endif
