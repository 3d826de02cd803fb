/* SPDX-License-Identifier: Apache-2.0 */
#include "kinds/grant/grant.h"

#include <string.h>

#include "kinds/kind.h"
#include "kinds/names.h"

static bool same_privileges(const struct lx_object *a, const struct lx_object *b)
{
	const struct lx_vec *x = &((const struct lx_grant *)a)->privileges;
	const struct lx_vec *y = &((const struct lx_grant *)b)->privileges;
	if (x->length != y->length)
		return false;
	for (size_t i = 0; i < x->length; i++) {
		const struct lx_privilege *one = x->items[i], *other = y->items[i];
		if (strcmp(one->name, other->name) != 0 || one->has_grant_option != other->has_grant_option ||
		    !lx_names_equal(&one->columns, &other->columns))
			return false;
	}
	return true;
}

static const struct lx_attr rows[LX_GRANT_ATTRS] = {
    [LX_GRANT_PRIVILEGES] = {NULL, LX_SHAPE_OWN, LX_EFFECT_ALTER, offsetof(struct lx_grant, privileges), NULL,
			     same_privileges, "What the role may do."},
};

const struct lx_kind_info lx_grant_info = {
    .words = {"grant"},
    .form = "grant select, insert on Model to role, or: on Model(field, …), on schema name, on function name",
    .title = "grant",
    .size = sizeof(struct lx_grant),
    .attrs = rows,
    .attr_count = LX_GRANT_ATTRS,
    .is_database_object = true,
};
