/* A table.  Its columns, constraints, indexes, triggers and policies are its children, and its place below other tables
 * (kinds/partition, kinds/inherit).  SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_KINDS_TABLE_H
#define LX_KINDS_TABLE_H
#include "ir/schema.h"
#include "ir/types.h"
#include "kinds/foreign_options.h"

enum {
	LX_TABLE_UNLOGGED,
	LX_TABLE_RLS,
	LX_TABLE_FORCE_RLS,
	LX_TABLE_STORAGE,
	LX_TABLE_TABLESPACE,
	LX_TABLE_ACCESS_METHOD,
	LX_TABLE_PARTITION_BY,
	LX_TABLE_PARTITION_OF,
	LX_TABLE_INHERITS,
	LX_TABLE_OF_TYPE,
	LX_TABLE_C_TYPE,
	LX_TABLE_C_PREFIX,
	LX_TABLE_SERVER,
	LX_TABLE_FOREIGN_OPTIONS,
	LX_TABLE_FOREIGN_SECRETS,
	LX_TABLE_ATTRS
};
struct lx_table {
	struct lx_object base;
	const char *server; /* @server(name): a foreign table; NULL: it is none */
	struct lx_foreign_options foreign_options;
	bool is_unlogged;             /* @unlogged */
	bool has_rls;                 /* @rls */
	bool has_forced_rls;          /* @force_rls */
	const char *storage;          /* @with(fillfactor: 70, toast.autovacuum_enabled: false) */
	const char *tablespace;       /* @tablespace(name) */
	const char *access_method;    /* @access_method(name); NULL: heap */
	const char *partition_method; /* "range", "list", "hash"; NULL: not partitioned */
	struct lx_vec partition_keys; /* struct lx_index_element * (kinds/index/index.h) */
	/* The table it is a partition of, and the tables that it inherits from (struct lx_object *).  All columns are
	 * children here too, those from above with is_inherited; checks from above are children there only. */
	struct lx_object *partition_of;
	struct lx_vec inherits;
	struct lx_type of_type; /* @of(type): a typed table; name NULL: it is none */
	struct lx_vec heirs;    /* struct lx_object *: its partitions, and the tables that inherit from it */
	bool is_member;         /* "partition name for …" in the model above: the models say no more about it */
	const char *c_type;     /* @c(type:) */
	const char *c_prefix;   /* @c(prefix:) */
};
#endif
