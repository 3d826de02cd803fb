/* Edges between the nodes of a plan.
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/arena.h"
#include "kinds/kind.h"
#include "plan/planning.h"

#include <string.h>

struct connecting {
	struct lx_planning *planning;
	struct lx_node *node;
};

/* What changes together with LEADER: comes before it, changes behind it. */
static void connect_led(struct lx_planning *planning, struct lx_node *node, struct lx_node *leader)
{
	bool are_changes = node->action == LX_NODE_ALTER && leader->action == LX_NODE_ALTER;
	lx_graph_edge(planning->arena, are_changes ? leader : node, are_changes ? node : leader, true, NULL);
}

/* And it goes behind it, or lets go before it changes. */
static void disconnect_led(struct lx_planning *planning, struct lx_node *node, const struct lx_object *leader)
{
	struct lx_node *drop = lx_planning_get(&planning->drops, leader);
	struct lx_node *alter = lx_planning_get(&planning->alters, leader);
	if (node->action == LX_NODE_DROP && drop)
		lx_graph_edge(planning->arena, drop, node, true, NULL);
	else if (node->action == LX_NODE_RELEASE && alter && !alter->is_cancelled)
		lx_graph_edge(planning->arena, node, alter, true, NULL);
}

/* What is new without a statement of its own. */
static bool is_implied(const struct lx_planning *planning, const struct lx_object *new)
{
	return lx_kind_sql(new->kind)->implied && new->parent && !new->is_external &&
	       !lx_schema_find(planning->old, new->kind, new->parent, new->schema, new->name, new->signature);
}

/* What is made or changed comes behind the making of what it uses. */
static void found_new(void *context, const struct lx_object *object, const struct lx_object *target,
		      enum lx_strength strength)
{
	struct connecting *connecting = context;
	struct lx_node *node = connecting->node, *maker = lx_planning_get(&connecting->planning->makes, target);
	if (!maker && is_implied(connecting->planning, target)) { /* with what it comes from */
		struct lx_depends depends = connecting->planning->new_depends;
		lx_depends_run(&depends, target);
		return;
	}
	if (!maker || maker == node || (strength == LX_BY_ORDER && object != node->new))
		return;
	if (strength == LX_BY_LEAD) {
		connect_led(connecting->planning, node, maker);
		return;
	}
	bool are_changes = maker->action == LX_NODE_ALTER && node->action == LX_NODE_ALTER;
	lx_graph_edge(connecting->planning->arena, maker, node, are_changes || !lx_is_firm(strength), NULL);
}

/* What a release lets go of: what the object's expressions use, a sequence or a function, but not its type. */
static bool is_let_go(const struct lx_object *object, const struct lx_object *target)
{
	return !target->parent && target != object->parent && !lx_kind_sql(target->kind)->is_type &&
	       !lx_kind_sql(target->kind)->may_be_type;
}

/* What is dropped or changed lets go of what it used before that goes, or changes. */
static void found_old(void *context, const struct lx_object *object, const struct lx_object *target,
		      enum lx_strength strength)
{
	struct connecting *connecting = context;
	struct lx_planning *planning = connecting->planning;
	struct lx_node *node = connecting->node;
	bool is_soft = !lx_is_firm(strength);
	if (strength == LX_BY_LEAD) {
		disconnect_led(planning, node, target);
		return;
	}
	if (strength == LX_BY_ORDER && object != node->old)
		return; /* a table goes as a whole */
	if (is_soft && strength != LX_BY_ORDER && strength != LX_BY_EXTENT &&
	    !(lx_kind_sql(object->kind)->reactions & LX_ON_GONE_TEXT))
		return; /* bodies of functions hold nothing */
	if (strength == LX_BY_ORDER && node->action != LX_NODE_DROP)
		return; /* what stays needs not come before the drop of what it was only behind */
	if (node->release && (is_soft || is_let_go(object, target)))
		return;
	struct lx_node *drop = lx_planning_get(&planning->drops, target);
	const struct lx_object *breaker = object != node->old && lx_kind_sql(object->kind)->drop ? object : NULL;
	if (drop && drop != node)
		lx_graph_edge(planning->arena, node, drop, is_soft, breaker);
	struct lx_node *alter = lx_planning_get(&planning->alters, target);
	if (alter && alter != node && !alter->is_cancelled &&
	    (node->action == LX_NODE_DROP || node->action == LX_NODE_RELEASE))
		lx_graph_edge(planning->arena, node, alter, is_soft, breaker);
}

static void connect_new(struct lx_planning *planning, struct lx_node *node)
{
	struct connecting connecting = {planning, node};
	planning->new_depends.found = found_new;
	planning->new_depends.context = &connecting;
	lx_depends_run(&planning->new_depends, node->new);
	node->is_unchecked |= planning->new_depends.needs_search_path;
	LX_EACH (const struct lx_object *, child, &node->new->children) {
		if (node->action == LX_NODE_CREATE && lx_kind_is_line(child))
			lx_depends_run(&planning->new_depends, child);
	}
}

