/* The nodes of a plan, and what their objects being changed means to others; for plan/ only.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_PLAN_NODES_H
#define LX_PLAN_NODES_H
#include "plan/planning.h"

enum lx_impact_kind {
	LX_IMPACT_LIGHT_RETYPE, /* only the modifiers of its type change */
	LX_IMPACT_RETYPE,
	LX_IMPACT_DROPPED,
	LX_IMPACT_GONE /* dropped and created again */
};
struct lx_impact {
	const struct lx_object *object;
	enum lx_impact_kind impact;
};

struct lx_node *lx_plan_add(struct lx_planning *planning, enum lx_action action, const struct lx_object *old,
			    const struct lx_object *new);
/* OBJECT has to be looked at: it is changed so. */
void lx_plan_impact(struct lx_planning *planning, const struct lx_object *object, enum lx_impact_kind impact);
/* With its children: those that the CREATE contains share its node, the others get their own. */
void lx_plan_create(struct lx_planning *planning, const struct lx_object *new);
/* A DROP takes all children along. */
void lx_plan_drop(struct lx_planning *planning, const struct lx_object *old, enum lx_impact_kind impact);
/* Dropped and created again, instead of altered; nothing when it is dropped already. */
void lx_plan_replace(struct lx_planning *planning, const struct lx_object *old, const struct lx_object *new);
/* The node that alters OLD, made if there is none. */
struct lx_node *lx_plan_alter(struct lx_planning *planning, const struct lx_object *old, const struct lx_object *new);
/* A type is put aside, replaced, and dropped at the end; nothing when it is dropped already. */
void lx_plan_swap(struct lx_planning *planning, const struct lx_object *old, const struct lx_object *new);
/* What ALTER changes lets go before of what it uses. */
void lx_plan_release(struct lx_planning *planning, struct lx_node *alter);
#endif
