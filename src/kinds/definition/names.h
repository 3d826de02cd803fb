/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_KINDS_DEFINITION_NAMES_H
#define LX_KINDS_DEFINITION_NAMES_H
#include "base/vec.h"

struct lx_arena;

/* The names, without their schemas, of what the CREATE statements in TEXT make: const char *, in ARENA.  Operators and
 * casts have none. */
struct lx_vec lx_definition_names(struct lx_arena *arena, const char *text);
/* TEXT, copied into ARENA, without the signs in options such as (INPUT = f), which are no operators. */
const char *lx_definition_uses(struct lx_arena *arena, const char *text);
#endif
