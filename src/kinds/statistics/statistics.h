/* An extended statistics object of a table.  SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_KINDS_STATISTICS_H
#define LX_KINDS_STATISTICS_H
#include "ir/schema.h"

enum { LX_STATISTICS_ELEMENTS, LX_STATISTICS_KINDS, LX_STATISTICS_TARGET, LX_STATISTICS_SCHEMA, LX_STATISTICS_ATTRS };
struct lx_statistics {
	struct lx_object base;
	struct lx_vec elements; /* struct lx_index_element * (kinds/index/index.h): columns, then expressions */
	struct lx_vec kinds;    /* @kinds(ndistinct, dependencies, mcv): const char *, in this order; none: all */
	int64_t target;         /* @target(100): 1 + the statistics target; 0: that of the columns */
	const char *in_schema;  /* @in_schema(name); NULL: that of the table */
};
#endif
