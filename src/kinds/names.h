/* Lists of names that attributes compare.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_KINDS_NAMES_H
#define LX_KINDS_NAMES_H
#include <stdbool.h>

struct lx_vec;

/* The same names in the same order. */
bool lx_names_equal(const struct lx_vec *a, const struct lx_vec *b);
/* Two texts, either of them NULL. */
bool lx_text_equal(const char *a, const char *b);
/* When a trigger or rule runs, @enabled(…): 0 in all sessions but those that apply replicated changes. */
enum lx_enabled { LX_ENABLED_NEVER = 1, LX_ENABLED_ON_REPLICAS, LX_ENABLED_ALWAYS };
extern const char *const lx_enabled_choices[];
/* How @deferrable is written (enum lx_deferrable). */
extern const char *const lx_deferrable_choices[];
#endif
