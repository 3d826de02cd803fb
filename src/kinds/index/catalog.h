/* Keys of indexes as the catalog has them, for the kinds that have an index behind them.  Their queries give a row for
 * each column of each index, in order; the first makes the object.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_KINDS_INDEX_CATALOG_H
#define LX_KINDS_INDEX_CATALOG_H
#include "introspect/catalog.h"
#include "kinds/index/index.h"

/* Columns of the SELECT, and the tables they come from: i is pg_index, a the index's own pg_attribute.  An operator
 * class goes without saying when it is the default of the column's type, exactly or by a type that the server takes it
 * for.  A single expression is cheaper to have than one of several. */
#define LX_ELEMENT_COLUMNS                                                                                             \
	"a.attnum <= i.indnkeyatts, t.attname,"                                                                        \
	" CASE WHEN i.indkey[a.attnum - 1] <> 0 THEN NULL"                                                             \
	" WHEN pg_catalog.cardinality(pg_catalog.array_positions(i.indkey::int2[], 0::int2)) = 1"                      \
	" THEN '(' || pg_catalog.pg_get_expr(i.indexprs, i.indrelid) || ')'"                                           \
	" ELSE pg_catalog.pg_get_indexdef(i.indexrelid, a.attnum, false) END,"                                         \
	" CASE WHEN o.opcdefault AND a.attoptions IS NULL AND (t.atttypid IS NULL OR o.opcintype = b.base"             \
	" OR (NOT EXISTS (SELECT 1 FROM pg_catalog.pg_opclass x WHERE x.opcmethod = o.opcmethod AND x.opcdefault"      \
	" AND x.opcintype = b.base) AND (y.typtype = 'p' OR y.typispreferred))) THEN NULL ELSE o.opcname END,"         \
	" nullif(q.nspname, 'pg_catalog'), a.attoptions, l.collname, nullif(r.nspname, 'pg_catalog'),"                 \
	" i.indoption[a.attnum - 1], CASE WHEN a.attstattarget >= 0 THEN a.attstattarget + 1 END"
#define LX_ELEMENT_TABLES                                                                                              \
	" JOIN pg_catalog.pg_attribute a ON a.attrelid = i.indexrelid"                                                 \
	" LEFT JOIN pg_catalog.pg_attribute t ON t.attrelid = i.indrelid AND t.attnum = i.indkey[a.attnum - 1]"        \
	" LEFT JOIN pg_catalog.pg_opclass o ON o.oid = i.indclass[a.attnum - 1]"                                       \
	" LEFT JOIN pg_catalog.pg_namespace q ON q.oid = o.opcnamespace"                                               \
	" LEFT JOIN pg_catalog.pg_type y ON y.oid = o.opcintype"                                                       \
	" LEFT JOIN pg_catalog.pg_type z ON z.oid = t.atttypid"                                                        \
	" CROSS JOIN LATERAL (SELECT CASE z.typtype WHEN 'd' THEN z.typbasetype ELSE z.oid END AS base) b"             \
	" LEFT JOIN pg_catalog.pg_collation l ON l.oid = i.indcollation[a.attnum - 1]"                                 \
	" AND l.oid <> coalesce(t.attcollation, 'pg_catalog.default'::regcollation)"                                   \
	" LEFT JOIN pg_catalog.pg_namespace r ON r.oid = l.collnamespace"
enum { LX_ELEMENT_WIDTH = 10 };

/* Adds the column of the index that ROW describes from COLUMN on: to INCLUDE and returns NULL, or to ELEMENTS and
 * returns the new one. */
struct lx_index_element *lx_index_read_element(struct lx_catalog *catalog, const struct lx_row *row, int column,
					       struct lx_vec *elements, struct lx_vec *include);
#endif
