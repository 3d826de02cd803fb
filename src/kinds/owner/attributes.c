/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "kinds/kind.h"
#include "kinds/names.h"
#include "kinds/owner/owner.h"

static bool same_column(const struct lx_object *a, const struct lx_object *b)
{
	const struct lx_object *x = ((const struct lx_owner *)a)->column, *y = ((const struct lx_owner *)b)->column;
	return strcmp(x->name, y->name) == 0 && strcmp(x->parent->name, y->parent->name) == 0 &&
	       lx_text_equal(x->parent->schema, y->parent->schema);
}

static const struct lx_attr rows[LX_OWNER_ATTRS] = {
    [LX_OWNER_COLUMN] = {NULL, LX_SHAPE_OWN, LX_EFFECT_ALTER, offsetof(struct lx_owner, column), NULL, same_column,
			 "The column that the sequence is dropped with."},
};

const struct lx_kind_info lx_owner_info = {
    .title = "owner",
    .size = sizeof(struct lx_owner),
    .attrs = rows,
    .attr_count = LX_OWNER_ATTRS,
    .is_child = true,
    .is_database_object = true,
};

/* The sequence declares and prints it. */
const struct lx_kind_source lx_owner_source = {.declare = NULL};
