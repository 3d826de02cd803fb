/* lexo edit: revisions in an editor.
 * SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/arena.h"
#include "cli/commands.h"
#include "cli/database.h"
#include "cli/revisions.h"

/* When a database is named: is one of SET applied to it? */
static enum lx_status refuse_applied(struct lx_cli *cli, const struct lx_history *history,
				     const struct lx_revision_set *set)
{
	const char *url;
	bool is_default;
	struct lx_revision_set current = {0};
	enum lx_status status = lx_database_url(cli, &url, &is_default);
	if (status == LX_OK && is_default && !url)
		return LX_OK;
	if (status == LX_OK)
		status = lx_database_current(cli, history, &current);
	if (status != LX_OK)
		return status;
	unsigned char *applied = LX_NEW_ARRAY(cli->arena, unsigned char, history->count + 1);
	lx_history_mark(history, &current, applied);
	for (size_t i = 0; i < set->count; i++) {
		if (!applied[set->items[i]->index])
			continue;
		lx_fail(&cli->fail, LX_REFUSED, "L0514",
			"revision %s is applied to the database; it is not edited any more", set->items[i]->id);
		lx_fail_where(&cli->fail, "%s", set->items[i]->path);
		lx_fail_help(&cli->fail,
			     "put the change into a new revision; or take this one back first: lexo downgrade");
		return LX_REFUSED;
	}
	return LX_OK;
}

static const char *choose_editor(void)
{
	static const char *const names[] = {"EDITOR", "VISUAL"};
	for (size_t i = 0; i < 2; i++) {
		const char *value = getenv(names[i]);
		if (value && *value)
			return value;
	}
	return "vi";
}

/* The variable may hold options too, so the shell takes it apart; the path is an argument, not text. */
static enum lx_status open_editor(struct lx_cli *cli, const char *path)
{
	const char *editor = choose_editor();
	int status = 0;
	pid_t child = fork();
	if (child == 0) {
		execl("/bin/sh", "sh", "-c", lx_arena_printf(cli->arena, "%s \"$1\"", editor), "sh", path,
		      (char *)NULL);
		_exit(127);
	}
	while (child > 0 && waitpid(child, &status, 0) < 0)
		if (errno != EINTR)
			break;
	if (child > 0 && WIFEXITED(status) && WEXITSTATUS(status) == 0)
		return LX_OK;
	lx_fail(&cli->fail, LX_FAILED, "L0515", "the editor %s did not end well", editor);
	lx_fail_help(&cli->fail, "EDITOR and VISUAL name the one to use; the file is %s", path);
	return LX_FAILED;
}

static enum lx_status edit(struct lx_cli *cli, const struct lx_history *history)
{
	struct lx_revision_set current = {0}, set;
	const char *word = cli->options.operands.items[0];
	bool wants_current = lx_database_is_asked(word);
	enum lx_status status = wants_current ? lx_database_current(cli, history, &current) : LX_OK;
	if (status == LX_OK)
		status = lx_identify(history, word, wants_current ? &current : NULL, &set, &cli->fail);
	if (status == LX_OK && !set.count) {
		lx_fail(&cli->fail, LX_REVISION, "L0313", "%s is no revision to edit", word);
		lx_fail_help(&cli->fail, "lexo history lists them all");
		return LX_REVISION;
	}
	if (status == LX_OK)
		status = refuse_applied(cli, history, &set);
	for (size_t i = 0; status == LX_OK && i < set.count; i++)
		status = open_editor(cli, set.items[i]->path);
	if (status == LX_OK)
		lx_cli_log(cli, "lexo", "if its SQL changed, run: lexo hash --force");
	return status;
}

enum lx_status lx_command_edit(struct lx_cli *cli)
{
	struct lx_history *history;
	enum lx_status status = lx_revisions_summed(cli, &history);
	if (status == LX_OK)
		status = edit(cli, history);
	lx_history_close(history);
	return status;
}
