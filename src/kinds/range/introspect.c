/* SPDX-License-Identifier: Apache-2.0 */
#include "introspect/catalog.h"
#include "kinds/range/range.h"

enum { OID, SCHEMA, NAME, OPCLASS, COLLATION, CANONICAL, DIFFERENCE, MULTIRANGE, TYPE };

static void read(struct lx_catalog *catalog, const struct lx_row *row)
{
	struct lx_range *range =
	    lx_catalog_new(catalog, LX_KIND_RANGE, NULL, lx_row_text(row, SCHEMA), lx_row_text(row, NAME));
	lx_row_type(row, TYPE, &range->type);
	range->opclass = lx_row_text(row, OPCLASS);
	range->collation = lx_row_text(row, COLLATION);
	range->canonical = lx_row_text(row, CANONICAL);
	range->difference = lx_row_text(row, DIFFERENCE);
	range->multirange = lx_row_text(row, MULTIRANGE);
	lx_catalog_add(catalog, &range->base, LX_PG_TYPE, lx_row_oid(row, OID), 0);
}

const struct lx_kind_catalog lx_range_catalog = {
    .query =
	"SELECT t.oid, n.nspname, t.typname,"
	" CASE WHEN NOT o.opcdefault THEN " LX_REFERENCE("o.opcnamespace", "o.opcname") " END,"
	" CASE WHEN r.rngcollation <> s.typcollation THEN " LX_COLLATION("l") " END,"
	" (SELECT " LX_REFERENCE("p.pronamespace", "p.proname") " FROM pg_catalog.pg_proc p WHERE p.oid = r.rngcanonical),"
	" (SELECT " LX_REFERENCE("p.pronamespace", "p.proname") " FROM pg_catalog.pg_proc p WHERE p.oid = r.rngsubdiff),"
	/* PostgreSQL's own choice: makeMultirangeTypeName */
	" CASE WHEN m.typnamespace <> t.typnamespace THEN " LX_REFERENCE("m.typnamespace", "m.typname")
	" WHEN m.typname <> CASE WHEN strpos(t.typname, 'range') > 0"
	" THEN overlay(t.typname placing 'multirange' from strpos(t.typname, 'range') for 5)"
	" ELSE t.typname || '_multirange' END THEN m.typname END, " LX_TYPE("r.rngsubtype", "NULL::int4")
	" FROM pg_catalog.pg_range r JOIN pg_catalog.pg_type t ON t.oid = r.rngtypid"
	" JOIN pg_catalog.pg_type s ON s.oid = r.rngsubtype"
	" JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace"
	" JOIN pg_catalog.pg_opclass o ON o.oid = r.rngsubopc"
	" LEFT JOIN pg_catalog.pg_collation l ON l.oid = r.rngcollation"
	" LEFT JOIN pg_catalog.pg_type m ON {14+|m.oid = r.rngmultitypid|false}"
	" WHERE " LX_USER_SCHEMA("t.typnamespace") " AND " LX_NOT_MEMBER("'pg_catalog.pg_type'::regclass", "t.oid")
	" ORDER BY n.nspname, t.typname",
    .read = read,
};
