/* SPDX-License-Identifier: Apache-2.0 */
#include "base/arena.h"
#include "introspect/catalog.h"
#include "kinds/inherit/inherit.h"
#include "kinds/table/table.h"

static void read(struct lx_catalog *catalog, const struct lx_row *row)
{
	struct lx_object *table = lx_catalog_find(catalog, LX_PG_CLASS, lx_row_oid(row, 0), 0);
	struct lx_object *of = lx_catalog_find(catalog, LX_PG_CLASS, lx_row_oid(row, 1), 0);
	if (!table || !of || table->kind != LX_KIND_TABLE)
		return;
	struct lx_arena *arena = lx_catalog_arena(catalog);
	struct lx_inherit *inherit = lx_catalog_new(catalog, LX_KIND_INHERIT, table, NULL,
						    lx_arena_printf(arena, "%s.%s", of->schema, of->name));
	inherit->of = of;
	lx_vec_push(arena, &((struct lx_table *)table)->inherits, of);
	lx_vec_push(arena, &((struct lx_table *)of)->heirs, table);
	lx_schema_add(lx_catalog_schema(catalog), &inherit->base);
}

const struct lx_kind_catalog lx_inherit_catalog = {
    .query = "SELECT i.inhrelid, i.inhparent FROM pg_catalog.pg_inherits i"
	     " JOIN pg_catalog.pg_class c ON c.oid = i.inhrelid"
	     " WHERE NOT c.relispartition AND c.relkind IN ('r', 'p', 'f') ORDER BY i.inhrelid, i.inhseqno",
    .read = read,
};
