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

#define OPCLASS_NAME LX_REFERENCE("o.opcnamespace", "o.opcname")
#define FUNCTION_NAME LX_REFERENCE("p.pronamespace", "p.proname")
#define MULTIRANGE_NAME LX_REFERENCE("m.typnamespace", "m.typname")
#define SUBTYPE LX_TYPE("r.rngsubtype", "NULL::int4")
#define IS_OWN LX_USER_SCHEMA("t.typnamespace") " AND " LX_NOT_MEMBER("'pg_catalog.pg_type'::regclass", "t.oid")
/* PostgreSQL's own choice, cut to the length of a name: makeMultirangeTypeName in src/backend/catalog/pg_type.c */
#define USUAL_MULTIRANGE                                                                                               \
	"(CASE WHEN strpos(t.typname, 'range') > 0 THEN overlay(t.typname::text placing 'multirange'"                  \
	" from strpos(t.typname, 'range') for 5) ELSE t.typname::text || '_multirange' END)::name"

const struct lx_kind_catalog lx_range_catalog = {
    .query = "SELECT t.oid, n.nspname, t.typname, CASE WHEN NOT o.opcdefault THEN " OPCLASS_NAME " END,"
	     " CASE WHEN r.rngcollation <> s.typcollation THEN " LX_COLLATION(
		 "l") " END,"
		      " (SELECT " FUNCTION_NAME " FROM pg_catalog.pg_proc p WHERE p.oid = r.rngcanonical),"
		      " (SELECT " FUNCTION_NAME " FROM pg_catalog.pg_proc p WHERE p.oid = r.rngsubdiff),"
		      " CASE WHEN m.typnamespace <> t.typnamespace OR m.typname ~ '[.\"]' AND m.typname "
		      "<> " USUAL_MULTIRANGE " THEN " MULTIRANGE_NAME " WHEN m.typname <> " USUAL_MULTIRANGE
		      " THEN m.typname END, " SUBTYPE " FROM pg_catalog.pg_range r"
		      " JOIN pg_catalog.pg_type t ON t.oid = r.rngtypid"
		      " JOIN pg_catalog.pg_type s ON s.oid = r.rngsubtype"
		      " JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace"
		      " JOIN pg_catalog.pg_opclass o ON o.oid = r.rngsubopc"
		      " LEFT JOIN pg_catalog.pg_collation l ON l.oid = r.rngcollation"
		      " LEFT JOIN pg_catalog.pg_type m ON {14+|m.oid = r.rngmultitypid|false}"
		      " WHERE " IS_OWN " ORDER BY n.nspname, t.typname",
    .read = read,
};
