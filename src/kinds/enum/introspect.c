/* SPDX-License-Identifier: Apache-2.0 */
#include "base/arena.h"
#include "introspect/catalog.h"
#include "kinds/enum/enum.h"

enum { OID, SCHEMA, NAME, LABEL };

/* One row a label, in their order; one without a label when there are none. */
static void read(struct lx_catalog *catalog, const struct lx_row *row)
{
	struct lx_enum *type = (struct lx_enum *)lx_catalog_find(catalog, LX_PG_TYPE, lx_row_oid(row, OID), 0);
	if (!type) {
		type = lx_catalog_new(catalog, LX_KIND_ENUM, NULL, lx_row_text(row, SCHEMA), lx_row_text(row, NAME));
		lx_catalog_add(catalog, &type->base, LX_PG_TYPE, lx_row_oid(row, OID), 0);
	}
	if (lx_row_is_null(row, LABEL))
		return;
	struct lx_label_value *value = LX_NEW(lx_catalog_arena(catalog), struct lx_label_value);
	value->label = lx_row_text(row, LABEL);
	lx_vec_push(lx_catalog_arena(catalog), &type->labels, value);
}

const struct lx_kind_catalog lx_enum_catalog = {
    .query = "SELECT t.oid, n.nspname, t.typname, e.enumlabel FROM pg_catalog.pg_type t"
	     " JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace"
	     " LEFT JOIN pg_catalog.pg_enum e ON e.enumtypid = t.oid"
	     " WHERE t.typtype = 'e' AND " LX_USER_SCHEMA("t.typnamespace") " AND "
	     LX_NOT_MEMBER("'pg_catalog.pg_type'::regclass", "t.oid")
	     " ORDER BY n.nspname, t.typname, e.enumsortorder",
    .read = read,
};
