/* The old schema as it is once everything is renamed: what PostgreSQL has in its catalog behind the RENAMEs.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_DIFF_RENAME_H
#define LX_DIFF_RENAME_H
#include <stdbool.h>

struct lx_arena;
struct lx_diff;
struct lx_schema;

/* True when something may have to be renamed: an intent is there, or children without counterparts on both sides. */
bool lx_rename_is_needed(const struct lx_schema *old, const struct lx_schema *new, bool is_reverse);
/* Builds that schema, with a LX_RENAME change in DIFF for each object that gets another name. */
const struct lx_schema *lx_rename_apply(struct lx_arena *arena, struct lx_diff *diff, const struct lx_schema *old,
					const struct lx_schema *new);
#endif
