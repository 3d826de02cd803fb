/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/scratch.h"

#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "base/arena.h"
#include "cli/database.h"
#include "cli/models.h"
#include "cli/sides.h"
#include "history/sql_scan.h"
#include "history/statements.h"
#include "ir/schema.h"
#include "pg/connection.h"
#include "pg/lock.h"
#include "plan/plan.h"
#include "sql/emit.h"

/* --- the server ------------------------------------------------------------------------------------------------------
 */

/* Roles belong to the server, not to a database: those that somebody has made are in the way of revisions that make
 * them, and those that revisions have made would be in the way the next time. */
static const char other_roles[] =
    "SELECT rolname FROM pg_catalog.pg_roles WHERE rolname !~ '^pg_' AND rolname <> CURRENT_USER";

static bool has_roles(const char *url)
{
	struct lx_fail ignored = {0};
	PGconn *conn = NULL;
	if (lx_pg_connect(url, &conn, &ignored) != LX_OK)
		return false;
	PGresult *roles = PQexec(conn, other_roles);
	bool has = PQntuples(roles) > 0;
	PQclear(roles);
	PQfinish(conn);
	return has;
}

/* The server of `lexo dev` when it runs, and nobody has roles there; else one of our own. */
static enum lx_status locate(struct lx_scratch *scratch)
{
	struct lx_cli *cli = scratch->cli;
	const char *project = cli->config.folder[0] ? cli->config.folder : ".";
	enum lx_status status = lx_dev_locate(cli->arena, project, NULL, &scratch->dev, &cli->fail);
	if (status != LX_OK || !lx_dev_is_running(&scratch->dev) || !has_roles(scratch->dev.url))
		return status;
	const char *folder = lx_arena_printf(cli->arena, "%s-scratch", scratch->dev.folder);
	return lx_dev_locate(cli->arena, project, folder, &scratch->dev, &cli->fail);
}

static enum lx_status start_private(struct lx_scratch *scratch)
{
	struct lx_cli *cli = scratch->cli;
	struct lx_dev *dev = &scratch->dev;
	bool was_started;
	enum lx_status status = locate(scratch);
	if (status == LX_OK)
		status = lx_dev_find_binaries(dev, &cli->fail);
	if (status == LX_OK)
		status = lx_dev_start(dev, false, &was_started, &cli->fail);
	if (status == LX_OK)
		status = lx_dev_use(dev, &scratch->use, &cli->fail);
	scratch->url = dev->url;
	scratch->is_private = true;
	return status;
}

static void ignore_notice(void *context, const char *message)
{
	(void)context, (void)message;
}

enum lx_status lx_scratch_open(struct lx_cli *cli, struct lx_scratch *scratch)
{
	*scratch = (struct lx_scratch){.cli = cli, .use = -1};
	enum lx_status status = lx_cli_config(cli);
	if (status != LX_OK)
		return status;
	scratch->url = lx_option_value(&cli->options, LX_OPTION_SCRATCH);
	if (!scratch->url)
		status = start_private(scratch);
	if (status == LX_OK)
		status = lx_pg_connect(scratch->url, &scratch->admin, &cli->fail);
	if (status == LX_OK)
		PQsetNoticeProcessor(scratch->admin, ignore_notice, NULL);
	return status;
}

static PGresult *execute_named(PGconn *conn, const char *format_before, const char *name, const char *after)
{
	struct lx_buffer sql = LX_BUFFER_INIT;
	lx_buffer_string(&sql, format_before);
	lx_quote_name(&sql, name);
	lx_buffer_string(&sql, after);
	PGresult *result = PQexec(conn, lx_buffer_text(&sql));
	lx_buffer_free(&sql);
	return result;
}

/* Those of the databases that are gone; one that something else holds on to stays. */
static void drop_roles(PGconn *admin)
{
	PGresult *roles = PQexec(admin, other_roles);
	for (int i = 0; i < PQntuples(roles); i++)
		PQclear(execute_named(admin, "DROP ROLE ", PQgetvalue(roles, i, 0), ""));
	PQclear(roles);
}

