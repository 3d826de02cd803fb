/* lexo current: what the database is at.
 * SPDX-License-Identifier: Apache-2.0 */
#include "cli/commands.h"
#include "cli/database.h"
#include "cli/revisions.h"

static bool is_at_every_head(const struct lx_history *history, const struct lx_revision_set *current)
{
	for (size_t i = 0; i < history->head_count; i++)
		if (!lx_database_holds(current, history->heads[i]))
			return false;
	return true;
}

static void print_current(struct lx_cli *cli, const struct lx_database *database, const struct lx_revision_set *current)
{
	if (cli->verbose)
		lx_cli_print(cli, "Current revision(s) for database %s, user %s, server %s:\n", PQdb(database->conn),
			     PQuser(database->conn), PQhost(database->conn));
	lx_json_key(&cli->json, "current");
	lx_json_open_array(&cli->json);
	for (size_t i = 0; i < current->count; i++) {
		if (cli->verbose)
			lx_revisions_print_block(cli, current->items[i], false);
		else
			lx_revisions_print_line(cli, current->items[i], false, 0);
		lx_revisions_print_json(cli, current->items[i], true);
	}
	lx_json_close_array(&cli->json);
}

/* The ids alone, when not all of them are in the files. */
static void print_ids(struct lx_cli *cli, const struct lx_history *history, const struct lx_state *state)
{
	lx_json_key(&cli->json, "applied");
	lx_json_open_array(&cli->json);
	for (size_t i = 0; i < state->head_count; i++) {
		const struct lx_applied *head = &state->heads[i];
		bool is_known = lx_history_get(history, head->id) != NULL;
		lx_cli_print(cli, "%s%s\n", head->id,
			     is_known        ? ""
			     : head->is_kept ? " (in no file; the database keeps its way back)"
					     : " (in no file)");
		lx_json_string(&cli->json, head->id);
	}
	lx_json_close_array(&cli->json);
}

/* Names and chains are enough nearly always.  Where a chain differs, the whole files say what was edited. */
static enum lx_status read_files(struct lx_cli *cli, struct lx_history **history)
{
	if (lx_revisions_are_detailed(cli))
		return lx_revisions_summed(cli, history);
	enum lx_status status = lx_revisions_outline(cli, history);
	return status == LX_OK ? lx_history_take_chains(*history, &cli->fail) : status;
}

static enum lx_status match(struct lx_database *database, struct lx_history **history, const struct lx_state *state,
			    struct lx_revision_set *current)
{
	struct lx_cli *cli = database->cli;
	enum lx_status status = lx_engine_match(database->engine, *history, state, current, &cli->fail);
	if (status != LX_CHECKSUM || (*history)->depth == LX_HISTORY_WHOLE)
		return status;
	cli->fail = (struct lx_fail){0};
	lx_history_close(*history);
	status = lx_revisions_read(cli, history);
	return status == LX_OK ? lx_engine_match(database->engine, *history, state, current, &cli->fail) : status;
}

static enum lx_status show(struct lx_cli *cli, struct lx_history **history, struct lx_database *database)
{
	struct lx_state state = {0};
	struct lx_revision_set current = {0};
	enum lx_status status = lx_engine_state(database->engine, &state, &cli->fail);
	if (status != LX_OK)
		return status;
	status = match(database, history, &state, &current);
	if (status == LX_OK)
		print_current(cli, database, &current);
	else
		print_ids(cli, *history, &state);
	lx_state_free(&state);
	if (status == LX_OK && lx_option_given(&cli->options, LX_OPTION_CHECK_HEADS) &&
	    !is_at_every_head(*history, &current)) {
		lx_fail(&cli->fail, LX_DIFFERS, "L0411", "Database is not on all head revisions");
		lx_fail_help(&cli->fail, "bring it there: lexo upgrade heads");
		status = LX_DIFFERS;
	}
	return status;
}

enum lx_status lx_command_current(struct lx_cli *cli)
{
	struct lx_history *history;
	struct lx_database database = {.cli = cli};
	enum lx_status status = read_files(cli, &history);
	if (status == LX_OK)
		status = lx_database_open(cli, &database);
	if (status == LX_OK)
		status = show(cli, &history, &database);
	lx_database_close(&database);
	lx_history_close(history);
	return status;
}
