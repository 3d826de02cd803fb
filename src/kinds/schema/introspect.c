/* SPDX-License-Identifier: Apache-2.0 */
#include "introspect/catalog.h"

#include <string.h>

#include "kinds/schema/schema.h"

static void read(struct lx_catalog *catalog, const struct lx_row *row)
{
	struct lx_object *schema = lx_catalog_new(catalog, LX_KIND_SCHEMA, NULL, NULL, lx_row_text(row, 1));
	schema->is_external = strcmp(schema->name, "public") == 0; /* every database is born with it */
	schema->comment = lx_row_text(row, 2);
	lx_catalog_add(catalog, schema, LX_PG_NAMESPACE, lx_row_oid(row, 0), 0);
}

const struct lx_kind_catalog lx_schema_catalog = {
    .query = "SELECT n.oid, n.nspname, CASE n.nspname WHEN 'public' THEN nullif(coalesce("
	     "pg_catalog.obj_description(n.oid, 'pg_namespace'), ''), 'standard public schema') END FROM pg_catalog.pg_namespace n WHERE " LX_USER_SCHEMA("n.oid") " AND "
	     LX_NOT_MEMBER("'pg_catalog.pg_namespace'::regclass", "n.oid") " ORDER BY n.nspname",
    .read = read,
};
