/* What attaching a table below another one needs, and what letting it go leaves.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_KINDS_TABLE_ABOVE_H
#define LX_KINDS_TABLE_ABOVE_H
struct lx_depends;
struct lx_object;
struct lx_sql;

/* OBJECT, a child of a table, ties it to OF: behind the columns and constraints of both. */
void lx_above_order(struct lx_depends *depends, const struct lx_object *object, const struct lx_object *of);
/* The checks that come down from OF and are not the table's own: each as a line behind SEPARATOR, which is set anew. */
void lx_above_write_checks(struct lx_sql *sql, const struct lx_object *table, const struct lx_object *of,
			   const char **separator);
/* Adds them to a table that is to be attached; drops them from one that was let go, where they have stayed behind. */
void lx_above_add_checks(struct lx_sql *sql, const struct lx_object *object, const struct lx_object *of);
void lx_above_drop_checks(struct lx_sql *sql, const struct lx_object *object, const struct lx_object *of);
/* The same for its foreign keys, of a partition. */
void lx_above_drop_foreign_keys(struct lx_sql *sql, const struct lx_object *object, const struct lx_object *of);
#endif
