/* Which objects two branches both change, as far as their statements tell by themselves.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_CLI_CLASH_H
#define LX_CLI_CLASH_H
#include "base/vec.h"
#include "history/history.h"

struct lx_arena;

struct lx_clash {
	const struct lx_revision *left, *right;
	const char *object; /* "public.users.email" */
	const char *text;   /* "both change it", "dropped by a, used by b" */
};
/* Compares the revisions that LEFT marks alone with those that RIGHT marks alone.  CLASHES: struct lx_clash *, one an
 * object. Statements are looked at by their words: what a function's body or a DO block does is not seen.  LX_FAILED
 * never. */
void lx_clash_find(struct lx_arena *arena, const struct lx_history *history, const unsigned char *left,
		   const unsigned char *right, struct lx_vec *clashes);
/* What REVISION changes or uses and a revision that it does not stand on makes or changes: NEEDS, as above, REVISION on
 * the left, the nearest of those that it needs first. */
void lx_clash_needs(struct lx_arena *arena, const struct lx_history *history, struct lx_revision *revision,
		    struct lx_vec *needs);
#endif
