/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "introspect/catalog.h"
#include "kinds/partition/partition.h"
#include "kinds/table/table.h"

static void read(struct lx_catalog *catalog, const struct lx_row *row)
{
	static const char words[] = "FOR VALUES ";
	struct lx_object *table = lx_catalog_find(catalog, LX_PG_CLASS, lx_row_oid(row, 0), 0);
	struct lx_object *of = lx_catalog_find(catalog, LX_PG_CLASS, lx_row_oid(row, 1), 0);
	if (!table || !of || table->kind != LX_KIND_TABLE)
		return;
	struct lx_partition *partition = lx_catalog_new(catalog, LX_KIND_PARTITION, table, NULL, "partition");
	const char *bound = lx_row_text(row, 2);
	if (strncmp(bound, words, sizeof words - 1) == 0)
		bound = lx_catalog_intern(catalog, bound + sizeof words - 1);
	partition->of = ((struct lx_table *)table)->partition_of = of;
	lx_vec_push(lx_catalog_arena(catalog), &((struct lx_table *)of)->heirs, table);
	partition->bound.text = bound;
	lx_schema_add(lx_catalog_schema(catalog), &partition->base);
}

const struct lx_kind_catalog lx_partition_catalog = {
    .query = "SELECT i.inhrelid, i.inhparent, pg_catalog.pg_get_expr(c.relpartbound, c.oid)"
	     " FROM pg_catalog.pg_inherits i JOIN pg_catalog.pg_class c ON c.oid = i.inhrelid"
	     " WHERE c.relispartition AND c.relkind IN ('r', 'p', 'f') ORDER BY i.inhrelid",
    .read = read,
};
