/* NOT NULL of a column as SQL.  SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_KINDS_COLUMN_NOT_NULL_H
#define LX_KINDS_COLUMN_NOT_NULL_H
struct lx_column;
struct lx_sql;

/* In the line of the column; nothing when it may be null or the line cannot say it. */
void lx_column_write_not_null(struct lx_sql *sql, const struct lx_column *column);
/* As a statement, with the name and all that is told about it. */
void lx_column_add_not_null(struct lx_sql *sql, const struct lx_column *column);
/* From nullable to NOT NULL or back, with the tables below. */
void lx_column_alter_nullable(struct lx_sql *sql, const struct lx_column *old, const struct lx_column *new);
/* Both are NOT NULL, but something else about it differs. */
void lx_column_alter_not_null(struct lx_sql *sql, const struct lx_column *old, const struct lx_column *new);
#endif
