/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <string.h>

#include "introspect/catalog.h"
#include "ir/sequence.h"
#include "kinds/column/column.h"
#include "kinds/table/inherit.h"
#include "sql/parts.h"

enum {
	TABLE, NUMBER, NAME, NOT_NULL, DEFAULT, DEFAULT_OID, GENERATED, IDENTITY, COLLATION, COLLATION_SCHEMA, STORAGE,
	COMPRESSION, STATISTICS, OPTIONS, INHERITED, SEQUENCE, CONSTRAINT, NO_INHERIT, IS_NOT_VALID, TYPE, TYPE_NAME = TYPE + 2, FOREIGN
};

static int storage_choice(char storage)
{
	static const char choices[] = "pexm"; /* as in attributes.c */
	const char *found = storage ? strchr(choices, storage) : NULL;
	return found ? (int)(found - choices) + 1 : 0;
}

/* What the array SEQUENCE holds: one column of the query, since few columns of a table are identities and libpq keeps as
 * much for each NULL as for a value. */
enum { START, INCREMENT, MIN, MAX, CACHE, CYCLE, SEQUENCE_NAME, SEQUENCE_COMMENT, SEQUENCE_OID };

static int64_t number(const struct lx_vec *texts, size_t i)
{
	return strtoll(texts->items[i], NULL, 10);
}

static void read_identity(struct lx_catalog *catalog, const struct lx_row *row, struct lx_column *column)
{
	const char *type = column->type.builtin ? column->type.builtin->name : NULL;
	struct lx_vec texts = lx_row_texts(row, SEQUENCE);
	struct lx_counter counter = {.start = number(&texts, START),
				     .increment = number(&texts, INCREMENT),
				     .min = number(&texts, MIN),
				     .max = number(&texts, MAX),
				     .cache = number(&texts, CACHE),
				     .is_cycle = strcmp(texts.items[CYCLE], "true") == 0};
	column->identity = lx_row_char(row, IDENTITY) == 'a' ? LX_IDENTITY_ALWAYS : LX_IDENTITY_BY_DEFAULT;
	column->identity_options =
	    lx_catalog_intern(catalog, lx_counter_options(lx_catalog_arena(catalog), &counter, type));
	const char *sequence = texts.items[SEQUENCE_NAME];
	const char *usual = lx_sql_default_name(lx_catalog_arena(catalog), column->base.parent->name,
						column->base.name, "seq");
	column->identity_sequence = strcmp(sequence, usual) == 0 ? NULL : sequence;
	column->sequence_comment = texts.items[SEQUENCE_COMMENT];
	lx_catalog_file_part(catalog, &column->base, LX_PG_CLASS, (uint32_t)number(&texts, SEQUENCE_OID));
}

static void read(struct lx_catalog *catalog, const struct lx_row *row)
{
	uint32_t table = lx_row_oid(row, TABLE);
	struct lx_object *parent = lx_catalog_find(catalog, LX_PG_CLASS, table, 0);
	if (!parent)
		return;
	struct lx_column *column = lx_catalog_new(catalog, LX_KIND_COLUMN, parent, NULL, lx_row_text(row, NAME));
	char generated = lx_row_char(row, GENERATED);
	lx_row_type(row, TYPE, &column->type);
	column->is_nullable = !lx_row_bool(row, NOT_NULL);
	*(generated ? &column->generated : &column->default_value) = lx_row_expr(row, DEFAULT);
	column->is_virtual = generated == 'v';
	if (!lx_row_is_null(row, SEQUENCE)) /* partitions share the one above them */
		read_identity(catalog, row, column);
	column->collation = lx_row_text(row, COLLATION);
	column->collation_schema = lx_row_text(row, COLLATION_SCHEMA);
	column->storage = storage_choice(lx_row_char(row, STORAGE));
	column->compression = lx_row_text(row, COMPRESSION);
	column->has_statistics = !lx_row_is_null(row, STATISTICS);
	column->statistics = lx_row_integer(row, STATISTICS);
	column->options = lx_row_options(row, OPTIONS);
	column->is_inherited = lx_row_bool(row, INHERITED);
	column->not_null = lx_row_text(row, CONSTRAINT);
	column->no_inherit = lx_row_bool(row, NO_INHERIT);
	column->is_not_valid = lx_row_bool(row, IS_NOT_VALID);
	lx_foreign_options_read(row, FOREIGN, false, &column->foreign_options);
	lx_catalog_add(catalog, &column->base, LX_PG_CLASS, table, (int)lx_row_integer(row, NUMBER));
	if (lx_row_oid(row, DEFAULT_OID))
		lx_catalog_file(catalog, &column->base, LX_PG_ATTRDEF, lx_row_oid(row, DEFAULT_OID), 0);
}

