/* Roles belong to the cluster, not to the database: models refer to them, revisions never touch them.
 * SPDX-License-Identifier: Apache-2.0 */
#include "kinds/kind.h"

const struct lx_kind_sql lx_role_sql = {.identity = NULL};
