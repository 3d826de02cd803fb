/* The history as C: <prefix>_migrations.h and .c, for lexo_migrate().
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_CODEGEN_EMBED_H
#define LX_CODEGEN_EMBED_H
#include <stdbool.h>

#include "base/vec.h"

struct lx_arena;
struct lx_history;

/* Appends two struct lx_output * (codegen.h): PREFIX_migrations.c and PREFIX_migrations.h, in that order.  HISTORY is
 * linked.  File names in them are without folders.  Memory is in ARENA.  False: out of memory. */
bool lx_codegen_embed(struct lx_arena *arena, const struct lx_history *history, const char *prefix,
		      struct lx_vec *outputs);
#endif
