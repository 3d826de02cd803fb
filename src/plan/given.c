/* What new objects have from the start because of something that stays: default privileges.  It is brought to what the
 * new schema says before that is written.
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/arena.h"
#include "kinds/kind.h"
#include "plan/planning.h"

/* The object of the same kind without anything. */
static const struct lx_object *nothing_of(struct lx_planning *planning, const struct lx_object *given)
{
	struct lx_vec statements = {0};
	struct lx_sql trial = {.arena = planning->arena, .statements = &statements};
	const struct lx_object *rest = lx_kind_sql(given->kind)->release(&trial, given);
	lx_buffer_free(&trial.text);
	return rest;
}

static void add_node(struct lx_planning *planning, const struct lx_object *given)
{
	const struct lx_object *new = lx_schema_find(planning->new, given->kind, NULL, NULL, given->name, NULL);
	struct lx_node *node = LX_NEW(planning->arena, struct lx_node);
	*node = (struct lx_node){.action = LX_NODE_ALTER, .old = given, .new = new ? new : nothing_of(planning, given)};
	node->changed = lx_attr_compare(node->old, node->new);
	if (!node->changed)
		return;
	lx_vec_push(planning->arena, &planning->nodes, node);
	struct lx_node *maker = lx_planning_get(&planning->makes, new);
	if (maker)
		lx_graph_edge(planning->arena, node, maker, false, NULL);
}

/* By everything that gives; several may give the same. */
static void look_at(struct lx_planning *planning, const struct lx_vec *givers, const struct lx_object *created)
{
	struct lx_vec all = {0};
	LX_EACH (const struct lx_object *, giver, givers) {
		const struct lx_kind_sql *kind = lx_kind_sql(giver->kind);
		struct lx_object *given = kind->gives(planning->arena, giver, created);
		struct lx_object *before = NULL;
		for (size_t i = 0; given && i < all.length; i++)
			if (strcmp(((struct lx_object *)all.items[i])->name, given->name) == 0)
				before = all.items[i];
		if (before)
			kind->merge(planning->arena, before, given);
		else if (given)
			lx_vec_push(planning->arena, &all, given);
	}
	LX_EACH (const struct lx_object *, given, &all)
		add_node(planning, given);
}

void lx_planning_add_given(struct lx_planning *planning)
{
	struct lx_vec givers = {0};
	LX_EACH (struct lx_object *, object, &planning->old->objects)
		if (lx_kind_sql(object->kind)->gives && lx_planning_new(planning, object))
			lx_vec_push(planning->arena, &givers, object);
	for (size_t i = 0, count = planning->nodes.length; givers.length && i < count; i++) {
		const struct lx_node *node = planning->nodes.items[i];
		if (!node->is_cancelled && node->action == LX_NODE_CREATE && !node->new->parent)
			look_at(planning, &givers, node->new);
	}
}
