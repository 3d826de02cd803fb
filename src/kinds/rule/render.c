/* SPDX-License-Identifier: Apache-2.0 */
#include "diff/follow.h"
#include "kinds/kind.h"
#include "kinds/rule/rule.h"
#include "plan/depends.h"
#include "plan/plan.h"
#include "sql/parts.h"

static void write_identity(struct lx_sql *sql, const struct lx_object *object)
{
	lx_sql_identity_on(sql, "RULE", object);
}

static void depends(struct lx_depends *depends, const struct lx_object *object)
{
	const struct lx_rule *rule = (const struct lx_rule *)object;
	lx_depend_on(depends, object->parent);
	lx_depend_on_names(depends, rule->when.text);
	lx_depend_on_names(depends, rule->actions.text);
}

static void follow(struct lx_follow *follow, struct lx_object *copy, const struct lx_object *new)
{
	struct lx_rule *rule = (struct lx_rule *)copy;
	const struct lx_rule *to = (const struct lx_rule *)new;
	lx_follow_expr(follow, copy, &rule->when, to ? &to->when : NULL);
	lx_follow_expr(follow, copy, &rule->actions, to ? &to->actions : NULL);
}

static void write_rule(struct lx_sql *sql, const struct lx_object *object, const char *verb)
{
	const struct lx_rule *rule = (const struct lx_rule *)object;
	lx_sql_raw(sql, verb);
	lx_sql_name(sql, object->name);
	lx_sql_raw(sql, " AS ON ");
	lx_sql_verb(sql, rule->event);
	lx_sql_raw(sql, " TO ");
	lx_sql_object(sql, object);
	if (rule->when.text) {
		lx_sql_raw(sql, "\n    WHERE (");
		lx_sql_expr(sql, rule->when.text);
		lx_sql_raw(sql, ")");
	}
	lx_sql_raw(sql, rule->is_instead ? "\n    DO INSTEAD " : "\n    DO ALSO ");
	if (rule->actions.text) {
		lx_sql_raw(sql, "(\n");
		lx_sql_statements(sql, rule->actions.text);
		lx_sql_raw(sql, "\n)");
	} else {
		lx_sql_raw(sql, "NOTHING");
	}
	lx_sql_end(sql);
}

static void create(struct lx_sql *sql, const struct lx_object *object)
{
	const struct lx_rule *rule = (const struct lx_rule *)object;
	write_rule(sql, object, "CREATE RULE ");
	if (rule->enabled)
		lx_sql_enable(sql, object, " RULE ", rule->enabled);
}

/* CREATE OR REPLACE keeps whether it is enabled. */
static bool alter(struct lx_sql *sql, const struct lx_object *old, const struct lx_object *new, uint32_t changed)
{
	(void)old;
	if (changed & ~(1u << LX_RULE_ENABLED))
		write_rule(sql, new, "CREATE OR REPLACE RULE ");
	if (changed & 1u << LX_RULE_ENABLED)
		lx_sql_enable(sql, new, " RULE ", ((const struct lx_rule *)new)->enabled);
	return true;
}

const struct lx_kind_sql lx_rule_sql = {
    .identity = write_identity,
    .depends = depends,
    .follow = follow,
    .create = create,
    .drop = lx_sql_drop,
    .alter = alter,
    .rename = lx_sql_rename,
    .reactions =
	LX_ON_RETYPE_STRUCTURE | LX_ON_RETYPE_TEXT | LX_ON_LIGHT_RETYPE | LX_ON_GONE_STRUCTURE | LX_ON_GONE_TEXT,
};
