/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/hooks.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/io.h"
#include "cli/program.h"

static const char token[] = "REVISION_SCRIPT_FILENAME";

/* The value of NAME.KEY (or of KEY, without a NAME), or NULL. */
static const struct lx_config_pair *find(const struct lx_cli *cli, const char *name, const char *key)
{
	const char *wanted = name ? lx_arena_printf(cli->arena, "%s.%s", name, key) : key;
	LX_EACH (const struct lx_config_pair *, pair, &cli->config.hooks)
		if (strcmp(pair->name, wanted) == 0)
			return pair;
	return NULL;
}

static enum lx_status bad_value(struct lx_cli *cli, const struct lx_config_pair *pair, const char *hook,
				const char *problem, const char *help)
{
	lx_fail(&cli->fail, LX_FAILED, "L0206", "hook %s: %s", hook, problem);
	if (pair)
		lx_fail_where(&cli->fail, "%s:%d", cli->config.file, pair->line);
	else
		lx_fail_where(&cli->fail, "%s", cli->config.file);
	lx_fail_help(&cli->fail, "%s", help);
	return LX_FAILED;
}

/* Cuts TEXT at white space, as a shell does with plain words, '…' and "…". */
static void split(struct lx_cli *cli, const char *text, struct lx_vec *words)
{
	while (*(text += strspn(text, " \t"))) {
		struct lx_buffer word = LX_BUFFER_INIT;
		char quote = 0;
		for (; *text && (quote || !strchr(" \t", *text)); text++) {
			if (quote ? *text == quote : *text == '\'' || *text == '"')
				quote = quote ? 0 : *text;
			else
				lx_buffer_char(&word, *text);
		}
		lx_vec_push(cli->arena, words, lx_arena_string(cli->arena, lx_buffer_text(&word)));
		lx_buffer_free(&word);
	}
}

/* WORD with the file's path in place of the token. */
static char *put_path(struct lx_cli *cli, const char *word, const char *path)
{
	const char *at = strstr(word, token);
	if (!at)
		return lx_arena_string(cli->arena, word);
	return lx_arena_printf(cli->arena, "%.*s%s%s", (int)(at - word), word, path, at + sizeof token - 1);
}

static char **make_arguments(struct lx_cli *cli, const char *program, const char *options, const char *path)
{
	struct lx_vec words = {0};
	size_t count = 0;
	split(cli, options, &words);
	char **arguments = LX_NEW_ARRAY(cli->arena, char *, words.length + 3);
	arguments[count++] = lx_arena_string(cli->arena, program);
	if (!strstr(options, token))
		arguments[count++] = lx_arena_string(cli->arena, path);
	LX_EACH (const char *, word, &words)
		arguments[count++] = put_path(cli, word, path);
	arguments[count] = NULL;
	return arguments;
}

static enum lx_status run_hook(struct lx_cli *cli, const char *name, const char *path)
{
	const struct lx_config_pair *type = find(cli, name, "type"), *program = find(cli, name, "executable");
	const struct lx_config_pair *options = find(cli, name, "options"), *folder = find(cli, name, "cwd");
	if (type && strcmp(type->value, "exec") != 0)
		return bad_value(cli, type, name, "its type is not exec",
				 "lexo runs programs: write type = exec and executable = PROGRAM");
	if (!program)
		return bad_value(cli, type, name, "it has no executable", "write a line NAME.executable = PROGRAM");
	char full[4096];
	const char *shown = folder && realpath(path, full) ? full : path;
	char **arguments = make_arguments(cli, program->value, options ? options->value : token, shown);
	lx_cli_log(cli, "lexo.hooks", "Running post write hook '%s'", name);
	int code = lx_program_run(arguments, folder ? folder->value : NULL, false);
	if (code == 0)
		return LX_OK;
	if (code == LX_PROGRAM_NOT_RUN)
		lx_fail(&cli->fail, LX_FAILED, "L0513", "hook %s: %s cannot be run", name, program->value);
	else
		lx_fail(&cli->fail, LX_FAILED, "L0513", "hook %s: %s ended with exit code %d", name, program->value,
			code);
	lx_fail_where(&cli->fail, "%s:%d", cli->config.file, program->line);
	lx_fail_help(&cli->fail, "the revision %s is written; mend the hook, run it by hand, then: lexo hash", path);
	return LX_FAILED;
}

/* What the hooks left is what counts from now on. */
static enum lx_status take_file(struct lx_cli *cli, struct lx_history *history, const struct lx_new_revision *new)
{
	const struct lx_revision *revision = lx_history_get(history, new->id);
	char *bytes;
	size_t length;
	enum lx_status status = lx_io_read(new->path, LX_REVISION_LIMIT, &bytes, &length, &cli->fail);
	if (status != LX_OK)
		return status;
	if (!revision || length != revision->length || memcmp(bytes, revision->text, length) != 0) {
		const struct lx_revision_file file = {new->id, new->path, bytes, length};
		status = lx_revision_write(cli, history, &file, NULL);
	}
	free(bytes);
	return status;
}

enum lx_status lx_hooks_run(struct lx_cli *cli, struct lx_history *history, const struct lx_new_revision *new)
{
	const struct lx_config_pair *list = find(cli, NULL, "hooks");
	enum lx_status status = LX_OK;
	if (!list)
		return LX_OK;
	for (const char *at = list->value; status == LX_OK && *(at += strspn(at, " \t,"));) {
		size_t length = strcspn(at, " \t,");
		status = run_hook(cli, lx_arena_copy(cli->arena, at, length), new->path);
		at += length;
	}
	return status == LX_OK ? take_file(cli, history, new) : status;
}
