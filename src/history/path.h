/* Which revisions a command runs, in which order, and what the database is at afterwards.  No database is touched here:
 * a state is the set of its tips, the revisions that no other applied one needs as parent or dependency. Memory is the
 * history's.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_HISTORY_PATH_H
#define LX_HISTORY_PATH_H
#include "history/history.h"

/* What is missing at CURRENT for TARGET (lx_identify), in the order to run. */
enum lx_status lx_path_upgrade(const struct lx_history *history, const struct lx_revision_set *current,
			       const char *target, struct lx_revision_set *pending, struct lx_fail *fail);
/* What stands on TARGET and is applied at CURRENT, in the order to take it back: TARGET's children, all that need them,
 * and with a branch (branch@base, -1) only those children that the branch goes through.  L0413 when TARGET is not
 * applied. */
enum lx_status lx_path_downgrade(const struct lx_history *history, const struct lx_revision_set *current,
				 const char *target, struct lx_revision_set *pending, struct lx_fail *fail);
/* What CURRENT becomes when TARGETS are written down as applied: tips that a target stands on or under go, others stay.
 * TIPS has first the *NAMED revisions that TARGETS are, then those that stay.  L0413 when a target stands on another.
 */
enum lx_status lx_path_stamp(const struct lx_history *history, const struct lx_revision_set *current,
			     const char *const *targets, size_t count, struct lx_revision_set *tips, size_t *named,
			     struct lx_fail *fail);
/* Marks what `history -r RANGE` lists: all between the two ends, with the lower one.  L0413 when the ends are not on
 * one line. */
enum lx_status lx_path_range(const struct lx_history *history, const struct lx_revision_set *current, const char *range,
			     unsigned char *marks, struct lx_fail *fail);

/* Of what REVISION needs, the tips there are without it, when APPLIED marks the state: into TIPS, NULL-terminated, with
 * room for all parents and dependencies and one more.  They stop being tips when REVISION comes, and are again when it
 * goes. */
void lx_path_tips_below(const unsigned char *applied, const struct lx_revision *revision, const char **tips);
#endif
