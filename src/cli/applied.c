/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/applied.h"

#include "cli/database.h"

static void print_row(struct lx_cli *cli, const PGresult *rows, int row)
{
	static const char *const keys[LX_APPLIED_COLUMNS] = {"seq", "at",      "event",   "revision", "message",
							     "ms",  "db_user", "os_user", "host",     "lexo_version"};
	const char *field[LX_APPLIED_COLUMNS];
	lx_json_open_object(&cli->json);
	for (int i = 0; i < LX_APPLIED_COLUMNS; i++) {
		field[i] = PQgetvalue(rows, row, i);
		lx_json_key_string(&cli->json, keys[i], field[i]);
	}
	lx_json_close_object(&cli->json);
	lx_cli_print(cli, "%s  %-9s %s%s%s", field[LX_APPLIED_AT], field[LX_APPLIED_VERB], field[LX_APPLIED_REVISION],
		     *field[LX_APPLIED_MESSAGE] ? ", " : "", field[LX_APPLIED_MESSAGE]);
	if (cli->verbose)
		lx_cli_print(cli, "  (%s ms, %s as %s on %s, lexo %s)", field[LX_APPLIED_MILLISECONDS],
			     field[LX_APPLIED_OS_USER], field[LX_APPLIED_DB_USER], field[LX_APPLIED_HOST],
			     field[LX_APPLIED_VERSION]);
	lx_cli_print(cli, "\n");
}

enum lx_status lx_applied_print(struct lx_cli *cli)
{
	struct lx_database database = {.cli = cli};
	struct lx_state state = {0};
	PGresult *rows = NULL;
	enum lx_status status = lx_database_open(cli, &database);
	if (status == LX_OK)
		status = lx_engine_state(database.engine, &state, &cli->fail);
	if (status == LX_OK && state.has_tables)
		status = lx_engine_events(database.engine, &rows, &cli->fail);
	lx_json_key(&cli->json, "applied");
	lx_json_open_array(&cli->json);
	for (int i = 0; status == LX_OK && i < PQntuples(rows); i++)
		print_row(cli, rows, i);
	lx_json_close_array(&cli->json);
	PQclear(rows);
	lx_state_free(&state);
	lx_database_close(&database);
	return status;
}
