/* SPDX-License-Identifier: Apache-2.0 */
#include "kinds/composite/composite.h"

#include <string.h>

#include "kinds/kind.h"

static bool is_same_text(const char *a, const char *b)
{
	return a == b || (a && b && strcmp(a, b) == 0);
}

static bool same_comments(const struct lx_object *a, const struct lx_object *b)
{
	const struct lx_vec *one = &((const struct lx_composite *)a)->fields;
	const struct lx_vec *other = &((const struct lx_composite *)b)->fields;
	for (size_t i = 0; one->length == other->length && i < one->length; i++) {
		const struct lx_field *x = one->items[i], *y = other->items[i];
		if (!is_same_text(x->comment, y->comment))
			return false;
	}
	return one->length == other->length;
}

static bool same_fields(const struct lx_object *a, const struct lx_object *b)
{
	const struct lx_vec *one = &((const struct lx_composite *)a)->fields;
	const struct lx_vec *other = &((const struct lx_composite *)b)->fields;
	if (one->length != other->length)
		return false;
	for (size_t i = 0; i < one->length; i++) {
		const struct lx_field *x = one->items[i], *y = other->items[i];
		if (strcmp(x->name, y->name) != 0 || !lx_type_equal(&x->type, &y->type) ||
		    !is_same_text(x->collation, y->collation))
			return false;
	}
	return true;
}

static const struct lx_attr rows[LX_COMPOSITE_ATTRS] = {
    [LX_COMPOSITE_FIELDS] = {NULL, LX_SHAPE_OWN, LX_EFFECT_ALTER, offsetof(struct lx_composite, fields), NULL,
			     same_fields, "The attributes, in order."},
    [LX_COMPOSITE_COMMENTS] = {NULL, LX_SHAPE_OWN, LX_EFFECT_ALTER, offsetof(struct lx_composite, fields), NULL,
			       same_comments, "What is said about the attributes."},
};

const struct lx_kind_info lx_composite_info = {
    .words = {"composite"},
    .form = "composite Name { field type … }",
    .title = "composite",
    .size = sizeof(struct lx_composite),
    .attrs = rows,
    .attr_count = LX_COMPOSITE_ATTRS,
    .has_schema = true,
    .is_database_object = true,
};
