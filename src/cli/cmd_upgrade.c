/* lexo upgrade, downgrade, stamp and ensure_version: what changes a database.
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/arena.h"
#include "cli/commands.h"
#include "cli/database.h"
#include "cli/models.h"
#include "cli/revisions.h"
#include "cli/seeding.h"
#include "cli/signing.h"

static void log_context(struct lx_cli *cli, const PGconn *conn)
{
	const char *version = PQparameterStatus(conn, "server_version");
	lx_cli_log(cli, "lexo.migration", "Context impl PostgreSQL %s, database %s, user %s.", version ? version : "?",
		   PQdb(conn), PQuser(conn));
	lx_cli_log(cli, "lexo.migration", "Will assume transactional DDL.");
	if (lx_option_given(&cli->options, LX_OPTION_TAG))
		lx_cli_log(cli, "lexo.migration", "Tag %s", lx_option_value(&cli->options, LX_OPTION_TAG));
}

/* --tag: a word of the user's for the log, and for the script as a comment of one line. */
static const char *tag_line(struct lx_cli *cli)
{
	const char *tag = lx_option_value(&cli->options, LX_OPTION_TAG);
	char *line = lx_arena_printf(cli->arena, tag ? "-- Tag: %s" : "%s", tag ? tag : "");
	for (char *at = line; *at; at++)
		if ((unsigned char)*at < ' ')
			*at = ' ';
	return tag ? lx_arena_printf(cli->arena, "%s\n", line) : line;
}

static enum lx_status finish_sql(struct lx_cli *cli, enum lx_status status, struct lx_buffer *sql)
{
	if (status == LX_OK) {
		lx_cli_print(cli, "%s", tag_line(cli));
		lx_cli_print_text(cli, lx_buffer_text(sql), sql->length);
		lx_json_key_string(&cli->json, "sql", lx_buffer_text(sql));
	}
	lx_buffer_free(sql);
	return status;
}

static enum lx_status print_sql(struct lx_cli *cli, const struct lx_history *history, const char *target,
				bool is_downgrade)
{
	struct lx_database database = {.cli = cli};
	struct lx_engine_options options;
	struct lx_buffer sql = LX_BUFFER_INIT;
	enum lx_status status = lx_database_options(&database, &options);
	if (status == LX_OK)
		status = history ? lx_engine_render(&options, history, target, is_downgrade, &sql, &cli->fail)
				 : lx_engine_render_tables(&options, &sql, &cli->fail);
	return finish_sql(cli, status, &sql);
}

static enum lx_status print_stamp(struct lx_cli *cli, const struct lx_history *history, const char *const *targets,
				  size_t count)
{
	struct lx_database database = {.cli = cli};
	struct lx_engine_options options;
	struct lx_buffer sql = LX_BUFFER_INIT;
	enum lx_status status = LX_OK;
	if (lx_option_given(&cli->options, LX_OPTION_PURGE)) {
		status = lx_fail(&cli->fail, LX_USAGE, "L0202", "stamp --sql cannot be combined with --purge");
		lx_fail_help(&cli->fail, "a script knows where it starts: write FROM:REVISION");
	}
	if (status == LX_OK)
		status = lx_database_options(&database, &options);
	if (status == LX_OK)
		status = lx_engine_render_stamp(&options, history, targets, count, &sql, &cli->fail);
	return finish_sql(cli, status, &sql);
}

/* What the database is at afterwards; what failed before stays the failure. */
static void report_state(struct lx_database *database, const struct lx_history *history, const char *key)
{
	struct lx_cli *cli = database->cli;
	struct lx_state state = {0};
	struct lx_fail ignored = {0};
	(void)history;
	if (!lx_cli_is_json(cli) || lx_engine_state(database->engine, &state, &ignored) != LX_OK)
		return;
	if (database->has_steps)
		lx_json_close_array(&cli->json);
	database->has_steps = false;
	lx_json_key(&cli->json, key);
	lx_json_open_array(&cli->json);
	for (size_t i = 0; i < state.head_count; i++)
		lx_json_string(&cli->json, state.heads[i].id);
	lx_json_close_array(&cli->json);
	lx_state_free(&state);
}

