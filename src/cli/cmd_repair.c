/* lexo repair and unlock: what is put right by hand, and written down.
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "cli/commands.h"
#include "cli/database.h"
#include "cli/revisions.h"

/* --reason as one line; "" when there is none. */
static const char *reason_of(struct lx_cli *cli)
{
	const char *given = lx_option_value(&cli->options, LX_OPTION_REASON);
	char *line = lx_arena_string(cli->arena, given ? given : "");
	for (char *at = line; *at; at++)
		if ((unsigned char)*at < ' ' || *at == 127)
			*at = ' ';
	return line;
}

static enum lx_status usage(struct lx_cli *cli, const char *problem, const char *help)
{
	lx_fail(&cli->fail, LX_USAGE, "L0202", "%s", problem);
	lx_fail_help(&cli->fail, "%s", help);
	return LX_USAGE;
}

static enum lx_status check_usage(struct lx_cli *cli)
{
	size_t named = cli->options.operands.length;
	if (!named && !lx_option_given(&cli->options, LX_OPTION_INDEXES))
		return usage(cli, "repair needs to be told what",
			     "name the revisions whose edit is accepted, with --reason; or give --indexes");
	if (named && strspn(reason_of(cli), " ") == strlen(reason_of(cli)))
		return usage(cli, "an edit of an applied revision is accepted for a reason only",
			     "say why with --reason TEXT; the history keeps it");
	return LX_OK;
}

/* The operands as revisions. */
static enum lx_status find_named(struct lx_cli *cli, const struct lx_history *history, struct lx_revision_set *set)
{
	set->items = LX_NEW_ARRAY(cli->arena, struct lx_revision *, history->count + 1);
	LX_EACH (const char *, word, &cli->options.operands) {
		struct lx_revision_set found;
		enum lx_status status = lx_identify(history, word, NULL, &found, &cli->fail);
		if (status != LX_OK)
			return status;
		for (size_t i = 0; i < found.count; i++)
			if (!lx_database_holds(set, found.items[i]))
				set->items[set->count++] = found.items[i];
	}
	return LX_OK;
}

static enum lx_status accept(struct lx_database *database)
{
	struct lx_cli *cli = database->cli;
	struct lx_history *history;
	struct lx_revision_set named = {0};
	size_t rows = 0;
	enum lx_status status = lx_revisions_read(cli, &history);
	if (status == LX_OK)
		status = find_named(cli, history, &named);
	if (status == LX_OK)
		status = lx_engine_accept(database->engine, history, &named, reason_of(cli), &rows, &cli->fail);
	if (status == LX_OK) {
		lx_cli_print(cli, "Accepted %s as applied; %zu row%s of the history say so\n",
			     lx_revisions_names(cli, named.items, named.count), rows, rows == 1 ? "" : "s");
		lx_revisions_json_ids(cli, "accepted", named.items, named.count);
		lx_json_key_integer(&cli->json, "rows", (int64_t)rows);
	}
	lx_history_close(history);
	return status;
}

static enum lx_status rebuild(struct lx_database *database)
{
	struct lx_cli *cli = database->cli;
	size_t count = 0;
	lx_database_catch_signals();
	enum lx_status status = lx_engine_rebuild(database->engine, reason_of(cli), &count, &cli->fail);
	if (status == LX_OK && !count)
		lx_cli_print(cli, "No index is invalid\n");
	lx_json_key_integer(&cli->json, "indexes", (int64_t)count);
	return lx_database_stopped(status);
}

enum lx_status lx_command_repair(struct lx_cli *cli)
{
	struct lx_database database = {.cli = cli};
	enum lx_status status = check_usage(cli);
	if (status == LX_OK)
		status = lx_database_open(cli, &database);
	if (status == LX_OK && cli->options.operands.length)
		status = accept(&database);
	if (status == LX_OK && lx_option_given(&cli->options, LX_OPTION_INDEXES))
		status = rebuild(&database);
	lx_database_close(&database);
	return status;
}

enum lx_status lx_command_unlock(struct lx_cli *cli)
{
	struct lx_database database = {.cli = cli};
	const char *text = lx_option_value(&cli->options, LX_OPTION_HOLDER);
	char *end = NULL;
	long pid = text ? strtol(text, &end, 10) : 0;
	if (!text || *end || pid <= 0 || pid > INT_MAX)
		return usage(cli, "unlock needs --holder PID, the server process that holds the lock",
			     "lexo status names it");
	enum lx_status status = lx_database_open(cli, &database);
	if (status == LX_OK)
		status = lx_engine_unlock(database.engine, (int)pid, reason_of(cli), &cli->fail);
	if (status == LX_OK)
		lx_json_key_integer(&cli->json, "ended", pid);
	lx_database_close(&database);
	return status;
}
