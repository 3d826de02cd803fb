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

static bool same_include(const struct lx_object *a, const struct lx_object *b)
{
	return lx_names_equal(&EXCLUDE(a)->include, &EXCLUDE(b)->include);
}

static const struct lx_attr rows[LX_EXCLUDE_ATTRS] = {
    [LX_EXCLUDE_METHOD] = {NULL, LX_SHAPE_OWN, LX_EFFECT_REPLACE, AT(method), NULL, same_method,
			   "The index method behind using, usually gist."},
    [LX_EXCLUDE_ELEMENTS] = {NULL, LX_SHAPE_OWN, LX_EFFECT_REPLACE, AT(elements), NULL, same_elements,
			     "What is compared, and the operators no two rows may meet together."},
    [LX_EXCLUDE_INCLUDE] = {NULL, LX_SHAPE_OWN, LX_EFFECT_REPLACE, AT(include), NULL, same_include,
			    "Further columns kept in the index."},
    [LX_EXCLUDE_WHERE] = {NULL, LX_SHAPE_SQL, LX_EFFECT_REPLACE, AT(where), NULL, NULL,
			  "Only rows that meet it are compared."},
    [LX_EXCLUDE_DEFERRABLE] = {"deferrable", LX_SHAPE_CHOICE, LX_EFFECT_REPLACE, AT(deferrable), lx_deferrable_choices,
			       NULL, "May be checked at the end of the transaction."},
    [LX_EXCLUDE_STORAGE] = {NULL, LX_SHAPE_OPTIONS, LX_EFFECT_ALTER, AT(backing.storage), NULL, NULL,
			    "Storage parameters of the index."},
    [LX_EXCLUDE_TABLESPACE] = {"tablespace", LX_SHAPE_NAME, LX_EFFECT_ALTER, AT(backing.tablespace), NULL, NULL,
			       "The tablespace that holds the index."},
    [LX_EXCLUDE_CLUSTERED] = {"clustered", LX_SHAPE_FLAG, LX_EFFECT_ALTER, AT(backing.is_clustered), NULL, NULL,
			      "CLUSTER orders the table by the index."},
    [LX_EXCLUDE_INDEX_COMMENT] = {"index_comment", LX_SHAPE_STRING, LX_EFFECT_ALTER, AT(backing.comment), NULL, NULL,
				  "The comment on the index, beside that on the constraint."},
};

const struct lx_kind_info lx_exclude_info = {
    .words = {"exclude"},
    .form = "exclude [name] using gist (column with '&&', …)",
    .title = "exclude",
    .size = sizeof(struct lx_exclude),
    .attrs = rows,
    .attr_count = LX_EXCLUDE_ATTRS,
    .is_child = true,
    .is_database_object = true,
};
