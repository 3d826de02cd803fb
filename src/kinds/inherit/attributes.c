/* SPDX-License-Identifier: Apache-2.0 */
#include "kinds/inherit/inherit.h"
#include "kinds/kind.h"

const struct lx_kind_info lx_inherit_info = {
    .title = "inheritance",
    .size = sizeof(struct lx_inherit),
    .is_child = true,
    .is_database_object = true,
};
