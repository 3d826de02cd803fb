/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/arena.h"
#include "introspect/catalog.h"
#include "kinds/index/index.h"
#include "kinds/table/table.h"

enum {
	OID,
	SCHEMA,
	NAME,
	ROW_TYPE,
	PERSISTENCE,
	HAS_RLS,
	HAS_FORCED_RLS,
	OPTIONS,
	TABLESPACE,
	ACCESS_METHOD,
	STRATEGY,
	KEY_COLUMNS,
	KEY_CLASSES,
	KEY_COLLATIONS,
	KEY_EXPRS,
	OF_TYPE,
	OF_TYPE_NAME = OF_TYPE + 2,
	SERVER,
	FOREIGN_OPTIONS
};

/* The next of the expressions that pg_get_expr writes with ", " between them; *TEXT moves behind it. */
static const char *take_expr(struct lx_catalog *catalog, const char **text)
{
	const char *start = *text, *end = start;
	int depth = 0;
	for (char quote = 0; *end && (quote || depth || *end != ','); end++) {
		if (quote)
			quote = *end == quote ? 0 : quote;
		else if (*end == '\'' || *end == '"')
			quote = *end;
		else
			depth += (*end == '(' || *end == '[') - (*end == ')' || *end == ']');
	}
	*text = *end ? end + strspn(end, ", ") : end;
	return lx_schema_intern(lx_catalog_schema(catalog), start, (size_t)(end - start));
}

static void read_keys(struct lx_catalog *catalog, const struct lx_row *row, struct lx_table *table)
{
	struct lx_vec columns = lx_row_texts(row, KEY_COLUMNS), classes = lx_row_texts(row, KEY_CLASSES);
	struct lx_vec collations = lx_row_texts(row, KEY_COLLATIONS);
	const char *exprs = lx_row_text(row, KEY_EXPRS);
	char strategy = lx_row_char(row, STRATEGY);
	if (!strategy)
		return;
	table->partition_method = lx_catalog_intern(catalog, strategy == 'r'   ? "range"
							     : strategy == 'l' ? "list"
									       : "hash");
	for (size_t i = 0; i < columns.length; i++) {
		struct lx_index_element *element = LX_NEW(lx_catalog_arena(catalog), struct lx_index_element);
		element->column = columns.items[i];
		if (!element->column && exprs)
			element->expr.text = take_expr(catalog, &exprs);
		element->opclass = classes.items[i];
		element->collation = collations.items[i];
		lx_vec_push(lx_catalog_arena(catalog), &table->partition_keys, element);
	}
}

static void read(struct lx_catalog *catalog, const struct lx_row *row)
{
	struct lx_table *table =
	    lx_catalog_new(catalog, LX_KIND_TABLE, NULL, lx_row_text(row, SCHEMA), lx_row_text(row, NAME));
	table->is_unlogged = lx_row_char(row, PERSISTENCE) == 'u';
	table->has_rls = lx_row_bool(row, HAS_RLS);
	table->has_forced_rls = lx_row_bool(row, HAS_FORCED_RLS);
	table->storage = lx_row_options(row, OPTIONS);
	table->tablespace = lx_row_text(row, TABLESPACE);
	table->server = lx_row_text(row, SERVER);
	lx_foreign_options_read(row, FOREIGN_OPTIONS, false, &table->foreign_options);
	table->access_method = lx_row_text(row, ACCESS_METHOD);
	read_keys(catalog, row, table);
	if (lx_row_oid(row, OF_TYPE))
		lx_row_type(row, OF_TYPE, &table->of_type);
	lx_catalog_add(catalog, &table->base, LX_PG_CLASS, lx_row_oid(row, OID), 0);
	lx_catalog_file(catalog, &table->base, LX_PG_TYPE, lx_row_oid(row, ROW_TYPE), 0);
}

#define KEYS(value, joins)                                                                                             \
	"(SELECT pg_catalog.array_agg(" value                                                                          \
	" ORDER BY k.i) FROM pg_catalog.generate_series(0, p.partnatts - 1) k(i)"                                      \
	" " joins ")"

/* The table behind may still be there when no column needs it any more; what was said about it then stands for nothing
 * (needs_toast_table in src/backend/catalog/toasting.c: 2032 bytes are a fourth of a page).  Values of character types
 * are as long as their characters can be. */
