/* SPDX-License-Identifier: Apache-2.0 */
#include "introspect/catalog.h"
#include "kinds/table/table.h"

enum { OID, SCHEMA, NAME, ROW_TYPE, PERSISTENCE, HAS_RLS, HAS_FORCED_RLS, OPTIONS, TABLESPACE, SERVER, FOREIGN_OPTIONS };

static void read(struct lx_catalog *catalog, const struct lx_row *row)
{
	struct lx_table *table =
	    lx_catalog_new(catalog, LX_KIND_TABLE, NULL, lx_row_text(row, SCHEMA), lx_row_text(row, NAME));
	table->is_unlogged = lx_row_char(row, PERSISTENCE) == 'u';
	table->has_rls = lx_row_bool(row, HAS_RLS);
	table->has_forced_rls = lx_row_bool(row, HAS_FORCED_RLS);
	table->storage = lx_row_options(row, OPTIONS);
	table->tablespace = lx_row_text(row, TABLESPACE);
	table->server = lx_row_text(row, SERVER);
	lx_foreign_options_read(row, FOREIGN_OPTIONS, false, &table->foreign_options);
	lx_catalog_add(catalog, &table->base, LX_PG_CLASS, lx_row_oid(row, OID), 0);
	lx_catalog_file(catalog, &table->base, LX_PG_TYPE, lx_row_oid(row, ROW_TYPE), 0);
}

const struct lx_kind_catalog lx_table_catalog = {
    .query = "SELECT c.oid, n.nspname, c.relname, c.reltype, c.relpersistence, c.relrowsecurity, c.relforcerowsecurity,"
	     " c.reloptions, s.spcname, f.srvname, ft.ftoptions FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
	     " LEFT JOIN pg_catalog.pg_tablespace s ON s.oid = c.reltablespace"
	     " LEFT JOIN pg_catalog.pg_foreign_table ft ON ft.ftrelid = c.oid"
	     " LEFT JOIN pg_catalog.pg_foreign_server f ON f.oid = ft.ftserver"
	     " WHERE c.relkind IN ('r', 'p', 'f') AND " LX_USER_SCHEMA("c.relnamespace") " AND "
	     LX_NOT_MEMBER("'pg_catalog.pg_class'::regclass", "c.oid") " ORDER BY n.nspname, c.relname",
    .read = read,
};
