/* Privileges of one role on one object (or on columns of it): the normal form, one object a role and target.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_KINDS_GRANT_H
#define LX_KINDS_GRANT_H
#include "ir/schema.h"

enum { LX_GRANT_PRIVILEGES, LX_GRANT_ATTRS };
struct lx_privilege {
	const char *name;      /* "select" … or "all" expanded */
	struct lx_vec columns; /* const char *, sorted; empty: the whole object */
	bool has_grant_option; /* @with_grant_option */
};
struct lx_grant {
	struct lx_object base;	  /* name: "app on table public.documents" */
	const char *role;	  /* "public" too */
	struct lx_object *target; /* table, view, sequence, function or schema */
	struct lx_vec privileges; /* struct lx_privilege *, sorted by name, columns */
};
#endif
