/* SPDX-License-Identifier: Apache-2.0 */
#include "diff/rename.h"

#include <string.h>

#include "base/arena.h"
#include "base/utf8.h"
#include "diff/diff.h"
#include "diff/follow.h"
#include "diff/follow_state.h"
#include "diff/pair.h"
#include "kinds/enum/enum.h"
#include "kinds/grant/grant.h"
#include "kinds/kind.h"
#include "sql/emit.h"

struct renaming {
	struct lx_follow follow;
	struct lx_diff *diff;
	const struct lx_schema *old, *new;
	struct lx_vec pairs;   /* struct lx_pair *, parents before children; new NULL: dropped */
	struct lx_map targets; /* names that something is renamed to, by namespace */
};

static struct lx_object *copy_object(struct renaming *renaming, const struct lx_object *old,
				     const struct lx_object *new, struct lx_object *parent)
{
	struct lx_arena *arena = renaming->follow.arena;
	size_t size = lx_kind_info(old->kind)->size;
	struct lx_object *copy = lx_arena_alloc(arena, size);
	memcpy(copy, old, size);
	copy->children = (struct lx_vec){0};
	copy->parent = parent;
	if (new)
		copy->name = new->name;
	struct lx_pair *pair = LX_NEW(arena, struct lx_pair);
	*pair = (struct lx_pair){.old = old, .copy = copy, .new = new};
	lx_vec_push(arena, &renaming->pairs, pair);
	lx_follow_add_copy(&renaming->follow, old, copy);
	return copy;
}

static void copy_with_children(struct renaming *renaming, const struct lx_object *old, const struct lx_object *new,
			       const struct lx_pairing *pairing)
{
	struct lx_object *copy = copy_object(renaming, old, new, NULL);
	LX_EACH (const struct lx_object *, child, &old->children) {
		const struct lx_object *now = new ? lx_pair_child(pairing, old, child, new) : NULL;
		copy_object(renaming, child, now, copy);
		if (now && strcmp(now->name, child->name) != 0 && child->kind == LX_KIND_COLUMN)
			lx_follow_add_column(&renaming->follow, copy, old->name, child->name, now->name);
	}
	if (new &&strcmp(old->name, new->name) != 0)
		lx_follow_add_word(&renaming->follow, old->name, new->name, NULL);
}

static const char *quoted_label(struct lx_arena *arena, const char *label)
{
	struct lx_buffer text = LX_BUFFER_INIT;
	lx_quote_literal(&text, label);
	const char *copy = lx_arena_string(arena, lx_buffer_text(&text));
	lx_buffer_free(&text);
	return copy;
}

/* After follow the labels of the copy are the new ones, in the old order. */
static bool rename_labels(struct renaming *renaming, const struct lx_pair *pair)
{
	const struct lx_enum *old = (const struct lx_enum *)pair->old, *copy = (const struct lx_enum *)pair->copy;
	bool is_renamed = false;
	for (size_t i = 0; i < old->labels.length; i++) {
		const char *from = ((const struct lx_label_value *)old->labels.items[i])->label;
		const char *to = ((const struct lx_label_value *)copy->labels.items[i])->label;
		if (strcmp(from, to) == 0)
			continue;
		is_renamed = true;
		lx_follow_add_word(&renaming->follow, quoted_label(renaming->follow.arena, from),
				   quoted_label(renaming->follow.arena, to), NULL);
	}
	return is_renamed;
}

static void follow_one(struct renaming *renaming, struct lx_object *copy, const struct lx_object *new)
{
	const struct lx_kind_sql *kind = lx_kind_sql(copy->kind);
	struct lx_vec needs = {0};
	LX_EACH (const struct lx_object *, need, &copy->needs)
		lx_vec_push(renaming->follow.arena, &needs, lx_follow_object(&renaming->follow, need));
	copy->needs = needs;
	if (kind->follow)
		kind->follow(&renaming->follow, copy, new);
}