/* What only comes from an extension's table is the table's own. */
static void finish(struct lx_catalog *catalog)
{
	LX_EACH (const struct lx_object *, table, &lx_catalog_schema(catalog)->objects) {
		struct lx_above store;
		if (table->kind != LX_KIND_TABLE || lx_table_above(table, &store)->length)
			continue;
		LX_EACH (struct lx_object *, child, &table->children) {
			if (child->kind == LX_KIND_COLUMN)
				((struct lx_column *)child)->is_inherited = false;
		}
	}
}

/* A name of NOT NULL that the server could have chosen, maybe when the table or the column had another one, says nothing. */
const struct lx_kind_catalog lx_column_catalog = {
    .query = "SELECT a.attrelid, a.attnum, a.attname, a.attnotnull, "
	     /* without columns in it the server need not look at the table, which takes it as long as the rest */
	     " pg_catalog.pg_get_expr(d.adbin, CASE a.attgenerated WHEN '' THEN 0 ELSE d.adrelid END), d.oid,"
	     " a.attgenerated, a.attidentity, CASE WHEN a.attcollation <> t.typcollation THEN l.collname END,"
	     " CASE WHEN a.attcollation <> t.typcollation AND l.collnamespace <> 'pg_catalog'::regnamespace"
	     " THEN (SELECT nspname FROM pg_catalog.pg_namespace n WHERE n.oid = l.collnamespace) END,"
	     " CASE WHEN a.attstorage <> t.typstorage THEN a.attstorage END,"
	     " {14+|CASE a.attcompression WHEN 'p' THEN 'pglz' WHEN 'l' THEN 'lz4' END|NULL},"
	     " CASE WHEN a.attstattarget >= 0 THEN a.attstattarget END,"
	     " CASE WHEN a.attoptions IS NOT NULL THEN (SELECT pg_catalog.array_agg(o) FROM pg_catalog.unnest(a.attoptions) o"
	     " WHERE o NOT LIKE 'pg\\_attver=%') END,"
	     " a.attinhcount > 0 AND (c.relispartition OR NOT a.attislocal), CASE WHEN q.oid IS NOT NULL"
	     " THEN ARRAY[s.seqstart::text, s.seqincrement::text, s.seqmin::text, s.seqmax::text, s.seqcache::text,"
	     " s.seqcycle::text, q.relname::text,"
	     " pg_catalog.obj_description(q.oid, 'pg_class'), q.oid::text] END, {18+|CASE WHEN k.coninhcount = 0 AND (k.conname !~ '_not_null[0-9]*$'"
	     " OR EXISTS (SELECT FROM pg_catalog.pg_description e WHERE e.classoid = 'pg_catalog.pg_constraint'::regclass"
	     " AND e.objoid = k.oid)) THEN k.conname END, k.connoinherit, NOT k.convalidated AND k.coninhcount = 0"
	     "|NULL, NULL, NULL}, " LX_TYPE("a.atttypid", "a.atttypmod")
	     ", a.attfdwoptions FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_class c ON c.oid = a.attrelid"
	     " JOIN pg_catalog.pg_type t ON t.oid = a.atttypid"
	     " LEFT JOIN pg_catalog.pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum"
	     " LEFT JOIN pg_catalog.pg_collation l ON l.oid = a.attcollation"
	     " LEFT JOIN (pg_catalog.pg_depend i JOIN pg_catalog.pg_class q ON q.oid = i.objid AND q.relkind = 'S'"
	     " JOIN pg_catalog.pg_sequence s ON s.seqrelid = q.oid) ON a.attidentity <> ''"
	     " AND i.classid = 'pg_catalog.pg_class'::regclass AND i.refclassid = 'pg_catalog.pg_class'::regclass"
	     " AND i.refobjid = a.attrelid AND i.refobjsubid = a.attnum AND i.deptype = 'i'"
	     "{18+| LEFT JOIN pg_catalog.pg_constraint k ON a.attnotnull AND k.conrelid = a.attrelid AND k.contype = 'n'"
	     " AND k.conkey[1] = a.attnum|}"
	     " WHERE c.relkind IN ('r', 'p', 'f') AND a.attnum > 0 AND NOT a.attisdropped AND " LX_USER_SCHEMA("c.relnamespace")
	     " ORDER BY a.attrelid, a.attnum",
    .read = read,
    .finish = finish,
};
