/* lexo merge: a revision that brings branches together.
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/arena.h"
#include "cli/commands.h"
#include "cli/join.h"
#include "cli/placement.h"
#include "cli/revisions.h"

/* Two or more, none before another. */
static enum lx_status check_parents(struct lx_cli *cli, const struct lx_history *history,
				    const struct lx_revision_set *parents)
{
	for (size_t i = 0; i < parents->count; i++) {
		unsigned char *below = LX_NEW_ARRAY(cli->arena, unsigned char, history->count + 1);
		lx_history_mark(history, &(struct lx_revision_set){&parents->items[i], 1}, below);
		for (size_t j = 0; j < parents->count; j++) {
			if (j == i || !below[parents->items[j]->index])
				continue;
			lx_fail(&cli->fail, LX_REVISION, "L0512", "%s comes before %s: they are together already",
				parents->items[j]->id, parents->items[i]->id);
			lx_fail_help(&cli->fail, "name revisions of different branches; lexo heads lists the ends");
			return LX_REVISION;
		}
	}
	if (parents->count > 1)
		return LX_OK;
	lx_fail(&cli->fail, LX_REVISION, "L0512", "there is nothing to merge: %s",
		parents->count ? "that is one revision" : "there are no revisions");
	lx_fail_help(&cli->fail, "name two revisions or more, or heads; lexo heads lists them");
	return LX_REVISION;
}

/* Each branch against each other one. */
static void find_clashes(struct lx_cli *cli, const struct lx_history *history, const struct lx_revision_set *parents,
			 struct lx_vec *clashes)
{
	unsigned char **marks = LX_NEW_ARRAY(cli->arena, unsigned char *, parents->count);
	for (size_t i = 0; i < parents->count; i++) {
		marks[i] = LX_NEW_ARRAY(cli->arena, unsigned char, history->count + 1);
		lx_history_mark(history, &(struct lx_revision_set){&parents->items[i], 1}, marks[i]);
		for (size_t j = 0; j < i; j++)
			lx_clash_find(cli->arena, history, marks[j], marks[i], clashes);
	}
}

/* --- the revision ----------------------------------------------------------------------------------------------------
 */

static enum lx_status merge(struct lx_cli *cli, struct lx_history *history)
{
	static const char *const all[] = {"heads"};
	const struct lx_vec *operands = &cli->options.operands;
	const char *const *heads = operands->length ? (const char *const *)operands->items : all;
	struct lx_placement placement;
	struct lx_new_revision new;
	struct lx_vec clashes = {0};
	struct lx_buffer snapshot = LX_BUFFER_INIT;
	enum lx_status status = lx_revisions_verify(cli, history);
	if (status == LX_OK)
		status = lx_placement_choose(cli, history, heads, operands->length ? operands->length : 1, &placement);
	if (status == LX_OK)
		status = check_parents(cli, history, &placement.parents);
	if (status != LX_OK)
		return status;
	const char *message = lx_arena_printf(
	    cli->arena, "merge %s", lx_revisions_names(cli, placement.parents.items, placement.parents.count));
	status = lx_new_revision_init(cli, history, placement.folder, message, &new);
	if (status != LX_OK)
		return status;
	struct lx_revision_draft draft = lx_new_revision_draft(&new, &placement);
	find_clashes(cli, history, &placement.parents, &clashes);
	lx_join_report(cli, &clashes);
	bool is_whole = placement.parents.count == history->head_count;
	status = lx_join_state(cli, history, &placement.parents, is_whole, &clashes, &snapshot, &draft.state);
	if (status == LX_OK)
		status = lx_new_revision_finish(cli, history, &new, &draft, &snapshot);
	lx_buffer_free(&snapshot);
	return status;
}

enum lx_status lx_command_merge(struct lx_cli *cli)
{
	struct lx_history *history;
	enum lx_status status = lx_revisions_read(cli, &history);
	if (status == LX_OK)
		status = merge(cli, history);
	lx_history_close(history);
	return status;
}
