/* Reading a database's catalog into an IR: what the kinds' queries are written with, and what their read hooks call.
 * A hook gets one row at a time, makes an object of it, and files it under its address, so that later rows (columns of
 * a table, a foreign key's target) and the catalog's own dependencies find it.  References to types are noted and
 * looked up when everything has been read, since a type may be described by a later kind.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_INTROSPECT_CATALOG_H
#define LX_INTROSPECT_CATALOG_H
#include <stdbool.h>
#include <stdint.h>

#include "ir/schema.h"
#include "ir/types.h"

struct lx_catalog;
struct lx_row;

/* OIDs of the system catalogs, which say what kind of thing an address is of; fixed (src/include/catalog/). */
enum lx_class {
	LX_PG_TYPE = 1247,
	LX_PG_PROC = 1255,
	LX_PG_CLASS = 1259,
	LX_PG_AUTHID = 1260,
	LX_PG_SERVER = 1417,
	LX_PG_USER_MAPPING = 1418,
	LX_PG_FDW = 2328,
	LX_PG_AM = 2601,
	LX_PG_AMOP = 2602,
	LX_PG_AMPROC = 2603,
	LX_PG_ATTRDEF = 2604,
	LX_PG_CAST = 2605,
	LX_PG_CONSTRAINT = 2606,
	LX_PG_CONVERSION = 2607,
	LX_PG_LANGUAGE = 2612,
	LX_PG_NAMESPACE = 2615,
	LX_PG_OPCLASS = 2616,
	LX_PG_OPERATOR = 2617,
	LX_PG_REWRITE = 2618,
	LX_PG_TRIGGER = 2620,
	LX_PG_OPFAMILY = 2753,
	LX_PG_EXTENSION = 3079,
	LX_PG_POLICY = 3256,
	LX_PG_STATISTIC = 3381,
	LX_PG_COLLATION = 3456,
	LX_PG_EVENT_TRIGGER = 3466,
	LX_PG_TRANSFORM = 3576,
	LX_PG_TS_DICTIONARY = 3600,
	LX_PG_TS_PARSER = 3601,
	LX_PG_TS_CONFIGURATION = 3602,
	LX_PG_TS_TEMPLATE = 3764,
	LX_PG_PUBLICATION = 6104,
	LX_PG_PUBLICATION_REL = 6106
};

/* How a kind is read. */
struct lx_kind_catalog {
	/* One SELECT for all objects of the kind, in an order that does not depend on OIDs where the order shows.  It
	 * is sent with search_path empty, so that the server's own functions qualify every name.  In it, {15+|a|b} is a
	 * on PostgreSQL 15 and newer, b on older ones (no braces inside, b may be empty); LX_USER_SCHEMA("n.oid"),
	 * LX_NOT_MEMBER("'pg_class'::regclass", "c.oid")  leave out what is not the user's. NULL: nothing to read. */
	const char *query;
	void (*read)(struct lx_catalog *catalog, const struct lx_row *row);
	/* Behind the last row of the last kind; for what needs the whole schema.  NULL: nothing. */
	void (*finish)(struct lx_catalog *catalog);
};
/* Conditions of a query's WHERE clause.  $1 is the schema that holds lexo's own tables. */
#define LX_USER_SCHEMA(oid)                                                                                            \
	oid " NOT IN (SELECT oid FROM pg_catalog.pg_namespace WHERE nspname LIKE 'pg\\_%' OR nspname = "               \
	    "'information_schema' OR nspname = $1)"
/* Not installed by an extension. */
#define LX_NOT_MEMBER(class, oid)                                                                                      \
	"NOT EXISTS (SELECT 1 FROM pg_catalog.pg_depend e WHERE e.classid = " class " AND e.objid = " oid              \
										    " AND e.deptype = 'e')"
/* The three columns that lx_row_type reads. */
#define LX_TYPE(oid, modifier) oid ", " modifier ", pg_catalog.format_type(" oid ", " modifier ")"

/* The name of something in a schema (columns with its OID and the name), as lx_sql_reference() reads it: bare in
 * pg_catalog, else schema.name quoted as in SQL. */
#define LX_REFERENCE(schema, name)                                                                                     \
	"CASE WHEN " schema " = 'pg_catalog'::regnamespace THEN " name "::text ELSE " schema                           \
	"::regnamespace::text || '.' || quote_ident(" name ") END"
/* The collation of a row of pg_collation. */
#define LX_COLLATION(row) LX_REFERENCE(row ".collnamespace", row ".collname")

