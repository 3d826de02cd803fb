/* Revision files that come, change or go, with lexo.sum and the snapshot: all of it or nothing.
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/io.h"
#include "cli/hooks.h"
#include "cli/revisions.h"

static enum lx_status no_memory(struct lx_fail *fail)
{
	return lx_fail(fail, LX_FAILED, "L0105", "out of memory");
}

static enum lx_status add_copy(struct lx_history *history, const char *path, const char *text, size_t length,
			       struct lx_fail *fail)
{
	char *copy = malloc(length + 1);
	if (!copy)
		return no_memory(fail);
	memcpy(copy, text, length);
	copy[length] = 0;
	return lx_history_add(history, path, copy, length, fail);
}

/* REVISION as its file has it; the header alone may have been read. */
static enum lx_status add_again(struct lx_history *history, const struct lx_revision *revision, struct lx_fail *fail)
{
	char *text;
	size_t length;
	if (revision->text)
		return add_copy(history, revision->path, revision->text, revision->length, fail);
	enum lx_status status = lx_io_read(revision->path, LX_REVISION_LIMIT, &text, &length, fail);
	return status == LX_OK ? lx_history_add(history, revision->path, text, length, fail) : status;
}

static bool is_among(const struct lx_vec *files, const char *id)
{
	LX_EACH (const struct lx_revision_file *, file, files)
		if (strcmp(file->id, id) == 0)
			return true;
	return false;
}

/* HISTORY without the revisions that FILES are about. */
static enum lx_status copy_others(const struct lx_history *history, const struct lx_vec *files,
				  struct lx_history *others, struct lx_fail *fail)
{
	enum lx_status status = LX_OK;
	for (size_t i = 0; i < history->count && status == LX_OK; i++) {
		const struct lx_revision *revision = history->revisions[i];
		if (!is_among(files, revision->id))
			status = add_again(others, revision, fail);
	}
	return status;
}

static bool changes_any(const struct lx_history *history, const struct lx_vec *files)
{
	LX_EACH (const struct lx_revision_file *, file, files)
		if (lx_history_get(history, file->id))
			return true;
	return false;
}

static enum lx_status add_files(struct lx_history *history, const struct lx_vec *files, struct lx_fail *fail)
{
	enum lx_status status = LX_OK;
	LX_EACH (const struct lx_revision_file *, file, files)
		if (status == LX_OK && file->text)
			status = add_copy(history, file->path, file->text, file->length, fail);
	return status == LX_OK ? lx_history_link(history, fail) : status;
}

enum lx_status lx_revisions_preview(struct lx_cli *cli, const struct lx_history *history, const struct lx_vec *files,
				    struct lx_history **after)
{
	*after = lx_history_open();
	enum lx_status status = *after ? copy_others(history, files, *after, &cli->fail) : no_memory(&cli->fail);
	if (status == LX_OK)
		status = add_files(*after, files, &cli->fail);
	if (status == LX_OK)
		(*after)->is_embedded = true; /* no lexo.sum has it yet */
	return status;
}

/* lexo.sum for HISTORY with FILES, which are read from the bytes that will stand on disk. */
static enum lx_status make_sum(struct lx_cli *cli, struct lx_history *history, const struct lx_vec *files,
			       struct lx_buffer *sum)
{
	struct lx_history *others = NULL;
	enum lx_status status;
	if (changes_any(history, files)) {
		status = lx_revisions_preview(cli, history, files, &others);
		history = others;
	} else {
		status = add_files(history, files, &cli->fail);
	}
	if (status == LX_OK && (!lx_sum_print(sum, history) || !lx_buffer_ok(sum)))
		status = no_memory(&cli->fail);
	lx_history_close(others);
	return status;
}

static enum lx_status add_file(struct lx_cli *cli, struct lx_io_set *set, const struct lx_revision_file *file)
{
	if (!file->text)
		return lx_io_set_remove(set, file->path, &cli->fail);
	const char *slash = strrchr(file->path, '/');
	enum lx_status status = LX_OK;
	if (slash && slash != file->path)
		status =
		    lx_io_make_folder(lx_arena_copy(cli->arena, file->path, (size_t)(slash - file->path)), &cli->fail);
	return status == LX_OK ? lx_io_set_add(set, file->path, file->text, file->length, &cli->fail) : status;
}

static enum lx_status add_beside(struct lx_cli *cli, struct lx_io_set *set, const char *name,
				 const struct lx_buffer *text)
{
	const char *path = lx_arena_printf(cli->arena, "%s/%s", cli->config.script_location, name);
	return lx_io_set_add(set, path, lx_buffer_text(text), text->length, &cli->fail);
}

enum lx_status lx_revisions_write(struct lx_cli *cli, struct lx_history *history, const struct lx_vec *files,
				  const struct lx_buffer *snapshot)
{
	struct lx_buffer sum = LX_BUFFER_INIT;
	struct lx_io_set *set = lx_io_set_open();
	enum lx_status status = set ? make_sum(cli, history, files, &sum) : no_memory(&cli->fail);
	if (status == LX_OK)
		status = lx_io_make_folder(cli->config.script_location, &cli->fail);
	LX_EACH (const struct lx_revision_file *, file, files)
		if (status == LX_OK)
			status = add_file(cli, set, file);
	if (status == LX_OK && snapshot)
		status = add_beside(cli, set, "schema.lexo", snapshot);
	if (status == LX_OK)
		status = add_beside(cli, set, "lexo.sum", &sum);
	if (status == LX_OK)
		status = lx_io_set_commit(set, NULL, &cli->fail);
	lx_io_set_close(set);
	lx_buffer_free(&sum);
	return status;
}

enum lx_status lx_revision_write(struct lx_cli *cli, struct lx_history *history, const struct lx_revision_file *file,
				 const struct lx_buffer *snapshot)
{
	struct lx_vec files = {0};
	lx_vec_push(cli->arena, &files, (void *)(uintptr_t)file);
	return lx_revisions_write(cli, history, &files, snapshot);
}
