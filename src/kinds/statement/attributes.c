/* SPDX-License-Identifier: Apache-2.0 */
#include "kinds/kind.h"
#include "kinds/statement/statement.h"

#define AT(field) offsetof(struct lx_statement, field)

/* What undoes it is kept in the snapshot, but changing only that runs nothing. */
const struct lx_attr lx_statement_rows[LX_STATEMENT_ATTRS] = {
    [LX_STATEMENT_UP] = {NULL, LX_SHAPE_SQL, LX_EFFECT_REPLACE, AT(up), NULL, NULL, "The statements."},
    [LX_STATEMENT_DOWN] = {"down", LX_SHAPE_OWN, LX_EFFECT_NONE, AT(down), NULL, NULL, "The statements that undo it."},
};

const struct lx_kind_info lx_statement_info = {
    .words = {"sql"},
    .form = "sql name [@after(Model)] [@down($$ … $$)] $$ … $$",
    .title = "statement",
    .size = sizeof(struct lx_statement),
    .attrs = lx_statement_rows,
    .attr_count = LX_STATEMENT_ATTRS,
    .is_database_object = true,
};