void lx_scratch_close(struct lx_scratch *scratch)
{
	LX_EACH (const char *, name, &scratch->names)
		PQclear(execute_named(scratch->admin, "DROP DATABASE IF EXISTS ", name, " WITH (FORCE)"));
	if (scratch->is_private && scratch->admin)
		drop_roles(scratch->admin);
	PQfinish(scratch->admin);
	scratch->admin = NULL;
	if (scratch->use < 0)
		return;
	struct lx_fail ignored = {0};
	lx_dev_release(&scratch->dev, scratch->use, &ignored);
}

/* The same server, another database: a later dbname wins over the one in the URL. */
static enum lx_status connect(struct lx_scratch *scratch, const char *name, PGconn **conn)
{
	const char *keywords[] = {"dbname", "dbname", NULL}, *values[] = {scratch->url, name, NULL};
	*conn = PQconnectdbParams(keywords, values, 1);
	if (PQstatus(*conn) == CONNECTION_OK) {
		PQsetNoticeProcessor(*conn, ignore_notice, NULL);
		return LX_OK;
	}
	enum lx_status status = lx_pg_fail(&scratch->cli->fail, LX_NO_CONNECTION, "L0401", *conn, NULL,
					   "connecting to the scratch database");
	PQfinish(*conn);
	*conn = NULL;
	return status;
}

enum lx_status lx_scratch_database(struct lx_scratch *scratch, PGconn **conn)
{
	struct lx_cli *cli = scratch->cli;
	const char *name =
	    lx_arena_printf(cli->arena, "lexo_scratch_%ld_%u", (long)getpid(), scratch->names.length + 1);
	*conn = NULL;
	PGresult *result = execute_named(scratch->admin, "CREATE DATABASE ", name, " TEMPLATE template0");
	bool is_made = PQresultStatus(result) == PGRES_COMMAND_OK;
	if (!is_made) {
		lx_pg_fail(&cli->fail, LX_NO_CONNECTION, "L0426", scratch->admin, result,
			   "creating a scratch database");
		lx_fail_help(&cli->fail, "--scratch names a server on which databases may be created; without it the\n"
					 "private server of the project is used (lexo dev)");
	}
	PQclear(result);
	if (!is_made)
		return cli->fail.status;
	lx_vec_push(cli->arena, &scratch->names, (void *)(uintptr_t)name);
	return connect(scratch, name, conn);
}

/* --- copies ----------------------------------------------------------------------------------------------------------
 */

/* A server process ends some time after its client; CREATE DATABASE would sleep until then. */
static void wait_until_unused(PGconn *admin, const char *name)
{
	enum { TRIES = 200 };
	for (int i = 0; i < TRIES; i++) {
		const char *values[] = {name};
		PGresult *result =
		    PQexecParams(admin, "SELECT 1 FROM pg_catalog.pg_stat_activity WHERE datname = $1 LIMIT 1", 1, NULL,
				 values, NULL, NULL, 0);
		bool is_used = PQresultStatus(result) == PGRES_TUPLES_OK && PQntuples(result) > 0;
		PQclear(result);
		if (!is_used || !lx_pg_pause(2, NULL, NULL))
			return;
	}
}

static bool replace_database(PGconn *admin, const char *from, const char *to, PGresult **result)
{
	struct lx_buffer template = LX_BUFFER_INIT;
	lx_buffer_string(&template, " TEMPLATE ");
	lx_quote_name(&template, from);
	wait_until_unused(admin, from);
	*result = execute_named(admin, "DROP DATABASE IF EXISTS ", to, " WITH (FORCE)");
	if (PQresultStatus(*result) == PGRES_COMMAND_OK) {
		PQclear(*result);
		*result = execute_named(admin, "CREATE DATABASE ", to, lx_buffer_text(&template));
	}
	lx_buffer_free(&template);
	return PQresultStatus(*result) == PGRES_COMMAND_OK;
}

