/* Settings of a function as options text: "search_path='a','b', work_mem='64MB'".
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_KINDS_FUNCTION_SETTINGS_H
#define LX_KINDS_FUNCTION_SETTINGS_H
#include <stdbool.h>

#include "base/vec.h"

struct lx_arena;

/* Takes the next one off *SETTINGS: VALUES are its const char *, without quotes, copied into ARENA.  False at the end.
 */
bool lx_settings_next(struct lx_arena *arena, const char **settings, const char **name, struct lx_vec *values);
/* Settings whose values are lists of names. */
bool lx_settings_is_list(const char *name);
/* The items of such a list as the server writes it: "$user", public (SplitIdentifierString). */
struct lx_vec lx_settings_split(struct lx_arena *arena, const char *list);
/* From "name=value" texts of pg_proc.proconfig; sorted; NULL when there are none. */
const char *lx_settings_from_catalog(struct lx_arena *arena, const struct lx_vec *texts);
#endif
