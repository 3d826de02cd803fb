/* SPDX-License-Identifier: Apache-2.0 */
#include "introspect/catalog.h"
#include "kinds/check/check.h"

enum { OID, TABLE, NAME, EXPR, NO_INHERIT, IS_VALID, IS_ENFORCED };

static void read(struct lx_catalog *catalog, const struct lx_row *row)
{
	struct lx_object *table = lx_catalog_find(catalog, LX_PG_CLASS, lx_row_oid(row, TABLE), 0);
	if (!table)
		return;
	struct lx_check *check = lx_catalog_new(catalog, LX_KIND_CHECK, table, NULL, lx_row_text(row, NAME));
	check->expr = lx_row_expr(row, EXPR);
	check->no_inherit = lx_row_bool(row, NO_INHERIT);
	check->is_not_enforced = !lx_row_bool(row, IS_ENFORCED);
	check->is_not_valid = !check->is_not_enforced && !lx_row_bool(row, IS_VALID);
	lx_catalog_add(catalog, &check->base, LX_PG_CONSTRAINT, lx_row_oid(row, OID), 0);
}

/* Those that only come from the table's parent belong to that, unless it is an extension's. */
const struct lx_kind_catalog lx_check_catalog = {
    .query = "SELECT k.oid, k.conrelid, k.conname, pg_catalog.pg_get_expr(k.conbin, k.conrelid), k.connoinherit,"
	     " k.convalidated, {18+|k.conenforced|true} FROM pg_catalog.pg_constraint k"
	     " WHERE k.contype = 'c' AND k.conrelid <> 0 AND (k.conislocal OR NOT EXISTS (SELECT FROM pg_catalog.pg_inherits i"
	     " WHERE i.inhrelid = k.conrelid AND " LX_NOT_MEMBER("'pg_catalog.pg_class'::regclass", "i.inhparent") ")) AND " LX_USER_SCHEMA(
		 "k.connamespace") " ORDER BY k.conrelid, k.conname",
    .read = read,
};
