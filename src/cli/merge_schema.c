/* Objects are compared by their canonical text, which says all that a snapshot keeps.
 * SPDX-License-Identifier: Apache-2.0 */
#include "cli/merge_schema.h"

#include <string.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "ir/schema.h"
#include "kinds/kind.h"
#include "snapshot/snapshot.h"

struct merge {
	struct lx_arena *arena;
	struct lx_vec *conflicts;
};

/* The same object in the three versions; NULL where it is not. */
struct trio {
	const struct lx_object *base, *ours, *theirs;
};

static struct lx_object *copy_without_children(struct lx_arena *arena, const struct lx_object *object)
{
	size_t size = lx_kind_info(object->kind)->size;
	struct lx_object *copy = lx_arena_alloc(arena, size);
	memcpy(copy, object, size);
	copy->children = (struct lx_vec){0};
	return copy;
}

/* "" for an object that is not there. */
static const char *text_of(struct merge *merge, const struct lx_object *object)
{
	struct lx_buffer text = LX_BUFFER_INIT;
	struct lx_schema *alone = lx_schema_open(merge->arena);
	if (!object)
		return "";
	lx_vec_push(merge->arena, &alone->objects, (void *)(uintptr_t)object);
	lx_snapshot_print(&text, alone);
	const char *copy = lx_arena_string(merge->arena, lx_buffer_text(&text));
	lx_buffer_free(&text);
	return copy;
}

/* A child is printed in PARENT, so that only the child makes a difference. */
static const char *text_of_child(struct merge *merge, const struct lx_object *parent, const struct lx_object *child)
{
	if (!child)
		return "";
	struct lx_object *frame = copy_without_children(merge->arena, parent);
	lx_vec_push(merge->arena, &frame->children, (void *)(uintptr_t)child);
	return text_of(merge, frame);
}

static const char *text_of_own(struct merge *merge, const struct lx_object *object)
{
	return object ? text_of(merge, copy_without_children(merge->arena, object)) : "";
}

enum choice { OURS, THEIRS, NEITHER };

static enum choice choose(const char *base, const char *ours, const char *theirs)
{
	if (strcmp(ours, theirs) == 0 || strcmp(base, theirs) == 0)
		return OURS;
	return strcmp(base, ours) == 0 ? THEIRS : NEITHER;
}

static void add_conflict(struct merge *merge, const struct trio *trio)
{
	const struct lx_object *object = trio->ours ? trio->ours : trio->theirs;
	lx_vec_push(merge->arena, merge->conflicts, (void *)(uintptr_t)lx_object_key(merge->arena, object));
}

/* --- children --------------------------------------------------------------------------------------------------------
 */

static const struct lx_object *find_child(const struct lx_object *parent, const struct lx_object *like)
{
	return lx_object_child(parent, like->kind, like->name);
}

static const struct lx_object *merge_child(struct merge *merge, const struct lx_object *frame, const struct trio *trio)
{
	enum choice choice = choose(text_of_child(merge, frame, trio->base), text_of_child(merge, frame, trio->ours),
				    text_of_child(merge, frame, trio->theirs));
	if (choice == NEITHER)
		add_conflict(merge, trio);
	return choice == THEIRS ? trio->theirs : trio->ours;
}

/* Behind the one that stands before it on its own side. */
static void insert(struct lx_arena *arena, struct lx_vec *children, const struct lx_object *child,
		   const struct lx_object *before)
{
	size_t place = before ? children->length : 0;
	for (size_t i = 0; before && i < children->length; i++) {
		const struct lx_object *other = children->items[i];
		if (other->kind == before->kind && strcmp(other->name, before->name) == 0)
			place = i + 1;
	}
	lx_vec_push(arena, children, NULL);
	memmove(children->items + place + 1, children->items + place,
		(children->length - 1 - place) * sizeof *children->items);
	children->items[place] = (void *)(uintptr_t)child;
}

static const struct lx_object *merge_children(struct merge *merge, const struct trio *trio)
{
	enum choice own =
	    choose(text_of_own(merge, trio->base), text_of_own(merge, trio->ours), text_of_own(merge, trio->theirs));
	if (own == NEITHER)
		add_conflict(merge, trio);
	struct lx_object *merged = copy_without_children(merge->arena, own == THEIRS ? trio->theirs : trio->ours);
	LX_EACH (const struct lx_object *, child, &trio->ours->children) {
		const struct trio three = {find_child(trio->base, child), child, find_child(trio->theirs, child)};
		const struct lx_object *chosen = merge_child(merge, trio->ours, &three);
		if (chosen)
			lx_vec_push(merge->arena, &merged->children, (void *)(uintptr_t)chosen);
	}
	const struct lx_object *before = NULL;
	LX_EACH (const struct lx_object *, child, &trio->theirs->children) {
		const struct trio three = {find_child(trio->base, child), NULL, child};
		if (!find_child(trio->ours, child) && merge_child(merge, trio->ours, &three))
			insert(merge->arena, &merged->children, child, before);
		before = child;
	}
	return merged;
}

/* --- objects ---------------------------------------------------------------------------------------------------------
 */

static const struct lx_object *find(const struct lx_schema *schema, const struct lx_object *like)
{
	return lx_schema_find(schema, like->kind, NULL, like->schema, like->name, like->signature);
}

static void merge_object(struct merge *merge, const struct trio *trio, struct lx_schema *merged)
{
	const struct lx_object *chosen = NULL;
	switch (choose(text_of(merge, trio->base), text_of(merge, trio->ours), text_of(merge, trio->theirs))) {
	case OURS:
		chosen = trio->ours;
		break;
	case THEIRS:
		chosen = trio->theirs;
		break;
	case NEITHER:
		chosen = trio->ours;
		if (trio->base && trio->ours && trio->theirs)
			chosen = merge_children(merge, trio);
		else
			add_conflict(merge, trio);
		break;
	}
	if (chosen)
		lx_vec_push(merge->arena, &merged->objects, (void *)(uintptr_t)chosen);
}

struct lx_schema *lx_schema_merge(struct lx_arena *arena, const struct lx_schema *base, const struct lx_schema *ours,
				  const struct lx_schema *theirs, struct lx_vec *conflicts)
{
	struct merge merge = {arena, conflicts};
	struct lx_schema *merged = lx_schema_open(arena);
	LX_EACH (const struct lx_object *, object, &ours->objects) {
		const struct trio trio = {find(base, object), object, find(theirs, object)};
		merge_object(&merge, &trio, merged);
	}
	LX_EACH (const struct lx_object *, object, &theirs->objects) {
		const struct trio trio = {find(base, object), NULL, object};
		if (!find(ours, object))
			merge_object(&merge, &trio, merged);
	}
	return merged;
}
