/* SPDX-License-Identifier: Apache-2.0 */
#include "introspect/catalog.h"
#include "kinds/extension/extension.h"

/* plpgsql is part of every new database. */
static void read(struct lx_catalog *catalog, const struct lx_row *row)
{
	struct lx_extension *extension = lx_catalog_new(catalog, LX_KIND_EXTENSION, NULL, NULL, lx_row_text(row, 1));
	extension->in_schema = lx_row_text(row, 2);
	extension->version = lx_row_text(row, 3);
	lx_catalog_add(catalog, &extension->base, LX_PG_EXTENSION, lx_row_oid(row, 0), 0);
}

const struct lx_kind_catalog lx_extension_catalog = {
    .query = "SELECT x.oid, x.extname, n.nspname, x.extversion FROM pg_catalog.pg_extension x"
	     " JOIN pg_catalog.pg_namespace n ON n.oid = x.extnamespace WHERE x.extname <> 'plpgsql' ORDER BY x.extname",
    .read = read,
};
