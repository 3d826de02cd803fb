/* SPDX-License-Identifier: Apache-2.0 */
#include "plan/plan.h"

#include "base/arena.h"
#include "kinds/kind.h"
#include "plan/planning.h"

/* A node leaves the transaction if its kind wants that, its table is there already, and nothing inside the transaction
 * comes behind it. */
static void choose_concurrent(struct lx_planning *planning, const struct lx_vec *sorted)
{
	for (size_t i = sorted->length; i-- > 0;) {
		struct lx_node *node = sorted->items[i];
		const struct lx_object *object = node->new ? node->new : node->old;
		const struct lx_kind_sql *kind = lx_kind_sql(object->kind);
		bool is_build = node->action == LX_NODE_CREATE || node->action == LX_NODE_DROP;
		if (!is_build || !kind->is_concurrent || !kind->is_concurrent(object))
			continue;
		const struct lx_node *table = node->new ? lx_planning_get(&planning->makes, object->parent) : NULL;
		node->is_concurrent = !table || table->action != LX_NODE_CREATE;
		LX_EACH (const struct lx_edge *, edge, &node->out)
			node->is_concurrent &= edge->to->is_concurrent;
	}
}

/* Statements outside of the transaction stand behind all others. */
static void move_steps(struct lx_arena *arena, struct lx_plan *plan)
{
	struct lx_vec ordered = {0};
	for (int pass = 1; pass >= 0; pass--) {
		LX_EACH (const struct lx_statement_text *, statement, &plan->statements) {
			if (statement->is_transactional == pass)
				lx_vec_push(arena, &ordered, plan->statements.items[statement_i]);
		}
	}
	plan->statements = ordered;
}

static void make_plan(struct lx_planning *planning)
{
	struct lx_arena *arena = planning->arena;
	planning->plan = LX_NEW(arena, struct lx_plan);
	planning->sql = (struct lx_sql){.arena = arena, .statements = &planning->plan->statements};
	planning->sql.is_reverse = planning->diff->is_reverse;
	planning->old_depends = (struct lx_depends){.arena = arena, .schema = planning->old};
	planning->new_depends = (struct lx_depends){.arena = arena, .schema = planning->new};
	lx_planning_write_renames(planning);
	lx_planning_expand(planning);
	lx_planning_add_given(planning);
	lx_planning_connect(planning);
	struct lx_vec sorted = lx_graph_sort(arena, &planning->nodes);
	choose_concurrent(planning, &sorted);
	LX_EACH (struct lx_node *, node, &sorted)
		lx_planning_write(planning, node);
	lx_buffer_free(&planning->sql.text);
}

/* Planned again, with the type replaced instead of altered, as long as a label is used that it would only just have
 * got. */
struct lx_plan *lx_plan(struct lx_arena *arena, const struct lx_schema *old, const struct lx_schema *new,
			const struct lx_diff *diff)
{
	struct lx_map swaps = {0};
	(void)old; /* the diff has it, with what is renamed renamed */
	for (;;) {
		struct lx_planning planning = {
		    .arena = arena, .diff = diff, .old = diff->renamed, .new = new, .swaps = &swaps};
		make_plan(&planning);
		const struct lx_object *type = lx_planning_unsafe_type(&planning);
		if (!type) {
			move_steps(arena, planning.plan);
			return planning.plan;
		}
		lx_planning_put(&planning, &swaps, type, &swaps);
	}
}
