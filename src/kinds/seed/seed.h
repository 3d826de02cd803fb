/* Rows that a table shall contain.  SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_KINDS_SEED_H
#define LX_KINDS_SEED_H
#include "ir/schema.h"

enum { LX_SEED_ONLY, LX_SEED_ATTRS };
struct lx_seed_value {
	const char *column;
	struct lx_expr value; /* SQL text */
	bool is_computed;     /* a call or SQL: what it gives may be another thing each time */
};
struct lx_seed {
	struct lx_object base;
	struct lx_object *table;
	struct lx_vec key;  /* const char * */
	struct lx_vec rows; /* struct lx_vec * of struct lx_seed_value * */
	struct lx_vec only; /* @only(dev, test) */
};
#endif
