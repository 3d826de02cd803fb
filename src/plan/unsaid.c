/* A server knows exactly what an object needs; models find it in the object's text again.  What is not to be found
 * there has to be said. SPDX-License-Identifier: Apache-2.0 */
#include "plan/unsaid.h"

#include <string.h>

#include "base/arena.h"
#include "plan/scope.h"

struct search {
	struct lx_arena *arena;
	struct lx_map found; /* address of a top-level object -> itself */
};

static const struct lx_object *top_of(const struct lx_object *object)
{
	return object->parent ? object->parent : object;
}

static void found(void *context, const struct lx_object *object, const struct lx_object *target,
		  enum lx_strength strength)
{
	struct search *search = context;
	const struct lx_object *top = top_of(target);
	(void)object, (void)strength;
	lx_map_put(search->arena, &search->found, (const char *)&top, sizeof top, (void *)(uintptr_t)top);
}

static void say_needs_of(struct lx_depends *depends, struct lx_object *object)
{
	struct search search = {.arena = depends->arena};
	struct lx_vec needs = object->needs;
	if (!needs.length)
		return;
	depends->context = &search;
	object->needs = (struct lx_vec){0}; /* what is known without them? */
	lx_depends_run(depends, object);
	object->needs = needs;
	LX_EACH (const struct lx_object *, need, &needs) {
		const struct lx_object *top = top_of(need);
		if (top == top_of(object) || lx_map_get(&search.found, (const char *)&top, sizeof top))
			continue;
		found(&search, object, top, LX_BY_STRUCTURE);
		lx_vec_push(depends->arena, &object->after, (void *)(uintptr_t)top->source_name);
	}
}

void lx_plan_say_needs(struct lx_schema *schema)
{
	struct lx_depends depends = {.arena = schema->arena, .schema = schema, .found = found};
	bool is_catalog = schema->is_catalog;
	schema->is_catalog = false; /* as the models will be read */
	LX_EACH (struct lx_object *, object, &schema->objects) {
		say_needs_of(&depends, object);
		LX_EACH (struct lx_object *, child, &object->children)
			say_needs_of(&depends, child);
	}
	schema->is_catalog = is_catalog;
}
