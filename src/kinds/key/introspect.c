/* SPDX-License-Identifier: Apache-2.0 */
#include "introspect/catalog.h"
#include "kinds/key/key.h"

enum {
	OID,
	TABLE,
	NAME,
	TYPE,
	COLUMNS,
	INDEX_COLUMNS,
	IS_DEFERRABLE,
	IS_DEFERRED,
	NULLS_NOT_DISTINCT,
	WITHOUT_OVERLAPS,
	INDEX,
	OPTIONS,
	TABLESPACE,
	IS_CLUSTERED,
	INDEX_COMMENT,
	PART_OF
};

/* The included columns stand behind those of the key. */
static struct lx_vec included(struct lx_catalog *catalog, const struct lx_row *row, size_t keys)
{
	struct lx_vec all = lx_row_columns(row, INDEX_COLUMNS, lx_row_oid(row, TABLE)), include = {0};
	for (size_t i = keys; i < all.length; i++)
		lx_vec_push(lx_catalog_arena(catalog), &include, all.items[i]);
	return include;
}

static void read(struct lx_catalog *catalog, const struct lx_row *row)
{
	struct lx_object *table = lx_catalog_find(catalog, LX_PG_CLASS, lx_row_oid(row, TABLE), 0);
	if (!table)
		return;
	struct lx_key *key = lx_catalog_new(catalog, LX_KIND_KEY, table, NULL, lx_row_text(row, NAME));
	key->is_primary = lx_row_char(row, TYPE) == 'p';
	key->columns = lx_row_columns(row, COLUMNS, lx_row_oid(row, TABLE));
	key->include = included(catalog, row, key->columns.length);
	key->deferrable = lx_row_bool(row, IS_DEFERRED)     ? LX_INITIALLY_DEFERRED
			  : lx_row_bool(row, IS_DEFERRABLE) ? LX_DEFERRABLE
							    : LX_NOT_DEFERRABLE;
	key->nulls_not_distinct = lx_row_bool(row, NULLS_NOT_DISTINCT);
	key->is_without_overlaps = lx_row_bool(row, WITHOUT_OVERLAPS);
	key->backing = (struct lx_backing){.storage = lx_row_options_in_order(row, OPTIONS),
					   .tablespace = lx_row_text(row, TABLESPACE),
					   .is_clustered = lx_row_bool(row, IS_CLUSTERED),
					   .comment = lx_row_text(row, INDEX_COMMENT)};
	key->part_of = lx_row_text(row, PART_OF);
	lx_catalog_add(catalog, &key->base, LX_PG_CONSTRAINT, lx_row_oid(row, OID), 0);
	lx_catalog_file(catalog, &key->base, LX_PG_CLASS, lx_row_oid(row, INDEX), 0);
}

const struct lx_kind_catalog lx_key_catalog = {
    .query = "SELECT k.oid, k.conrelid, k.conname, k.contype, k.conkey, i.indkey, k.condeferrable, k.condeferred,"
	     " {15+|i.indnullsnotdistinct|false}, {18+|k.conperiod|false}, k.conindid, c.reloptions, s.spcname,"
	     " i.indisclustered, d.description, g.relname FROM pg_catalog.pg_constraint k"
	     " JOIN pg_catalog.pg_index i ON i.indexrelid = k.conindid"
	     " JOIN pg_catalog.pg_class c ON c.oid = k.conindid"
	     " LEFT JOIN pg_catalog.pg_tablespace s ON s.oid = c.reltablespace"
	     " LEFT JOIN pg_catalog.pg_inherits h ON h.inhrelid = k.conindid"
	     " LEFT JOIN pg_catalog.pg_class g ON g.oid = h.inhparent"
	     " LEFT JOIN pg_catalog.pg_description d ON d.classoid = 'pg_catalog.pg_class'::regclass"
	     " AND d.objoid = k.conindid AND d.objsubid = 0"
	     " WHERE k.contype IN ('p', 'u') AND " LX_USER_SCHEMA("k.connamespace") " ORDER BY k.conrelid, k.conname",
    .read = read,
};
