/* SQL inside models, judged by PostgreSQL's own grammar (libpg_query).  sql_check.c is its only user.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_CHECK_SQL_CHECK_H
#define LX_CHECK_SQL_CHECK_H
#include <stdbool.h>

struct lx_declare;
struct lx_node;

enum lx_sql_form {
	LX_SQL_IS_EXPR,       /* exactly one expression */
	LX_SQL_IS_TYPE,       /* exactly one name of a type, with modifiers */
	LX_SQL_IS_GRANTABLE,  /* what stands behind the ON of a GRANT: LANGUAGE plperl */
	LX_SQL_IS_QUERY,      /* exactly one statement that returns rows: of a view */
	LX_SQL_IS_NAMED,      /* exactly one SELECT, INSERT, UPDATE, DELETE, with :name parameters */
	LX_SQL_IS_STATEMENTS, /* any statements but transaction control */
	LX_SQL_IS_FUNCTION,   /* the body of a function in SQL */
	LX_SQL_IS_PLPGSQL     /* the body of a function in PL/pgSQL */
};

/* Checks the text of NODE (SQL or BODY) and reports what is wrong at the place in the .lexo file.  False: reported. */
bool lx_sql_check_node(struct lx_declare *declare, const struct lx_node *node, enum lx_sql_form form);
/* The same for an expression that was put together from the nodes of a value: everything is reported at NODE. */
bool lx_sql_check_text(struct lx_declare *declare, const struct lx_node *node, const char *text);
#endif
