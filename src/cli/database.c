/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/database.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "cli/dev.h"
#include "history/identify.h"
#include "pg/connection.h"

/* --- which one ------------------------------------------------------------------------------------------------------
 */

static const char *from_environment(const char *name)
{
	const char *value = getenv(name);
	return value && *value ? value : NULL;
}

static bool is_named_by_libpq(void)
{
	static const char *const names[] = {"PGHOST", "PGHOSTADDR", "PGPORT", "PGDATABASE", "PGSERVICE", "PGUSER"};
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (from_environment(names[i]))
			return true;
	return false;
}

enum lx_status lx_database_url(struct lx_cli *cli, const char **url, bool *is_default)
{
	enum lx_status status = lx_cli_config(cli);
	if (status != LX_OK)
		return status;
	*is_default = false;
	*url = lx_option_value(&cli->options, LX_OPTION_URL);
	if (!*url)
		*url = from_environment("LEXO_DATABASE_URL");
	if (!*url)
		*url = from_environment("DATABASE_URL");
	if (!*url && cli->config.url && cli->config.url[0])
		*url = cli->config.url;
	if (*url || is_named_by_libpq())
		return LX_OK;
	struct lx_dev dev;
	struct lx_fail ignored = {0};
	*is_default = true;
	const char *project = cli->config.folder[0] ? cli->config.folder : ".";
	if (lx_dev_locate(cli->arena, project, NULL, &dev, &ignored) == LX_OK && lx_dev_is_running(&dev)) {
		*url = dev.url;
		lx_cli_log(cli, "lexo", "using the private server of this project (lexo dev)");
	}
	return LX_OK;
}

/* --- signals --------------------------------------------------------------------------------------------------------
 */

static volatile sig_atomic_t caught;

static void catch (int number)
{
	caught = number;
}

void lx_database_catch_signals(void)
{
	struct sigaction action = {.sa_handler = catch, .sa_flags = (int)SA_RESETHAND}; /* the second one kills */
	sigemptyset(&action.sa_mask);
	sigaction(SIGINT, &action, NULL);
	sigaction(SIGTERM, &action, NULL);
	sigaction(SIGHUP, &action, NULL);
}

static void show_progress(struct lx_database *database);

bool lx_database_is_stopped(void *context)
{
	struct lx_database *database = context;
	if (database) {
		if (lx_progress_look(&database->progress, database->conn))
			show_progress(database);
		lx_heartbeat_beat(&database->heartbeat);
	}
	return caught != 0;
}

enum lx_status lx_database_stopped(enum lx_status status)
{
	return caught && status != LX_OK ? (enum lx_status)(128 + caught) : status;
}

/* --- events ---------------------------------------------------------------------------------------------------------
 */

static void json_step(struct lx_database *database, const struct lx_event *event)
{
	struct lx_json *json = &database->cli->json;
	if (database->is_scratch)
		return;
	if (!database->has_steps) {
		lx_json_key(json, "steps");
		lx_json_open_array(json);
		database->has_steps = true;
	}
	lx_json_open_object(json);
	lx_json_key_string(json, "revision", event->revision);
	lx_json_key_string(json, "verb", event->verb);
	lx_json_key_string(json, "message", event->message);
	lx_json_key_integer(json, "ms", event->milliseconds);
	lx_json_close_object(json);
}

static void write_event(struct lx_cli *cli, const struct lx_event *event)
{
	static const char *const names[] = {
	    [LX_EVENT_WARNING] = "warning",  [LX_EVENT_NOTICE] = "notice",   [LX_EVENT_WAITING] = "waiting",
	    [LX_EVENT_TABLES] = "tables",    [LX_EVENT_RUNNING] = "running", [LX_EVENT_STEP] = "step",
	    [LX_EVENT_RETRY] = "retry",      [LX_EVENT_DONE] = "done",       [LX_EVENT_REPAIRED] = "repaired",
	    [LX_EVENT_PROGRESS] = "progress"};
	if (!lx_cli_event_open(cli, names[event->kind]))
		return;
	lx_json_key_string(&cli->event, "verb", event->verb);
	lx_json_key_string(&cli->event, "revision", event->revision);
	lx_json_key_string(&cli->event, "message", event->message);
	lx_json_key_string(&cli->event, "text", event->text);
	lx_json_key_integer(&cli->event, "number", (int64_t)event->number);
	lx_json_key_integer(&cli->event, "total", (int64_t)event->total);
	lx_json_key_integer(&cli->event, "ms", event->milliseconds);
	lx_cli_event_close(cli);
}

