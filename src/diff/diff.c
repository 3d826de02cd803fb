/* SPDX-License-Identifier: Apache-2.0 */
#include "diff/diff.h"

#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "diff/guess.h"
#include "diff/rename.h"
#include "kinds/kind.h"
#include "sql/emit.h"

struct comparing {
	struct lx_arena *arena;
	struct lx_diff *diff;
	const struct lx_schema *old, *new;
	struct lx_sql trial; /* where alter hooks write to find out whether they can */
	struct lx_vec trial_statements;
};

static void add_change(struct comparing *comparing, enum lx_change_kind kind, const struct lx_object *old,
		       const struct lx_object *new, uint32_t changed)
{
	struct lx_change *change = LX_NEW(comparing->arena, struct lx_change);
	*change = (struct lx_change){kind, old, new, changed};
	lx_vec_push(comparing->arena, &comparing->diff->changes, change);
}

static bool is_inborn(const struct lx_object *object)
{
	const struct lx_kind_sql *kind = lx_kind_sql(object->kind);
	return kind->is_inborn && kind->is_inborn(object);
}

/* Queries and seeds are not of the database, roles not of this one.  Of what every database has only the comment
 * counts. */
static bool is_ours(const struct lx_object *object)
{
	if (is_inborn(object))
		return object->comment != NULL;
	return !object->is_external && lx_kind_sql(object->kind)->create;
}

static bool is_same_text(const char *a, const char *b)
{
	return a == b || (a && b && strcmp(a, b) == 0);
}

/* What OBJECT is without statements of its own; OTHER and PARENT are of the other side.  NULL: it needs them. */
static const struct lx_object *implied(struct comparing *comparing, const struct lx_object *object,
				       const struct lx_schema *other, const struct lx_object *parent, bool is_dropped)
{
	const struct lx_kind_sql *kind = lx_kind_sql(object->kind);
	return kind->implied ? kind->implied(comparing->arena, object, other, parent, is_dropped) : NULL;
}

static void compare_attributes(struct comparing *comparing, const struct lx_object *old, const struct lx_object *new)
{
	const struct lx_kind_info *info = lx_kind_info(new->kind);
	const struct lx_kind_sql *kind = lx_kind_sql(new->kind);
	uint32_t changed = lx_attr_compare(old, new);
	bool can_alter = kind->alter != NULL;
	if (!changed)
		return;
	for (size_t i = 0; i < info->attr_count; i++) {
		if (changed & 1u << i && info->attrs[i].effect == LX_EFFECT_REPLACE && !kind->alter)
			can_alter = false;
	}
	comparing->trial_statements.length = 0;
	if (can_alter)
		can_alter = kind->alter(&comparing->trial, old, new, changed);
	const struct lx_object *usual = can_alter ? NULL : implied(comparing, new, comparing->old, old->parent, false);
	if (usual && usual != old) { /* replaced together with what it comes from */
		lx_buffer_clear(&comparing->trial.text);
		compare_attributes(comparing, usual, new);
		return;
	}
	if (!can_alter)
		add_change(comparing, LX_REPLACE, old, new, changed);
	else if (comparing->trial_statements.length)
		add_change(comparing, LX_ALTER, old, new, changed);
	lx_buffer_clear(&comparing->trial.text);
}

static void compare_pair(struct comparing *comparing, const struct lx_object *old, const struct lx_object *new)
{
	size_t before = comparing->diff->changes.length;
	compare_attributes(comparing, old, new);
	bool is_replaced = comparing->diff->changes.length > before &&
			   ((const struct lx_change *)comparing->diff->changes.items[before])->kind == LX_REPLACE;
	/* A database that was not asked who owns what tells nothing. */
	bool is_owner_known = new->owner && (old->owner || !comparing->old->is_catalog);
	if (!is_replaced && lx_kind_sql(new->kind)->identity && is_owner_known && !is_same_text(old->owner, new->owner))
		add_change(comparing, LX_OWNER, old, new, 0);
	if (!is_replaced && lx_kind_sql(new->kind)->identity && !is_same_text(old->comment, new->comment))
		add_change(comparing, LX_COMMENT, old, new, 0);
}

