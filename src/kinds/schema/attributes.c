/* SPDX-License-Identifier: Apache-2.0 */
#include "kinds/kind.h"
#include "kinds/schema/schema.h"

const struct lx_kind_info lx_schema_info = {
    .words = {"schema"},
    .form = "schema name",
    .title = "schema",
    .size = sizeof(struct lx_namespace),
    .is_database_object = true,
};
