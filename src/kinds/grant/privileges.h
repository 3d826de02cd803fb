/* Which privileges there are (ACL_ALL_RIGHTS_* in src/include/utils/acl.h) and their normal form.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_KINDS_GRANT_PRIVILEGES_H
#define LX_KINDS_GRANT_PRIVILEGES_H
#include <stdbool.h>

#include "ir/schema.h"

struct lx_grant;
struct lx_privilege;

/* All privileges on an object of KIND, sorted, NULL-terminated; of its columns with OF_COLUMNS.  NULL: nothing can be
 * granted on such an object. */
const char *const *lx_privileges_of(enum lx_kind kind, bool of_columns);
/* The same for what GRANT calls "LANGUAGE plperl", or "TABLES" in default privileges (lx_grant.target_sql). */
const char *const *lx_privileges_on(const char *target_sql, bool of_columns);
/* Whether ALL means NAME too on PostgreSQL VERSION. */
bool lx_privilege_is_of_version(const char *name, int version);
/* Adds PRIVILEGE (its columns empty: on the whole object) to GRANT, in its place; with what is there already it is
 * merged: one entry a name and option.  PRIVILEGE is copied. */
void lx_privilege_add(struct lx_arena *arena, struct lx_grant *grant, const struct lx_privilege *privilege);
/* "app on table public.documents": the grant's name, unique in a schema. */
const char *lx_grant_name(struct lx_arena *arena, const struct lx_grant *grant);
#endif