/* --- one row; columns are numbered from 0 in the order of the SELECT -------------------------------------------------
 */

const char *lx_row_text(const struct lx_row *row, int column); /* interned; NULL when it is NULL */
bool lx_row_bool(const struct lx_row *row, int column);
char lx_row_char(const struct lx_row *row, int column);       /* the first character; 0 when NULL or empty */
int64_t lx_row_integer(const struct lx_row *row, int column); /* 0 when NULL */
uint32_t lx_row_oid(const struct lx_row *row, int column);
bool lx_row_is_null(const struct lx_row *row, int column);
/* A text[] (or name[] cast to it): const char *, interned, NULL elements as NULL. */
struct lx_vec lx_row_texts(const struct lx_row *row, int column);
/* An array or vector of numbers: "{1,2}" or "1 2".  ITEMS has room for LIMIT; returns how many there are. */
size_t lx_row_integers(const struct lx_row *row, int column, int64_t *items, size_t limit);
/* The columns LX_TYPE(…) from COLUMN on, into TYPE, which must stay where it is (a payload). */
void lx_row_type(const struct lx_row *row, int column, struct lx_type *type);
/* The same for one of several types in a row: its OID, and what format_type() says (interned; NULL: none). */
void lx_catalog_type(struct lx_catalog *catalog, uint32_t oid, const char *text, struct lx_type *type);
struct lx_expr lx_row_expr(const struct lx_row *row, int column);
struct lx_arena *lx_row_arena(const struct lx_row *row);
/* tgenabled and the like, as an enum lx_enabled (kinds/names.h). */
int lx_row_enabled(const struct lx_row *row, int column);
/* reloptions and the like, {a=1,b=x}, as options text: "a=1, b='x y'", sorted.  NULL when there are none. */
const char *lx_row_options(const struct lx_row *row, int column);
/* The same in the order of the array: that of indexes shows in their definition. */
const char *lx_row_options_in_order(const struct lx_row *row, int column);
/* Names of columns of TABLE (the OID of a relation) by their numbers in COLUMN; const char *. */
struct lx_vec lx_row_columns(const struct lx_row *row, int column, uint32_t table);

/* --- objects ---------------------------------------------------------------------------------------------------------
 */

struct lx_catalog *lx_row_catalog(const struct lx_row *row);
int lx_catalog_version(const struct lx_catalog *catalog); /* major version of the server */
struct lx_arena *lx_catalog_arena(const struct lx_catalog *catalog);
struct lx_schema *lx_catalog_schema(const struct lx_catalog *catalog);
const char *lx_catalog_intern(struct lx_catalog *catalog, const char *text); /* NULL: NULL */
/* A payload of KIND with its name (and schema, unless PARENT is given). */
void *lx_catalog_new(struct lx_catalog *catalog, enum lx_kind kind, struct lx_object *parent, const char *schema,
		     const char *name);
/* Adds OBJECT to the schema and files it under (CLASS, OID, COLUMN); COLUMN is 0 but for columns.  Another one with the
 * same key is a reason to refuse. */
void lx_catalog_add(struct lx_catalog *catalog, struct lx_object *object, enum lx_class class, uint32_t oid,
		    int column);
/* Files OBJECT under one more address: a column's default, a view's rule, the index of a constraint. */
void lx_catalog_file(struct lx_catalog *catalog, struct lx_object *object, enum lx_class class, uint32_t oid,
		     int column);
/* Files OBJECT for what a part of it (a domain's check) depends on and is depended on by, not for the part's comment.
 */
void lx_catalog_file_part(struct lx_catalog *catalog, struct lx_object *object, enum lx_class class, uint32_t oid);
/* What is filed there, or NULL: not read yet, or not the user's. */
struct lx_object *lx_catalog_find(const struct lx_catalog *catalog, enum lx_class class, uint32_t oid, int column);
/* The object that is meant by an address in pg_depend: types stand for their arrays, relations for columns that are not
 * filed, objects for their parts.  NULL: not the user's. */
struct lx_object *lx_catalog_find_need(const struct lx_catalog *catalog, uint32_t class, uint32_t oid, int column);
/* The database has something that can be neither described nor left out, which the text names: reading it fails. */
void lx_catalog_refuse(struct lx_catalog *catalog, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Something that the schema does not tell, for the user to know. */
void lx_catalog_note(struct lx_catalog *catalog, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* The role called NAME, declared as @external where it is first met; "public" needs no declaration. */
const char *lx_catalog_role(struct lx_catalog *catalog, const char *name);
#endif
