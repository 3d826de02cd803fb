/* lexo status: project and database at a glance.
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/arena.h"
#include "base/io.h"
#include "cli/commands.h"
#include "cli/database.h"
#include "cli/generated.h"
#include "cli/models.h"
#include "cli/revisions.h"
#include "cli/scope.h"
#include "diff/diff.h"
#include "pg/lock.h"

/* One line a subject; the first thing that is not as it should be decides the exit code with --exit-code. */
struct report {
	struct lx_cli *cli;
	enum lx_status worst;
};

static void line(struct report *report, const char *key, enum lx_status status, const char *text)
{
	struct lx_cli *cli = report->cli;
	bool has_color = cli->has_color_out;
	const char *color = status == LX_OK ? "\033[32m" : "\033[33m";
	lx_cli_print(cli, "%-11s %s%s%s\n", key, has_color ? color : "", text, has_color ? "\033[0m" : "");
	lx_json_key(&cli->json, key);
	lx_json_open_object(&cli->json);
	lx_json_key_bool(&cli->json, "ok", status == LX_OK);
	lx_json_key_string(&cli->json, "text", text);
	lx_json_close_object(&cli->json);
	if (report->worst == LX_OK)
		report->worst = status;
}

/* Takes the failure of the step before: it is a line of the report, not the end of the command. */
static const char *take_failure(struct lx_cli *cli)
{
	const char *text = lx_arena_printf(cli->arena, "%s", cli->fail.message[0] ? cli->fail.message : "failed");
	cli->fail = (struct lx_fail){0};
	return lx_arena_copy(cli->arena, text, strcspn(text, "\n"));
}

static void show_migrations(struct report *report, const struct lx_history *history)
{
	struct lx_cli *cli = report->cli;
	if (!history->count) {
		line(report, "migrations", LX_OK, "none yet");
		return;
	}
	line(report, "migrations", LX_OK,
	     lx_arena_printf(cli->arena, "%zu, %s %s", history->count, history->head_count > 1 ? "heads" : "head",
			     lx_revisions_names(cli, history->heads, history->head_count)));
	enum lx_status status = lx_revisions_verify(cli, history);
	line(report, "checksums", status, status == LX_OK ? "files and lexo.sum agree" : take_failure(cli));
}

static void show_changes(struct report *report, const struct lx_history *history, struct lx_schema *models)
{
	struct lx_cli *cli = report->cli;
	struct lx_schema *snapshot;
	enum lx_status status = lx_models_check_snapshot(cli, history);
	if (status == LX_OK)
		status = lx_models_snapshot(cli, &snapshot);
	if (status != LX_OK) {
		line(report, "changes", status, take_failure(cli));
		return;
	}
	size_t count = lx_scope_diff(cli, snapshot, models)->changes.length;
	if (count)
		line(report, "changes", LX_DIFFERS,
		     lx_arena_printf(cli->arena, "%zu in the models that no revision has yet", count));
	else
		line(report, "changes", LX_OK, "none: the migrations lead to the models");
}

static void show_generated(struct report *report, const struct lx_history *history, const struct lx_schema *models)
{
	struct lx_cli *cli = report->cli;
	struct lx_generated generated;
	if (!lx_io_is_folder(cli->config.generated)) {
		line(report, "generated", LX_OK, "none");
		return;
	}
	enum lx_status status = lx_generated_make(cli, models, history, false, &generated);
	if (status == LX_OK)
		status = lx_generated_check(cli, &generated);
	line(report, "generated", status, status == LX_OK ? "current" : take_failure(cli));
}

static void show_models(struct report *report, const struct lx_history *history)
{
	struct lx_cli *cli = report->cli;
	struct lx_schema *models;
	enum lx_status status = lx_models_compile(cli, NULL, &models);
	if (status == LX_OK) {
		size_t files = cli->diags.sources.length;
		line(report, "models", LX_OK,
		     lx_arena_printf(cli->arena, "%zu file%s, no errors", files, files == 1 ? "" : "s"));
		show_changes(report, history, models);
		show_generated(report, history, models);
	} else if (cli->diags.errors)
		line(report, "models", status,
		     lx_arena_printf(cli->arena, "%zu error%s: see lexo compile --check", cli->diags.errors,
				     cli->diags.errors == 1 ? "" : "s"));
	else
		line(report, "models", status, take_failure(cli));
	lx_diags_init(&cli->diags, cli->arena); /* status counts them, it does not show them */
}

