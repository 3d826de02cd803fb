/* The SQL that runs for a named query.  SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_KINDS_QUERY_STATEMENT_H
#define LX_KINDS_QUERY_STATEMENT_H
#include <stdbool.h>
#include <stddef.h>

#include "base/vec.h"

struct lx_query;
struct lx_sql;

struct lx_query_column {
	const char *name;
	const char *cast; /* "text": what it is sent as; NULL: as it is */
};
struct lx_query_piece {          /* what was copied from the body */
	size_t at, from, length; /* in the statement, in the body */
};
/* Writes QUERY with $1, $2 and so on of the declared types for its parameters, in the order of their declaration, and
 * around it the choice of COLUMNS (struct lx_query_column *) by name; without columns as it is.  PostgreSQL takes
 * statements that change rows inside WITH at the top only (docs, 7.8.4), so around these nothing is written: false when
 * a column was to be text.  PIECES (may be NULL) gets struct lx_query_piece *. */
bool lx_query_statement(struct lx_sql *sql, const struct lx_query *query, const struct lx_vec *columns,
			struct lx_vec *pieces);
#endif
