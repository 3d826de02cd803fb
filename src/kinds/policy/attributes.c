/* SPDX-License-Identifier: Apache-2.0 */
#include "kinds/policy/policy.h"

#include "kinds/kind.h"
#include "kinds/names.h"

#define AT(field) offsetof(struct lx_policy, field)

static bool same_command(const struct lx_object *a, const struct lx_object *b)
{
	return lx_text_equal(((const struct lx_policy *)a)->command, ((const struct lx_policy *)b)->command);
}

static bool same_roles(const struct lx_object *a, const struct lx_object *b)
{
	return lx_names_equal(&((const struct lx_policy *)a)->roles, &((const struct lx_policy *)b)->roles);
}

static const struct lx_attr rows[LX_POLICY_ATTRS] = {
    [LX_POLICY_COMMAND] = {NULL, LX_SHAPE_OWN, LX_EFFECT_REPLACE, AT(command), NULL, same_command,
			   "all, select, insert, update or delete."},
    [LX_POLICY_ROLES] = {NULL, LX_SHAPE_OWN, LX_EFFECT_ALTER, AT(roles), NULL, same_roles, "The roles it applies to."},
    [LX_POLICY_USING] = {NULL, LX_SHAPE_SQL, LX_EFFECT_ALTER, AT(using_expr), NULL, NULL,
			 "Which rows can be seen and changed."},
    [LX_POLICY_CHECK] = {NULL, LX_SHAPE_SQL, LX_EFFECT_ALTER, AT(check), NULL, NULL, "What new rows must meet."},
    [LX_POLICY_RESTRICTIVE] = {"restrictive", LX_SHAPE_FLAG, LX_EFFECT_REPLACE, AT(is_restrictive), NULL, NULL,
			       "Must be met too, besides one of the permissive policies."},
};

const struct lx_kind_info lx_policy_info = {
    .words = {"policy"},
    .form = "policy name [for command] [to role, …] [using `condition`] [with check `condition`]",
    .title = "policy",
    .size = sizeof(struct lx_policy),
    .attrs = rows,
    .attr_count = LX_POLICY_ATTRS,
    .is_child = true,
    .is_database_object = true,
};
