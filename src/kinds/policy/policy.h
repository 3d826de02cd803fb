/* A row level security policy.  SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_KINDS_POLICY_H
#define LX_KINDS_POLICY_H
#include "ir/schema.h"

enum { LX_POLICY_COMMAND, LX_POLICY_ROLES, LX_POLICY_USING, LX_POLICY_CHECK, LX_POLICY_RESTRICTIVE, LX_POLICY_ATTRS };
struct lx_policy {
	struct lx_object base;
	const char *command; /* "all", "select", "insert", "update", "delete" */
	struct lx_vec roles; /* const char *, sorted; empty: public */
	struct lx_expr using_expr;
	struct lx_expr check;
	bool is_restrictive; /* @restrictive */
};
#endif