static void log_running(struct lx_cli *cli, const struct lx_event *event)
{
	bool has_message = event->message && event->message[0];
	lx_cli_log(cli, "lexo.migration", "Running %s %s -> %s%s%s", event->verb, event->from ? event->from : "",
		   event->to ? event->to : "", has_message ? ", " : "", has_message ? event->message : "");
}

static void on_event(void *context, const struct lx_event *event)
{
	struct lx_database *database = context;
	struct lx_cli *cli = database->cli;
	const char *text = event->text ? event->text : "";
	if (!database->is_scratch)
		write_event(cli, event);
	if (event->kind == LX_EVENT_RUNNING || event->kind == LX_EVENT_STEP)
		lx_progress_begin(&database->progress);
	switch (event->kind) {
	case LX_EVENT_WARNING:
		lx_cli_warn(cli, "lexo.migration", "%s", text);
		break;
	case LX_EVENT_NOTICE:
		lx_cli_log(cli, "lexo.server", "%s", text);
		break;
	case LX_EVENT_WAITING:
		lx_cli_log(cli, "lexo.migration", "Another lexo is at work on this database; waiting for it");
		break;
	case LX_EVENT_TABLES:
		lx_cli_log(cli, "lexo.migration", "Created the version tables in schema %s",
			   cli->config.version_schema);
		break;
	case LX_EVENT_RUNNING:
		log_running(cli, event);
		database->doing = lx_arena_printf(cli->arena, "%s %s, %zu of %zu", event->verb, event->revision,
						  event->number, event->total);
		lx_heartbeat_say(&database->heartbeat, database->doing);
		break;
	case LX_EVENT_STEP:
		lx_cli_log(cli, "lexo.migration", "  outside a transaction, %zu/%zu: %s", event->number, event->total,
			   text);
		break;
	case LX_EVENT_RETRY:
		lx_cli_warn(cli, "lexo.migration", "%s; trying again in %ld ms", text, event->milliseconds);
		break;
	case LX_EVENT_PROGRESS:
		lx_cli_log(cli, "lexo.migration", "  %s", text);
		lx_heartbeat_say(&database->heartbeat, lx_arena_printf(cli->arena, "%s: %s", database->doing, text));
		break;
	case LX_EVENT_REPAIRED:
		lx_cli_log(cli, "lexo.migration", "Repaired: %s", text);
		break;
	case LX_EVENT_DONE:
		if (cli->verbose)
			lx_cli_log(cli, "lexo.migration", "Done %s in %ld ms", event->revision, event->milliseconds);
		json_step(database, event);
		break;
	}
}

/* What the server says of the statement that runs. */
static void show_progress(struct lx_database *database)
{
	if (database->doing)
		on_event(database, &(struct lx_event){.kind = LX_EVENT_PROGRESS, .text = database->progress.text});
}

/* --- opening --------------------------------------------------------------------------------------------------------
 */

enum lx_status lx_database_options(struct lx_database *database, struct lx_engine_options *options)
{
	struct lx_cli *cli = database->cli;
	const char *text = lx_option_value(&cli->options, LX_OPTION_LOCK_TIMEOUT);
	int timeout = cli->config.lock_timeout;
	if (text && !lx_config_milliseconds(text, &timeout)) {
		lx_fail(&cli->fail, LX_USAGE, "L0202",
			"--lock-timeout wants a time such as 500ms, 3s or 1min, not '%s'", text);
		return LX_USAGE;
	}
	*options = (struct lx_engine_options){.version_schema = cli->config.version_schema,
					      .lock_timeout_ms = timeout > 0 ? (unsigned)timeout : 1,
					      .on_event = on_event,
					      .stop = lx_database_is_stopped,
					      .context = database};
	return LX_OK;
}

