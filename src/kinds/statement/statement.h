/* "sql name …": what the language has no words for, kept as text.  SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_KINDS_STATEMENT_H
#define LX_KINDS_STATEMENT_H
#include "ir/schema.h"

enum { LX_STATEMENT_UP, LX_STATEMENT_DOWN, LX_STATEMENT_ATTRS };
struct lx_statement {
	struct lx_object base;
	struct lx_expr up;
	struct lx_expr down;  /* @down($…$) */
};
#endif
