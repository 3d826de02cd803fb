/* What a field line leaves for its resolve hook, and the rules of columns.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_KINDS_COLUMN_DECLARE_H
#define LX_KINDS_COLUMN_DECLARE_H
#include <stdbool.h>

#include "diag/diag.h"

struct lx_column;
struct lx_declare;
struct lx_node;

struct lx_column_notes {
	struct lx_span type_span;
	const struct lx_node *value;     /* first node behind "=" */
	const struct lx_node *generated; /* the expression's node */
	const struct lx_node *identity;  /* the annotation */
	const struct lx_node *collation; /* the annotation */
	const struct lx_node *annotations;
};

void lx_column_check(struct lx_declare *declare, const struct lx_column *column, const struct lx_column_notes *notes);
/* The trap of generated columns: expressions that PostgreSQL does not take because their result may change. */
void lx_column_check_generated(struct lx_declare *declare, const struct lx_column *column,
			       const struct lx_node *generated);
#endif
