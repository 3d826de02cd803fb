/* What tables need to know about columns in SQL.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_KINDS_COLUMN_NAMES_H
#define LX_KINDS_COLUMN_NAMES_H
struct lx_column;
struct lx_object;
struct lx_sql;

/* ALTER COLUMN … SET STORAGE and the like, for what OLD (NULL: a column just made) has otherwise. */
void lx_column_settings(struct lx_sql *sql, const struct lx_column *old, const struct lx_column *new);
/* The words in CREATE TABLE with which a column that is the table's own as well as from above gets no default of that.
 */
void lx_column_refuse(struct lx_sql *sql, const struct lx_column *column);
/* Turns what COLUMN gets from above, in CREATE TABLE, into what it is. */
void lx_column_override(struct lx_sql *sql, const struct lx_column *column);
/* Renames the sequence of the identity column OLD to the name it would get in TABLE, with the column called NAME. */
void lx_column_rename_sequence(struct lx_sql *sql, const struct lx_column *old, const struct lx_object *table,
			       const char *name);
#endif
