/* A primary key or unique constraint.  SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_KINDS_KEY_H
#define LX_KINDS_KEY_H
#include "ir/schema.h"

enum {
	LX_KEY_IS_PRIMARY,
	LX_KEY_COLUMNS,
	LX_KEY_INCLUDE,
	LX_KEY_NULLS_NOT_DISTINCT,
	LX_KEY_WITHOUT_OVERLAPS,
	LX_KEY_DEFERRABLE,
	LX_KEY_STORAGE,
	LX_KEY_TABLESPACE,
	LX_KEY_CLUSTERED,
	LX_KEY_INDEX_COMMENT,
	LX_KEY_PART_OF,
	LX_KEY_ATTRS
};
enum lx_deferrable { LX_NOT_DEFERRABLE, LX_DEFERRABLE, LX_INITIALLY_DEFERRED };
/* What a constraint says about the index behind it; all of it can change in place. */
struct lx_backing {
	const char *storage;    /* with (…) */
	const char *tablespace; /* @tablespace(name) */
	bool is_clustered;      /* @clustered: CLUSTER without a name orders the table by it */
	const char *comment;    /* @index_comment('…'): the index has a comment of its own beside the constraint's */
};
struct lx_key {
	struct lx_object base;
	bool is_primary;
	struct lx_vec columns;    /* const char * */
	struct lx_vec include;    /* const char * */
	bool nulls_not_distinct;  /* @nulls_not_distinct, PostgreSQL 15 */
	bool is_without_overlaps; /* @without_overlaps: the last column is a range, PostgreSQL 18 */
	int deferrable;           /* @deferrable, @deferrable(initially_deferred) */
	struct lx_backing backing;
	const char *
	    part_of; /* @part_of(name): the key or index of the partitioned table that it is the partition's share of */
	struct lx_object *whole; /* that key or index */
	struct lx_vec parts;     /* struct lx_object *: the indexes and keys whose part_of is this one */
};
#endif