static enum lx_status connect(struct lx_cli *cli, struct lx_database *database)
{
	const char *url;
	bool is_default;
	enum lx_status status = lx_database_url(cli, &url, &is_default);
	if (status != LX_OK)
		return status;
	status = lx_pg_connect(url, &database->conn, &cli->fail);
	if (status != LX_OK && is_default && !url)
		lx_fail_help(&cli->fail,
			     "nothing names a database: use --url, LEXO_DATABASE_URL, DATABASE_URL, url in lexo.ini\n"
			     "or PG*; or start a private server for this project: lexo dev start");
	return status;
}

enum lx_status lx_database_open(struct lx_cli *cli, struct lx_database *database)
{
	struct lx_engine_options options;
	*database = (struct lx_database){.cli = cli};
	enum lx_status status = lx_cli_config(cli);
	if (status == LX_OK)
		status = lx_database_options(database, &options);
	if (status == LX_OK)
		status = lx_heartbeat_open(cli, &database->heartbeat);
	if (status == LX_OK)
		lx_heartbeat_say(&database->heartbeat, "connecting");
	if (status == LX_OK)
		status = connect(cli, database);
	if (status == LX_OK)
		status = lx_engine_open(database->conn, &options, &database->engine, &cli->fail);
	return status;
}

void lx_database_close(struct lx_database *database)
{
	if (database->has_steps)
		lx_json_close_array(&database->cli->json);
	database->has_steps = false;
	lx_progress_close(&database->progress);
	lx_heartbeat_close(&database->heartbeat);
	lx_engine_close(database->engine);
	PQfinish(database->conn);
	database->engine = NULL;
	database->conn = NULL;
}

/* --- what it has ----------------------------------------------------------------------------------------------------
 */

/* Is what stands behind the @ of WORD (LENGTH bytes) current, or a step by itself with one of SIGNS? */
static bool is_about_current(const char *word, size_t length, const char *signs)
{
	static const char current[] = "current";
	const char *at = memchr(word, '@', length);
	size_t skipped = at ? (size_t)(at - word) + 1 : 0;
	word += skipped;
	length -= skipped;
	size_t own = sizeof current - 1;
	if (length >= own && memcmp(word, current, own) == 0)
		return length == own || word[own] == '+' || word[own] == '-';
	return length > 1 && strchr(signs, word[0]) && word[1] >= '0' && word[1] <= '9';
}

bool lx_database_is_asked(const char *word)
{
	const char *colon = strchr(word, ':');
	if (!colon)
		return is_about_current(word, strlen(word), "+-");
	/* in a range -N: and :+N count from the other end */
	return is_about_current(word, (size_t)(colon - word), "+") ||
	       is_about_current(colon + 1, strlen(colon + 1), "-");
}

bool lx_database_holds(const struct lx_revision_set *set, const struct lx_revision *revision)
{
	for (size_t i = 0; i < set->count; i++)
		if (set->items[i] == revision)
			return true;
	return false;
}

enum lx_status lx_database_current(struct lx_cli *cli, const struct lx_history *history,
				   struct lx_revision_set *current)
{
	struct lx_database database;
	struct lx_state state = {0};
	enum lx_status status = lx_database_open(cli, &database);
	if (status == LX_OK)
		status = lx_engine_state(database.engine, &state, &cli->fail);
	if (status == LX_OK)
		status = lx_engine_match(database.engine, history, &state, current, &cli->fail);
	lx_state_free(&state);
	lx_database_close(&database);
	return status;
}

enum lx_status lx_database_refuse_applied(struct lx_cli *cli, const struct lx_history *history,
					  const struct lx_revision_set *set, const char *help)
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
			"revision %s is applied to the database; it is not changed any more", set->items[i]->id);
		lx_fail_where(&cli->fail, "%s", set->items[i]->path);
		lx_fail_help(&cli->fail, "%s", help);
		return LX_REFUSED;
	}
	return LX_OK;
}

enum lx_status lx_database_identify(struct lx_cli *cli, const struct lx_history *history, const char *word,
				    struct lx_revision_set *set)
{
	struct lx_revision_set current = {0};
	bool is_asked = lx_database_is_asked(word);
	enum lx_status status = is_asked ? lx_database_current(cli, history, &current) : LX_OK;
	return status == LX_OK ? lx_identify(history, word, is_asked ? &current : NULL, set, &cli->fail) : status;
}
