/* The tables of kinds, expanded from kinds.def.  The SQL operations have theirs in registry_sql.c, so that what only
 * reads models does not link the SQL emitter.
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "kinds/kind.h"

#define LX_KIND(id, folder)                                                                                            \
	extern const struct lx_kind_info lx_##folder##_info;                                                           \
	extern const struct lx_kind_source lx_##folder##_source;
#include "kinds/kinds.def"
#undef LX_KIND

static const struct lx_kind_info *const infos[] = {
#define LX_KIND(id, folder) &lx_##folder##_info,
#include "kinds/kinds.def"
#undef LX_KIND
};
static const struct lx_kind_source *const sources[] = {
#define LX_KIND(id, folder) &lx_##folder##_source,
#include "kinds/kinds.def"
#undef LX_KIND
};
_Static_assert(sizeof infos / sizeof infos[0] == LX_KIND_COUNT, "one info a kind");

const struct lx_kind_info *lx_kind_info(enum lx_kind kind)
{
	return infos[kind];
}

const struct lx_kind_source *lx_kind_source(enum lx_kind kind)
{
	return sources[kind];
}

static bool is_word(const char *word, const char *wanted)
{
	return word && *word == *wanted && strcmp(word, wanted) == 0;
}

enum lx_kind lx_kind_find(const char *word, bool is_child)
{
	for (int i = 0; i < LX_KIND_COUNT; i++) {
		const struct lx_kind_info *info = infos[i];
		for (size_t k = 0; info->is_child == is_child && k < sizeof info->words / sizeof info->words[0]; k++)
			if (is_word(info->words[k], word))
				return (enum lx_kind)i;
	}
	return LX_KIND_COUNT;
}
