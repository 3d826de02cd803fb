/* Privileges of one role on one object (or on columns of it): the normal form, one object a role and target.  What is
 * not said is as PostgreSQL makes it: the owner may do everything, PUBLIC may execute functions and use types.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_KINDS_GRANT_H
#define LX_KINDS_GRANT_H
#include "ir/schema.h"

enum { LX_GRANT_PRIVILEGES, LX_GRANT_ATTRS };
struct lx_privilege {
	const char *name;      /* "select" … or "all" expanded */
	struct lx_vec columns; /* const char *, sorted; empty: the whole object */
	bool has_grant_option; /* @with_grant_option */
	bool is_revoked;       /* a right that PostgreSQL gives by itself is taken away; without columns and option */
};
struct lx_grant {
	struct lx_object base;    /* name: "app on table public.documents" */
	const char *role;         /* "public" too */
	struct lx_object *target; /* table, view, sequence, function, schema, type, …; NULL: target_sql */
	const char *target_sql;   /* what is no object of the models, as GRANT names it: "LANGUAGE plperl" */
	const char *owner;        /* default privileges: whose new objects get them, target_sql "TABLES"; else NULL */
	const char *in_schema;    /* of default privileges; NULL: in every one */
	struct lx_vec privileges; /* struct lx_privilege *, sorted by name, columns */
};
#endif
