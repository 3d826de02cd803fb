/* SPDX-License-Identifier: Apache-2.0 */
#include <stdint.h>
#include <string.h>

#include "base/arena.h"
#include "introspect/catalog.h"
#include "kinds/publication/publication.h"

enum {
	OID,
	NAME,
	ALL,
	INSERT,
	UPDATE,
	DELETE,
	TRUNCATE,
	VIA_ROOT,
	GENERATED,
	SCHEMAS,
	MEMBER,
	TABLE,
	TABLE_SQL,
	COLUMNS,
	FILTER
};

static void read_operations(struct lx_catalog *catalog, const struct lx_row *row, struct lx_publication *publication)
{
	static const char *const operations[] = {"insert", "update", "delete", "truncate"};
	struct lx_arena *arena = lx_catalog_arena(catalog);
	for (int i = 0; i < 4; i++)
		if (lx_row_bool(row, INSERT + i))
			lx_vec_push(arena, &publication->operations, (void *)(uintptr_t)operations[i]);
	if (!publication->operations.length)
		lx_vec_push(arena, &publication->operations, "nothing");
	else if (publication->operations.length == 4)
		publication->operations.length = 0;
}

static struct lx_publication *publication_of(struct lx_catalog *catalog, const struct lx_row *row)
{
	struct lx_object *there = lx_catalog_find(catalog, LX_PG_PUBLICATION, lx_row_oid(row, OID), 0);
	if (there)
		return (struct lx_publication *)there;
	struct lx_publication *publication =
	    lx_catalog_new(catalog, LX_KIND_PUBLICATION, NULL, NULL, lx_row_text(row, NAME));
	publication->is_of_all_tables = lx_row_bool(row, ALL);
	publication->is_via_root = lx_row_bool(row, VIA_ROOT);
	publication->has_generated = lx_row_bool(row, GENERATED);
	publication->schemas = lx_row_texts(row, SCHEMAS);
	read_operations(catalog, row, publication);
	lx_catalog_add(catalog, &publication->base, LX_PG_PUBLICATION, lx_row_oid(row, OID), 0);
	return publication;
}

/* One row a table; a publication without tables has one row, too. */
static void read(struct lx_catalog *catalog, const struct lx_row *row)
{
	struct lx_publication *publication = publication_of(catalog, row);
	if (lx_row_is_null(row, TABLE))
		return;
	struct lx_published *published = LX_NEW(lx_catalog_arena(catalog), struct lx_published);
	struct lx_object *table = lx_catalog_find(catalog, LX_PG_CLASS, lx_row_oid(row, TABLE), 0);
	published->table = table && table->kind == LX_KIND_TABLE ? table : NULL;
	published->target_sql = published->table ? NULL : lx_row_text(row, TABLE_SQL);
	published->columns = lx_row_texts(row, COLUMNS);
	published->filter = lx_row_expr(row, FILTER);
	lx_vec_push(lx_catalog_arena(catalog), &publication->tables, published);
	lx_published_sort(lx_catalog_arena(catalog), publication);
	lx_catalog_file(catalog, &publication->base, LX_PG_PUBLICATION_REL, lx_row_oid(row, MEMBER), 0);
}

const struct lx_kind_catalog lx_publication_catalog = {
    .query =
	"SELECT p.oid, p.pubname, p.puballtables, p.pubinsert, p.pubupdate, p.pubdelete, p.pubtruncate, p.pubviaroot,"
	" {18+|p.pubgencols = 's'|false}, {15+|ARRAY(SELECT n.nspname::text FROM pg_catalog.pg_publication_namespace s"
	" JOIN pg_catalog.pg_namespace n ON n.oid = s.pnnspid WHERE s.pnpubid = p.oid ORDER BY n.nspname COLLATE \"C\")"
	"|NULL}, r.oid, r.prrelid, 'TABLE ' || r.prrelid::regclass, {15+|ARRAY(SELECT a.attname::text FROM"
	" pg_catalog.pg_attribute a WHERE a.attrelid = r.prrelid AND a.attnum = ANY (r.prattrs)"
	" ORDER BY a.attname COLLATE \"C\"), pg_catalog.pg_get_expr(r.prqual, r.prrelid)|NULL, NULL}"
	" FROM pg_catalog.pg_publication p LEFT JOIN pg_catalog.pg_publication_rel r ON r.prpubid = p.oid "
	"WHERE " LX_NOT_MEMBER("'pg_catalog.pg_publication'::regclass", "p.oid") " ORDER BY p.pubname, r.oid",
    .read = read,
};
