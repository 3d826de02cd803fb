/* SPDX-License-Identifier: Apache-2.0 */
#include "kinds/rule/rule.h"

#include "kinds/kind.h"
#include "kinds/names.h"

#define AT(field) offsetof(struct lx_rule, field)

static bool same_event(const struct lx_object *a, const struct lx_object *b)
{
	return lx_text_equal(((const struct lx_rule *)a)->event, ((const struct lx_rule *)b)->event);
}

static bool same_instead(const struct lx_object *a, const struct lx_object *b)
{
	return ((const struct lx_rule *)a)->is_instead == ((const struct lx_rule *)b)->is_instead;
}

static const struct lx_attr rows[LX_RULE_ATTRS] = {
    [LX_RULE_EVENT] = {NULL, LX_SHAPE_OWN, LX_EFFECT_ALTER, AT(event), NULL, same_event,
		       "select, insert, update or delete."},
    [LX_RULE_INSTEAD] = {NULL, LX_SHAPE_OWN, LX_EFFECT_ALTER, AT(is_instead), NULL, same_instead,
			 "Runs instead of the command, not besides it."},
    [LX_RULE_WHEN] = {NULL, LX_SHAPE_SQL, LX_EFFECT_ALTER, AT(when), NULL, NULL, "Runs only where this is true."},
    [LX_RULE_ACTIONS] = {NULL, LX_SHAPE_SQL, LX_EFFECT_ALTER, AT(actions), NULL, NULL, "The statements that run."},
    [LX_RULE_ENABLED] = {"enabled", LX_SHAPE_CHOICE, LX_EFFECT_ALTER, AT(enabled), lx_enabled_choices, NULL,
			 "Whether it runs: never, only on a replica, or there too."},
};

const struct lx_kind_info lx_rule_info = {
    .words = {"rule"},
    .title = "rule",
    .size = sizeof(struct lx_rule),
    .attrs = rows,
    .attr_count = LX_RULE_ATTRS,
    .is_child = true,
    .is_database_object = true,
};
