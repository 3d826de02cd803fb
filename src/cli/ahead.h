/* The snapshot of the schema, compiled on another processor while the command does what comes before it.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_CLI_AHEAD_H
#define LX_CLI_AHEAD_H
#include <stddef.h>

#include "check/compile.h"

struct lx_ahead;
struct lx_arena;
struct lx_diags;
struct lx_schema;

/* Begins to compile TEXT, the contents of PATH, with OPTIONS (all copied) in a thread and an arena of its own.  DIAGS,
 * which has no source yet, gets it as its first one, so that the objects' places are right there.  Returns NULL where
 * it is not worth it or cannot be done (a single processor, a small text, no thread): then compile it when it is
 * wanted. */
struct lx_ahead *lx_ahead_begin(struct lx_arena *arena, struct lx_diags *diags, const char *path, const char *text,
				size_t length, const struct lx_compile_options *options);
/* The schema, waited for, once; it lives until lx_ahead_end().  NULL when there was anything to say about the text:
 * compile it again to say it. */
struct lx_schema *lx_ahead_take(struct lx_ahead *ahead);
/* Waits for the thread and frees what it made.  NULL is allowed. */
void lx_ahead_end(struct lx_ahead *ahead);
#endif
