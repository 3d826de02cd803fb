/* What a table gets from those above it: the partitioned one, or those it inherits from.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_KINDS_TABLE_INHERIT_H
#define LX_KINDS_TABLE_INHERIT_H
#include <stdbool.h>

#include "kinds/column/column.h"
#include "kinds/table/table.h"

/* The tables above TABLE: struct lx_object *.  STORE is where the vector for a partition is kept. */
struct lx_above {
	struct lx_object *one;
	struct lx_vec tables;
};
const struct lx_vec *lx_table_above(const struct lx_object *table, struct lx_above *store);
/* The column NAME of the first table above TABLE that has it; NULL: none has. */
const struct lx_column *lx_table_column_above(const struct lx_object *table, const char *name);
/* ABOVE as TABLE gets it when nothing else is said. */
struct lx_column lx_column_inherit(const struct lx_column *above, struct lx_object *table);
/* What COLUMN becomes when ABOVE, from another table above, is merged into it. */
void lx_column_merge(struct lx_column *column, const struct lx_column *above);
/* The column NAME as TABLE gets it from all tables above when nothing else is said.  False: none has it. */
bool lx_table_usual(struct lx_object *table, const char *name, struct lx_column *usual);
/* Whether COLUMN is just what its table gets from above, so that nobody has to write it. */
bool lx_table_implies(const struct lx_column *column);
/* Whether the column NAME of TABLE comes from one that is above OTHER (TABLE on the other side) too. */
bool lx_table_leads(const struct lx_object *table, const struct lx_object *other, const char *name);
#endif
