/* lexo history: the revisions, newest first.
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/arena.h"
#include "cli/applied.h"
#include "cli/commands.h"
#include "cli/database.h"
#include "cli/graph.h"
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

static void print_drawn(struct lx_cli *cli, struct lx_graph *graph, const unsigned char *marks,
			const struct lx_revision *revision, bool is_current)
{
	struct lx_buffer line = LX_BUFFER_INIT, below = LX_BUFFER_INIT;
	lx_graph_draw(graph, marks, revision, &line, &below);
	lx_cli_print(cli, "%s", lx_buffer_text(&line));
	lx_revisions_print_line(cli, revision, is_current, LX_SHOW_MESSAGE);
	lx_cli_print(cli, "%s", lx_buffer_text(&below));
	lx_buffer_free(&line);
	lx_buffer_free(&below);
}

static void list(struct lx_cli *cli, const struct lx_history *history, const struct lx_revision_set *current,
		 const unsigned char *marks)
{
	bool is_marked = lx_option_given(&cli->options, LX_OPTION_INDICATE); /* a range may ask where it is too */
	bool is_first = true, is_drawn = lx_option_given(&cli->options, LX_OPTION_GRAPH);
	struct lx_graph graph = {.arena = cli->arena};
	lx_json_key(&cli->json, "revisions");
	lx_json_open_array(&cli->json);
	for (size_t i = history->count; i-- > 0;) {
		const struct lx_revision *revision = history->revisions[i];
		bool is_current = current && is_marked && lx_database_holds(current, revision);
		if (!marks[i])
			continue;
		if (cli->verbose && !is_first && !is_drawn)
			lx_cli_print(cli, "\n");
		is_first = false;
		if (is_drawn)
			print_drawn(cli, &graph, marks, revision, is_current);
		else if (cli->verbose)
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
	return lx_option_given(&cli->options, LX_OPTION_INDICATE) || (range && lx_database_is_asked(range));
}

enum lx_status lx_command_history(struct lx_cli *cli)
{
	struct lx_history *history;
	struct lx_revision_set set = {0}, *current = NULL;
	if (lx_option_given(&cli->options, LX_OPTION_APPLIED))
		return lx_applied_print(cli);
	bool needs_sums = lx_revisions_are_detailed(cli) || asks_database(cli);
	enum lx_status status = needs_sums ? lx_revisions_summed(cli, &history) : lx_revisions_outline(cli, &history);
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
