/* SPDX-License-Identifier: Apache-2.0 */
#include "kinds/dictionary/dictionary.h"

#include "kinds/kind.h"

#define AT(field) offsetof(struct lx_dictionary, field)

static bool same_options(const struct lx_object *a, const struct lx_object *b)
{
	return lx_foreign_options_equal(&((const struct lx_dictionary *)a)->options,
					&((const struct lx_dictionary *)b)->options);
}

static const struct lx_attr rows[LX_DICTIONARY_ATTRS] = {
    [LX_DICTIONARY_TEMPLATE] = {"template", LX_SHAPE_STRING, LX_EFFECT_REPLACE, AT(template_name), NULL, NULL,
				"The template, as SQL names it."},
    [LX_DICTIONARY_OPTIONS] = {NULL, LX_SHAPE_OWN, LX_EFFECT_ALTER, AT(options), NULL, same_options,
			       "What the template is told."},
};

const struct lx_kind_info lx_dictionary_info = {
    .word = "text_search_dictionary",
    .title = "text search dictionary",
    .size = sizeof(struct lx_dictionary),
    .attrs = rows,
    .attr_count = LX_DICTIONARY_ATTRS,
    .has_schema = true,
    .is_database_object = true,
};
