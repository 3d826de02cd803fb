/* An exclusion constraint.  SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_KINDS_EXCLUDE_H
#define LX_KINDS_EXCLUDE_H
#include "ir/schema.h"
#include "kinds/key/key.h"

enum {
	LX_EXCLUDE_METHOD,
	LX_EXCLUDE_ELEMENTS,
	LX_EXCLUDE_INCLUDE,
	LX_EXCLUDE_WHERE,
	LX_EXCLUDE_DEFERRABLE,
	LX_EXCLUDE_STORAGE,
	LX_EXCLUDE_TABLESPACE,
	LX_EXCLUDE_CLUSTERED,
	LX_EXCLUDE_INDEX_COMMENT,
	LX_EXCLUDE_ATTRS
};
struct lx_exclude {
	struct lx_object base;
	const char *method;
	struct lx_vec elements; /* struct lx_index_element * (kinds/index/index.h) with an operator each */
	struct lx_vec include;  /* const char * */
	struct lx_expr where;
	int deferrable;
	struct lx_backing backing;
};
#endif
