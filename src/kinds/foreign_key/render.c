/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "diff/follow.h"
#include "kinds/foreign_key/foreign_key.h"
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

/* The key of the target that PostgreSQL ties the constraint to: the same columns, in any order. */
static bool is_target_key(const struct lx_object *child, const struct lx_vec *columns)
{
	const struct lx_key *key = (const struct lx_key *)child;
	if (child->kind != LX_KIND_KEY || key->columns.length != columns->length)
		return false;
	LX_EACH (const char *, name, columns) {
		if (!has_name(&key->columns, name))
			return false;
	}
	return true;
}

static void depends(struct lx_depends *depends, const struct lx_object *object)
{
	const struct lx_foreign_key *foreign = (const struct lx_foreign_key *)object;
	lx_depend_on(depends, object->parent);
	lx_depend_on_columns(depends, object->parent, &foreign->columns);
	if (!foreign->target)
		return;
	lx_depend_on(depends, foreign->target);
	lx_depend_on_columns(depends, foreign->target, &foreign->target_columns);
	LX_EACH (const struct lx_object *, child, &foreign->target->children) {
		if (is_target_key(child, &foreign->target_columns))
			lx_depend_on(depends, child);
	}
}

static void follow(struct lx_follow *follow, struct lx_object *copy, const struct lx_object *new)
{
	struct lx_foreign_key *foreign = (struct lx_foreign_key *)copy;
	(void)new;
	lx_follow_columns(follow, copy->parent, &foreign->columns);
	lx_follow_columns(follow, foreign->target, &foreign->target_columns);
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

static void create(struct lx_sql *sql, const struct lx_object *object)
{
	const struct lx_foreign_key *foreign = (const struct lx_foreign_key *)object;
	lx_sql_alter_table(sql, object);
	lx_sql_raw(sql, "ADD CONSTRAINT ");
	lx_sql_name(sql, object->name);
	lx_sql_raw(sql, " FOREIGN KEY (");
	lx_sql_names(sql, &foreign->columns);
	lx_sql_raw(sql, ") REFERENCES ");
	lx_sql_object(sql, foreign->target);
	lx_sql_raw(sql, " (");
	lx_sql_names(sql, &foreign->target_columns);
	lx_sql_raw(sql, ")");
	if (foreign->is_match_full)
		lx_sql_raw(sql, " MATCH FULL");
	write_action(sql, " ON UPDATE ", foreign->on_update);
	write_action(sql, " ON DELETE ", foreign->on_delete);
	lx_sql_deferrable(sql, foreign->deferrable);
	if (!sql->is_fresh)
		lx_sql_hazard(sql, LX_HAZARD_SCAN | LX_HAZARD_STRONG_LOCK,
			      "reads the whole table and blocks writers of both; fails if a row has no counterpart");
	lx_sql_end(sql);
}

const struct lx_kind_sql lx_foreign_key_sql = {
    .identity = lx_sql_constraint_identity,
    .depends = depends,
    .follow = follow,
    .create = create,
    .drop = lx_sql_drop_constraint,
    .rename = lx_sql_rename_constraint,
    .reactions = LX_ON_RETYPE_STRUCTURE | LX_ON_GONE_STRUCTURE,
};