enum lx_status lx_scratch_copy(struct lx_scratch *scratch, PGconn **conn, bool back)
{
	struct lx_arena *arena = scratch->cli->arena;
	const char *name = lx_arena_string(arena, PQdb(*conn)), *copy = lx_arena_printf(arena, "%s_copy", name);
	bool is_listed = false;
	LX_EACH (const char *, listed, &scratch->names)
		is_listed |= strcmp(listed, copy) == 0;
	if (!is_listed)
		lx_vec_push(arena, &scratch->names, (void *)(uintptr_t)copy);
	PQfinish(*conn);
	*conn = NULL;
	PGresult *result;
	bool is_made = replace_database(scratch->admin, back ? copy : name, back ? name : copy, &result);
	if (!is_made)
		lx_pg_fail(&scratch->cli->fail, LX_NO_CONNECTION, "L0426", scratch->admin, result,
			   "copying a scratch database");
	PQclear(result);
	return is_made ? connect(scratch, name, conn) : scratch->cli->fail.status;
}

/* --- models ----------------------------------------------------------------------------------------------------------
 */

/* Roles belong to the server; a private one has none of them. */
static void make_roles(struct lx_scratch *scratch, const struct lx_schema *schema)
{
	LX_EACH (const struct lx_object *, object, &schema->objects) {
		if (scratch->is_private && object->kind == LX_KIND_ROLE)
			PQclear(execute_named(scratch->admin, "CREATE ROLE ", object->name, ""));
	}
}

/* Does a statement of STEP begin with CREATE ROLE (or USER, GROUP) NAME? */
static bool creates_role(const struct lx_step *step, const char *name)
{
	struct lx_splitter splitter;
	struct lx_sql_statement statement;
	lx_split_init(&splitter, step->sql, step->length);
	while (lx_split_next(&splitter, &statement)) {
		struct lx_sql_scanner scanner;
		struct lx_sql_token words[3] = {{0}};
		lx_sql_scan_init(&scanner, statement.start, statement.length);
		for (size_t i = 0; i < 3; i++)
			if (lx_sql_scan(&scanner, &words[i]) == LX_SQL_END)
				break;
		bool is_role = lx_sql_token_is(&words[1], "role") || lx_sql_token_is(&words[1], "user") ||
			       lx_sql_token_is(&words[1], "group");
		size_t quote = words[2].kind == LX_SQL_QUOTED, length = words[2].length - 2 * quote;
		if (is_role && lx_sql_token_is(&words[0], "create") && strlen(name) == length &&
		    strncasecmp(words[2].start + quote, name, length) == 0)
			return true;
	}
	return false;
}

static bool is_made(const struct lx_history *history, const char *name)
{
	for (size_t i = 0; i < history->count; i++)
		for (size_t j = 0; j < history->revisions[i]->upgrade.step_count; j++)
			if (creates_role(&history->revisions[i]->upgrade.steps[j], name))
				return true;
	return false;
}

void lx_scratch_roles(struct lx_scratch *scratch, const struct lx_history *history)
{
	struct lx_cli *cli = scratch->cli;
	struct lx_schema *snapshot;
	if (!scratch->is_private)
		return;
	if (lx_models_snapshot(cli, &snapshot) != LX_OK) { /* revisions say themselves which role they miss */
		cli->fail = (struct lx_fail){0};
		lx_diags_init(&cli->diags, cli->arena);
		return;
	}
	LX_EACH (const struct lx_object *, object, &snapshot->objects)
		if (object->kind == LX_KIND_ROLE && !is_made(history, object->name))
			PQclear(execute_named(scratch->admin, "CREATE ROLE ", object->name, ""));
}

