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
	struct lx_revision_set set;
	const char *word = cli->options.operands.items[0];
	enum lx_status status = lx_database_identify(cli, history, word, &set);
	if (status == LX_OK && !set.count) {
		lx_fail(&cli->fail, LX_REVISION, "L0313", "%s is no revision to edit", word);
		lx_fail_help(&cli->fail, "lexo history lists them all");
		return LX_REVISION;
	}
	if (status == LX_OK)
		status = lx_database_refuse_applied(cli, history, &set,
						    "put the change into a new revision; or take this one back first: "
						    "lexo downgrade");
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