static enum lx_status read_database(struct lx_database *database, const struct lx_history *history,
				    struct lx_revision_set *current, struct lx_revision_set *pending)
{
	struct lx_cli *cli = database->cli;
	struct lx_state state = {0};
	enum lx_status status = lx_database_open(cli, database);
	if (status == LX_OK)
		status = lx_engine_state(database->engine, &state, &cli->fail);
	if (status == LX_OK)
		status = lx_engine_match(database->engine, history, &state, current, &cli->fail);
	if (status == LX_OK)
		status = lx_engine_pending(database->engine, history, "heads", pending, &cli->fail);
	lx_state_free(&state);
	return status;
}

/* Another runner at work, and what it or one before it has left half done. */
static void show_lock(struct report *report, const struct lx_database *database)
{
	struct lx_cli *cli = report->cli;
	struct lx_state state = {0};
	int64_t key;
	char holder[256];
	if (!lx_pg_lock_key(cli->config.version_schema, &key))
		return;
	if (lx_pg_lock_holder(database->conn, key, holder, sizeof holder))
		line(report, "lock", LX_LOCKED, lx_arena_printf(cli->arena, "held by %s", holder));
	else
		line(report, "lock", LX_OK, "free");
	if (lx_engine_state(database->engine, &state, &cli->fail) == LX_OK && state.open_steps)
		line(report, "journal", LX_PARTIAL,
		     "a revision is part applied: lexo upgrade goes on where it stopped");
	lx_state_free(&state);
}

/* As many ids as fit on a line. */
static const char *name_some(struct lx_cli *cli, const struct lx_revision_set *set)
{
	enum { SHOWN = 4 };
	if (!set->count)
		return "none";
	const char *text = lx_revisions_names(cli, set->items, set->count > SHOWN ? SHOWN : set->count);
	return lx_arena_printf(cli->arena, set->count > SHOWN ? "%zu: %s, …" : "%zu: %s", set->count, text);
}

static void show_database(struct report *report, const struct lx_history *history)
{
	struct lx_cli *cli = report->cli;
	struct lx_database database = {.cli = cli};
	struct lx_revision_set current = {0}, pending = {0};
	enum lx_status status = read_database(&database, history, &current, &pending);
	if (status != LX_OK)
		line(report, "database", status, take_failure(cli));
	else {
		line(report, "database", LX_OK, PQdb(database.conn));
		line(report, "current", LX_OK, lx_revisions_names(cli, current.items, current.count));
		line(report, "pending", pending.count ? LX_DIFFERS : LX_OK, name_some(cli, &pending));
		lx_revisions_json_ids(cli, "current_revisions", current.items, current.count);
		lx_revisions_json_ids(cli, "pending_revisions", pending.items, pending.count);
	}
	if (database.engine)
		show_lock(report, &database);
	lx_database_close(&database);
}

enum lx_status lx_command_status(struct lx_cli *cli)
{
	struct report report = {.cli = cli};
	struct lx_history *history;
	bool was_quiet = cli->is_quiet;
	enum lx_status status = lx_cli_config(cli);
	if (status != LX_OK)
		return status;
	line(&report, "project", LX_OK, cli->config.file ? cli->config.file : "no lexo.ini: the defaults");
	cli->is_quiet = true;
	status = lx_revisions_read(cli, &history);
	if (status == LX_OK) {
		show_migrations(&report, history);
		show_models(&report, history);
		show_database(&report, history);
	}
	cli->is_quiet = was_quiet;
	lx_history_close(history);
	if (status != LX_OK)
		return status;
	return lx_option_given(&cli->options, LX_OPTION_EXIT_CODE) ? report.worst : LX_OK;
}
