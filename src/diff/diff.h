/* Two schemas to a list of changes.  Says what differs, not how to get there (plan) nor in which words (sql).
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_DIFF_DIFF_H
#define LX_DIFF_DIFF_H
#include <stdbool.h>
#include <stdint.h>

#include "base/vec.h"

struct lx_arena;
struct lx_label_value;
struct lx_object;
struct lx_schema;

enum lx_change_kind {
	LX_CREATE,  /* new only */
	LX_DROP,    /* old only */
	LX_RENAME,  /* same object, other name, or labels of an enum; may be followed by an ALTER of the same object */
	LX_ALTER,   /* changed says which attributes */
	LX_REPLACE, /* drop and create: an attribute that cannot be altered */
	LX_OWNER,   /* only who owns it */
	LX_COMMENT  /* only the comment */
};
struct lx_change {
	enum lx_change_kind kind;
	const struct lx_object *old; /* NULL for LX_CREATE */
	const struct lx_object *new; /* NULL for LX_DROP */
	uint32_t changed;            /* attribute numbers of the kind, LX_ALTER and LX_REPLACE */
};
struct lx_diff {
	/* struct lx_change *, in the order of lx_object_compare.  What is inside a created or dropped object has no
	 * change of its own.  LX_RENAME: old is of the old schema, new of RENAMED; the others: old is of RENAMED. */
	struct lx_vec changes;
	struct lx_vec
	    renames; /* struct lx_rename_guess *: what is gone and what is new that may be one thing, renamed */
	const struct lx_schema
	    *renamed; /* the old schema as it is once everything is renamed; often the old one itself */
	bool is_reverse;
};
/* A dropped and a created object, or two labels of one enum; nothing is in two guesses. */
struct lx_rename_guess {
	const struct lx_object *old;
	const struct lx_object *new;
	const struct lx_label_value *old_label; /* both NULL: the objects themselves */
	const struct lx_label_value *new_label;
};

/* Pairs objects by key and by @renamed(from:), then compares.  REVERSE_OF: @renamed of OLD is followed backwards, so
 * that lx_diff(new, old, …, true) is the exact reverse of lx_diff(old, new, …, false). */
struct lx_diff *lx_diff(struct lx_arena *arena, const struct lx_schema *old, const struct lx_schema *new,
			bool is_reverse);
#endif
