/* SPDX-License-Identifier: Apache-2.0 */
#include "kinds/text_search/text_search.h"

#include <string.h>

#include "kinds/kind.h"
#include "kinds/names.h"

static bool same_mappings(const struct lx_object *a, const struct lx_object *b)
{
	const struct lx_vec *x = &((const struct lx_text_search *)a)->mappings;
	const struct lx_vec *y = &((const struct lx_text_search *)b)->mappings;
	if (x->length != y->length)
		return false;
	for (size_t i = 0; i < x->length; i++) {
		const struct lx_token_mapping *one = x->items[i], *other = y->items[i];
		if (strcmp(one->token, other->token) != 0 || !lx_names_equal(&one->dictionaries, &other->dictionaries))
			return false;
	}
	return true;
}

static const struct lx_attr rows[LX_TEXT_SEARCH_ATTRS] = {
    [LX_TEXT_SEARCH_PARSER] = {"parser", LX_SHAPE_STRING, LX_EFFECT_REPLACE, offsetof(struct lx_text_search, parser),
			       NULL, NULL, "The parser, as SQL names it."},
    [LX_TEXT_SEARCH_MAPPINGS] = {NULL, LX_SHAPE_OWN, LX_EFFECT_ALTER, offsetof(struct lx_text_search, mappings), NULL,
				 same_mappings, "Which dictionaries look at which tokens."},
};

const struct lx_kind_info lx_text_search_info = {
    .words = {"text_search_configuration"},
    .title = "text search configuration",
    .size = sizeof(struct lx_text_search),
    .attrs = rows,
    .attr_count = LX_TEXT_SEARCH_ATTRS,
    .has_schema = true,
    .is_database_object = true,
};
