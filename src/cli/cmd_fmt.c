/* lexo fmt: models in their canonical form.
 * SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <dirent.h>

#include "base/arena.h"
#include "base/io.h"
#include "cli/cli.h"
#include "cli/commands.h"
#include "cli/models.h"

enum { FILE_LIMIT = 64 << 20, DEEPEST_FOLDER = 64 };

struct work {
	struct lx_cli *cli;
	struct lx_io_set *set;
	struct lx_vec changed; /* const char *: paths */
	bool is_check;
};

static enum lx_status no_memory(struct lx_cli *cli)
{
	return lx_fail(&cli->fail, LX_FAILED, "L0105", "out of memory");
}

static enum lx_status format_file(struct work *work, const char *path)
{
	struct lx_cli *cli = work->cli;
	char *text;
	size_t length;
	struct lx_buffer out = LX_BUFFER_INIT;
	enum lx_status status = lx_io_read(path, FILE_LIMIT, &text, &length, &cli->fail);
	if (status != LX_OK)
		return status;
	const char *copy = lx_arena_copy(cli->arena, text, length); /* diagnostics point into it */
	free(text);
	status = lx_models_format(cli, lx_arena_string(cli->arena, path), copy, length, &out);
	bool differs = status == LX_OK && (out.length != length || memcmp(lx_buffer_text(&out), copy, length) != 0);
	if (differs) {
		lx_vec_push(cli->arena, &work->changed, lx_arena_string(cli->arena, path));
		if (!work->is_check)
			status = lx_io_set_add(work->set, path, lx_buffer_text(&out), out.length, &cli->fail);
	}
	lx_buffer_free(&out);
	return status == LX_USAGE ? LX_OK : status; /* go on: show the errors of all files */
}

static enum lx_status format_folder(struct work *work, const char *folder, int depth);

static enum lx_status format_path(struct work *work, const char *path, int depth)
{
	return lx_io_is_folder(path) ? format_folder(work, path, depth) : format_file(work, path);
}

static enum lx_status format_folder(struct work *work, const char *folder, int depth)
{
	struct lx_cli *cli = work->cli;
	char **names;
	size_t count;
	if (depth > DEEPEST_FOLDER)
		return lx_fail(&cli->fail, LX_FAILED, "L0102", "%s: folders are nested too deep", folder);
	enum lx_status status = lx_io_list(folder, "", &names, &count, &cli->fail);
	for (size_t i = 0; i < count && status == LX_OK; i++) {
		const char *path = lx_arena_printf(cli->arena, "%s/%s", folder, names[i]);
		size_t length = strlen(path);
		struct stat info;
		if (lstat(path, &info) != 0)
			continue;
		bool is_model = length > 5 && strcmp(path + length - 5, ".lexo") == 0;
		if (S_ISDIR(info.st_mode) || is_model)
			status = format_path(work, path, depth + 1);
	}
	free(names);
	return status;
}

static enum lx_status format_stdin(struct lx_cli *cli, bool is_check)
{
	struct lx_buffer in = LX_BUFFER_INIT, out = LX_BUFFER_INIT;
	char chunk[65536];
	ssize_t n;
	while ((n = read(STDIN_FILENO, chunk, sizeof chunk)) != 0) {
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0 || in.length > FILE_LIMIT) {
			lx_buffer_free(&in);
			return lx_fail(&cli->fail, LX_FAILED, n < 0 ? "L0102" : "L0104",
				       "cannot read standard input: %s", n < 0 ? strerror(errno) : "too large");
		}
		lx_buffer_add(&in, chunk, (size_t)n);
	}
	const char *copy = lx_arena_copy(cli->arena, lx_buffer_text(&in), in.length);
	enum lx_status status =
	    lx_buffer_ok(&in) ? lx_models_format(cli, "<stdin>", copy, in.length, &out) : no_memory(cli);
	if (status == LX_OK) {
		bool differs = out.length != in.length || memcmp(lx_buffer_text(&out), copy, in.length) != 0;
		if (!is_check)
			lx_cli_print_text(cli, lx_buffer_text(&out), out.length);
		lx_json_key_string(&cli->json, "text", lx_buffer_text(&out));
		status = is_check && differs ? LX_DIFFERS : LX_OK;
	}
	lx_buffer_free(&in);
	lx_buffer_free(&out);
	return status;
}

static void report(struct lx_cli *cli, const struct work *work)
{
	lx_json_key(&cli->json, "files");
	lx_json_open_array(&cli->json);
	LX_EACH (const char *, path, &work->changed) {
		lx_cli_print(cli, "%s\n", path);
		lx_json_string(&cli->json, path);
	}
	lx_json_close_array(&cli->json);
}

static enum lx_status finish(struct work *work)
{
	struct lx_cli *cli = work->cli;
	if (cli->diags.errors)
		return LX_USAGE; /* nothing is rewritten, so that one run shows everything */
	if (!work->is_check) {
		enum lx_status status = lx_io_set_commit(work->set, NULL, &cli->fail);
		if (status != LX_OK)
			return status;
	}
	report(cli, work);
	if (!work->is_check || !work->changed.length)
		return LX_OK;
	lx_fail(&cli->fail, LX_DIFFERS, "L0221", "%u file%s not in canonical form", work->changed.length,
		work->changed.length == 1 ? " is" : "s are");
	lx_fail_help(&cli->fail, "rewrite: lexo fmt");
	return LX_DIFFERS;
}

enum lx_status lx_command_fmt(struct lx_cli *cli)
{
	const struct lx_vec *paths = &cli->options.operands;
	struct work work = {.cli = cli, .is_check = lx_option_given(&cli->options, LX_OPTION_CHECK)};
	if (paths->length == 1 && strcmp(paths->items[0], "-") == 0)
		return format_stdin(cli, work.is_check);
	enum lx_status status = LX_OK;
	if (!paths->length) {
		status = lx_cli_config(cli);
		paths = &cli->config.models;
	}
	if (status == LX_OK && !(work.set = lx_io_set_open()))
		status = no_memory(cli);
	for (size_t i = 0; i < paths->length && status == LX_OK; i++)
		status = format_path(&work, paths->items[i], 0);
	if (status == LX_OK)
		status = finish(&work);
	lx_io_set_close(work.set);
	return status;
}
