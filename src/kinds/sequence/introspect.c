/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "introspect/catalog.h"
#include "ir/sequence.h"
#include "kinds/sequence/sequence.h"

enum { OID, SCHEMA, NAME, TYPE, PERSISTENCE, START, INCREMENT, MIN, MAX, CACHE, CYCLE };

static void read(struct lx_catalog *catalog, const struct lx_row *row)
{
	struct lx_sequence *sequence =
	    lx_catalog_new(catalog, LX_KIND_SEQUENCE, NULL, lx_row_text(row, SCHEMA), lx_row_text(row, NAME));
	const char *type = lx_row_text(row, TYPE);
	sequence->type = strcmp(type, "int8") == 0 ? NULL : type;
	sequence->is_unlogged = lx_row_char(row, PERSISTENCE) == 'u';
	struct lx_counter counter = {.start = lx_row_integer(row, START),
				     .increment = lx_row_integer(row, INCREMENT),
				     .min = lx_row_integer(row, MIN),
				     .max = lx_row_integer(row, MAX),
				     .cache = lx_row_integer(row, CACHE),
				     .is_cycle = lx_row_bool(row, CYCLE)};
	sequence->options =
	    lx_catalog_intern(catalog, lx_counter_options(lx_catalog_arena(catalog), &counter, sequence->type));
	lx_catalog_add(catalog, &sequence->base, LX_PG_CLASS, lx_row_oid(row, OID), 0);
}

/* Those of identity columns are read with the column. */
const struct lx_kind_catalog lx_sequence_catalog = {
    .query = "SELECT c.oid, n.nspname, c.relname, t.typname, c.relpersistence, s.seqstart, s.seqincrement, s.seqmin, s.seqmax,"
	     " s.seqcache, s.seqcycle FROM pg_catalog.pg_sequence s JOIN pg_catalog.pg_class c ON c.oid = s.seqrelid"
	     " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace JOIN pg_catalog.pg_type t ON t.oid = s.seqtypid"
	     " WHERE " LX_USER_SCHEMA("c.relnamespace") " AND " LX_NOT_MEMBER("'pg_catalog.pg_class'::regclass", "c.oid")
	     " AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_depend d WHERE d.classid = 'pg_catalog.pg_class'::regclass"
	     " AND d.objid = c.oid AND d.deptype = 'i') ORDER BY n.nspname, c.relname",
    .read = read,
};
