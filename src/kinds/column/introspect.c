/* SPDX-License-Identifier: Apache-2.0 */
#include "introspect/catalog.h"
#include "kinds/column/column.h"

enum { TABLE, NUMBER, NAME, NOT_NULL, DEFAULT, DEFAULT_OID, GENERATED, IDENTITY, COLLATION, STORAGE, COMPRESSION, STATISTICS, TYPE };

static int storage_choice(char storage)
{
	switch (storage) {
	case 'p':
		return 1;
	case 'e':
		return 2;
	case 'x':
		return 3;
	case 'm':
		return 4;
	default:
		return 0;
	}
}

static void read(struct lx_catalog *catalog, const struct lx_row *row)
{
	uint32_t table = lx_row_oid(row, TABLE);
	struct lx_object *parent = lx_catalog_find(catalog, LX_PG_CLASS, table, 0);
	if (!parent)
		return;
	struct lx_column *column = lx_catalog_new(catalog, LX_KIND_COLUMN, parent, NULL, lx_row_text(row, NAME));
	lx_row_type(row, TYPE, &column->type);
	char generated = lx_row_char(row, GENERATED), identity = lx_row_char(row, IDENTITY);
	column->is_nullable = !lx_row_bool(row, NOT_NULL);
	*(generated ? &column->generated : &column->default_value) = lx_row_expr(row, DEFAULT);
	column->is_virtual = generated == 'v';
	column->identity = identity == 'a' ? LX_IDENTITY_ALWAYS : identity == 'd' ? LX_IDENTITY_BY_DEFAULT : LX_IDENTITY_NONE;
	column->collation = lx_row_text(row, COLLATION);
	column->storage = storage_choice(lx_row_char(row, STORAGE));
	column->compression = lx_row_text(row, COMPRESSION);
	column->statistics = lx_row_integer(row, STATISTICS);
	lx_catalog_add(catalog, &column->base, LX_PG_CLASS, table, (int)lx_row_integer(row, NUMBER));
	if (lx_row_oid(row, DEFAULT_OID))
		lx_catalog_file(catalog, &column->base, LX_PG_ATTRDEF, lx_row_oid(row, DEFAULT_OID), 0);
}

const struct lx_kind_catalog lx_column_catalog = {
    .query = "SELECT a.attrelid, a.attnum, a.attname, a.attnotnull, pg_catalog.pg_get_expr(d.adbin, d.adrelid), d.oid,"
	     " a.attgenerated, a.attidentity,"
	     " CASE WHEN a.attcollation <> t.typcollation THEN " LX_COLLATION("l") " END,"
	     " CASE WHEN a.attstorage <> t.typstorage THEN a.attstorage END,"
	     " {14+|CASE a.attcompression WHEN 'p' THEN 'pglz' WHEN 'l' THEN 'lz4' END|NULL},"
	     " CASE WHEN a.attstattarget > 0 THEN a.attstattarget END, " LX_TYPE("a.atttypid", "a.atttypmod")
	     " FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_class c ON c.oid = a.attrelid"
	     " JOIN pg_catalog.pg_type t ON t.oid = a.atttypid"
	     " LEFT JOIN pg_catalog.pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum"
	     " LEFT JOIN pg_catalog.pg_collation l ON l.oid = a.attcollation"
	     " WHERE c.relkind IN ('r', 'p') AND a.attnum > 0 AND NOT a.attisdropped AND " LX_USER_SCHEMA("c.relnamespace")
	     " ORDER BY a.attrelid, a.attnum",
    .read = read,
};
