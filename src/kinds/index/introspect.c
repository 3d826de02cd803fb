/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "kinds/index/catalog.h"
#include "kinds/index/parts.h"

enum {
	OID,
	TABLE,
	NAME,
	METHOD,
	IS_UNIQUE,
	NULLS_NOT_DISTINCT,
	IS_CLUSTERED,
	IS_INVALID,
	OPTIONS,
	TABLESPACE,
	WHERE,
	PART_OF,
	ELEMENT
};

static struct lx_index *add(struct lx_catalog *catalog, const struct lx_row *row)
{
	struct lx_object *table = lx_catalog_find(catalog, LX_PG_CLASS, lx_row_oid(row, TABLE), 0);
	if (!table)
		return NULL;
	struct lx_index *index = lx_catalog_new(catalog, LX_KIND_INDEX, table, NULL, lx_row_text(row, NAME));
	const char *method = lx_row_text(row, METHOD);
	index->method = strcmp(method, "btree") != 0 ? method : NULL;
	index->is_unique = lx_row_bool(row, IS_UNIQUE);
	index->nulls_not_distinct = lx_row_bool(row, NULLS_NOT_DISTINCT);
	index->is_clustered = lx_row_bool(row, IS_CLUSTERED);
	index->is_invalid = lx_row_bool(row, IS_INVALID);
	index->storage = lx_row_options_in_order(row, OPTIONS);
	index->tablespace = lx_row_text(row, TABLESPACE);
	index->where = lx_row_expr(row, WHERE);
	index->part_of = lx_row_text(row, PART_OF);
	lx_catalog_add(catalog, &index->base, LX_PG_CLASS, lx_row_oid(row, OID), 0);
	return index;
}

static void read(struct lx_catalog *catalog, const struct lx_row *row)
{
	struct lx_index *index = (struct lx_index *)lx_catalog_find(catalog, LX_PG_CLASS, lx_row_oid(row, OID), 0);
	if (!index)
		index = add(catalog, row);
	if (index)
		lx_index_read_element(catalog, row, ELEMENT, &index->elements, &index->include);
}

/* A key may be a share of an index, which is read behind it. */
static void finish(struct lx_catalog *catalog)
{
	lx_index_link_all(lx_catalog_schema(catalog), LX_KIND_KEY);
	lx_index_link_all(lx_catalog_schema(catalog), LX_KIND_INDEX);
}

const struct lx_kind_catalog lx_index_catalog = {
    .query =
	"SELECT i.indexrelid, i.indrelid, c.relname, m.amname, i.indisunique, {15+|i.indnullsnotdistinct|false},"
	" i.indisclustered, NOT i.indisvalid, c.reloptions, s.spcname,"
	" CASE WHEN a.attnum = 1 THEN pg_catalog.pg_get_expr(i.indpred, i.indrelid) END, g.relname, " LX_ELEMENT_COLUMNS
	" FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid"
	" JOIN pg_catalog.pg_am m ON m.oid = c.relam LEFT JOIN pg_catalog.pg_tablespace s ON s.oid = c.reltablespace"
	" LEFT JOIN pg_catalog.pg_inherits h ON h.inhrelid = i.indexrelid"
	" LEFT JOIN pg_catalog.pg_class g ON g.oid = h.inhparent" LX_ELEMENT_TABLES
	" WHERE " LX_USER_SCHEMA("c.relnamespace") " AND i.indexrelid NOT IN (SELECT k.conindid FROM "
						   "pg_catalog.pg_constraint k WHERE k.contype IN ('p', 'u', 'x'))"
						   " ORDER BY c.relname, i.indexrelid, a.attnum",
    .read = read,
    .finish = finish,
};
