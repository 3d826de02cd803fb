/* The parenthesis of CREATE AGGREGATE, OPERATOR and the like, from options text.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_SQL_DEFINITION_H
#define LX_SQL_DEFINITION_H
#include <stdbool.h>
#include <stddef.h>

struct lx_sql;

enum lx_definition_form {
	LX_DEFINES_NAME,     /* name, or schema.name quoted as in SQL */
	LX_DEFINES_OPERATOR, /* schema.+ or + */
	LX_DEFINES_TYPE,
	LX_DEFINES_LITERAL,
	LX_DEFINES_NUMBER,
	LX_DEFINES_WORD,   /* one of a few fixed words */
	LX_DEFINES_FLAG,   /* the word alone, when the value is true */
	LX_DEFINES_NOTHING /* read by the kind itself */
};
struct lx_definition {
	const char *key;  /* in the options */
	const char *word; /* in SQL */
	enum lx_definition_form form;
};
/* "SEPARATOR WORD = value" for each of OPTIONS that ROWS (up to one without a key) has. */
void lx_sql_definitions(struct lx_sql *sql, const char *options, const struct lx_definition *rows,
			const char *separator);
/* The value of KEY as text without quotes, copied into the arena, or NULL. */
const char *lx_definition_value(struct lx_sql *sql, const char *options, const char *key);
/* An operator, with OPERATOR(…) around it where it has a schema. */
void lx_sql_operator(struct lx_sql *sql, const char *name);
#endif
