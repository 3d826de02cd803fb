/* The columns of one name in tables that inherit from one another.  PostgreSQL changes some things in all of them at
 * once. A column is given as it is before and after, OLD and NEW, which may be the same one: then it is about one
 * schema; tables are related when they are on both sides.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_KINDS_COLUMN_FAMILY_H
#define LX_KINDS_COLUMN_FAMILY_H
#include <stdbool.h>

#include "base/vec.h"

struct lx_arena;
struct lx_column;

/* Whether the column gets its type from a table above, before and after. */
bool lx_column_is_led(const struct lx_column *old, const struct lx_column *new);
/* The columns that no table above has: const struct lx_column *, of the new side, by the names of their tables. Several
 * where a table inherits from several; the first one then leads. */
struct lx_vec lx_column_roots(struct lx_arena *arena, const struct lx_column *old, const struct lx_column *new);
/* Whether in all tables below the column may be null if and only if it may be here. */
bool lx_column_is_same_below(const struct lx_column *column);
/* Whether that changes together with a column above. */
bool lx_column_is_nulled_above(const struct lx_column *old, const struct lx_column *new);
/* Calls FOUND for each column below, of the new side, that is NOT NULL before and after. */
void lx_column_each_kept_below(const struct lx_column *old, const struct lx_column *new,
			       void (*found)(void *context, const struct lx_column *column), void *context);
#endif
