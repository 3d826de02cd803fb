/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/applied.h"

#include "cli/database.h"
#include "cli/revisions.h"

/* Is the row about a revision that no file is?  Rows about none are not. */
static bool is_missing(const struct lx_history *history, const char *id)
{
	return history && id[0] != '<' && !lx_history_get(history, id);
}

static void print_details(struct lx_cli *cli, const char *const *field)
{
	lx_cli_print(cli, "  (%s ms, %s as %s on %s, lexo %s, %s)", field[LX_APPLIED_MILLISECONDS],
		     field[LX_APPLIED_OS_USER], field[LX_APPLIED_DB_USER], field[LX_APPLIED_HOST],
		     field[LX_APPLIED_VERSION],
		     *field[LX_APPLIED_HAS_DOWNGRADE] == 't' ? "way back kept" : "no way back");
}

static void print_row(struct lx_cli *cli, const struct lx_history *history, const PGresult *rows, int row)
{
	static const char *const keys[LX_APPLIED_COLUMNS] = {"seq",     "at",           "event",   "revision",
							     "message", "ms",           "db_user", "os_user",
							     "host",    "lexo_version", NULL,      "reason"};
	const char *field[LX_APPLIED_COLUMNS];
	lx_json_open_object(&cli->json);
	for (int i = 0; i < LX_APPLIED_COLUMNS; i++) {
		field[i] = PQgetvalue(rows, row, i);
		if (keys[i])
			lx_json_key_string(&cli->json, keys[i], field[i]);
	}
	bool is_gone = is_missing(history, field[LX_APPLIED_REVISION]);
	lx_json_key_bool(&cli->json, "has_downgrade", *field[LX_APPLIED_HAS_DOWNGRADE] == 't');
	lx_json_key_bool(&cli->json, "is_in_files", !is_gone);
	lx_json_close_object(&cli->json);
	lx_cli_print(cli, "%s  %-9s %s%s%s%s%s%s", field[LX_APPLIED_AT], field[LX_APPLIED_VERB],
		     field[LX_APPLIED_REVISION], *field[LX_APPLIED_MESSAGE] ? ", " : "", field[LX_APPLIED_MESSAGE],
		     is_gone ? " (in no file)" : "", *field[LX_APPLIED_REASON] ? ": " : "", field[LX_APPLIED_REASON]);
	if (cli->verbose)
		print_details(cli, field);
	lx_cli_print(cli, "\n");
}

/* The files say which revisions are in them; without files that can be read nothing is said about that. */
static struct lx_history *read_names(struct lx_cli *cli)
{
	struct lx_history *history = NULL;
	struct lx_fail kept = cli->fail;
	if (lx_revisions_outline(cli, &history) != LX_OK) {
		cli->fail = kept;
		return NULL;
	}
	return history;
}

enum lx_status lx_applied_print(struct lx_cli *cli)
{
	struct lx_database database = {.cli = cli};
	struct lx_state state = {0};
	struct lx_history *history = NULL;
	PGresult *rows = NULL;
	enum lx_status status = lx_database_open(cli, &database);
	if (status == LX_OK)
		status = lx_engine_state(database.engine, &state, &cli->fail);
	if (status == LX_OK && state.has_tables)
		status = lx_engine_events(database.engine, &rows, &cli->fail);
	if (status == LX_OK)
		history = read_names(cli);
	lx_json_key(&cli->json, "applied");
	lx_json_open_array(&cli->json);
	for (int i = 0; status == LX_OK && i < PQntuples(rows); i++)
		print_row(cli, history, rows, i);
	lx_json_close_array(&cli->json);
	PQclear(rows);
	lx_history_close(history);
	lx_state_free(&state);
	lx_database_close(&database);
	return status;
}
