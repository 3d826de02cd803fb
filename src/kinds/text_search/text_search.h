/* A text search configuration: which dictionaries look at which tokens.  SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_KINDS_TEXT_SEARCH_H
#define LX_KINDS_TEXT_SEARCH_H
#include "ir/schema.h"

enum { LX_TEXT_SEARCH_PARSER, LX_TEXT_SEARCH_MAPPINGS, LX_TEXT_SEARCH_ATTRS };
struct lx_token_mapping {
	const char *token;          /* asciiword */
	struct lx_vec dictionaries; /* const char *: as SQL names them, in the order of asking */
};
struct lx_text_search {
	struct lx_object base;
	const char *parser;     /* as SQL names it: "default" */
	struct lx_vec mappings; /* struct lx_token_mapping *, sorted by token */
};
#endif