/* Types first: the labels that they rename occur in the expressions of the others. */
static void follow_all(struct renaming *renaming)
{
	LX_EACH (struct lx_pair *, type, &renaming->pairs) {
		if (type->old->kind != LX_KIND_ENUM)
			continue;
		follow_one(renaming, type->copy, type->new);
		type->is_changed = rename_labels(renaming, type);
	}
	LX_EACH (struct lx_pair *, pair, &renaming->pairs) {
		if (pair->old->kind != LX_KIND_ENUM)
			follow_one(renaming, pair->copy, pair->new);
	}
}

/* A candidate without counterpart that OLD is, once its references are followed, in all but the name. */
static const struct lx_object *find_same(struct renaming *renaming, struct lx_pair *pair,
					 const struct lx_vec *candidates)
{
	size_t size = lx_kind_info(pair->old->kind)->size;
	LX_EACH (const struct lx_object *, candidate, candidates) {
		if (candidate->kind != pair->old->kind)
			continue;
		struct lx_object *trial = lx_arena_alloc(renaming->follow.arena, size);
		memcpy(trial, pair->old, size);
		trial->parent = pair->copy->parent;
		follow_one(renaming, trial, candidate);
		if (lx_attr_compare(trial, candidate))
			continue;
		trial->name = candidate->name;
		trial->children = (struct lx_vec){0};
		memcpy(pair->copy, trial, size);
		return candidate;
	}
	return NULL;
}

/* The children of NEW that no old one is paired with. */
static struct lx_vec unpaired_children(struct renaming *renaming, const struct lx_vec *pairs,
				       const struct lx_object *new)
{
	struct lx_map taken = {0};
	struct lx_vec result = {0};
	struct lx_arena *arena = renaming->follow.arena;
	LX_EACH (const struct lx_pair *, pair, pairs) {
		if (pair->new)
			lx_map_put(arena, &taken, (const char *)&pair->new, sizeof pair->new, (void *)(uintptr_t)1);
	}
	LX_EACH (const struct lx_object *, child, &new->children) {
		if (child->kind != LX_KIND_COLUMN && !lx_map_get(&taken, (const char *)&child, sizeof child))
			lx_vec_push(arena, &result, new->children.items[child_i]);
	}
	return result;
}

static void remove_item(struct lx_vec *vec, const void *item)
{
	uint32_t n = 0;
	for (uint32_t i = 0; i < vec->length; i++) {
		if (vec->items[i] != item)
			vec->items[n++] = vec->items[i];
	}
	vec->length = n;
}

/* PAIRS: the children of one table.  Those with the same definition under another name are renamed. */
static void pair_same(struct renaming *renaming, const struct lx_vec *pairs, const struct lx_object *new)
{
	struct lx_vec candidates = {0};
	bool is_known = false;
	LX_EACH (struct lx_pair *, pair, pairs) {
		if (pair->new || pair->old->kind == LX_KIND_COLUMN || !lx_kind_sql(pair->old->kind)->rename)
			continue;
		if (!is_known)
			candidates = unpaired_children(renaming, pairs, new);
		is_known = true;
		if (!candidates.length)
			return;
		pair->new = find_same(renaming, pair, &candidates);
		if (pair->new)
			remove_item(&candidates, pair->new);
	}
}

static void pair_same_children(struct renaming *renaming)
{
	struct lx_vec *pairs = &renaming->pairs;
	for (size_t i = 0; i < pairs->length;) {
		const struct lx_pair *top = pairs->items[i++];
		struct lx_vec children = {pairs->items + i, 0, 0};
		while (i < pairs->length && ((const struct lx_pair *)pairs->items[i])->old->parent) {
			children.length++;
			i++;
		}
		if (top->new &&children.length)
			pair_same(renaming, &children, top->new);
	}
}

