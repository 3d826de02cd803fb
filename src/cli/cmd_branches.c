/* lexo branches: where branches part.
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "cli/commands.h"
#include "cli/revisions.h"

static void print_point(struct lx_cli *cli, const struct lx_revision *revision)
{
	if (cli->verbose)
		lx_revisions_print_block(cli, revision, false);
	else
		lx_revisions_print_line(cli, revision, false, LX_SHOW_TREE);
	for (size_t i = 0; i < revision->child_count; i++) {
		lx_cli_print(cli, "%*s -> ", (int)strlen(revision->id), "");
		lx_revisions_print_line(cli, revision->children[i], false,
					LX_SHOW_TREE | (cli->verbose ? (unsigned)LX_SHOW_MESSAGE : 0));
	}
}

enum lx_status lx_command_branches(struct lx_cli *cli)
{
	struct lx_history *history;
	enum lx_status status =
	    lx_revisions_are_detailed(cli) ? lx_revisions_summed(cli, &history) : lx_revisions_outline(cli, &history);
	lx_json_key(&cli->json, "branches");
	lx_json_open_array(&cli->json);
	for (size_t i = status == LX_OK ? history->count : 0; i-- > 0;) {
		const struct lx_revision *revision = history->revisions[i];
		if (revision->child_count < 2)
			continue;
		print_point(cli, revision);
		lx_json_open_object(&cli->json);
		lx_json_key_string(&cli->json, "revision", revision->id);
		lx_revisions_json_ids(cli, "children", revision->children, revision->child_count);
		lx_json_close_object(&cli->json);
	}
	lx_json_close_array(&cli->json);
	lx_history_close(history);
	return status;
}
