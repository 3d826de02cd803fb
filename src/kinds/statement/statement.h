/* "sql name …": what the language has no words for, kept as text.  SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_KINDS_STATEMENT_H
#define LX_KINDS_STATEMENT_H
#include "ir/schema.h"
#include "kinds/attr.h"

enum { LX_STATEMENT_UP, LX_STATEMENT_DOWN, LX_STATEMENT_ATTRS };
struct lx_statement {
	struct lx_object base;
	struct lx_expr up;
	struct lx_expr down; /* @down($…$) */
};

/* What "define" (kinds/definition) has in common with it. */
struct lx_declare;
struct lx_item;
struct lx_printer;
struct lx_sql;
extern const struct lx_attr lx_statement_rows[LX_STATEMENT_ATTRS];
void lx_statement_declare(struct lx_declare *declare, const struct lx_item *item, struct lx_object *parent);
void lx_statement_print(struct lx_printer *printer, const struct lx_object *object);
void lx_statement_create(struct lx_sql *sql, const struct lx_object *object);
void lx_statement_drop(struct lx_sql *sql, const struct lx_object *object);
bool lx_statement_alter(struct lx_sql *sql, const struct lx_object *old, const struct lx_object *new, uint32_t changed);
#endif
