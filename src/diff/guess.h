/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_DIFF_GUESS_H
#define LX_DIFF_GUESS_H
struct lx_arena;
struct lx_diff;

/* Fills diff->renames: a dropped column with a created one of the same type in the same table, a dropped table with a
 * created one most of whose columns are the same.  Each object is in one guess at most. */
void lx_guess_renames(struct lx_arena *arena, struct lx_diff *diff);
#endif
