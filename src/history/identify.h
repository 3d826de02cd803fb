/* Words that stand for revisions: an id, a unique prefix, head, heads, base, current, +2, -1, rev+2, rev-1, ranges a:b.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_HISTORY_IDENTIFY_H
#define LX_HISTORY_IDENTIFY_H
#include "history/history.h"

/* What TEXT means.  CURRENT: the heads applied to the database, NULL when no database is asked: then "current", +N and
 * -N by themselves are refused.  The set's memory is the history's.  LX_REVISION: L0313 unknown, L0314 ambiguous
 * prefix, L0315 several heads, L0316 a step that leads nowhere or in two directions. */
enum lx_status lx_identify(const struct lx_history *history, const char *text, const struct lx_revision_set *current,
			   struct lx_revision_set *set, struct lx_fail *fail);
/* TEXT is "a:b"; an empty A is base, an empty B is heads.  Without a colon it is L0316. */
enum lx_status lx_identify_range(const struct lx_history *history, const char *text,
				 const struct lx_revision_set *current, struct lx_revision_set *from,
				 struct lx_revision_set *to, struct lx_fail *fail);
#endif