/* SEEDS: the models, when their rows are wanted afterwards; else NULL. */
static enum lx_status run(struct lx_cli *cli, struct lx_history *history, const char *target, bool is_downgrade,
			  uint64_t number, const struct lx_schema *seeds)
{
	struct lx_database database;
	size_t count = 0;
	enum lx_status status = lx_database_open(cli, &database);
	if (status == LX_OK) {
		log_context(cli, database.conn);
		report_state(&database, history, "from");
		lx_engine_set_signature(database.engine, number);
		lx_database_catch_signals();
		status = is_downgrade ? lx_engine_downgrade(database.engine, history, target, &count, &cli->fail)
				      : lx_engine_upgrade(database.engine, history, target, &count, &cli->fail);
		if (status == LX_OK && !count)
			lx_cli_log(cli, "lexo.migration", "Nothing to do: the database is at %s already", target);
		if (status == LX_OK)
			report_state(&database, history, "to");
		if (status == LX_OK && seeds)
			status = lx_seeding_run(&database, history, seeds, true, &count);
	}
	lx_database_close(&database);
	return lx_database_stopped(status);
}

static enum lx_status migrate(struct lx_cli *cli, const char *target, bool is_downgrade)
{
	struct lx_history *history;
	struct lx_schema *seeds = NULL;
	uint64_t number = 0;
	enum lx_status status = lx_revisions_read(cli, &history);
	if (status == LX_OK)
		status = lx_signing_check(cli, history, &number);
	if (status == LX_OK && lx_option_given(&cli->options, LX_OPTION_SEED))
		status = lx_models_compile(cli, NULL, &seeds);
	if (status == LX_OK && lx_option_given(&cli->options, LX_OPTION_SQL)) {
		status = print_sql(cli, history, target, is_downgrade);
		if (status == LX_OK && seeds)
			status = lx_seeding_print(cli, seeds, "seed_sql");
	} else if (status == LX_OK) {
		status = run(cli, history, target, is_downgrade, number, seeds);
	}
	lx_history_close(history);
	return status;
}

enum lx_status lx_command_upgrade(struct lx_cli *cli)
{
	const struct lx_vec *operands = &cli->options.operands;
	return migrate(cli, operands->length ? operands->items[0] : "head", false);
}

enum lx_status lx_command_downgrade(struct lx_cli *cli)
{
	return migrate(cli, cli->options.operands.items[0], true);
}

enum lx_status lx_command_stamp(struct lx_cli *cli)
{
	struct lx_history *history;
	struct lx_database database = {.cli = cli};
	const struct lx_vec *operands = &cli->options.operands;
	const char **targets = LX_NEW_ARRAY(cli->arena, const char *, operands->length);
	for (size_t i = 0; i < operands->length; i++)
		targets[i] = operands->items[i];
	uint64_t number = 0;
	enum lx_status status = lx_revisions_read(cli, &history);
	if (status == LX_OK)
		status = lx_signing_check(cli, history, &number);
	if (status == LX_OK && lx_option_given(&cli->options, LX_OPTION_SQL)) {
		status = print_stamp(cli, history, targets, operands->length);
		lx_history_close(history);
		return status;
	}
	if (status == LX_OK)
		status = lx_database_open(cli, &database);
	if (status == LX_OK) {
		log_context(cli, database.conn);
		lx_engine_set_signature(database.engine, number);
		lx_database_catch_signals();
		status = lx_engine_stamp(database.engine, history, targets, operands->length,
					 lx_option_given(&cli->options, LX_OPTION_PURGE), &cli->fail);
	}
	if (status == LX_OK)
		report_state(&database, history, "to");
	lx_database_close(&database);
	lx_history_close(history);
	return lx_database_stopped(status);
}

enum lx_status lx_command_ensure_version(struct lx_cli *cli)
{
	struct lx_database database = {.cli = cli};
	if (lx_option_given(&cli->options, LX_OPTION_SQL)) {
		enum lx_status status = lx_cli_config(cli);
		return status == LX_OK ? print_sql(cli, NULL, NULL, false) : status;
	}
	enum lx_status status = lx_database_open(cli, &database);
	if (status == LX_OK) {
		log_context(cli, database.conn);
		status = lx_engine_ensure(database.engine, &cli->fail);
	}
	lx_database_close(&database);
	return status;
}
