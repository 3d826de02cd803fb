/* SPDX-License-Identifier: Apache-2.0 */
#include "kinds/kind.h"
#include "kinds/query/query.h"

const struct lx_kind_info lx_query_info = {
    .words = {"query"},
    .form = "query name(parameter type, …) one Model $$ … $$, or: optional, many, exec, rows, each",
    .title = "query",
    .size = sizeof(struct lx_query),
};
