/* SPDX-License-Identifier: Apache-2.0 */
#include "kinds/definition/definition.h"
#include "kinds/kind.h"
#include "plan/depends.h"

/* What its text names. */
static void depends(struct lx_depends *depends, const struct lx_object *object)
{
	lx_depend_on_names(depends, ((const struct lx_statement *)object)->up.text);
}

const struct lx_kind_sql lx_definition_sql = {
    .depends = depends,
    .create = lx_statement_create,
    .drop = lx_statement_drop,
    .alter = lx_statement_alter,
    .reactions = LX_ON_GONE_STRUCTURE | LX_ON_RETYPE_STRUCTURE,
};
