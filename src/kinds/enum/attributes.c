/* SPDX-License-Identifier: Apache-2.0 */
#include "kinds/enum/enum.h"

#include <string.h>

#include "kinds/kind.h"

#define AT(field) offsetof(struct lx_enum, field)

/* The labels in their order; what they were called before and what is said about them leaves no trace in the database.
 */
static bool same_labels(const struct lx_object *a, const struct lx_object *b)
{
	const struct lx_vec *one = &((const struct lx_enum *)a)->labels, *other = &((const struct lx_enum *)b)->labels;
	if (one->length != other->length)
		return false;
	for (size_t i = 0; i < one->length; i++) {
		const struct lx_label_value *x = one->items[i], *y = other->items[i];
		if (strcmp(x->label, y->label) != 0)
			return false;
	}
	return true;
}

static const struct lx_attr rows[LX_ENUM_ATTRS] = {
    [LX_ENUM_LABELS] = {NULL, LX_SHAPE_OWN, LX_EFFECT_ALTER, AT(labels), NULL, same_labels,
			"The labels, in their sort order."},
    [LX_ENUM_C_TYPE] = {"c:type", LX_SHAPE_STRING, LX_EFFECT_NONE, AT(c_type), NULL, NULL,
			"The name of the type in C."},
    [LX_ENUM_C_PREFIX] = {"c:enum_prefix", LX_SHAPE_STRING, LX_EFFECT_NONE, AT(c_prefix), NULL, NULL,
			  "What the names of its constants in C begin with."},
};

const struct lx_kind_info lx_enum_info = {
    .words = {"enum"},
    .form = "enum Name { label, label … }",
    .title = "enum",
    .size = sizeof(struct lx_enum),
    .attrs = rows,
    .attr_count = LX_ENUM_ATTRS,
    .has_schema = true,
    .is_database_object = true,
};
