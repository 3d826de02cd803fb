/* A rule of a table or view (CREATE RULE); the query of a view, which is a rule too, is the view's.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_KINDS_RULE_H
#define LX_KINDS_RULE_H
#include "ir/schema.h"

enum { LX_RULE_EVENT, LX_RULE_INSTEAD, LX_RULE_WHEN, LX_RULE_ACTIONS, LX_RULE_ENABLED, LX_RULE_ATTRS };
struct lx_rule {
	struct lx_object base;
	const char *event; /* "select", "insert", "update", "delete" */
	bool is_instead;
	struct lx_expr when;
	struct lx_expr actions; /* statements; absent: nothing */
	int enabled;            /* enum lx_enabled; 0: as usual */
};
#endif
