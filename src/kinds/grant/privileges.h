/* Which privileges there are (ACL_ALL_RIGHTS_* in src/include/utils/acl.h) and their normal form.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_KINDS_GRANT_PRIVILEGES_H
#define LX_KINDS_GRANT_PRIVILEGES_H
#include <stdbool.h>

#include "ir/schema.h"

struct lx_grant;

/* All privileges on an object of KIND, sorted, NULL-terminated; of its columns with OF_COLUMNS.  NULL: nothing can be
 * granted on such an object. */
const char *const *lx_privileges_of(enum lx_kind kind, bool of_columns);
/* Adds NAME on COLUMNS (empty: the whole object) to GRANT, in its place; one that is there already is merged. */
void lx_privilege_add(struct lx_arena *arena, struct lx_grant *grant, const char *name, const struct lx_vec *columns,
		      bool has_grant_option);
#endif
