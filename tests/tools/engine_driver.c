/* The engine by itself, for tests/live/engine.sh.
 *   engine_driver FOLDER URL up|down|stamp|purge|verify|state|hash|sql-up|sql-down|embed [TARGET…]
 * Ends with the status; prints the failure, with its code first.  Times in the environment: LOCK_TIMEOUT_MS,
 * LOCK_WAIT_MS, ATTEMPTS.
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "codegen/codegen.h"
#include "codegen/embed.h"
#include "pg/connection.h"
#include "runtime/engine.h"

static void on_event(void *context, const struct lx_event *event)
{
	static const char *const words[] = {"warning", "notice", "waiting",  "tables", "running",
					    "step",    "retry",  "repaired", "done"};
	(void)context;
	fprintf(stderr, "%s %s %s %s\n", words[event->kind], event->verb ? event->verb : "",
		event->revision ? event->revision : "", event->text ? event->text : "");
}

static unsigned number(const char *name)
{
	const char *text = getenv(name);
	return text ? (unsigned)strtoul(text, NULL, 10) : 0;
}

static enum lx_status write_sum(const struct lx_history *history)
{
	struct lx_buffer text = LX_BUFFER_INIT;
	char path[4096];
	snprintf(path, sizeof path, "%s/lexo.sum", history->folder);
	FILE *file = lx_sum_print(&text, history) ? fopen(path, "w") : NULL;
	bool ok = file && fwrite(text.data, 1, text.length, file) == text.length;
	ok = file && fclose(file) == 0 && ok;
	lx_buffer_free(&text);
	return ok ? LX_OK : LX_FAILED;
}

static void when_full(void *context, size_t wanted)
{
	(void)context;
	(void)wanted;
	exit(70);
}

/* The history as C, into the working folder. */
static enum lx_status embed(const struct lx_history *history)
{
	struct lx_arena *arena = lx_arena_open(0, when_full, NULL);
	struct lx_vec outputs = {0};
	bool ok = arena && lx_codegen_embed(arena, history, "app", &outputs);
	LX_EACH (const struct lx_output *, output, &outputs) {
		FILE *file = fopen(output->name, "w");
		ok = file && fwrite(output->text, 1, output->length, file) == output->length && ok;
		ok = file && fclose(file) == 0 && ok;
	}
	lx_arena_close(arena);
	return ok ? LX_OK : LX_FAILED;
}

static enum lx_status render(const struct lx_engine_options *options, const struct lx_history *history,
			     const char *command, const char *target, struct lx_fail *fail)
{
	struct lx_buffer text = LX_BUFFER_INIT;
	enum lx_status status =
	    lx_engine_render(options, history, target, strcmp(command, "sql-down") == 0, &text, fail);
	if (status == LX_OK)
		fputs(lx_buffer_text(&text), stdout);
	lx_buffer_free(&text);
	return status;
}

static enum lx_status print_state(struct lx_engine *engine, struct lx_fail *fail)
{
	struct lx_state state;
	enum lx_status status = lx_engine_state(engine, &state, fail);
	for (size_t i = 0; status == LX_OK && i < state.head_count; i++)
		printf("%s\n", state.heads[i].id);
	lx_state_free(&state);
	return status;
}

static enum lx_status run(struct lx_engine *engine, struct lx_history *history, char **words, size_t count,
			  struct lx_fail *fail)
{
	size_t unused;
	const char *command = words[0], *target = count > 1 ? words[1] : "head";
	if (strcmp(command, "up") == 0)
		return lx_engine_upgrade(engine, history, target, NULL, fail);
	if (strcmp(command, "down") == 0)
		return lx_engine_downgrade(engine, history, target, NULL, fail);
	if (strcmp(command, "stamp") == 0 || strcmp(command, "purge") == 0)
		return lx_engine_stamp(engine, history, (const char *const *)words + 1, count - 1, *command == 'p',
				       fail);
	if (strcmp(command, "verify") == 0)
		return lx_engine_verify(engine, history, &unused, fail);
	return print_state(engine, fail);
}

int main(int argc, char **argv)
{
	struct lx_fail fail = {0};
	struct lx_history *history = NULL;
	struct lx_engine *engine = NULL;
	PGconn *conn = NULL;
	if (argc < 4)
		return 64;
	struct lx_engine_options options = {.on_event = on_event,
					    .lock_timeout_ms = number("LOCK_TIMEOUT_MS"),
					    .lock_wait_ms = number("LOCK_WAIT_MS"),
					    .attempts = number("ATTEMPTS")};
	enum lx_status status = lx_history_read(&(struct lx_locations){.folder = argv[1]}, &history, &fail);
	if (status == LX_OK && strcmp(argv[3], "hash") == 0) {
		status = write_sum(history);
	} else if (status == LX_OK && strcmp(argv[3], "embed") == 0) {
		status = embed(history);
	} else if (status == LX_OK && strncmp(argv[3], "sql-", 4) == 0) {
		status = render(&options, history, argv[3], argc > 4 ? argv[4] : "head", &fail);
	} else if (status == LX_OK) {
		status = lx_pg_connect(argv[2], &conn, &fail);
		if (status == LX_OK)
			status = lx_engine_open(conn, &options, &engine, &fail);
		if (status == LX_OK)
			status = run(engine, history, argv + 3, (size_t)argc - 3, &fail);
	}
	if (status != LX_OK)
		fprintf(stderr, "%s %s\nwhere: %s\nhelp: %s\n", fail.code, fail.message, fail.where, fail.help);
	lx_engine_close(engine);
	PQfinish(conn);
	lx_history_close(history);
	return (int)status;
}
