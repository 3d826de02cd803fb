/* A table.  Its columns, constraints, indexes, triggers, policies and partitions are its children.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_KINDS_TABLE_H
#define LX_KINDS_TABLE_H
#include "ir/schema.h"
#include "kinds/foreign_options.h"

enum {
	LX_TABLE_UNLOGGED, LX_TABLE_RLS, LX_TABLE_FORCE_RLS, LX_TABLE_STORAGE, LX_TABLE_TABLESPACE,
	LX_TABLE_PARTITION_BY, LX_TABLE_C_TYPE, LX_TABLE_C_PREFIX, LX_TABLE_SERVER, LX_TABLE_FOREIGN_OPTIONS, LX_TABLE_FOREIGN_SECRETS, LX_TABLE_ATTRS
};
struct lx_table {
	struct lx_object base;
	const char *server; /* @server(name): a foreign table; NULL: it is none */
	struct lx_foreign_options foreign_options;
	bool is_unlogged;	/* @unlogged */
	bool has_rls;		/* @rls */
	bool has_forced_rls;	/* @force_rls */
	const char *storage;	/* @with(fillfactor: 70) */
	const char *tablespace; /* @tablespace(name) */
	const char *partition_method; /* "range", "list", "hash"; NULL: not partitioned */
	struct lx_vec partition_keys; /* struct lx_index_element * (kinds/index/index.h) */
	const char *c_type;	/* @c(type:) */
	const char *c_prefix;	/* @c(prefix:) */
};
#endif
