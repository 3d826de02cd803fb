/* SPDX-License-Identifier: Apache-2.0 */
#include "introspect/catalog.h"

#include <string.h>

#include "kinds/extension/extension.h"

/* plpgsql is part of every new database. */
static void read(struct lx_catalog *catalog, const struct lx_row *row)
{
	struct lx_extension *extension = lx_catalog_new(catalog, LX_KIND_EXTENSION, NULL, NULL, lx_row_text(row, 1));
	extension->in_schema = lx_row_text(row, 2);
	extension->version = lx_row_text(row, 3);
	extension->own_comment = lx_row_text(row, 4);
	lx_catalog_add(catalog, &extension->base, LX_PG_EXTENSION, lx_row_oid(row, 0), 0);
}

/* Its own comment is no fact of the user's; that it was taken away is one. */
static void finish(struct lx_catalog *catalog)
{
	LX_EACH (struct lx_object *, object, &lx_catalog_schema(catalog)->objects) {
		const struct lx_extension *extension = (const struct lx_extension *)object;
		if (object->kind != LX_KIND_EXTENSION || !extension->own_comment)
			continue;
		if (!object->comment)
			object->comment = "";
		else if (strcmp(object->comment, extension->own_comment) == 0)
			object->comment = NULL;
	}
}

const struct lx_kind_catalog lx_extension_catalog = {
    .query = "SELECT x.oid, x.extname, n.nspname, x.extversion, a.comment FROM pg_catalog.pg_extension x"
	     " JOIN pg_catalog.pg_namespace n ON n.oid = x.extnamespace"
	     " LEFT JOIN pg_catalog.pg_available_extensions() a ON a.name = x.extname WHERE x.extname <> 'plpgsql' ORDER BY x.extname",
    .read = read,
    .finish = finish,
};
