/* SPDX-License-Identifier: Apache-2.0 */
#include "introspect/catalog.h"
#include "kinds/server/server.h"

static void read(struct lx_catalog *catalog, const struct lx_row *row)
{
	struct lx_server *server = lx_catalog_new(catalog, LX_KIND_SERVER, NULL, NULL, lx_row_text(row, 1));
	server->wrapper = lx_row_text(row, 2);
	server->type = lx_row_text(row, 3);
	server->version = lx_row_text(row, 4);
	lx_foreign_options_read(row, 5, false, &server->options);
	lx_catalog_add(catalog, &server->base, LX_PG_SERVER, lx_row_oid(row, 0), 0);
}

const struct lx_kind_catalog lx_server_catalog = {
    .query =
	"SELECT s.oid, s.srvname, w.fdwname, s.srvtype, s.srvversion, s.srvoptions FROM pg_catalog.pg_foreign_server s"
	" JOIN pg_catalog.pg_foreign_data_wrapper w ON w.oid = s.srvfdw WHERE " LX_NOT_MEMBER(
	    "'pg_catalog.pg_foreign_server'::regclass", "s.oid") " ORDER BY s.srvname",
    .read = read,
};
