/* SPDX-License-Identifier: Apache-2.0 */
#include "kinds/kind.h"
#include "kinds/role/role.h"

const struct lx_kind_info lx_role_info = {
    .words = {"role"},
    .form = "role name @external",
    .title = "role",
    .size = sizeof(struct lx_role),
    .is_database_object = true,
};
