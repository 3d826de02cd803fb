/* SPDX-License-Identifier: Apache-2.0 */
#include "kinds/exclude/exclude.h"

#include "kinds/index/index.h"
#include "kinds/kind.h"
#include "kinds/names.h"

#define AT(field) offsetof(struct lx_exclude, field)
#define EXCLUDE(object) ((const struct lx_exclude *)(object))

static bool same_method(const struct lx_object *a, const struct lx_object *b)
{
	return lx_text_equal(EXCLUDE(a)->method, EXCLUDE(b)->method);
}

static bool same_elements(const struct lx_object *a, const struct lx_object *b)
{
	return lx_index_elements_equal(&EXCLUDE(a)->elements, &EXCLUDE(b)->elements);
}

static const struct lx_attr rows[LX_EXCLUDE_ATTRS] = {
    [LX_EXCLUDE_METHOD] = {NULL, LX_SHAPE_OWN, LX_EFFECT_REPLACE, AT(method), NULL, same_method,
			   "The index method behind using, usually gist."},
    [LX_EXCLUDE_ELEMENTS] = {NULL, LX_SHAPE_OWN, LX_EFFECT_REPLACE, AT(elements), NULL, same_elements,
			     "What is compared, and the operators no two rows may meet together."},
    [LX_EXCLUDE_WHERE] = {NULL, LX_SHAPE_SQL, LX_EFFECT_REPLACE, AT(where), NULL, NULL,
			  "Only rows that meet it are compared."},
    [LX_EXCLUDE_DEFERRABLE] = {"deferrable", LX_SHAPE_CHOICE, LX_EFFECT_REPLACE, AT(deferrable), lx_deferrable_choices,
			       NULL, "May be checked at the end of the transaction."},
};

const struct lx_kind_info lx_exclude_info = {
    .words = {"exclude"},
    .title = "exclude",
    .size = sizeof(struct lx_exclude),
    .attrs = rows,
    .attr_count = LX_EXCLUDE_ATTRS,
    .is_child = true,
    .is_database_object = true,
};
