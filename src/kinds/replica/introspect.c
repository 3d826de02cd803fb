/* SPDX-License-Identifier: Apache-2.0 */
#include "introspect/catalog.h"
#include "kinds/replica/replica.h"

static void read(struct lx_catalog *catalog, const struct lx_row *row)
{
	struct lx_object *table = lx_catalog_find(catalog, LX_PG_CLASS, lx_row_oid(row, 0), 0);
	if (!table)
		return;
	struct lx_replica *replica = lx_catalog_new(catalog, LX_KIND_REPLICA, table, NULL, "replica identity");
	char identity = lx_row_char(row, 1);
	replica->index = lx_row_text(row, 2);
	replica->identity = identity == 'f'   ? LX_REPLICA_FULL
			    : replica->index ? LX_REPLICA_BY_INDEX
					     : LX_REPLICA_NOTHING; /* with its index gone it is the same */
	lx_schema_add(lx_catalog_schema(catalog), &replica->base);
}

const struct lx_kind_catalog lx_replica_catalog = {
    .query = "SELECT c.oid, c.relreplident, CASE WHEN c.relreplident = 'i' THEN (SELECT x.relname FROM pg_catalog.pg_index i"
	     " JOIN pg_catalog.pg_class x ON x.oid = i.indexrelid WHERE i.indrelid = c.oid AND i.indisreplident) END"
	     " FROM pg_catalog.pg_class c WHERE c.relkind IN ('r', 'p') AND c.relreplident <> 'd' AND "
	     LX_USER_SCHEMA("c.relnamespace") " ORDER BY c.oid",
    .read = read,
};
