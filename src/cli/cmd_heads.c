/* lexo heads and lexo show.
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/arena.h"
#include "cli/commands.h"
#include "cli/database.h"
#include "cli/revisions.h"

static void print_set(struct lx_cli *cli, const char *key, const struct lx_revision_set *set, unsigned what,
		      bool is_verbose)
{
	lx_json_key(&cli->json, key);
	lx_json_open_array(&cli->json);
	for (size_t i = 0; i < set->count; i++) {
		if (is_verbose) {
			lx_cli_print(cli, i ? "\n" : "%s", "");
			lx_revisions_print_block(cli, set->items[i], false);
		} else
			lx_revisions_print_line(cli, set->items[i], false, what);
		lx_revisions_print_json(cli, set->items[i], false);
	}
	lx_json_close_array(&cli->json);
}

enum lx_status lx_command_heads(struct lx_cli *cli)
{
	struct lx_history *history;
	enum lx_status status =
	    lx_revisions_are_detailed(cli) ? lx_revisions_summed(cli, &history) : lx_revisions_outline(cli, &history);
	if (status == LX_OK) {
		bool is_resolved = lx_option_given(&cli->options, LX_OPTION_RESOLVE);
		struct lx_revision_set heads = {LX_NEW_ARRAY(cli->arena, struct lx_revision *, history->head_count + 1),
						0};
		for (size_t i = 0; i < history->head_count; i++)
			if (!is_resolved || lx_history_is_tip(history->heads[i]))
				heads.items[heads.count++] = history->heads[i];
		print_set(cli, "heads", &heads, 0, cli->verbose > 0);
	}
	lx_history_close(history);
	return status;
}

enum lx_status lx_command_show(struct lx_cli *cli)
{
	struct lx_history *history;
	struct lx_revision_set set;
	enum lx_status status = lx_revisions_summed(cli, &history);
	if (status == LX_OK)
		status = lx_database_identify(cli, history, cli->options.operands.items[0], &set);
	if (status == LX_OK)
		print_set(cli, "revisions", &set, 0, true);
	lx_history_close(history);
	return status;
}
