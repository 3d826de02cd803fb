/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_DIFF_GUESS_H
#define LX_DIFF_GUESS_H
struct lx_arena;
struct lx_diff;

/* Fills diff->renames: a dropped column with a created one of the same type in the same table, a dropped table with a
 * created one most of whose columns are the same, a label that is gone with the new one in its place.  Nothing is in
 * two guesses. */
void lx_guess_renames(struct lx_arena *arena, struct lx_diff *diff);
#endif
