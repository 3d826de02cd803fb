/* The statements of each node.
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/arena.h"
#include "base/utf8.h"
#include "kinds/enum/enum.h"
#include "kinds/kind.h"
#include "kinds/statement/statement.h"
#include "plan/planning.h"

static void write_comments(struct lx_planning *planning, const struct lx_node *node)
{
	struct lx_sql *sql = &planning->sql;
	if (node->new->comment) {
		sql->is_not_transactional = node->is_concurrent;
		lx_sql_comment_on(sql, node->new, node->new->comment);
	}
	LX_EACH (const struct lx_object *, child, &node->new->children) {
		if (child->comment && lx_kind_is_line(child))
			lx_sql_comment_on(sql, child, child->comment);
	}
}

/* PostgreSQL reads the bodies of SQL functions when it creates them; here what they use comes later, or is found only
 * with the caller's search_path. */
static void set_checking(struct lx_sql *sql, const struct lx_node *node, bool is_on)
{
	if (!node->is_unchecked)
		return;
	lx_sql_raw(sql, is_on ? "SET check_function_bodies = on" : "SET check_function_bodies = off");
	if (!is_on)
		lx_sql_hazard(sql, 0, "what the function uses comes later, or depends on search_path");
	lx_sql_end(sql);
}

static void write_create(struct lx_planning *planning, const struct lx_node *node)
{
	struct lx_sql *sql = &planning->sql;
	set_checking(sql, node, false);
	if (node->sketch && node->sketch->rest)
		lx_kind_sql(node->new->kind)
		    ->alter(sql, node->sketch->rest, node->new, lx_attr_compare(node->sketch->rest, node->new));
	else
		lx_kind_sql(node->new->kind)->create(sql, node->new);
	set_checking(sql, node, true);
	if (node->new->owner)
		lx_sql_owner(sql, node->new);
	write_comments(planning, node);
}

static void write_alter(struct lx_planning *planning, const struct lx_node *node)
{
	const struct lx_kind_sql *kind = lx_kind_sql(node->new->kind);
	const struct lx_object *old = node->old;
	uint32_t changed = node->changed;
	if (node->release && node->release->rest) {
		old = node->release->rest;
		changed |= lx_attr_compare(old, node->new);
	}
	set_checking(&planning->sql, node, false);
	if (changed && kind->alter)
		kind->alter(&planning->sql, old, node->new, changed);
	set_checking(&planning->sql, node, true);
	if (node->has_owner)
		lx_sql_owner(&planning->sql, node->new);
	if (node->has_comment)
		lx_sql_comment_on(&planning->sql, node->new, node->new->comment);
}

static void write_sketch(struct lx_planning *planning, struct lx_node *node)
{
	const struct lx_object *object = node->new ? node->new : node->old;
	lx_sql_hazard(&planning->sql, 0, "in a loop with what it uses: empty until that is dealt with");
	node->rest = lx_kind_sql(object->kind)->sketch(&planning->sql, object, !node->new);
}

static bool loses_labels(const struct lx_object *old, const struct lx_object *new)
{
	if (new->kind != LX_KIND_ENUM)
		return false;
	LX_EACH (const struct lx_label_value *, label, &((const struct lx_enum *)old)->labels) {
		bool is_kept = false;
		LX_EACH (const struct lx_label_value *, now, &((const struct lx_enum *)new)->labels)
			is_kept |= strcmp(now->label, label->label) == 0;
		if (!is_kept)
			return true;
	}
	return false;
}

static void write_swap(struct lx_planning *planning, struct lx_node *node)
{
	enum { NAME_MAX_BYTES = 63 };
	static const char suffix[] = "_lexo_old";
	struct lx_sql *sql = &planning->sql;
	size_t size = lx_kind_info(node->old->kind)->size;
	size_t length = lx_utf8_clip(node->old->name, strlen(node->old->name), NAME_MAX_BYTES - sizeof suffix + 1);
	struct lx_object *aside = lx_arena_alloc(planning->arena, size);
	memcpy(aside, node->old, size);
	aside->name = lx_arena_printf(planning->arena, "%.*s%s", (int)length, node->old->name, suffix);
	node->aside = aside;
	lx_sql_hazard(sql, 0, "the type is replaced: its columns are converted below");
	lx_kind_sql(node->old->kind)->rename(sql, node->old, aside);
	if (loses_labels(node->old, node->new))
		lx_sql_hazard(sql, LX_HAZARD_DATA_LOSS, "takes labels away: fails if a row still has one of them");
	lx_kind_sql(node->new->kind)->create(sql, node->new);
	write_comments(planning, node);
}

