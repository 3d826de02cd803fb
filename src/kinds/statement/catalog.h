/* Reading what the language has no words for: each object becomes the statement that makes it and the one that undoes
 * it.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_KINDS_STATEMENT_CATALOG_H
#define LX_KINDS_STATEMENT_CATALOG_H
#include "introspect/catalog.h"

/* The columns of the queries: where it is, what it is called, its two statements, and another object that it needs
 * without PostgreSQL's saying so. */
enum {
	LX_STATEMENT_CLASS,
	LX_STATEMENT_OID,
	LX_STATEMENT_NAME,
	LX_STATEMENT_CREATE,
	LX_STATEMENT_UNDO,
	LX_STATEMENT_NEED_CLASS,
	LX_STATEMENT_NEED,
	LX_STATEMENT_MORE
};

/* A name that is longer than PostgreSQL's is cut, and told apart by a hash. */
#define LX_STATEMENT_SHORT(name)                                                                                       \
	"CASE WHEN octet_length(" name ") <= 63 THEN " name " ELSE left(" name ", 7) || '_' || md5(" name ") END"
/* The comment on the object at (CATALOG, OID) as one more statement behind what makes it.  WHAT is SQL for how DROP and
 * COMMENT name it. */
#define LX_STATEMENT_COMMENT(catalog, oid, what)                                                                       \
	"coalesce(E';\\nCOMMENT ON ' || " what " || ' IS ' || quote_literal(obj_description(" oid ", '" catalog        \
	"')), '')"

/* Files an object of KIND made from the row, and returns it. */
struct lx_statement *lx_statement_read(struct lx_catalog *catalog, const struct lx_row *row, enum lx_kind kind);
#endif