static enum lx_status refuse(struct lx_cli *cli, PGconn *conn, const PGresult *result,
			     const struct lx_statement_text *statement)
{
	lx_pg_fail(&cli->fail, LX_FAILED, "L0427", conn, result, "making the models' schema on a scratch database");
	if (statement->object)
		lx_fail_where(&cli->fail, "%s: %.*s", lx_object_key(cli->arena, statement->object),
			      (int)strcspn(statement->sql, "\n"), statement->sql);
	return cli->fail.status;
}

static bool execute(PGconn *conn, const char *sql, PGresult **result)
{
	*result = PQexec(conn, sql);
	return PQresultStatus(*result) == PGRES_COMMAND_OK || PQresultStatus(*result) == PGRES_TUPLES_OK;
}

/* The database is new: nobody waits, so everything may run inside one transaction but what refuses that. */
static enum lx_status run_plan(struct lx_cli *cli, PGconn *conn, const struct lx_plan *plan)
{
	enum lx_status status = LX_OK;
	bool is_open = true;
	PQclear(PQexec(conn, "BEGIN"));
	LX_EACH (const struct lx_statement_text *, statement, &plan->statements) {
		PGresult *result;
		if (status != LX_OK)
			break;
		if (is_open && !statement->is_transactional) {
			PQclear(PQexec(conn, "COMMIT"));
			is_open = false;
		}
		if (!execute(conn, statement->sql, &result))
			status = refuse(cli, conn, result, statement);
		PQclear(result);
	}
	if (is_open)
		PQclear(PQexec(conn, status == LX_OK ? "COMMIT" : "ROLLBACK"));
	return status;
}

enum lx_status lx_scratch_models(struct lx_scratch *scratch, const struct lx_schema *models, struct lx_schema **schema,
				 PGconn **kept)
{
	struct lx_cli *cli = scratch->cli;
	PGconn *conn;
	if (kept)
		*kept = NULL;
	enum lx_status status = lx_scratch_database(scratch, &conn);
	if (status != LX_OK)
		return status;
	make_roles(scratch, models);
	status = run_plan(cli, conn, lx_models_create_plan(cli->arena, models));
	if (status == LX_OK)
		status = lx_sides_connection(cli, conn, schema);
	if (status == LX_OK && kept)
		*kept = conn;
	else
		PQfinish(conn);
	return status;
}

/* --- revisions -------------------------------------------------------------------------------------------------------
 */

static bool is_reversible(const struct lx_history *history)
{
	for (size_t i = 0; i < history->count; i++)
		if (history->revisions[i]->irreversible || !history->revisions[i]->downgrade.is_present)
			return false;
	return true;
}

static enum lx_status replay(struct lx_cli *cli, PGconn *conn, struct lx_history *history, struct lx_schema **head,
			     struct lx_schema **base)
{
	struct lx_database database = {.cli = cli, .conn = conn, .is_scratch = true};
	struct lx_engine_options options;
	enum lx_status status = lx_database_options(&database, &options);
	if (status == LX_OK)
		status = lx_engine_open(conn, &options, &database.engine, &cli->fail);
	if (status == LX_OK)
		status = lx_engine_upgrade(database.engine, history, "heads", NULL, &cli->fail);
	if (status == LX_OK)
		status = lx_sides_connection(cli, conn, head);
	if (status == LX_OK && base && is_reversible(history)) {
		status = lx_engine_downgrade(database.engine, history, "base", NULL, &cli->fail);
		if (status == LX_OK)
			status = lx_sides_connection(cli, conn, base);
	}
	lx_engine_close(database.engine);
	return status;
}

enum lx_status lx_scratch_replay(struct lx_scratch *scratch, struct lx_history *history, struct lx_schema **head,
				 struct lx_schema **base)
{
	PGconn *conn;
	if (base)
		*base = NULL;
	enum lx_status status = lx_scratch_database(scratch, &conn);
	if (status == LX_OK)
		status = replay(scratch->cli, conn, history, head, base);
	PQfinish(conn);
	return status;
}
