/* SPDX-License-Identifier: Apache-2.0 */
#include "kinds/definition/definition.h"
#include "kinds/definition/names.h"
#include "kinds/kind.h"
#include "plan/depends.h"

/* What its text names. */
static void depends(struct lx_depends *depends, const struct lx_object *object)
{
	const char *text = ((const struct lx_statement *)object)->up.text;
	lx_depend_on_names(depends, lx_definition_uses(lx_depends_arena(depends), text));
}

static struct lx_vec other_names(struct lx_arena *arena, const struct lx_object *object)
{
	return lx_definition_names(arena, ((const struct lx_statement *)object)->up.text);
}

const struct lx_kind_sql lx_definition_sql = {
    .depends = depends,
    .create = lx_statement_create,
    .drop = lx_statement_drop,
    .alter = lx_statement_alter,
    .other_names = other_names,
    .may_be_type = true,
    .reactions = LX_ON_GONE_STRUCTURE | LX_ON_RETYPE_STRUCTURE,
};
