/* A sequence of its own (identity columns have theirs inside).  The column that owns it is its child, kinds/owner.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_KINDS_SEQUENCE_H
#define LX_KINDS_SEQUENCE_H
#include "ir/schema.h"

enum { LX_SEQUENCE_TYPE, LX_SEQUENCE_OPTIONS, LX_SEQUENCE_UNLOGGED, LX_SEQUENCE_ATTRS };
struct lx_sequence {
	struct lx_object base;
	const char *type;    /* @type(int4): smallint, integer or bigint; NULL: int8 */
	const char *options; /* @options(start: 1, increment: 1, min: 1, max: 9, cache: 1, cycle: true), sorted */
	bool is_unlogged;    /* @unlogged, PostgreSQL 15 */
};
#endif