/* The child of OBJECT with the kind and name of CHILD.  Siblings mostly stand in the same order on both sides, so the
 * search begins behind the last hit. */
static const struct lx_object *find_child(const struct lx_object *object, const struct lx_object *child, size_t *next)
{
	size_t count = object->children.length;
	for (size_t i = 0; i < count; i++) {
		size_t at = *next + i < count ? *next + i : *next + i - count;
		const struct lx_object *candidate = object->children.items[at];
		if (candidate->kind == child->kind && lx_text_is(candidate->name, child->name)) {
			*next = at + 1 < count ? at + 1 : 0;
			return candidate;
		}
	}
	return NULL;
}

static void compare_children(struct comparing *comparing, const struct lx_object *old, const struct lx_object *new)
{
	size_t next = 0;
	LX_EACH (const struct lx_object *, created, &new->children) {
		const struct lx_object *before = find_child(old, created, &next);
		if (!is_ours(created))
			continue;
		if (before && implied(comparing, before, comparing->new, new, true))
			before = NULL; /* it goes with what it came from */
		else if (!before)
			before = implied(comparing, created, comparing->old, old, false);
		if (!before)
			add_change(comparing, LX_CREATE, NULL, created, 0);
		else if (!before->is_external)
			compare_pair(comparing, before, created);
	}
	next = 0;
	LX_EACH (const struct lx_object *, dropped, &old->children) {
		if (!find_child(new, dropped, &next) && is_ours(dropped) &&
		    !implied(comparing, dropped, comparing->new, new, true))
			add_change(comparing, LX_DROP, dropped, NULL, 0);
	}
}

static const struct lx_object *find_top(const struct lx_schema *schema, const struct lx_object *object)
{
	return lx_schema_find(schema, object->kind, NULL, object->schema, object->name, object->signature);
}

static void compare_objects(struct comparing *comparing)
{
	LX_EACH (const struct lx_object *, created, &comparing->new->objects) {
		const struct lx_object *before = find_top(comparing->old, created);
		if (is_inborn(created) && before) {
			compare_pair(comparing, before, created);
			continue;
		}
		if (!is_ours(created))
			continue;
		if (!before) {
			add_change(comparing, LX_CREATE, NULL, created, 0);
		} else if (!before->is_external) {
			size_t count = comparing->diff->changes.length;
			compare_pair(comparing, before, created);
			bool is_replaced =
			    comparing->diff->changes.length > count &&
			    ((const struct lx_change *)comparing->diff->changes.items[count])->kind == LX_REPLACE;
			if (!is_replaced)
				compare_children(comparing, before, created);
		}
	}
	LX_EACH (const struct lx_object *, dropped, &comparing->old->objects) {
		if (is_ours(dropped) && !find_top(comparing->new, dropped) &&
		    !implied(comparing, dropped, comparing->new, NULL, true))
			add_change(comparing, LX_DROP, dropped, NULL, 0);
	}
}

/* By object; of one object in the order in which the changes were found. */
static int compare_changes(const void *a, const void *b, void *context)
{
	const struct lx_change *left = a, *right = b;
	(void)context;
	return lx_object_compare(left->new ? left->new : left->old, right->new ? right->new : right->old);
}

struct lx_diff *lx_diff(struct lx_arena *arena, const struct lx_schema *old, const struct lx_schema *new,
			bool is_reverse)
{
	struct lx_diff *diff = LX_NEW(arena, struct lx_diff);
	diff->is_reverse = is_reverse;
	diff->renamed = old;
	if (lx_rename_is_needed(old, new, is_reverse))
		diff->renamed = lx_rename_apply(arena, diff, old, new);
	struct comparing comparing = {.arena = arena, .diff = diff, .old = diff->renamed, .new = new};
	comparing.trial = (struct lx_sql){.arena = arena, .statements = &comparing.trial_statements};
	compare_objects(&comparing);
	lx_buffer_free(&comparing.trial.text);
	lx_vec_sort(arena, &diff->changes, compare_changes, NULL);
	lx_guess_renames(arena, diff);
	return diff;
}
