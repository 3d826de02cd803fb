/* SPDX-License-Identifier: Apache-2.0 */
#include "kinds/definition/definition.h"
#include "kinds/kind.h"

const struct lx_kind_info lx_definition_info = {
    .words = {"define"},
    .form = "define name [@after(Model)] [@down($$ … $$)] $$ … $$",
    .title = "definition",
    .size = sizeof(struct lx_statement),
    .attrs = lx_statement_rows,
    .attr_count = LX_STATEMENT_ATTRS,
    .is_database_object = true,
};
