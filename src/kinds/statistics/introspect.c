/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/arena.h"
#include "introspect/catalog.h"
#include "kinds/index/index.h"
#include "kinds/statistics/statistics.h"

enum { OID, TABLE, SCHEMA, NAME, COLUMNS, KINDS, TARGET, EXPRESSIONS };

/* stxkind, src/include/catalog/pg_statistic_ext.h; that of expressions is not chosen. */
static const struct {
	char letter;
	const char *name;
} kinds[] = {{'d', "ndistinct"}, {'f', "dependencies"}, {'m', "mcv"}};
enum { KIND_COUNT = sizeof kinds / sizeof kinds[0] };

/* All of them, and none with a single expression, is what CREATE STATISTICS makes by itself. */
static struct lx_vec read_kinds(struct lx_catalog *catalog, const char *letters)
{
	struct lx_vec names = {0};
	for (size_t i = 0; i < KIND_COUNT; i++) {
		if (strchr(letters, kinds[i].letter))
			lx_vec_push(lx_catalog_arena(catalog), &names,
				    (void *)(uintptr_t)lx_catalog_intern(catalog, kinds[i].name));
	}
	return names.length < KIND_COUNT ? names : (struct lx_vec){0};
}

static void add_element(struct lx_catalog *catalog, struct lx_vec *elements, const char *column, const char *expr)
{
	struct lx_index_element *element = LX_NEW(lx_catalog_arena(catalog), struct lx_index_element);
	element->column = column;
	element->expr.text = expr;
	lx_vec_push(lx_catalog_arena(catalog), elements, element);
}

static void read(struct lx_catalog *catalog, const struct lx_row *row)
{
	struct lx_object *table = lx_catalog_find(catalog, LX_PG_CLASS, lx_row_oid(row, TABLE), 0);
	if (!table)
		return;
	struct lx_statistics *statistics =
	    lx_catalog_new(catalog, LX_KIND_STATISTICS, table, NULL, lx_row_text(row, NAME));
	const char *schema = lx_row_text(row, SCHEMA);
	statistics->in_schema = strcmp(schema, table->schema) != 0 ? schema : NULL;
	statistics->kinds = read_kinds(catalog, lx_row_text(row, KINDS));
	statistics->target = lx_row_integer(row, TARGET);
	struct lx_vec columns = lx_row_texts(row, COLUMNS), expressions = lx_row_texts(row, EXPRESSIONS);
	LX_EACH (const char *, column, &columns)
		add_element(catalog, &statistics->elements, column, NULL);
	LX_EACH (const char *, expr, &expressions)
		add_element(catalog, &statistics->elements, NULL, expr);
	lx_catalog_add(catalog, &statistics->base, LX_PG_STATISTIC, lx_row_oid(row, OID), 0);
}

const struct lx_kind_catalog lx_statistics_catalog = {
    .query = "SELECT x.oid, x.stxrelid, n.nspname, x.stxname,"
	     " ARRAY(SELECT a.attname::text FROM pg_catalog.unnest(x.stxkeys) WITH ORDINALITY u(number, place)"
	     " JOIN pg_catalog.pg_attribute a ON a.attrelid = x.stxrelid AND a.attnum = u.number ORDER BY u.place),"
	     " pg_catalog.array_to_string(x.stxkind, ''),"
	     " CASE WHEN x.stxstattarget >= 0 THEN x.stxstattarget + 1 END,"
	     " {14+|pg_catalog.pg_get_statisticsobjdef_expressions(x.oid)|NULL}"
	     " FROM pg_catalog.pg_statistic_ext x JOIN pg_catalog.pg_namespace n ON n.oid = x.stxnamespace"
	     " WHERE " LX_USER_SCHEMA("x.stxnamespace") " AND " LX_NOT_MEMBER("'pg_catalog.pg_statistic_ext'::regclass",
									      "x.oid") " ORDER BY n.nspname, x.stxname",
    .read = read,
};
