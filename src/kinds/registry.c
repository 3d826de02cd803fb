/* The tables of kinds, expanded from kinds.def.  The SQL operations have theirs in registry_sql.c, so that what only
 * reads models does not link the SQL emitter.
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdint.h>
#include <string.h>

#include "base/arena.h"
#include "base/map.h"
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

struct lx_kind_words {
	struct lx_map of[2]; /* top level, blocks */
};

const struct lx_kind_words *lx_kind_words_make(struct lx_arena *arena)
{
	struct lx_kind_words *words = LX_NEW(arena, struct lx_kind_words);
	enum { WORDS = sizeof infos[0]->words / sizeof infos[0]->words[0] };
	for (size_t i = 0; i < LX_KIND_COUNT; i++)
		for (size_t k = 0; k < WORDS; k++) {
			const char *word = infos[i]->words[k];
			if (word)
				lx_map_put(arena, &words->of[infos[i]->is_child], word, strlen(word),
					   (void *)(uintptr_t)(i + 1));
		}
	return words;
}

enum lx_kind lx_kind_find(const struct lx_kind_words *words, const char *word, bool is_child)
{
	uintptr_t found = (uintptr_t)lx_map_get(&words->of[is_child], word, strlen(word));
	return found ? (enum lx_kind)(found - 1) : LX_KIND_COUNT;
}
