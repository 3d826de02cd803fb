/* An index.  SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_KINDS_INDEX_H
#define LX_KINDS_INDEX_H
#include "ir/schema.h"

enum {
	LX_INDEX_UNIQUE,
	LX_INDEX_METHOD,
	LX_INDEX_ELEMENTS,
	LX_INDEX_WHERE,
	LX_INDEX_INCLUDE,
	LX_INDEX_STORAGE,
	LX_INDEX_TABLESPACE,
	LX_INDEX_NULLS_NOT_DISTINCT,
	LX_INDEX_STATISTICS,
	LX_INDEX_CLUSTERED,
	LX_INDEX_INVALID,
	LX_INDEX_PART_OF,
	LX_INDEX_CONCURRENTLY,
	LX_INDEX_ATTRS
};
enum lx_index_nulls { LX_NULLS_DEFAULT, LX_NULLS_FIRST, LX_NULLS_LAST };
/* One key of an index or exclusion constraint. */
struct lx_index_element {
	const char *column; /* NULL: an expression */
	struct lx_expr expr;
	const char *opclass;         /* also "gin_trgm_ops" */
	const char *opclass_schema;  /* here and below: NULL finds it on the search path */
	const char *opclass_options; /* "siglen=32"; PostgreSQL 13 */
	const char *collation;
	const char *collation_schema;
	bool is_descending;
	int nulls;                 /* only where not the default of the direction */
	const char *operator_name; /* exclusion constraints: '&&' */
	const char *operator_schema;
	int64_t statistics; /* of an expression: 1 + the statistics target; 0: the server's default */
};
struct lx_index {
	struct lx_object base;
	bool is_unique;         /* unique with a where clause or an expression is an index, else a key */
	const char *method;     /* NULL: btree */
	struct lx_vec elements; /* struct lx_index_element * */
	struct lx_expr where;
	struct lx_vec include; /* const char * */
	const char *storage;
	const char *tablespace;
	bool nulls_not_distinct;
	bool is_clustered; /* @clustered: CLUSTER without a name orders the table by it */
	bool is_invalid;   /* @invalid: a build that failed; of a partitioned table: partitions do not have it */
	const char *
	    part_of; /* @part_of(name): the index or key of the partitioned table that it is the partition's share of */
	struct lx_object *whole; /* that index or key */
	struct lx_vec parts;     /* struct lx_object *: the indexes and keys whose part_of is this one */
	bool is_concurrent;      /* @concurrently: how to build it, not what it is */
};
/* The statistics targets, which can change in place, apart. */
bool lx_index_elements_equal(const struct lx_vec *a, const struct lx_vec *b);
bool lx_index_statistics_equal(const struct lx_vec *a, const struct lx_vec *b);
#endif
