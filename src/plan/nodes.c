/* SPDX-License-Identifier: Apache-2.0 */
#include "plan/nodes.h"

#include "base/arena.h"
#include "kinds/kind.h"

void *lx_planning_get(const struct lx_map *map, const struct lx_object *object)
{
	return object ? lx_map_get(map, (const char *)&object, sizeof object) : NULL;
}

void lx_planning_put(struct lx_planning *planning, struct lx_map *map, const struct lx_object *object, void *value)
{
	lx_map_put(planning->arena, map, (const char *)&object, sizeof object, value);
}

const struct lx_object *lx_planning_new(const struct lx_planning *planning, const struct lx_object *old)
{
	const struct lx_object *new =
	    lx_schema_find(planning->new, old->kind, old->parent, old->schema, old->name, old->signature);
	return new && !new->is_external ? new : NULL;
}

struct lx_node *lx_plan_add(struct lx_planning *planning, enum lx_action action, const struct lx_object *old,
			    const struct lx_object *new)
{
	struct lx_node *node = LX_NEW(planning->arena, struct lx_node);
	*node = (struct lx_node){.action = action, .old = old, .new = new};
	lx_vec_push(planning->arena, &planning->nodes, node);
	return node;
}

void lx_plan_impact(struct lx_planning *planning, const struct lx_object *object, enum lx_impact_kind impact)
{
	struct lx_impact *item = LX_NEW(planning->arena, struct lx_impact);
	*item = (struct lx_impact){object, impact};
	lx_vec_push(planning->arena, &planning->impacts, item);
}

void lx_plan_create(struct lx_planning *planning, const struct lx_object *new)
{
	struct lx_node *node = lx_plan_add(planning, LX_NODE_CREATE, NULL, new);
	lx_planning_put(planning, &planning->makes, new, node);
	LX_EACH (const struct lx_object *, child, &new->children) {
		if (child->is_external)
			continue;
		if (lx_kind_is_line(child))
			lx_planning_put(planning, &planning->makes, child, node);
		else if (lx_kind_sql(child->kind)->create)
			lx_plan_create(planning, child);
	}
}

void lx_plan_drop(struct lx_planning *planning, const struct lx_object *old, enum lx_impact_kind impact)
{
	struct lx_node *node = lx_plan_add(planning, LX_NODE_DROP, old, NULL);
	lx_planning_put(planning, &planning->drops, old, node);
	lx_plan_impact(planning, old, impact);
	LX_EACH (const struct lx_object *, child, &old->children) {
		lx_planning_put(planning, &planning->drops, child, node);
		lx_plan_impact(planning, child, impact);
	}
}

static void cancel_alter(struct lx_planning *planning, const struct lx_object *old)
{
	struct lx_node *alter = lx_planning_get(&planning->alters, old);
	if (!alter)
		return;
	alter->is_cancelled = true;
	if (alter->release)
		alter->release->is_cancelled = true;
}

void lx_plan_replace(struct lx_planning *planning, const struct lx_object *old, const struct lx_object *new)
{
	if (lx_planning_get(&planning->drops, old))
		return;
	cancel_alter(planning, old);
	lx_plan_drop(planning, old, LX_IMPACT_GONE);
	struct lx_node *before = lx_planning_get(&planning->makes, new);
	if (before && !before->is_cancelled)
		return;
	struct lx_node *node = lx_plan_add(planning, LX_NODE_CREATE, NULL, new);
	if (before) { /* the cancelled ALTER's place is taken over; nothing is connected yet */
		*before = *node;
		node->is_cancelled = true;
	} else {
		lx_planning_put(planning, &planning->makes, new, node);
	}
	LX_EACH (const struct lx_object *, child, &new->children) {
		if (lx_kind_is_line(child))
			lx_planning_put(planning, &planning->makes, child, before ? before : node);
		else if (lx_kind_sql(child->kind)->create && !lx_planning_get(&planning->makes, child))
			lx_plan_create(planning, child);
	}
}

struct lx_node *lx_plan_alter(struct lx_planning *planning, const struct lx_object *old, const struct lx_object *new)
{
	struct lx_node *node = lx_planning_get(&planning->alters, old);
	if (node)
		return node;
	node = lx_plan_add(planning, LX_NODE_ALTER, old, new);
	lx_planning_put(planning, &planning->alters, old, node);
	lx_planning_put(planning, &planning->makes, new, node);
	return node;
}

void lx_plan_swap(struct lx_planning *planning, const struct lx_object *old, const struct lx_object *new)
{
	if (lx_planning_get(&planning->drops, old))
		return;
	struct lx_node *node = lx_plan_alter(planning, old, new);
	struct lx_node *finish = lx_plan_add(planning, LX_NODE_FINISH, old, NULL);
	node->action = LX_NODE_SWAP;
	lx_planning_put(planning, &planning->drops, old, finish);
	lx_plan_impact(planning, old, LX_IMPACT_RETYPE);
}

void lx_plan_release(struct lx_planning *planning, struct lx_node *alter)
{
	const struct lx_kind_sql *kind = lx_kind_sql(alter->old->kind);
	if (alter->release)
		return;
	alter->release = lx_plan_add(planning, LX_NODE_RELEASE, alter->old, NULL);
	if (kind->frees)
		alter->release->frees = kind->frees(planning->arena, alter->old, alter->new);
}