static void connect_old(struct lx_planning *planning, struct lx_node *node)
{
	struct connecting connecting = {planning, node};
	planning->old_depends.found = found_old;
	planning->old_depends.context = &connecting;
	lx_depends_run(&planning->old_depends, node->old);
	LX_EACH (const struct lx_object *, child, &node->old->children) {
		if (node->action == LX_NODE_DROP && !child->is_external)
			lx_depends_run(&planning->old_depends, child);
	}
}

/* Names are taken in a schema, and names of constraints and triggers in a table. */
static const char *name_key(struct lx_arena *arena, const struct lx_object *object, bool is_in_table)
{
	const struct lx_object *parent = object->parent;
	const char *schema = parent ? parent->schema : object->schema;
	return lx_arena_printf(arena, "%s\001%s\001%s", schema ? schema : "", is_in_table ? parent->name : "",
			       object->name);
}

/* A relation that belongs to OBJECT without being one of the schema's objects. */
static void note_freed(struct lx_planning *planning, struct lx_map *names, const struct lx_object *object,
		       const char *name, struct lx_node *node)
{
	const char *schema = object->parent ? object->parent->schema : object->schema;
	const char *key =
	    name ? lx_arena_printf(planning->arena, "%s\001%s\001%s", schema ? schema : "", "", name) : NULL;
	if (key)
		lx_map_put(planning->arena, names, key, strlen(key), node);
}

static void note_name(struct lx_planning *planning, struct lx_map *names, const struct lx_object *object,
		      struct lx_node *node)
{
	for (int i = 0; i < (object->parent ? 2 : 1); i++) {
		const char *key = name_key(planning->arena, object, i);
		lx_map_put(planning->arena, names, key, strlen(key), node);
	}
}

static void note_names(struct lx_planning *planning, struct lx_map *names, struct lx_node *drop)
{
	const struct lx_kind_sql *kind = lx_kind_sql(drop->old->kind);
	note_name(planning, names, drop->old, drop);
	if (kind->frees)
		note_freed(planning, names, drop->old, kind->frees(planning->arena, drop->old, NULL), drop);
	LX_EACH (const struct lx_object *, child, &drop->old->children) {
		kind = lx_kind_sql(child->kind);
		note_name(planning, names, child, drop);
		if (kind->frees)
			note_freed(planning, names, child, kind->frees(planning->arena, child, NULL), drop);
	}
}

static void connect_name(struct lx_planning *planning, const struct lx_map *names, const struct lx_object *object,
			 struct lx_node *node)
{
	for (int i = 0; i < (object->parent ? 2 : 1); i++) {
		const char *key = name_key(planning->arena, object, i);
		struct lx_node *drop = lx_map_get(names, key, strlen(key));
		if (drop)
			lx_graph_edge(planning->arena, drop, node, i == 0 && object->parent, NULL);
	}
}

/* What is dropped gives its name to what is created. */
static void connect_names(struct lx_planning *planning)
{
	struct lx_map names = {0};
	LX_EACH (struct lx_node *, drop, &planning->nodes) {
		if (drop->is_cancelled)
			continue;
		if (drop->action == LX_NODE_RELEASE)
			note_freed(planning, &names, drop->old, drop->frees, drop);
		if (drop->action == LX_NODE_DROP)
			note_names(planning, &names, drop);
	}
	if (!names.length)
		return;
	LX_EACH (struct lx_node *, create, &planning->nodes) {
		if (create->is_cancelled || create->action != LX_NODE_CREATE)
			continue;
		connect_name(planning, &names, create->new, create);
		LX_EACH (const struct lx_object *, child, &create->new->children) {
			if (lx_kind_is_line(child))
				connect_name(planning, &names, child, create);
		}
	}
}

/* Types and functions of an extension are not in the model, so nothing says who uses them: it goes last. */
static void connect_extension(struct lx_planning *planning, struct lx_node *drop)
{
	LX_EACH (struct lx_node *, node, &planning->nodes) {
		if (!node->is_cancelled && node->old && node->old->kind != LX_KIND_EXTENSION &&
		    node->old->kind != LX_KIND_SCHEMA)
			lx_graph_edge(planning->arena, node, drop, true, NULL);
	}
}

void lx_planning_connect(struct lx_planning *planning)
{
	LX_EACH (struct lx_node *, node, &planning->nodes) {
		if (node->is_cancelled)
			continue;
		if (node->new)
			connect_new(planning, node);
		if (node->old && node->action != LX_NODE_FINISH)
			connect_old(planning, node);
		if (node->release)
			lx_graph_edge(planning->arena, node->release, node, false, NULL);
		if (node->action == LX_NODE_SWAP)
			lx_graph_edge(planning->arena, node, lx_planning_get(&planning->drops, node->old), false, NULL);
		if (node->action == LX_NODE_DROP && node->old->kind == LX_KIND_EXTENSION)
			connect_extension(planning, node);
	}
	connect_names(planning);
}
