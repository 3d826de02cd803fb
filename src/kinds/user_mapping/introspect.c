/* SPDX-License-Identifier: Apache-2.0 */
#include "base/arena.h"
#include "introspect/catalog.h"
#include "kinds/user_mapping/user_mapping.h"

static void read(struct lx_catalog *catalog, const struct lx_row *row)
{
	const char *role = lx_catalog_role(catalog, lx_row_text(row, 1)), *server = lx_row_text(row, 2);
	const char *name = lx_arena_printf(lx_catalog_arena(catalog), "%s on %s", role, server);
	struct lx_user_mapping *mapping = lx_catalog_new(catalog, LX_KIND_USER_MAPPING, NULL, NULL, name);
	mapping->role = role;
	mapping->server = server;
	lx_foreign_options_read(row, 3, true, &mapping->options);
	mapping->options.is_hidden = lx_row_bool(row, 4);
	if (mapping->options.is_hidden)
		lx_catalog_note(catalog, "the options of the user mapping %s are not shown to this role", name);
	lx_catalog_add(catalog, &mapping->base, LX_PG_USER_MAPPING, lx_row_oid(row, 0), 0);
}

/* Whether the view shows the options is its own rule (src/backend/catalog/system_views.sql): NULL alone does not tell. */
const struct lx_kind_catalog lx_user_mapping_catalog = {
    .query = "SELECT m.umid, m.usename, m.srvname, m.umoptions, NOT coalesce(CASE WHEN m.umuser = 0 THEN"
	     " pg_catalog.pg_has_role(s.srvowner, 'USAGE') ELSE m.usename = current_user AND (pg_catalog.pg_has_role("
	     "s.srvowner, 'USAGE') OR pg_catalog.has_server_privilege(s.oid, 'USAGE')) END OR (SELECT r.rolsuper"
	     " FROM pg_catalog.pg_roles r WHERE r.rolname = current_user), false) FROM pg_catalog.pg_user_mappings m"
	     " JOIN pg_catalog.pg_foreign_server s ON s.oid = m.srvid WHERE m.usename IS NOT NULL ORDER BY m.srvname, m.usename",
    .read = read,
};