#define NEEDS_TOAST                                                                                                    \
	"EXISTS (SELECT FROM (SELECT x.attlen < 0 AND x.attstorage <> 'p' AS is_movable, CASE WHEN x.attlen > 0"       \
	" THEN x.attlen WHEN x.atttypid IN ('pg_catalog.bpchar'::regtype, 'pg_catalog.varchar'::regtype)"              \
	" AND x.atttypmod >= 0 THEN pg_catalog.pg_encoding_max_length(e.encoding) * (x.atttypmod - 4) + 4"             \
	" WHEN x.atttypid IN ('pg_catalog.numeric'::regtype, 'pg_catalog.bit'::regtype, 'pg_catalog.varbit'::regtype)" \
	" AND x.atttypmod >= 0 THEN 0 END AS size FROM pg_catalog.pg_attribute x"                                      \
	" JOIN pg_catalog.pg_database e ON e.datname = pg_catalog.current_database()"                                  \
	" WHERE x.attrelid = c.oid AND x.attnum > 0 AND NOT x.attisdropped) x"                                         \
	" HAVING pg_catalog.bool_or(is_movable) AND (pg_catalog.count(*) > pg_catalog.count(size)"                     \
	" OR pg_catalog.sum(size) > 2032 - 24))"

const struct lx_kind_catalog lx_table_catalog =
    {
	.query =
	    "SELECT c.oid, n.nspname, c.relname, c.reltype, c.relpersistence, c.relrowsecurity, c.relforcerowsecurity,"
	    " pg_catalog.array_cat(c.reloptions, (SELECT pg_catalog.array_agg('toast.' || o)"
	    " FROM pg_catalog.pg_class t, pg_catalog.unnest(t.reloptions) o WHERE t.oid = c.reltoastrelid"
	    " AND CASE WHEN t.reloptions IS NOT NULL THEN " NEEDS_TOAST " END)), s.spcname,"
	    " CASE WHEN a.amname <> 'heap' THEN a.amname END, p.partstrat, " KEYS("x.attname::text", "LEFT JOIN "
												     "pg_catalog.pg_"
												     "attribute x ON "
												     "x.attrelid = "
												     "c.oid AND "
												     "x.attnum = "
												     "p.partattrs[k.i] "
												     "AND x.attnum > 0") ", " KEYS(
		"CASE WHEN NOT o.opcdefault THEN o.opcname::text END",
		"JOIN pg_catalog.pg_opclass o ON o.oid = p.partclass[k.i]") ", " KEYS("CASE WHEN l.oid <> "
										      "coalesce(x.attcollation, l.oid) "
										      "THEN l.collname::text END",
										      "LEFT JOIN "
										      "pg_catalog.pg_collation l ON "
										      "l.oid = p.partcollation[k.i] "
										      "LEFT JOIN "
										      "pg_catalog.pg_attribute x"
										      " ON x.attrelid = c.oid AND "
										      "x.attnum = p.partattrs[k.i] AND "
										      "x.attnum > 0") ", "
												      "pg_catalog.pg_"
												      "get_expr(p."
												      "partexprs, "
												      "c.oid), "
												      "nullif(c."
												      "reloftype, 0), "
												      "NULL, CASE WHEN "
												      "c.reloftype <> "
												      "0 THEN "
												      "pg_catalog."
												      "format_type(c."
												      "reloftype, "
												      "NULL) END,"
												      " f.srvname, "
												      "ft.ftoptions"
												      " FROM "
												      "pg_catalog.pg_"
												      "class c JOIN "
												      "pg_catalog.pg_"
												      "namespace n ON "
												      "n.oid = "
												      "c.relnamespace"
												      " LEFT JOIN "
												      "pg_catalog.pg_"
												      "tablespace s ON "
												      "s.oid = "
												      "c.reltablespace"
												      " LEFT JOIN "
												      "pg_catalog.pg_"
												      "am a ON a.oid = "
												      "c.relam"
												      " LEFT JOIN "
												      "pg_catalog.pg_"
												      "partitioned_"
												      "table p ON "
												      "p.partrelid = "
												      "c.oid"
												      " LEFT JOIN "
												      "pg_catalog.pg_"
												      "foreign_table "
												      "ft ON "
												      "ft.ftrelid = "
												      "c.oid"
												      " LEFT JOIN "
												      "pg_catalog.pg_"
												      "foreign_server "
												      "f ON f.oid = "
												      "ft.ftserver"
												      " WHERE "
												      "c.relkind IN "
												      "('r', 'p', 'f') "
												      "AND"
												      " " LX_USER_SCHEMA("c.relnamespace") " AND " LX_NOT_MEMBER(
													  "'pg_catalog."
													  "pg_class'::"
													  "regclass",
													  "c.oid") " OR"
														   "DER"
														   " BY"
														   " n."
														   "nsp"
														   "nam"
														   "e, "
														   "c."
														   "rel"
														   "nam"
														   "e",
	.read = read,
};
