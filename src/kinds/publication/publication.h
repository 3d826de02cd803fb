/* A publication of logical replication.  SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_KINDS_PUBLICATION_H
#define LX_KINDS_PUBLICATION_H
#include "ir/schema.h"

enum {
	LX_PUBLICATION_ALL_TABLES,
	LX_PUBLICATION_SCHEMAS,
	LX_PUBLICATION_OPERATIONS,
	LX_PUBLICATION_VIA_ROOT,
	LX_PUBLICATION_GENERATED,
	LX_PUBLICATION_TABLES,
	LX_PUBLICATION_ATTRS
};
struct lx_published {
	struct lx_object *table; /* NULL: target_sql */
	const char *target_sql;  /* "TABLE public.note_2024": a partition, which is no declaration of its own */
	struct lx_vec columns;   /* const char *, sorted; empty: all */
	struct lx_expr filter;   /* where `…` */
};
struct lx_publication {
	struct lx_object base;
	bool is_of_all_tables;
	struct lx_vec schemas;    /* const char *: every table in them, @schemas(app) */
	struct lx_vec operations; /* const char *: "insert", "update", …; empty: all; only "nothing": none */
	bool is_via_root;
	bool has_generated;   /* generated columns too (PostgreSQL 18) */
	struct lx_vec tables; /* struct lx_published *, sorted by name */
};
/* "public.note": what entries are sorted and told apart by. */
const char *lx_published_name(struct lx_arena *arena, const struct lx_published *published);
void lx_published_sort(struct lx_arena *arena, struct lx_publication *publication);
#endif
