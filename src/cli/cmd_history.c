/* lexo history: the revisions, newest first.
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/arena.h"
#include "cli/commands.h"
#include "cli/database.h"
#include "cli/revisions.h"
#include "history/path.h"

/* Marks what is to be listed: all, or the range. */
static enum lx_status mark_range(struct lx_cli *cli, const struct lx_history *history,
				 const struct lx_revision_set *current, unsigned char *marks)
{
	const char *range = lx_option_value(&cli->options, LX_OPTION_RANGE);
	if (range)
		return lx_path_range(history, current, range, marks, &cli->fail);
	memset(marks, 1, history->count);
	return LX_OK;
}

static void list(struct lx_cli *cli, const struct lx_history *history, const struct lx_revision_set *current,
		 const unsigned char *marks)
{
	bool is_first = true;
	lx_json_key(&cli->json, "revisions");
	lx_json_open_array(&cli->json);
	for (size_t i = history->count; i-- > 0;) {
		const struct lx_revision *revision = history->revisions[i];
		bool is_current = current && lx_database_holds(current, revision);
		if (!marks[i])
			continue;
		if (cli->verbose && !is_first)
			lx_cli_print(cli, "\n");
		is_first = false;
		if (cli->verbose)
			lx_revisions_print_block(cli, revision, is_current);
		else
			lx_revisions_print_line(cli, revision, is_current,
						LX_SHOW_PARENTS | LX_SHOW_MESSAGE | LX_SHOW_TREE);
		lx_revisions_print_json(cli, revision, is_current);
	}
	lx_json_close_array(&cli->json);
}

static bool asks_database(const struct lx_cli *cli)
{
	const char *range = lx_option_value(&cli->options, LX_OPTION_RANGE);
	const char *colon = range ? strchr(range, ':') : NULL;
	return lx_option_given(&cli->options, LX_OPTION_INDICATE) ||
	       (range && (lx_database_is_asked(range) || (colon && lx_database_is_asked(colon + 1))));
}

enum lx_status lx_command_history(struct lx_cli *cli)
{
	struct lx_history *history;
	struct lx_revision_set set = {0}, *current = NULL;
	bool needs_all = lx_revisions_are_detailed(cli) || asks_database(cli);
	enum lx_status status = needs_all ? lx_revisions_read(cli, &history) : lx_revisions_outline(cli, &history);
	if (status == LX_OK && asks_database(cli)) {
		status = lx_database_current(cli, history, &set);
		current = &set;
	}
	if (status == LX_OK) {
		unsigned char *marks = LX_NEW_ARRAY(cli->arena, unsigned char, history->count + 1);
		status = mark_range(cli, history, current, marks);
		if (status == LX_OK)
			list(cli, history, current, marks);
	}
	lx_history_close(history);
	return status;
}