static void write_finish(struct lx_planning *planning, const struct lx_node *node)
{
	const struct lx_node *swap = lx_planning_get(&planning->alters, node->old);
	lx_kind_sql(node->old->kind)->drop(&planning->sql, swap->aside);
}

/* @allow(…) stands on the object, on its table, or on what becomes of the table. */
static bool is_allowed(const struct lx_planning *planning, const struct lx_node *node)
{
	const struct lx_object *object = node->new ? node->new : node->old;
	uint32_t allow = object->allow | (object->parent ? object->parent->allow : 0);
	if (!node->new && object->parent) {
		const struct lx_object *table = lx_planning_new(planning, object->parent);
		allow |= table ? table->allow : 0;
	}
	switch (node->action) {
	case LX_NODE_DROP:
		return allow & (object->kind == LX_KIND_COLUMN ? LX_ALLOW_DROP_COLUMN : LX_ALLOW_DROP_TABLE);
	case LX_NODE_SWAP:
		return allow & LX_ALLOW_DROP_VALUE;
	case LX_NODE_ALTER:
		return allow & (object->kind == LX_KIND_COLUMN ? LX_ALLOW_NARROW_TYPE : LX_ALLOW_DROP_COLUMN);
	case LX_NODE_CREATE:
	case LX_NODE_RELEASE:
	case LX_NODE_SKETCH:
	case LX_NODE_FINISH:
		return true;
	}
	return false;
}

static void collect_losses(struct lx_planning *planning, const struct lx_node *node, size_t first)
{
	struct lx_plan *plan = planning->plan;
	for (size_t i = first; i < plan->statements.length; i++) {
		struct lx_statement_text *statement = plan->statements.items[i];
		if (!(statement->hazards & LX_HAZARD_DATA_LOSS))
			continue;
		statement->is_allowed = is_allowed(planning, node);
		if (!statement->is_allowed)
			lx_vec_push(planning->arena, &plan->losses, statement);
	}
}

/* Is the table it is about made by this plan? */
static bool is_fresh(const struct lx_planning *planning, const struct lx_object *new)
{
	const struct lx_node *maker = new &&new->parent ? lx_planning_get(&planning->makes, new->parent) : NULL;
	return (new && !new->parent) || (maker && maker->action == LX_NODE_CREATE);
}

static void note_irreversible(struct lx_planning *planning, const struct lx_node *node)
{
	bool is_text = node->old->kind == LX_KIND_STATEMENT || node->old->kind == LX_KIND_DEFINITION;
	if (!is_text || ((const struct lx_statement *)node->old)->down.text)
		return;
	planning->plan->is_irreversible = true;
	planning->plan->irreversible_reason = lx_arena_printf(planning->arena, "sql %s has no @down", node->old->name);
}

void lx_planning_write(struct lx_planning *planning, struct lx_node *node)
{
	struct lx_sql *sql = &planning->sql;
	size_t first = planning->plan->statements.length;
	sql->object = node->new ? node->new : node->old;
	sql->is_fresh = is_fresh(planning, node->new);
	sql->is_concurrent = node->is_concurrent;
	switch (node->action) {
	case LX_NODE_DROP:
		note_irreversible(planning, node);
		lx_kind_sql(node->old->kind)->drop(sql, node->old);
		break;
	case LX_NODE_RELEASE:
		node->rest = lx_kind_sql(node->old->kind)->release(sql, node->old);
		if (node->frees && node->rest)
			node->rest = lx_kind_sql(node->old->kind)->free_name(sql, node->rest);
		break;
	case LX_NODE_SKETCH:
		write_sketch(planning, node);
		break;
	case LX_NODE_CREATE:
		write_create(planning, node);
		break;
	case LX_NODE_ALTER:
		write_alter(planning, node);
		break;
	case LX_NODE_SWAP:
		write_swap(planning, node);
		break;
	case LX_NODE_FINISH:
		write_finish(planning, node);
		break;
	}
	collect_losses(planning, node, first);
}
