/* What changing a column's type asks of PostgreSQL and of the data.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_SQL_CASTS_H
#define LX_SQL_CASTS_H
#include <stdbool.h>

struct lx_type;

enum lx_cast { LX_CAST_ASSIGNMENT, LX_CAST_EXPLICIT, LX_CAST_BY_TEXT };
enum lx_cast lx_cast_find(const struct lx_type *old, const struct lx_type *new);
/* Values may silently become others: fewer digits, no time of day. */
bool lx_cast_is_lossy(const struct lx_type *old, const struct lx_type *new);
/* The change fails when a value does not fit. */
bool lx_cast_may_fail(const struct lx_type *old, const struct lx_type *new);
/* PostgreSQL has to write every row again. */
bool lx_cast_rewrites(const struct lx_type *old, const struct lx_type *new);
/* Only modifiers differ (or varchar and text): expressions over the column mean the same. */
bool lx_cast_is_light(const struct lx_type *old, const struct lx_type *new);
#endif
