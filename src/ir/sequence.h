/* What a sequence counts, of its own or of an identity column: numbers from options text and back.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_IR_SEQUENCE_H
#define LX_IR_SEQUENCE_H
#include <stdbool.h>
#include <stdint.h>

struct lx_arena;

struct lx_counter {
	int64_t start, increment, min, max, cache;
	bool is_cycle;
};
/* OPTIONS ("increment=-1, max=9", keys sorted; NULL: none) over TYPE ("int2", "int4", "int8"; NULL: int8).  What is
 * absent has PostgreSQL's default for the type and the direction (init_params in src/backend/commands/sequence.c). */
struct lx_counter lx_counter_read(const char *options, const char *type);
/* Options text with what is not the default, in ARENA; NULL: nothing. */
const char *lx_counter_options(struct lx_arena *arena, const struct lx_counter *counter, const char *type);
#endif
