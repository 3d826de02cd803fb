/* The state of making one plan; for plan/ only.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_PLAN_PLANNING_H
#define LX_PLAN_PLANNING_H
#include "diff/diff.h"
#include "plan/graph.h"
#include "plan/plan.h"
#include "plan/scope.h"
#include "sql/emit.h"

struct lx_planning {
	struct lx_arena *arena;
	const struct lx_diff *diff;
	const struct lx_schema *old; /* with everything renamed */
	const struct lx_schema *new;
	struct lx_plan *plan;
	struct lx_sql sql;
	struct lx_depends old_depends, new_depends;
	struct lx_vec nodes;  /* struct lx_node * */
	struct lx_map drops;  /* address of an old object -> the node behind which it is gone */
	struct lx_map alters; /* address of an old object -> the node that changes it */
	struct lx_map makes;  /* address of a new object -> the node behind which it is there */
	struct lx_map
	    dependents; /* address of an old object -> struct lx_vec of struct lx_dependent *; built on first use */
	struct lx_vec impacts;      /* struct lx_impact *: what is still to be looked at */
	const struct lx_map *swaps; /* address of a new type -> itself: types that must not be altered in place */
};
struct lx_dependent {
	const struct lx_object *object;
	enum lx_strength strength;
};

void *lx_planning_get(const struct lx_map *map, const struct lx_object *object);
void lx_planning_put(struct lx_planning *planning, struct lx_map *map, const struct lx_object *object, void *value);
/* What becomes of an object of planning->old, or NULL. */
const struct lx_object *lx_planning_new(const struct lx_planning *planning, const struct lx_object *old);

/* Nodes for all changes but renames, and for what has to be dropped and created around them. */
void lx_planning_expand(struct lx_planning *planning);
/* Nodes for what new objects get by themselves and should not have, or not in that way. */
void lx_planning_add_given(struct lx_planning *planning);
void lx_planning_connect(struct lx_planning *planning); /* the edges */
/* The statements that rename, before all others. */
void lx_planning_write_renames(struct lx_planning *planning);
void lx_planning_write(struct lx_planning *planning, struct lx_node *node);
/* A type whose new label another statement uses, which PostgreSQL allows in a later transaction only (55P04); or NULL.
 */
const struct lx_object *lx_planning_unsafe_type(const struct lx_planning *planning);
#endif
