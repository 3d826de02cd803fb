/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "diff/follow.h"
#include "kinds/foreign_key/foreign_key.h"
#include "kinds/index/index.h"
#include "kinds/key/key.h"
#include "kinds/kind.h"
#include "plan/depends.h"
#include "plan/plan.h"
#include "sql/parts.h"

static bool has_name(const struct lx_vec *names, const char *name)
{
	LX_EACH (const char *, candidate, names) {
		if (strcmp(candidate, name) == 0)
			return true;
	}
	return false;
}

static bool are_same_names(const struct lx_vec *a, const struct lx_vec *b)
{
	LX_EACH (const char *, name, a) {
		if (!has_name(b, name))
			return false;
	}
	return a->length == b->length;
}

static bool are_elements(const struct lx_vec *elements, const struct lx_vec *columns)
{
	LX_EACH (const struct lx_index_element *, element, elements) {
		if (!element->column || !has_name(columns, element->column))
			return false;
	}
	return elements->length == columns->length;
}

/* The key or unique index of the target that PostgreSQL ties the constraint to: the same columns, in any order. */
static bool is_target_key(const struct lx_object *child, const struct lx_vec *columns)
{
	if (child->kind == LX_KIND_KEY)
		return are_same_names(&((const struct lx_key *)child)->columns, columns);
	const struct lx_index *index = (const struct lx_index *)child;
	return child->kind == LX_KIND_INDEX && index->is_unique && !index->where.text &&
	       are_elements(&index->elements, columns);
}

/* A server says itself which key it is. */
static void depend_on_keys(struct lx_depends *depends, const struct lx_foreign_key *foreign)
{
	LX_EACH (const struct lx_object *, need, &foreign->base.needs) {
		if (need->kind == LX_KIND_KEY || need->kind == LX_KIND_INDEX)
			return;
	}
	LX_EACH (const struct lx_object *, child, &foreign->target->children) {
		if (is_target_key(child, &foreign->target_columns))
			lx_depend_on(depends, child);
	}
}

static void depends(struct lx_depends *depends, const struct lx_object *object)
{
	const struct lx_foreign_key *foreign = (const struct lx_foreign_key *)object;
	lx_depend_on(depends, object->parent);
	lx_depend_on_columns(depends, object->parent, &foreign->columns);
	if (!foreign->target)
		return;
	lx_depend_on(depends, foreign->target);
	lx_depend_on_extent(depends, foreign->target);
	lx_depend_on_columns(depends, foreign->target, &foreign->target_columns);
	depend_on_keys(depends, foreign);
}

static void follow(struct lx_follow *follow, struct lx_object *copy, const struct lx_object *new)
{
	struct lx_foreign_key *foreign = (struct lx_foreign_key *)copy;
	(void)new;
	lx_follow_columns(follow, copy->parent, &foreign->columns);
	lx_follow_columns(follow, foreign->target, &foreign->target_columns);
	lx_follow_columns(follow, copy->parent, &foreign->on_delete_columns);
	foreign->target = lx_follow_object(follow, foreign->target);
}

static void write_action(struct lx_sql *sql, const char *event, int action)
{
	static const char *const actions[] = {"NO ACTION", "RESTRICT", "CASCADE", "SET NULL", "SET DEFAULT"};
	if (action == LX_NO_ACTION)
		return;
	lx_sql_raw(sql, event);
	lx_sql_raw(sql, actions[action]);
}

static void write_columns(struct lx_sql *sql, const struct lx_vec *columns, bool is_period)
{
	lx_sql_raw(sql, " (");
	LX_EACH (const char *, name, columns) {
		bool is_last = name_i + 1 == columns->length;
		lx_sql_raw(sql, name_i ? ", " : "");
		lx_sql_raw(sql, is_period && is_last ? "PERIOD " : "");
		lx_sql_name(sql, name);
	}
	lx_sql_raw(sql, ")");
}

static void write_rules(struct lx_sql *sql, const struct lx_foreign_key *foreign)
{
	if (foreign->is_match_full)
		lx_sql_raw(sql, " MATCH FULL");
	write_action(sql, " ON UPDATE ", foreign->on_update);
	write_action(sql, " ON DELETE ", foreign->on_delete);
	if (foreign->on_delete_columns.length)
		write_columns(sql, &foreign->on_delete_columns, false);
	lx_sql_deferrable(sql, foreign->deferrable);
	if (foreign->is_not_enforced)
		lx_sql_raw(sql, " NOT ENFORCED");
	else if (foreign->is_not_valid)
		lx_sql_raw(sql, " NOT VALID");
}

static void create(struct lx_sql *sql, const struct lx_object *object)
{
	const struct lx_foreign_key *foreign = (const struct lx_foreign_key *)object;
	lx_sql_alter_table(sql, object);
	lx_sql_raw(sql, "ADD CONSTRAINT ");
	lx_sql_name(sql, object->name);
	lx_sql_raw(sql, " FOREIGN KEY");
	write_columns(sql, &foreign->columns, foreign->is_period);
	lx_sql_raw(sql, " REFERENCES ");
	lx_sql_object(sql, foreign->target);
	write_columns(sql, &foreign->target_columns, foreign->is_period);
	write_rules(sql, foreign);
	if (!sql->is_fresh && !foreign->is_not_valid && !foreign->is_not_enforced)
		lx_sql_hazard(sql, LX_HAZARD_SCAN | LX_HAZARD_STRONG_LOCK,
			      "reads the whole table and blocks writers of both; fails if a row has no counterpart");
	lx_sql_end(sql);
}

static void alter_constraint(struct lx_sql *sql, const struct lx_object *object)
{
	lx_sql_alter_table(sql, object);
	lx_sql_raw(sql, "ALTER CONSTRAINT ");
	lx_sql_name(sql, object->name);
}

static bool alter(struct lx_sql *sql, const struct lx_object *old, const struct lx_object *new, uint32_t changed)
{
	const struct lx_foreign_key *from = (const struct lx_foreign_key *)old,
				    *to = (const struct lx_foreign_key *)new;
	static const uint32_t in_place =
	    1u << LX_FOREIGN_KEY_DEFERRABLE | 1u << LX_FOREIGN_KEY_NOT_VALID | 1u << LX_FOREIGN_KEY_NOT_ENFORCED;
	if (changed & ~in_place || (to->is_not_valid && !from->is_not_valid))
		return false;
	if (changed & 1u << LX_FOREIGN_KEY_DEFERRABLE) {
		alter_constraint(sql, new);
		lx_sql_raw(sql, to->deferrable ? "" : " NOT DEFERRABLE");
		lx_sql_deferrable(sql, to->deferrable);
		lx_sql_end(sql);
	}
	if (changed & 1u << LX_FOREIGN_KEY_NOT_ENFORCED) {
		alter_constraint(sql, new);
		lx_sql_raw(sql, to->is_not_enforced ? " NOT ENFORCED" : " ENFORCED");
		lx_sql_end(sql);
	}
	if (from->is_not_valid && !to->is_not_valid && !to->is_not_enforced)
		lx_sql_validate_constraint(sql, new);
	return true;
}

const struct lx_kind_sql lx_foreign_key_sql = {
    .identity = lx_sql_constraint_identity,
    .depends = depends,
    .follow = follow,
    .create = create,
    .drop = lx_sql_drop_constraint,
    .alter = alter,
    .rename = lx_sql_rename_constraint,
    .reactions = LX_ON_RETYPE_STRUCTURE | LX_ON_GONE_STRUCTURE,
};
