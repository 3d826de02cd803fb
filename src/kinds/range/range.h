/* A range type.  SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_KINDS_RANGE_H
#define LX_KINDS_RANGE_H
#include "ir/schema.h"
#include "ir/types.h"

enum {
	LX_RANGE_TYPE,
	LX_RANGE_OPCLASS,
	LX_RANGE_COLLATION,
	LX_RANGE_CANONICAL,
	LX_RANGE_DIFFERENCE,
	LX_RANGE_MULTIRANGE,
	LX_RANGE_ATTRS
};
/* Other objects are named as lx_sql_reference() reads it; NULL: none, or PostgreSQL's default. */
struct lx_range {
	struct lx_object base;
	struct lx_type type;
	const char *opclass;    /* @opclass(name) */
	const char *collation;  /* @collate(name) */
	const char *canonical;  /* @canonical(function) */
	const char *difference; /* @subtype_diff(function) */
	const char *multirange; /* @multirange(name) */
};
#endif
