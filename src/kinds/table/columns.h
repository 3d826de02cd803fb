/* The columns that a model gets from those above it.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_KINDS_TABLE_COLUMNS_H
#define LX_KINDS_TABLE_COLUMNS_H
struct lx_declare;
struct lx_node;
struct lx_object;

/* The model that NODE names, complete, for OBJECT, a child of TABLE; NULL: reported. */
struct lx_object *lx_table_find_above(struct lx_declare *declare, const struct lx_object *table,
				      const struct lx_node *node);
/* Gives TABLE the columns of OF, which is above it already, that it does not have. */
void lx_table_take_columns(struct lx_declare *declare, struct lx_object *table, struct lx_object *of);
#endif
