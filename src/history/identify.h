/* Words that stand for revisions: [BRANCH@][NAME][+N or -N] and ranges a:b.
 * BRANCH is a label or a revision: it narrows to what stands below and above it.  NAME is an id, a unique beginning, a
 * label, head, heads, base or current; left out before +N and -N it is current.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_HISTORY_IDENTIFY_H
#define LX_HISTORY_IDENTIFY_H
#include "history/history.h"

/* What TEXT means.  CURRENT: the heads applied to the database, NULL when no database is asked: then "current", +N and
 * -N by themselves are refused.  The set's memory is the history's.  LX_REVISION: L0313 unknown, L0314 ambiguous
 * prefix, L0315 several heads, L0316 a step that leads nowhere or in two directions, L0318 not on the branch. */
enum lx_status lx_identify(const struct lx_history *history, const char *text, const struct lx_revision_set *current,
			   struct lx_revision_set *set, struct lx_fail *fail);

/* The same with what else it says. */
struct lx_target {
	struct lx_revision_set set;
	/* What a way down keeps to: the branch before the @, or the head that -N by itself counts from; NULL:
	 * everything */
	struct lx_revision *branch;
	char sign; /* '+' or '-' by itself, without a name; else 0 */
};
enum lx_status lx_identify_target(const struct lx_history *history, const char *text,
				  const struct lx_revision_set *current, struct lx_target *target,
				  struct lx_fail *fail);

/* TEXT is "a:b"; an empty A is base, an empty B is heads.  -N as A counts from B and ends at base, +N as B counts from
 * A and ends where there is no more; BRANCH@ in A narrows B's heads.  Without a colon it is L0316. */
enum lx_status lx_identify_range(const struct lx_history *history, const char *text,
				 const struct lx_revision_set *current, struct lx_revision_set *from,
				 struct lx_revision_set *to, struct lx_fail *fail);
#endif
