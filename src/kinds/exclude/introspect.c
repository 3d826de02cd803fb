/* SPDX-License-Identifier: Apache-2.0 */
#include "kinds/exclude/exclude.h"
#include "kinds/index/catalog.h"

enum {
	OID,
	TABLE,
	NAME,
	METHOD,
	IS_DEFERRABLE,
	IS_DEFERRED,
	INDEX,
	OPTIONS,
	TABLESPACE,
	IS_CLUSTERED,
	INDEX_COMMENT,
	WHERE,
	OPERATOR,
	OPERATOR_SCHEMA,
	ELEMENT
};

static struct lx_exclude *add(struct lx_catalog *catalog, const struct lx_row *row)
{
	struct lx_object *table = lx_catalog_find(catalog, LX_PG_CLASS, lx_row_oid(row, TABLE), 0);
	if (!table)
		return NULL;
	struct lx_exclude *exclude = lx_catalog_new(catalog, LX_KIND_EXCLUDE, table, NULL, lx_row_text(row, NAME));
	exclude->method = lx_row_text(row, METHOD);
	exclude->where = lx_row_expr(row, WHERE);
	exclude->deferrable = lx_row_bool(row, IS_DEFERRED)     ? LX_INITIALLY_DEFERRED
			      : lx_row_bool(row, IS_DEFERRABLE) ? LX_DEFERRABLE
								: LX_NOT_DEFERRABLE;
	exclude->backing = (struct lx_backing){.storage = lx_row_options_in_order(row, OPTIONS),
					       .tablespace = lx_row_text(row, TABLESPACE),
					       .is_clustered = lx_row_bool(row, IS_CLUSTERED),
					       .comment = lx_row_text(row, INDEX_COMMENT)};
	lx_catalog_add(catalog, &exclude->base, LX_PG_CONSTRAINT, lx_row_oid(row, OID), 0);
	lx_catalog_file(catalog, &exclude->base, LX_PG_CLASS, lx_row_oid(row, INDEX), 0);
	return exclude;
}

static void read(struct lx_catalog *catalog, const struct lx_row *row)
{
	struct lx_exclude *exclude =
	    (struct lx_exclude *)lx_catalog_find(catalog, LX_PG_CONSTRAINT, lx_row_oid(row, OID), 0);
	if (!exclude)
		exclude = add(catalog, row);
	if (!exclude)
		return;
	struct lx_index_element *element =
	    lx_index_read_element(catalog, row, ELEMENT, &exclude->elements, &exclude->include);
	if (!element)
		return;
	element->operator_name = lx_row_text(row, OPERATOR);
	element->operator_schema = lx_row_text(row, OPERATOR_SCHEMA);
}

const struct lx_kind_catalog lx_exclude_catalog = {
    .query = "SELECT k.oid, k.conrelid, k.conname, m.amname, k.condeferrable, k.condeferred, k.conindid, c.reloptions,"
	     " s.spcname, i.indisclustered, d.description,"
	     " CASE WHEN a.attnum = 1 THEN pg_catalog.pg_get_expr(i.indpred, i.indrelid) END,"
	     " p.oprname, nullif(w.nspname, 'pg_catalog'), " LX_ELEMENT_COLUMNS
	     " FROM pg_catalog.pg_constraint k JOIN pg_catalog.pg_index i ON i.indexrelid = k.conindid"
	     " JOIN pg_catalog.pg_class c ON c.oid = k.conindid JOIN pg_catalog.pg_am m ON m.oid = c.relam"
	     " LEFT JOIN pg_catalog.pg_tablespace s ON s.oid = c.reltablespace"
	     " LEFT JOIN pg_catalog.pg_description d ON d.classoid = 'pg_catalog.pg_class'::regclass"
	     " AND d.objoid = k.conindid AND d.objsubid = 0" LX_ELEMENT_TABLES
	     " LEFT JOIN pg_catalog.pg_operator p ON p.oid = k.conexclop[a.attnum]"
	     " LEFT JOIN pg_catalog.pg_namespace w ON w.oid = p.oprnamespace"
	     " WHERE k.contype = 'x' AND k.conparentid = 0 AND " LX_USER_SCHEMA(
		 "k.connamespace") " ORDER BY k.conrelid, k.conname, k.oid, a.attnum",
    .read = read,
};
