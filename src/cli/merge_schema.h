/* Three versions of a schema to one.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_CLI_MERGE_SCHEMA_H
#define LX_CLI_MERGE_SCHEMA_H
#include "base/vec.h"

struct lx_arena;
struct lx_schema;

/* What OURS and THEIRS make of BASE: each object, column, constraint and so on as the side has it that changed it.
 * CONFLICTS (const char *): the keys of those that both changed, and differently; there OURS is taken.  Everything is
 * in ARENA and refers to the three. */
struct lx_schema *lx_schema_merge(struct lx_arena *arena, const struct lx_schema *base, const struct lx_schema *ours,
				  const struct lx_schema *theirs, struct lx_vec *conflicts);
#endif
