/* A text search dictionary.  SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_KINDS_DICTIONARY_H
#define LX_KINDS_DICTIONARY_H
#include "ir/schema.h"
#include "kinds/foreign_options.h"

enum { LX_DICTIONARY_TEMPLATE, LX_DICTIONARY_OPTIONS, LX_DICTIONARY_ATTRS };
struct lx_dictionary {
	struct lx_object base;
	const char *template_name; /* as SQL names it: simple, public.mine */
	struct lx_foreign_options options;
};
#endif
