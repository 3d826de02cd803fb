/* Changes to nodes.  PostgreSQL refuses to change what something else is built on, so that is dropped before and
 * created again behind: views, policies and triggers on a column that gets another type, foreign keys on a key, columns
 * and functions whose type is replaced. SPDX-License-Identifier: Apache-2.0 */
#include "base/arena.h"
#include "kinds/kind.h"
#include "kinds/partition/partition.h"
#include "plan/nodes.h"

static void remember_dependent(void *context, const struct lx_object *object, const struct lx_object *target,
			       enum lx_strength strength)
{
	struct lx_planning *planning = context;
	struct lx_vec *dependents = lx_planning_get(&planning->dependents, target);
	if (!dependents) {
		dependents = LX_NEW(planning->arena, struct lx_vec);
		lx_planning_put(planning, &planning->dependents, target, dependents);
	}
	struct lx_dependent *dependent = LX_NEW(planning->arena, struct lx_dependent);
	*dependent = (struct lx_dependent){object, strength};
	lx_vec_push(planning->arena, dependents, dependent);
}

/* Who depends on whom in the whole old schema; only some plans ask. */
static const struct lx_vec *dependents_of(struct lx_planning *planning, const struct lx_object *old)
{
	static const struct lx_vec none = {0};
	if (!planning->dependents.length) {
		struct lx_depends depends = planning->old_depends;
		depends.found = remember_dependent;
		depends.context = planning;
		LX_EACH (const struct lx_object *, object, &planning->old->objects) {
			lx_depends_run(&depends, object);
			LX_EACH (const struct lx_object *, child, &object->children)
				lx_depends_run(&depends, child);
		}
	}
	const struct lx_vec *dependents = lx_planning_get(&planning->dependents, old);
	return dependents ? dependents : &none;
}

/* Columns, and types made of it, that stay: they need their values carried over. */
static bool is_type_used(struct lx_planning *planning, const struct lx_object *old)
{
	LX_EACH (const struct lx_dependent *, dependent, dependents_of(planning, old)) {
		const struct lx_kind_sql *kind = lx_kind_sql(dependent->object->kind);
		if (lx_is_firm(dependent->strength) && (kind->retypes || kind->is_type) &&
		    lx_planning_new(planning, dependent->object))
			return true;
	}
	return false;
}

/* Whether the object can let go; tried out on paper. */
static bool can_release(struct lx_planning *planning, const struct lx_object *old)
{
	const struct lx_kind_sql *kind = lx_kind_sql(old->kind);
	struct lx_vec statements = {0};
	struct lx_sql trial = {.arena = planning->arena, .statements = &statements};
	bool can = kind->release && kind->release(&trial, old);
	lx_buffer_free(&trial.text);
	return can;
}

static bool can_drop(struct lx_planning *planning, const struct lx_object *old)
{
	struct lx_vec statements = {0};
	struct lx_sql trial = {.arena = planning->arena, .statements = &statements};
	lx_kind_sql(old->kind)->drop(&trial, old);
	lx_buffer_free(&trial.text);
	return statements.length > 0;
}

static void release_or_replace(struct lx_planning *planning, const struct lx_object *old, const struct lx_object *new)
{
	if (can_release(planning, old)) {
		lx_plan_release(planning, lx_plan_alter(planning, old, new));
	} else if (can_drop(planning, old)) {
		lx_plan_replace(planning, old, new);
	}
}

/* What OBJECT, which is dropped, takes along because a child of it says so: a column the sequence that it owns. */
static void take_along(struct lx_planning *planning, const struct lx_object *object, const struct lx_object *child)
{
	const struct lx_object *taken = child->parent;
	const struct lx_kind_sql *kind = taken ? lx_kind_sql(taken->kind) : NULL;
	if (taken == object || !kind || !kind->implied || lx_planning_get(&planning->drops, taken) ||
	    lx_planning_new(planning, taken) || !kind->implied(planning->arena, taken, planning->new, NULL, true))
		return;
	lx_planning_put(planning, &planning->drops, taken, lx_planning_get(&planning->drops, object));
	lx_plan_impact(planning, taken, LX_IMPACT_DROPPED);
}

