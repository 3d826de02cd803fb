/* SPDX-License-Identifier: Apache-2.0 */
#include "base/arena.h"
#include "introspect/catalog.h"
#include "kinds/composite/composite.h"

enum { OID, CLASS, SCHEMA, NAME, FIELD, COLLATION, COMMENT, TYPE };

/* One row a field; one without when there are none. */
static void read(struct lx_catalog *catalog, const struct lx_row *row)
{
	struct lx_composite *type = (struct lx_composite *)lx_catalog_find(catalog, LX_PG_TYPE, lx_row_oid(row, OID), 0);
	if (!type) {
		type = lx_catalog_new(catalog, LX_KIND_COMPOSITE, NULL, lx_row_text(row, SCHEMA), lx_row_text(row, NAME));
		lx_catalog_add(catalog, &type->base, LX_PG_TYPE, lx_row_oid(row, OID), 0);
		lx_catalog_file(catalog, &type->base, LX_PG_CLASS, lx_row_oid(row, CLASS), 0);
	}
	if (lx_row_is_null(row, FIELD))
		return;
	struct lx_field *field = LX_NEW(lx_catalog_arena(catalog), struct lx_field);
	field->name = lx_row_text(row, FIELD);
	field->is_nullable = true;
	field->collation = lx_row_text(row, COLLATION);
	field->comment = lx_row_text(row, COMMENT);
	lx_row_type(row, TYPE, &field->type);
	lx_vec_push(lx_catalog_arena(catalog), &type->fields, field);
}

const struct lx_kind_catalog lx_composite_catalog = {
    .query = "SELECT c.reltype, c.oid, n.nspname, c.relname, a.attname,"
	     " CASE WHEN a.attcollation <> t.typcollation THEN " LX_COLLATION("l") " END,"
	     " pg_catalog.col_description(c.oid, a.attnum), " LX_TYPE("a.atttypid", "a.atttypmod")
	     " FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
	     " LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped"
	     " LEFT JOIN pg_catalog.pg_type t ON t.oid = a.atttypid"
	     " LEFT JOIN pg_catalog.pg_collation l ON l.oid = a.attcollation"
	     " WHERE c.relkind = 'c' AND " LX_USER_SCHEMA("c.relnamespace") " AND "
	     LX_NOT_MEMBER("'pg_catalog.pg_type'::regclass", "c.reltype")
	     " ORDER BY n.nspname, c.relname, a.attnum",
    .read = read,
};
