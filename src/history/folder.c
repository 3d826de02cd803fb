/* A history out of its folder.
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/io.h"
#include "history/history.h"

enum { SUM_LIMIT = 64 << 20, FOLDER_DEPTH = 16 };

static enum lx_status no_memory(struct lx_fail *fail)
{
	return lx_fail(fail, LX_FAILED, "L0105", "out of memory");
}

/* FOLDER/NAME, malloc'ed. */
static char *join(const char *folder, const char *name)
{
	size_t above = strlen(folder), length = strlen(name);
	char *path = malloc(above + length + 2);
	if (path) {
		memcpy(path, folder, above);
		path[above] = '/';
		memcpy(path + above + 1, name, length + 1);
	}
	return path;
}

static enum lx_status read_sum(struct lx_history *history, struct lx_fail *fail)
{
	char *path = join(history->folder, "lexo.sum"), *text = NULL;
	size_t length;
	enum lx_status status = LX_OK;
	if (!path)
		return no_memory(fail);
	if (lx_io_exists(path)) {
		status = lx_io_read(path, SUM_LIMIT, &text, &length, fail);
		if (status == LX_OK)
			status = lx_sum_parse(history->arena, path, text, length, &history->sum, fail);
		if (status != LX_OK)
			history->sum = NULL;
	}
	free(text);
	free(path);
	return status;
}

/* NAME cannot be read as a revision.  lexo.sum lists only what could be: then it was changed since. */
static enum lx_status unreadable(struct lx_history *history, const char *name, struct lx_fail *fail)
{
	struct lx_fail unused = {0};
	char help[sizeof fail->help];
	if (!fail || strncmp(fail->code, "L03", 3) != 0 || read_sum(history, &unused) != LX_OK || !history->sum ||
	    !lx_sum_names(history->sum, name))
		return LX_FAILED;
	memcpy(help, fail->help, sizeof help);
	lx_fail_help(fail, "%s%slexo.sum knows this file as another one: it was changed or cut; nothing was run", help,
		     *help ? "; " : "");
	return fail->status = LX_CHECKSUM;
}

static enum lx_status read_one(struct lx_history *history, const char *folder, const char *name, struct lx_fail *fail)
{
	char *path = join(folder, name), *text;
	size_t length;
	if (!path)
		return no_memory(fail);
	enum lx_status status = lx_io_read(path, LX_REVISION_LIMIT, &text, &length, fail);
	if (status == LX_OK)
		status = lx_history_add(history, path, text, length, fail);
	free(path);
	return status == LX_FAILED ? unreadable(history, name, fail) : status;
}

static enum lx_status read_below(struct lx_history *history, const char *folder, unsigned depth, struct lx_fail *fail);

static enum lx_status read_folder(struct lx_history *history, const char *folder, unsigned depth, struct lx_fail *fail)
{
	char **names;
	size_t count;
	if (!lx_io_exists(folder))
		return LX_OK;
	enum lx_status status = lx_io_list(folder, ".sql", &names, &count, fail);
	for (size_t i = 0; status == LX_OK && i < count; i++)
		status = read_one(history, folder, names[i], fail);
	free(names);
	return status == LX_OK && depth ? read_below(history, folder, depth - 1, fail) : status;
}

/* The folders in FOLDER. */
static enum lx_status read_below(struct lx_history *history, const char *folder, unsigned depth, struct lx_fail *fail)
{
	char **names;
	size_t count;
	enum lx_status status = lx_io_list(folder, "", &names, &count, fail);
	for (size_t i = 0; status == LX_OK && i < count; i++) {
		char *path = join(folder, names[i]);
		if (!path)
			status = no_memory(fail);
		else if (lx_io_is_folder(path))
			status = read_folder(history, path, depth, fail);
		free(path);
	}
	free(names);
	return status;
}

static enum lx_status set_folder(struct lx_history *history, const char *folder, struct lx_fail *fail)
{
	char *shown = lx_arena_try_alloc(history->arena, strlen(folder) + 1);
	if (!shown)
		return no_memory(fail);
	memcpy(shown, folder, strlen(folder));
	history->folder = shown;
	return LX_OK;
}

static enum lx_status read_all(struct lx_history *history, const struct lx_locations *locations, struct lx_fail *fail)
{
	enum lx_status status = LX_OK;
	unsigned depth = locations->is_recursive ? FOLDER_DEPTH : 0;
	if (!locations->folders)
		status = read_folder(history, history->folder, depth, fail);
	for (size_t i = 0; status == LX_OK && locations->folders && i < locations->count; i++)
		status = read_folder(history, locations->folders[i], depth, fail);
	return status == LX_OK ? lx_history_link(history, fail) : status;
}

static enum lx_status read_history(const struct lx_locations *locations, enum lx_history_depth depth,
				   struct lx_history **out, struct lx_fail *fail)
{
	struct lx_history *history = lx_history_open();
	*out = NULL;
	if (!history)
		return no_memory(fail);
	history->depth = depth;
	enum lx_status status = set_folder(history, locations->folder, fail);
	if (status == LX_OK && depth == LX_HISTORY_SUMMED)
		status = read_sum(history, fail);
	if (status == LX_OK)
		status = read_all(history, locations, fail);
	/* last, so that a file that cannot be read is what is told first */
	if (status == LX_OK && depth == LX_HISTORY_WHOLE && !locations->has_no_sum)
		status = read_sum(history, fail);
	if (status == LX_OK)
		*out = history;
	else
		lx_history_close(history);
	return status;
}

enum lx_status lx_history_read(const struct lx_locations *locations, struct lx_history **history, struct lx_fail *fail)
{
	return read_history(locations, LX_HISTORY_WHOLE, history, fail);
}

enum lx_status lx_history_summed(const struct lx_locations *locations, struct lx_history **history,
				 struct lx_fail *fail)
{
	return read_history(locations, LX_HISTORY_SUMMED, history, fail);
}

enum lx_status lx_history_outline(const struct lx_locations *locations, struct lx_history **history,
				  struct lx_fail *fail)
{
	return read_history(locations, LX_HISTORY_OUTLINE, history, fail);
}

enum lx_status lx_history_take_chains(struct lx_history *history, struct lx_fail *fail)
{
	enum lx_status status = read_sum(history, fail);
	for (size_t i = 0; status == LX_OK && history->sum && i < history->count; i++) {
		const struct lx_sum_row *row = lx_sum_find(history->sum, history->revisions[i]->id);
		if (row)
			memcpy(history->revisions[i]->chain, row->chain, sizeof row->chain);
	}
	return status;
}

enum lx_status lx_history_verify(const struct lx_history *history, lx_sum_warning *warn, void *context,
				 struct lx_fail *fail)
{
	if (history->sum)
		return lx_sum_verify(history->sum, history, warn, context, fail);
	if (history->count == 0 || history->is_embedded)
		return LX_OK;
	lx_fail(fail, LX_CHECKSUM, "L0307", "there is no lexo.sum beside the revisions in %s",
		history->folder ? history->folder : "the history");
	lx_fail_help(
	    fail,
	    "restore it from version control; for a history without one, look the revisions over and run: lexo hash");
	return LX_CHECKSUM;
}
