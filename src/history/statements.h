/* SQL text cut into statements at the same places as PostgreSQL's parser: not inside literals and comments, nor inside
 * parentheses (CREATE RULE … DO (a; b)), nor in a function's BEGIN ATOMIC … END.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_HISTORY_STATEMENTS_H
#define LX_HISTORY_STATEMENTS_H
#include <stdbool.h>
#include <stddef.h>

#include "history/sql_scan.h"

enum lx_statement_problem {
	LX_STATEMENT_FINE,
	LX_STATEMENT_BROKEN,      /* a token that ends nowhere or a stray character; token.problem */
	LX_STATEMENT_BACKSLASH,   /* a psql command */
	LX_STATEMENT_TRANSACTION, /* BEGIN, COMMIT, ROLLBACK, PREPARE TRANSACTION … */
	LX_STATEMENT_COPY         /* COPY … FROM STDIN, COPY … TO STDOUT */
};

struct lx_sql_statement {
	const char *start; /* the first token */
	size_t length;     /* without the semicolon */
	enum lx_statement_problem problem;
	struct lx_sql_token culprit;  /* when there is a problem */
	struct lx_sql_token words[4]; /* the first tokens, LX_SQL_END where there are fewer */
};

struct lx_splitter {
	struct lx_sql_scanner scanner;
};
void lx_split_init(struct lx_splitter *splitter, const char *text, size_t length);
/* The next statement that is not empty; false at the end. */
bool lx_split_next(struct lx_splitter *splitter, struct lx_sql_statement *statement);
/* The statement begins with these words (lower case, one space between). */
bool lx_statement_begins(const struct lx_sql_statement *statement, const char *words);
#endif