static bool is_reacting(unsigned reactions, enum lx_impact_kind impact, enum lx_strength strength)
{
	unsigned retype =
	    (lx_is_firm(strength) ? LX_ON_RETYPE_STRUCTURE : 0) | (strength != LX_BY_STRUCTURE ? LX_ON_RETYPE_TEXT : 0);
	unsigned gone =
	    (lx_is_firm(strength) ? LX_ON_GONE_STRUCTURE : 0) | (strength != LX_BY_STRUCTURE ? LX_ON_GONE_TEXT : 0);
	switch (impact) {
	case LX_IMPACT_LIGHT_RETYPE:
		return reactions & LX_ON_LIGHT_RETYPE && reactions & retype;
	case LX_IMPACT_RETYPE:
		return reactions & retype;
	case LX_IMPACT_DROPPED: /* what stays and only seems to name it does not depend on it: but a star does */
		return strength != LX_BY_TEXT && reactions & gone;
	case LX_IMPACT_GONE:
		return reactions & gone;
	}
	return false;
}

/* A table that makes room for a view, for instance. */
static bool is_name_reused(const struct lx_planning *planning, const struct lx_object *old)
{
	if (old->parent && lx_planning_get(&planning->drops, old->parent))
		old = old->parent;
	for (int kind = 0; kind < LX_KIND_COUNT; kind++) {
		if (lx_schema_find(planning->new, (enum lx_kind)kind, old->parent, old->schema, old->name,
				   old->signature))
			return true;
	}
	return false;
}

/* What is altered uses only what the new schema has: it lets go of what is dropped without being replaced.  But what
 * may want the name of the dropped (an identity that of a sequence) has to let go before. */
static bool lets_go(const struct lx_planning *planning, const struct lx_object *old, const struct lx_impact *impact)
{
	const struct lx_node *alter = lx_planning_get(&planning->alters, old);
	return impact->impact == LX_IMPACT_DROPPED && alter && alter->changed && planning->new->is_catalog &&
	       !lx_kind_sql(old->kind)->frees && !is_name_reused(planning, impact->object);
}

static void react(struct lx_planning *planning, const struct lx_impact *impact, const struct lx_dependent *dependent)
{
	const struct lx_object *old = dependent->object;
	const struct lx_kind_sql *kind = lx_kind_sql(old->kind);
	if (old->is_external || lx_planning_get(&planning->drops, old) || old == impact->object->parent ||
	    dependent->strength == LX_BY_ORDER || dependent->strength == LX_BY_EXTENT)
		return;
	const struct lx_object *new = lx_planning_new(planning, old);
	if (!new && dependent->strength == LX_BY_STRUCTURE && impact->impact == LX_IMPACT_DROPPED)
		take_along(planning, impact->object, old);
	unsigned reactions = kind->reactions | (kind->more_reactions ? kind->more_reactions(old) : 0);
	if (!new || !kind->create || !is_reacting(reactions, impact->impact, dependent->strength) ||
	    lets_go(planning, old, impact))
		return;
	bool is_of_type = lx_is_firm(dependent->strength) && lx_kind_sql(impact->object->kind)->is_type;
	/* A column below another one gets the type with it. */
	bool is_led = dependent->strength == LX_BY_LEAD;
	bool is_heir = (is_led || dependent->strength == LX_BY_STRUCTURE) && kind->retypes &&
		       old->kind == impact->object->kind && old->parent != impact->object->parent;
	if (is_led && (impact->impact == LX_IMPACT_DROPPED || impact->impact == LX_IMPACT_GONE))
		return; /* it is there without that one */
	if (is_heir && (impact->impact == LX_IMPACT_RETYPE || impact->impact == LX_IMPACT_LIGHT_RETYPE)) {
		if (can_release(planning, old))
			release_or_replace(planning, old, new);
		lx_plan_impact(planning, old, impact->impact);
	} else if (is_heir && impact->impact == LX_IMPACT_GONE) {
		lx_plan_impact(planning, old, impact->impact);
	} else if (impact->impact == LX_IMPACT_RETYPE && is_of_type && kind->is_type) {
		lx_plan_swap(planning, old, new);
	} else if (impact->impact == LX_IMPACT_RETYPE && is_of_type && kind->retypes) {
		struct lx_node *node = lx_plan_alter(planning, old, new);
		if (!(node->changed & kind->retypes))
			lx_plan_impact(planning, old, LX_IMPACT_RETYPE);
		node->changed |= kind->retypes;
	} else {
		release_or_replace(planning, old, new);
	}
}

