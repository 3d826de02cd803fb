/* SPDX-License-Identifier: Apache-2.0 */
#include "kinds/dictionary/dictionary.h"

#include "kinds/kind.h"

#define AT(field) offsetof(struct lx_dictionary, field)

static const struct lx_attr rows[LX_DICTIONARY_ATTRS] = {
    [LX_DICTIONARY_TEMPLATE] = {"template", LX_SHAPE_STRING, LX_EFFECT_REPLACE, AT(template_name), NULL, NULL,
				"The template, as SQL names it."},
    [LX_DICTIONARY_OPTIONS] = {"options", LX_SHAPE_FOREIGN, LX_EFFECT_ALTER, AT(options), NULL, NULL,
			       "What the template is told, such as @options(host: 'example.org')."},
};

const struct lx_kind_info lx_dictionary_info = {
    .words = {"text_search_dictionary"},
    .title = "text search dictionary",
    .size = sizeof(struct lx_dictionary),
    .attrs = rows,
    .attr_count = LX_DICTIONARY_ATTRS,
    .has_schema = true,
    .is_database_object = true,
};
