/* SPDX-License-Identifier: Apache-2.0 */
#include "diff/follow.h"
#include "kinds/kind.h"
#include "kinds/policy/policy.h"
#include "plan/depends.h"
#include "plan/plan.h"
#include "sql/parts.h"

static void write_identity(struct lx_sql *sql, const struct lx_object *object)
{
	lx_sql_identity_on(sql, "POLICY", object);
}

static void depends(struct lx_depends *depends, const struct lx_object *object)
{
	const struct lx_policy *policy = (const struct lx_policy *)object;
	lx_depend_on(depends, object->parent);
	lx_depend_on_names(depends, policy->using_expr.text);
	lx_depend_on_names(depends, policy->check.text);
}

static void follow(struct lx_follow *follow, struct lx_object *copy, const struct lx_object *new)
{
	struct lx_policy *policy = (struct lx_policy *)copy;
	const struct lx_policy *to = (const struct lx_policy *)new;
	lx_follow_expr(follow, copy, &policy->using_expr, to ? &to->using_expr : NULL);
	lx_follow_expr(follow, copy, &policy->check, to ? &to->check : NULL);
}

static void write_roles(struct lx_sql *sql, const struct lx_policy *policy)
{
	lx_sql_raw(sql, " TO ");
	LX_EACH (const char *, role, &policy->roles) {
		if (role_i)
			lx_sql_raw(sql, ", ");
		lx_sql_role(sql, role);
	}
	if (!policy->roles.length)
		lx_sql_raw(sql, "PUBLIC");
}

static void write_exprs(struct lx_sql *sql, const struct lx_policy *policy, bool wants_using, bool wants_check)
{
	if (wants_using && policy->using_expr.text) {
		lx_sql_raw(sql, "\n    USING (");
		lx_sql_expr(sql, policy->using_expr.text);
		lx_sql_raw(sql, ")");
	}
	if (wants_check && policy->check.text) {
		lx_sql_raw(sql, "\n    WITH CHECK (");
		lx_sql_expr(sql, policy->check.text);
		lx_sql_raw(sql, ")");
	}
}

static void create(struct lx_sql *sql, const struct lx_object *object)
{
	const struct lx_policy *policy = (const struct lx_policy *)object;
	lx_sql_raw(sql, "CREATE POLICY ");
	lx_sql_name(sql, object->name);
	lx_sql_raw(sql, " ON ");
	lx_sql_object(sql, object);
	if (policy->is_restrictive)
		lx_sql_raw(sql, " AS RESTRICTIVE");
	lx_sql_raw(sql, " FOR ");
	lx_sql_verb(sql, policy->command);
	write_roles(sql, policy);
	write_exprs(sql, policy, true, true);
	lx_sql_end(sql);
}

/* ALTER POLICY can neither take an expression away nor change the command. */
static bool alter(struct lx_sql *sql, const struct lx_object *old, const struct lx_object *new, uint32_t changed)
{
	const struct lx_policy *from = (const struct lx_policy *)old, *to = (const struct lx_policy *)new;
	if (changed & (1u << LX_POLICY_COMMAND | 1u << LX_POLICY_RESTRICTIVE) ||
	    (from->using_expr.text && !to->using_expr.text) || (from->check.text && !to->check.text))
		return false;
	lx_sql_raw(sql, "ALTER POLICY ");
	lx_sql_name(sql, new->name);
	lx_sql_raw(sql, " ON ");
	lx_sql_object(sql, new);
	if (changed & 1u << LX_POLICY_ROLES)
		write_roles(sql, to);
	write_exprs(sql, to, changed & 1u << LX_POLICY_USING, changed & 1u << LX_POLICY_CHECK);
	lx_sql_end(sql);
	return true;
}

const struct lx_kind_sql lx_policy_sql = {
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