/* Shares go with the whole, and cannot go without it. */
static void replace_shares(struct lx_planning *planning, const struct lx_impact *impact)
{
	const struct lx_kind_sql *kind = lx_kind_sql(impact->object->kind);
	const struct lx_node *drop = lx_planning_get(&planning->drops, impact->object);
	if (!kind->parts || !drop || drop->old != impact->object)
		return;
	LX_EACH (const struct lx_object *, part, kind->parts(impact->object)) {
		const struct lx_object *new = lx_planning_new(planning, part);
		if (new)
			lx_plan_replace(planning, part, new);
	}
	const struct lx_object *whole = impact->impact == LX_IMPACT_GONE ? kind->whole(impact->object) : NULL;
	const struct lx_object *new = whole ? lx_planning_new(planning, whole) : NULL;
	if (new)
		lx_plan_replace(planning, whole, new);
}

static void replace_upset(void *context, const struct lx_object *new)
{
	struct lx_planning *planning = context;
	const struct lx_object *old =
	    lx_schema_find(planning->old, new->kind, new->parent, new->schema, new->name, new->signature);
	if (old && !old->is_external)
		lx_plan_replace(planning, old, new);
}

static bool is_referred_to(struct lx_planning *planning, const struct lx_object *table)
{
	LX_EACH (const struct lx_dependent *, dependent, dependents_of(planning, table)) {
		if (dependent->object->kind == LX_KIND_FOREIGN_KEY && dependent->object->parent != table &&
		    (dependent->strength == LX_BY_STRUCTURE || dependent->strength == LX_BY_EXTENT) &&
		    lx_planning_new(planning, dependent->object))
			return true;
	}
	return false;
}

/* A partition that a foreign key to the whole refers to can be dropped once it is detached. */
static void detach_dropped(struct lx_planning *planning, const struct lx_object *old)
{
	const struct lx_object *partition = lx_object_child(old, LX_KIND_PARTITION, "partition");
	if (partition && lx_planning_new(planning, ((const struct lx_partition *)partition)->of) &&
	    is_referred_to(planning, old))
		lx_plan_add(planning, LX_NODE_DROP, partition, NULL);
}

static void expand_change(struct lx_planning *planning, const struct lx_change *change)
{
	const struct lx_object *object = change->new ? change->new : change->old;
	const struct lx_kind_sql *kind = lx_kind_sql(object->kind);
	bool is_swapped = lx_planning_get(planning->swaps, object) != NULL;
	switch (change->kind) {
	case LX_RENAME:
		return;
	case LX_CREATE:
		lx_plan_create(planning, change->new);
		return;
	case LX_DROP:
		lx_plan_drop(planning, change->old, LX_IMPACT_DROPPED);
		detach_dropped(planning, change->old);
		return;
	case LX_OWNER:
		lx_plan_alter(planning, change->old, change->new)->has_owner = true;
		return;
	case LX_COMMENT:
		lx_plan_alter(planning, change->old, change->new)->has_comment = true;
		return;
	case LX_ALTER:
		if (is_swapped && is_type_used(planning, change->old)) {
			lx_plan_swap(planning, change->old, change->new);
			return;
		}
		if (is_swapped) {
			lx_plan_replace(planning, change->old, change->new);
			return;
		}
		lx_plan_alter(planning, change->old, change->new)->changed |= change->changed;
		if (kind->frees && kind->frees(planning->arena, change->old, change->new))
			lx_plan_release(planning, lx_plan_alter(planning, change->old, change->new));
		if (change->changed & kind->retypes)
			lx_plan_impact(planning, change->old,
				       kind->is_light && kind->is_light(change->old, change->new)
					   ? LX_IMPACT_LIGHT_RETYPE
					   : LX_IMPACT_RETYPE);
		return;
	case LX_REPLACE:
		if (kind->is_type && is_type_used(planning, change->old))
			lx_plan_swap(planning, change->old, change->new);
		else
			lx_plan_replace(planning, change->old, change->new);
		return;
	}
}

void lx_planning_expand(struct lx_planning *planning)
{
	LX_EACH (const struct lx_change *, change, &planning->diff->changes)
		expand_change(planning, change);
	for (size_t i = 0; i < planning->nodes.length; i++) {
		const struct lx_node *node = planning->nodes.items[i];
		const struct lx_kind_sql *kind = node->new ? lx_kind_sql(node->new->kind) : NULL;
		if (kind && kind->upsets && !node->is_cancelled)
			kind->upsets(node->new, replace_upset, planning);
	}
	for (size_t i = 0; i < planning->impacts.length; i++) {
		const struct lx_impact *impact = planning->impacts.items[i];
		replace_shares(planning, impact);
		LX_EACH (const struct lx_dependent *, dependent, dependents_of(planning, impact->object))
			react(planning, impact, dependent);
	}
}
