/* Where a new revision stands: what it follows and depends on, its labels, its folder.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_CLI_PLACEMENT_H
#define LX_CLI_PLACEMENT_H
#include "cli/cli.h"
#include "history/history.h"

struct lx_placement {
	struct lx_revision_set parents;
	const char **revises, **depends_on, **labels; /* NULL-terminated, for lx_revision_draft */
	const char *folder;
};
/* From --head, --splice, --depends-on, --branch-label and --version-path.  HEADS: instead of --head, the COUNT
 * identifiers that a merge names; NULL: --head, or the one head.  LX_REVISION: L0315, L0509 (not a head), L0317 (label
 * taken); L0511 (which folder). */
enum lx_status lx_placement_choose(struct lx_cli *cli, const struct lx_history *history, const char *const *heads,
				   size_t count, struct lx_placement *placement);
#endif
