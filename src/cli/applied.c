/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/applied.h"

#include <string.h>

#include "base/arena.h"
#include "cli/database.h"
#include "pg/connection.h"

enum column { SEQ, AT, EVENT, REVISION, MESSAGE, MILLISECONDS, DB_USER, OS_USER, HOST, VERSION };
static const char query[] = "SELECT seq, pg_catalog.to_char(applied_at AT TIME ZONE 'UTC', "
			    "'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"'), event, revision, message, duration_ms, db_user, "
			    "coalesce(os_user, ''), coalesce(host, ''), lexo_version FROM %s.history ORDER BY seq DESC";

static void print_row(struct lx_cli *cli, const PGresult *rows, int row)
{
	const char *field[VERSION + 1];
	struct lx_json *json = &cli->json;
	for (int i = 0; i <= VERSION; i++)
		field[i] = PQgetvalue(rows, row, i);
	lx_cli_print(cli, "%s  %-9s %s%s%s", field[AT], field[EVENT], field[REVISION], *field[MESSAGE] ? ", " : "",
		     field[MESSAGE]);
	if (cli->verbose)
		lx_cli_print(cli, "  (%s ms, %s as %s on %s, lexo %s)", field[MILLISECONDS], field[OS_USER],
			     field[DB_USER], field[HOST], field[VERSION]);
	lx_cli_print(cli, "\n");
	lx_json_open_object(json);
	lx_json_key_string(json, "seq", field[SEQ]);
	lx_json_key_string(json, "at", field[AT]);
	lx_json_key_string(json, "event", field[EVENT]);
	lx_json_key_string(json, "revision", field[REVISION]);
	lx_json_key_string(json, "message", field[MESSAGE]);
	lx_json_key_string(json, "ms", field[MILLISECONDS]);
	lx_json_key_string(json, "db_user", field[DB_USER]);
	lx_json_key_string(json, "os_user", field[OS_USER]);
	lx_json_key_string(json, "host", field[HOST]);
	lx_json_key_string(json, "lexo_version", field[VERSION]);
	lx_json_close_object(json);
}

static enum lx_status print_rows(struct lx_cli *cli, PGconn *conn)
{
	const char *name = cli->config.version_schema;
	char *schema = PQescapeIdentifier(conn, name, strlen(name));
	PGresult *rows = schema ? PQexec(conn, lx_arena_printf(cli->arena, query, schema)) : NULL;
	enum lx_status status = LX_OK;
	PQfreemem(schema);
	if (PQresultStatus(rows) != PGRES_TUPLES_OK)
		status = lx_pg_fail(&cli->fail, LX_FAILED, "L0414", conn, rows, "cannot read the version tables");
	lx_json_key(&cli->json, "applied");
	lx_json_open_array(&cli->json);
	for (int i = 0; status == LX_OK && i < PQntuples(rows); i++)
		print_row(cli, rows, i);
	lx_json_close_array(&cli->json);
	PQclear(rows);
	return status;
}

enum lx_status lx_applied_print(struct lx_cli *cli)
{
	struct lx_database database = {.cli = cli};
	struct lx_state state = {0};
	enum lx_status status = lx_database_open(cli, &database);
	if (status == LX_OK)
		status = lx_engine_state(database.engine, &state, &cli->fail);
	if (status == LX_OK && state.has_tables)
		status = print_rows(cli, database.conn);
	lx_state_free(&state);
	lx_database_close(&database);
	return status;
}