/* Grants are named by their target, and functions by the types of their parameters: with those they get other keys. */
static void rekey(struct renaming *renaming)
{
	struct lx_map keys = {0};
	struct lx_arena *arena = renaming->follow.arena;
	LX_EACH (struct lx_object *, object, &renaming->new->objects) {
		const char *key = lx_pair_meaning(arena, object);
		if (key)
			lx_map_put(arena, &keys, key, strlen(key), object);
	}
	LX_EACH (struct lx_pair *, pair, &renaming->pairs) {
		const char *key = pair->new ? NULL : lx_pair_meaning(arena, pair->copy);
		const struct lx_object *new = key ? lx_map_get(&keys, key, strlen(key)) : NULL;
		if (!new || new->kind != pair->old->kind)
			continue;
		pair->new = new;
		pair->copy->name = new->name;
		pair->copy->signature = new->signature;
		pair->is_silent = true;
		follow_one(renaming, pair->copy, new);
	}
}

/* Relations and types of a schema share their names; a column shares those of its table. */
static const char *name_key(struct lx_arena *arena, const struct lx_object *object, const char *name)
{
	const struct lx_object *parent = object->parent;
	if (object->kind == LX_KIND_COLUMN)
		return lx_arena_printf(arena, "%s\001%s\001%s", parent->schema ? parent->schema : "", parent->name,
				       name);
	return lx_arena_printf(arena, "%s\001%s%s",
			       parent           ? parent->schema
			       : object->schema ? object->schema
						: "",
			       name, object->signature ? object->signature : "");
}

static bool is_renamed(const struct lx_pair *pair)
{
	return pair->new && !pair->is_silent && (pair->is_changed || strcmp(pair->old->name, pair->copy->name) != 0);
}

/* What is dropped under a name that something else gets by a rename makes room first. */
static void make_room(struct renaming *renaming)
{
	enum { NAME_MAX_BYTES = 63 };
	static const char suffix[] = "_lexo_old";
	struct lx_arena *arena = renaming->follow.arena;
	LX_EACH (const struct lx_pair *, renamed, &renaming->pairs) {
		if (!is_renamed(renamed))
			continue;
		const char *key = name_key(arena, renamed->copy, renamed->copy->name);
		lx_map_put(arena, &renaming->targets, key, strlen(key), renamed->copy);
	}
	LX_EACH (struct lx_pair *, pair, &renaming->pairs) {
		if (pair->new || pair->old->is_external)
			continue;
		const char *key = name_key(arena, pair->copy, pair->copy->name);
		if (!lx_map_get(&renaming->targets, key, strlen(key)) || !lx_kind_sql(pair->old->kind)->rename)
			continue;
		size_t length =
		    lx_utf8_clip(pair->old->name, strlen(pair->old->name), NAME_MAX_BYTES - sizeof suffix + 1);
		pair->copy->name = lx_arena_printf(arena, "%.*s%s", (int)length, pair->old->name, suffix);
		pair->is_moved = true;
	}
}

static void add_change(struct renaming *renaming, const struct lx_pair *pair)
{
	struct lx_change *change = LX_NEW(renaming->follow.arena, struct lx_change);
	*change = (struct lx_change){LX_RENAME, pair->old, pair->copy, 0};
	lx_vec_push(renaming->follow.arena, &renaming->diff->changes, change);
}

const struct lx_schema *lx_rename_apply(struct lx_arena *arena, struct lx_diff *diff, const struct lx_schema *old,
					const struct lx_schema *new)
{
	struct renaming renaming = {.diff = diff, .old = old, .new = new};
	struct lx_schema *result = lx_schema_open(arena);
	result->is_catalog = old->is_catalog;
	struct lx_pairing pairing;
	renaming.follow.arena = arena;
	renaming.follow.is_reverse = diff->is_reverse;
	lx_pair_init(&pairing, arena, old, new, diff->is_reverse);
	LX_EACH (const struct lx_object *, object, &old->objects)
		copy_with_children(&renaming, object, lx_pair_object(&pairing, object), &pairing);
	follow_all(&renaming);
	pair_same_children(&renaming);
	rekey(&renaming);
	make_room(&renaming);
	LX_EACH (const struct lx_pair *, pair, &renaming.pairs) {
		lx_schema_add(result, pair->copy);
		if ((is_renamed(pair) || pair->is_moved) && !pair->old->is_external)
			add_change(&renaming, pair);
	}
	return result;
}
