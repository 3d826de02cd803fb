/* SPDX-License-Identifier: Apache-2.0 */
#include "introspect/catalog.h"
#include "kinds/owner/owner.h"

static void read(struct lx_catalog *catalog, const struct lx_row *row)
{
	struct lx_object *sequence = lx_catalog_find(catalog, LX_PG_CLASS, lx_row_oid(row, 0), 0);
	struct lx_object *column =
	    lx_catalog_find(catalog, LX_PG_CLASS, lx_row_oid(row, 1), (int)lx_row_integer(row, 2));
	if (!sequence || !column)
		return;
	struct lx_owner *owner = lx_catalog_new(catalog, LX_KIND_OWNER, sequence, NULL, "owner");
	owner->column = column;
	lx_schema_add(lx_catalog_schema(catalog), &owner->base);
}

const struct lx_kind_catalog lx_owner_catalog = {
    .query = "SELECT d.objid, d.refobjid, d.refobjsubid FROM pg_catalog.pg_depend d"
	     " JOIN pg_catalog.pg_sequence s ON s.seqrelid = d.objid"
	     " WHERE d.classid = 'pg_catalog.pg_class'::regclass AND d.refclassid = 'pg_catalog.pg_class'::regclass"
	     " AND d.deptype = 'a' AND d.refobjsubid > 0 ORDER BY d.objid",
    .read = read,
};
