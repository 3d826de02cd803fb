/* SPDX-License-Identifier: Apache-2.0 */
#include "introspect/catalog.h"

#include <stdint.h>

#include "kinds/policy/policy.h"

enum { OID, NAME, TABLE, COMMAND, IS_PERMISSIVE, ROLES, USING, CHECK };

static const char *command(char code)
{
	switch (code) {
	case 'r':
		return "select";
	case 'a':
		return "insert";
	case 'w':
		return "update";
	case 'd':
		return "delete";
	default:
		return "all";
	}
}

static void read(struct lx_catalog *catalog, const struct lx_row *row)
{
	struct lx_object *table = lx_catalog_find(catalog, LX_PG_CLASS, lx_row_oid(row, TABLE), 0);
	if (!table)
		return;
	struct lx_policy *policy = lx_catalog_new(catalog, LX_KIND_POLICY, table, NULL, lx_row_text(row, NAME));
	policy->command = command(lx_row_char(row, COMMAND));
	policy->is_restrictive = !lx_row_bool(row, IS_PERMISSIVE);
	policy->using_expr = lx_row_expr(row, USING);
	policy->check = lx_row_expr(row, CHECK);
	policy->roles = lx_row_texts(row, ROLES);
	LX_EACH (const char *, role, &policy->roles)
		policy->roles.items[role_i] = (void *)(uintptr_t)lx_catalog_role(catalog, role);
	lx_catalog_add(catalog, &policy->base, LX_PG_POLICY, lx_row_oid(row, OID), 0);
}

/* Names sort by their bytes; "public", role 0, is in no catalog. */
const struct lx_kind_catalog lx_policy_catalog = {
    .query = "SELECT p.oid, p.polname, p.polrelid, p.polcmd, p.polpermissive,"
	     " ARRAY(SELECT r.rolname::text FROM pg_catalog.pg_roles r WHERE r.oid = ANY (p.polroles) ORDER BY r.rolname),"
	     " pg_catalog.pg_get_expr(p.polqual, p.polrelid), pg_catalog.pg_get_expr(p.polwithcheck, p.polrelid)"
	     " FROM pg_catalog.pg_policy p JOIN pg_catalog.pg_class c ON c.oid = p.polrelid"
	     " WHERE " LX_USER_SCHEMA("c.relnamespace") " ORDER BY p.polrelid, p.polname",
    .read = read,
};
