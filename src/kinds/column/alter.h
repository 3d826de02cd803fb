/* ALTER TABLE … ALTER COLUMN.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_KINDS_COLUMN_ALTER_H
#define LX_KINDS_COLUMN_ALTER_H
#include <stdbool.h>
#include <stdint.h>

struct lx_column;
struct lx_object;
struct lx_sql;

/* Begins ALTER TABLE … ALTER COLUMN … ACTION, which the tables below follow. */
void lx_column_alter_below(struct lx_sql *sql, const struct lx_column *column, const char *action);
/* The same for COLUMN alone. */
void lx_column_alter_alone(struct lx_sql *sql, const struct lx_column *column, const char *action);
bool lx_column_alter(struct lx_sql *sql, const struct lx_object *old, const struct lx_object *new, uint32_t changed);
void lx_column_drop_default(struct lx_sql *sql, const struct lx_column *column);
void lx_column_drop_identity(struct lx_sql *sql, const struct lx_column *column);
/* The statements for another type or collation; none for what changes with another column (family.h). */
void lx_column_retype(struct lx_sql *sql, const struct lx_column *old, const struct lx_column *new);
/* Says the toast.* options of the table again, behind a change that may have made what they are for. */
void lx_column_set_toast(struct lx_sql *sql, const struct lx_column *column);
/* " COLLATE app.x", or nothing */
void lx_column_write_collation(struct lx_sql *sql, const struct lx_column *column);
/* " GENERATED ALWAYS AS IDENTITY (…)" */
void lx_column_write_identity(struct lx_sql *sql, const struct lx_column *column);
#endif
