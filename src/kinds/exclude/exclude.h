/* An exclusion constraint.  SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_KINDS_EXCLUDE_H
#define LX_KINDS_EXCLUDE_H
#include "ir/schema.h"

enum { LX_EXCLUDE_METHOD, LX_EXCLUDE_ELEMENTS, LX_EXCLUDE_WHERE, LX_EXCLUDE_DEFERRABLE, LX_EXCLUDE_ATTRS };
struct lx_exclude {
	struct lx_object base;
	const char *method;
	struct lx_vec elements; /* struct lx_index_element * (kinds/index/index.h) with an operator each */
	struct lx_expr where;
	int deferrable;
};
#endif
