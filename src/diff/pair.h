/* Which object of the new schema an object of the old one becomes: the same key, else @renamed(from:).
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_DIFF_PAIR_H
#define LX_DIFF_PAIR_H
#include "base/map.h"
#include "ir/schema.h"

struct lx_pair {
	const struct lx_object *old;
	struct lx_object *copy;      /* OLD with its references followed */
	const struct lx_object *new; /* NULL: dropped */
	bool is_changed;             /* something inside is renamed: labels */
	bool is_silent;              /* only the key differs: PostgreSQL needs no rename */
	bool is_moved;               /* dropped, but its name is wanted before */
};
struct lx_pairing {
	struct lx_arena *arena;
	const struct lx_schema *old, *new;
	struct lx_map renamed; /* kind, schema, name, signature before -> new object; forward only */
	bool is_reverse;
};
void lx_pair_init(struct lx_pairing *pairing, struct lx_arena *arena, const struct lx_schema *old,
		  const struct lx_schema *new, bool is_reverse);
/* The counterpart of a top-level object, or NULL. */
const struct lx_object *lx_pair_object(const struct lx_pairing *pairing, const struct lx_object *old);
/* The counterpart in NEW of a CHILD of OLD. */
const struct lx_object *lx_pair_child(const struct lx_pairing *pairing, const struct lx_object *old,
				      const struct lx_object *child, const struct lx_object *new);
/* What tells a grant or function apart beside its name, as text; NULL: nothing does. */
const char *lx_pair_meaning(struct lx_arena *arena, const struct lx_object *object);
#endif
