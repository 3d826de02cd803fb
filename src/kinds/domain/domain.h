/* A domain.  SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_KINDS_DOMAIN_H
#define LX_KINDS_DOMAIN_H
#include "ir/schema.h"
#include "ir/types.h"

enum {
	LX_DOMAIN_TYPE,
	LX_DOMAIN_DEFAULT,
	LX_DOMAIN_NOT_NULL,
	LX_DOMAIN_COLLATION,
	LX_DOMAIN_CHECKS,
	LX_DOMAIN_CHECK_COMMENTS,
	LX_DOMAIN_ATTRS
};
struct lx_domain_check {
	const char *name;
	struct lx_expr expr;
	bool is_named;
	bool is_not_valid; /* @not_valid: values that were there before are not checked */
	const char *comment;
};
struct lx_domain {
	struct lx_object base;
	struct lx_type type;
	struct lx_expr default_value;
	bool is_not_null;      /* @not_null */
	const char *collation; /* as lx_sql_reference() reads it */
	struct lx_vec checks;  /* struct lx_domain_check * */
};
#endif
