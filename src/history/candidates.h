/* What helps a person who wrote an identifier that means nothing, or too much.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_HISTORY_CANDIDATES_H
#define LX_HISTORY_CANDIDATES_H
#include "history/history.h"

enum { LX_CANDIDATES_TEXT = 512 };
/* "a, b, c and 4 more" */
void lx_candidates_list(struct lx_revision *const *items, size_t count, char text[LX_CANDIDATES_TEXT]);
/* L0313 for the LENGTH bytes of TEXT, with the nearest id or label. */
enum lx_status lx_candidates_unknown(const struct lx_history *history, const char *text, size_t length,
				     struct lx_fail *fail);
#endif
