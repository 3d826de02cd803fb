/* Inside of struct lx_follow, for diff/ only.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_DIFF_FOLLOW_STATE_H
#define LX_DIFF_FOLLOW_STATE_H
#include "base/map.h"
#include "ir/schema.h"

struct lx_arena;
struct lx_follow {
	struct lx_arena *arena;
	struct lx_map copies;  /* address of an old object, or of a copy -> the copy */
	struct lx_map columns; /* address of a table's copy, old column -> new name */
	struct lx_map words;   /* "old\001new" -> struct lx_vec of struct lx_follow_scope *: what was renamed so */
	bool is_reverse;
};
/* Where a renamed word is valid: everywhere, or where TABLE (by its name before) is meant. */
struct lx_follow_scope {
	const struct lx_object *table; /* copy; NULL: everywhere */
	const char *old_table;
};
void lx_follow_add_copy(struct lx_follow *follow, const struct lx_object *old, struct lx_object *copy);
void lx_follow_add_column(struct lx_follow *follow, const struct lx_object *table, const char *old_table,
			  const char *old, const char *new);
/* Words of SQL text: names unquoted, labels with their quotes ('stored'). */
void lx_follow_add_word(struct lx_follow *follow, const char *old, const char *new,
			const struct lx_follow_scope *scope);
#endif
