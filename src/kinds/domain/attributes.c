/* SPDX-License-Identifier: Apache-2.0 */
#include "kinds/domain/domain.h"

#include <string.h>

#include "ir/expr.h"
#include "kinds/kind.h"

#define AT(field) offsetof(struct lx_domain, field)

/* By name, which they are sorted by. */
static bool same_checks(const struct lx_object *a, const struct lx_object *b)
{
	const struct lx_vec *one = &((const struct lx_domain *)a)->checks;
	const struct lx_vec *other = &((const struct lx_domain *)b)->checks;
	if (one->length != other->length)
		return false;
	for (size_t i = 0; i < one->length; i++) {
		const struct lx_domain_check *x = one->items[i], *y = other->items[i];
		if (strcmp(x->name, y->name) != 0 || !lx_expr_equal(x->expr.text, y->expr.text) ||
		    x->is_not_valid != y->is_not_valid)
			return false;
	}
	return true;
}

static bool same_comments(const struct lx_object *a, const struct lx_object *b)
{
	const struct lx_vec *one = &((const struct lx_domain *)a)->checks;
	const struct lx_vec *other = &((const struct lx_domain *)b)->checks;
	for (size_t i = 0; one->length == other->length && i < one->length; i++) {
		const char *x = ((const struct lx_domain_check *)one->items[i])->comment;
		const char *y = ((const struct lx_domain_check *)other->items[i])->comment;
		if (x != y && (!x || !y || strcmp(x, y) != 0))
			return false;
	}
	return one->length == other->length;
}

static const struct lx_attr rows[LX_DOMAIN_ATTRS] = {
    [LX_DOMAIN_TYPE] = {NULL, LX_SHAPE_TYPE, LX_EFFECT_REPLACE, AT(type), NULL, NULL, "The type underneath."},
    [LX_DOMAIN_DEFAULT] = {NULL, LX_SHAPE_SQL, LX_EFFECT_ALTER, AT(default_value), NULL, NULL,
			   "The value of a column that has no default of its own, written behind =."},
    [LX_DOMAIN_NOT_NULL] = {"not_null", LX_SHAPE_FLAG, LX_EFFECT_ALTER, AT(is_not_null), NULL, NULL,
			    "No value of the domain may be null."},
    [LX_DOMAIN_COLLATION] = {"collate", LX_SHAPE_NAME, LX_EFFECT_REPLACE, AT(collation), NULL, NULL,
			     "The collation that sorts and compares the text."},
    [LX_DOMAIN_CHECKS] = {NULL, LX_SHAPE_OWN, LX_EFFECT_ALTER, AT(checks), NULL, same_checks,
			  "What must be true of each VALUE."},
    [LX_DOMAIN_CHECK_COMMENTS] = {NULL, LX_SHAPE_OWN, LX_EFFECT_ALTER, AT(checks), NULL, same_comments,
				  "What is said about the checks."},
};

const struct lx_kind_info lx_domain_info = {
    .words = {"domain"},
    .form = "domain Name type [= value] [check [name] `condition`]",
    .title = "domain",
    .size = sizeof(struct lx_domain),
    .attrs = rows,
    .attr_count = LX_DOMAIN_ATTRS,
    .has_schema = true,
    .is_database_object = true,
};
