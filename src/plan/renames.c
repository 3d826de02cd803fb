/* The order of renames: a name must be free before another object gets it.
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/arena.h"
#include "kinds/kind.h"
#include "plan/planning.h"

struct step {
	const struct lx_object *old, *new;
	enum { WAITING, ACTIVE, DONE } state;
};
struct renaming {
	struct lx_planning *planning;
	struct lx_map sources; /* the name something has now -> its step */
};

static const char *name_key(struct lx_arena *arena, const struct lx_object *object, const char *name)
{
	const struct lx_object *parent = object->parent;
	bool is_relation =
	    !parent || object->kind == LX_KIND_INDEX || object->kind == LX_KIND_KEY || object->kind == LX_KIND_EXCLUDE;
	const char *schema = parent ? parent->schema : object->schema;
	return lx_arena_printf(arena, "%s\001%s\001%s%s", schema ? schema : "", is_relation ? "" : parent->name, name,
			       object->signature ? object->signature : "");
}

static struct lx_object *copy_named(struct lx_arena *arena, const struct lx_object *object, const char *name)
{
	size_t size = lx_kind_info(object->kind)->size;
	struct lx_object *copy = lx_arena_alloc(arena, size);
	memcpy(copy, object, size);
	copy->name = name;
	return copy;
}

static void write_rename(struct renaming *renaming, const struct lx_object *old, const struct lx_object *new)
{
	renaming->planning->sql.object = new;
	lx_kind_sql(new->kind)->rename(&renaming->planning->sql, old, new);
}

/* Makes room first: who has the wanted name goes on before; in a circle one steps aside. */
static void run_step(struct renaming *renaming, struct step *step)
{
	struct lx_arena *arena = renaming->planning->arena;
	step->state = ACTIVE;
	if (strcmp(step->old->name, step->new->name) != 0) {
		const char *key = name_key(arena, step->new, step->new->name);
		struct step *holder = lx_map_get(&renaming->sources, key, strlen(key));
		if (holder && holder->state == WAITING && holder != step) {
			run_step(renaming, holder);
		} else if (holder && holder->state == ACTIVE && holder != step) {
			const char *spare = lx_arena_printf(arena, "lexo %.40s", holder->old->name);
			const struct lx_object *aside = copy_named(arena, holder->new, spare);
			write_rename(renaming, holder->old, aside);
			holder->old = copy_named(arena, holder->old, spare);
		}
	}
	write_rename(renaming, step->old, step->new);
	step->state = DONE;
}

void lx_planning_write_renames(struct lx_planning *planning)
{
	struct renaming renaming = {.planning = planning};
	struct lx_vec steps = {0};
	LX_EACH (const struct lx_change *, change, &planning->diff->changes) {
		if (change->kind != LX_RENAME)
			continue;
		struct step *step = LX_NEW(planning->arena, struct step);
		*step = (struct step){change->old, change->new, WAITING};
		lx_vec_push(planning->arena, &steps, step);
		const char *key = name_key(planning->arena, change->new, change->old->name);
		lx_map_put(planning->arena, &renaming.sources, key, strlen(key), step);
	}
	LX_EACH (struct step *, next, &steps) {
		if (next->state == WAITING)
			run_step(&renaming, next);
	}
}
