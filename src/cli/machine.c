/* The forms of a run's results that programs read.  docs/schema says what is in them.
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "cli/cli.h"
#include "diag/show.h"

/* --- events ----------------------------------------------------------------------------------------------------------
 */

bool lx_cli_event_open(struct lx_cli *cli, const char *name)
{
	if (cli->format != LX_OUTPUT_NDJSON)
		return false;
	lx_json_init(&cli->event, &cli->out);
	lx_json_open_object(&cli->event);
	lx_json_key_integer(&cli->event, "lexo", 1);
	lx_json_key_string(&cli->event, "event", name);
	return true;
}

void lx_cli_event_close(struct lx_cli *cli)
{
	lx_json_close_object(&cli->event);
	lx_buffer_char(&cli->out, '\n');
	lx_cli_flush(cli);
}

/* --- the whole run ---------------------------------------------------------------------------------------------------
 */

void lx_machine_print_object(struct lx_cli *cli, enum lx_status status)
{
	struct lx_json json;
	const struct lx_fail *fail = &cli->fail;
	lx_json_init(&json, &cli->out);
	lx_json_open_object(&json);
	lx_json_key_integer(&json, "lexo", 1);
	enum lx_command command = cli->options.command;
	lx_json_key_string(&json, "command", command == LX_COMMAND_COUNT ? NULL : lx_commands[command].word);
	lx_json_key_bool(&json, "ok", status == LX_OK);
	lx_json_key_integer(&json, "exit", status);
	if (fail->status != LX_OK) {
		lx_json_key(&json, "error");
		lx_json_open_object(&json);
		lx_json_key_string(&json, "code", fail->code);
		lx_json_key_string(&json, "message", fail->message);
		lx_json_key_string(&json, "where", fail->where[0] ? fail->where : NULL);
		lx_json_key_string(&json, "help", fail->help[0] ? fail->help : NULL);
		lx_json_key_string(&json, "sqlstate", fail->sqlstate[0] ? fail->sqlstate : NULL);
		lx_json_close_object(&json);
	}
	if (cli->diags.list.length) {
		lx_json_key(&json, "diagnostics");
		lx_show_json(&json, &cli->diags);
	}
	if (cli->fields.length > 2) { /* the inside of {…} */
		lx_buffer_char(&cli->out, ',');
		lx_buffer_add(&cli->out, cli->fields.data + 1, cli->fields.length - 2);
	}
	lx_json_close_object(&json);
	lx_buffer_char(&cli->out, '\n');
}

/* "PATH:LINE…" to its parts; without a line it is the whole file's. */
static const char *split_place(struct lx_arena *arena, const char *where, int64_t *line)
{
	const char *colon = strchr(where, ':');
	*line = colon ? strtol(colon + 1, NULL, 10) : 0;
	*line = *line > 0 ? *line : 1;
	return lx_arena_copy(arena, where, colon ? (size_t)(colon - where) : strlen(where));
}

/* The failure of the run: at its place in a file, or at lexo.ini, since each problem must have a file. */
static void print_failure(struct lx_cli *cli, struct lx_json *json)
{
	const struct lx_fail *fail = &cli->fail;
	const char *where = fail->where[0]                        ? fail->where
			    : cli->has_config && cli->config.file ? cli->config.file
								  : "lexo.ini";
	int64_t line;
	const char *path = split_place(cli->arena, where, &line);
	lx_show_gitlab_problem(json, &(struct lx_gitlab_problem){.code = fail->code,
								 .severity = "critical",
								 .message = fail->message,
								 .help = fail->help[0] ? fail->help : NULL,
								 .path = path,
								 .line = line});
}

void lx_machine_print_gitlab(struct lx_cli *cli)
{
	struct lx_json json;
	lx_json_init(&json, &cli->out);
	lx_json_open_array(&json);
	lx_show_gitlab(&json, &cli->diags);
	if (cli->fail.status != LX_OK)
		print_failure(cli, &json);
	lx_json_close_array(&json);
	lx_buffer_char(&cli->out, '\n');
}
