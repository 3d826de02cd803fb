/* SPDX-License-Identifier: Apache-2.0 */
#include "check/files.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/io.h"
#include "base/map.h"
#include "base/vec.h"
#include "syntax/cursor.h"

enum { LARGEST_FILE = 64 << 20, DEEPEST_FOLDER = 64 };

struct reading {
	struct lx_arena *arena;
	struct lx_diags *diags;
	struct lx_vec *files;
	struct lx_map known; /* canonical path -> struct source_file * */
	struct lx_vec chain; /* struct source_file *: those being imported, outermost first */
	struct lx_fail *fail;
};
struct source_file {
	const char *path;
	bool is_open; /* its imports are being read */
};

static bool read_source(struct reading *reading, const char *path, struct lx_fail *fail);

/* --- imports ------------------------------------------------------------------------------------------------------ */

static const struct lx_node *import_of(struct lx_diags *diags, const struct lx_item *item)
{
	struct lx_cursor cursor;
	lx_cursor_init(&cursor, diags, item);
	if (!lx_cursor_take_word(&cursor, "import"))
		return NULL;
	size_t first = diags->list.length;
	const struct lx_node *path = lx_cursor_need(&cursor, LX_NODE_STRING, "the file's path in single quotes");
	if (path)
		lx_cursor_need_end(&cursor, "the import");
	lx_cursor_say_form(diags, first, "import 'file.lexo'");
	return path;
}

/* The path seen from the working directory: beside FROM, leading "./" left out. */
static const char *beside(struct lx_arena *arena, const char *from, const char *path)
{
	const char *slash = strrchr(from, '/');
	while (path[0] == '.' && path[1] == '/')
		path += 2;
	if (path[0] == '/' || !slash)
		return lx_arena_string(arena, path);
	return lx_arena_printf(arena, "%.*s/%s", (int)(slash - from), from, path);
}

static void report_circle(struct reading *reading, const struct source_file *again, const struct lx_node *node)
{
	struct lx_buffer chain = LX_BUFFER_INIT;
	bool is_inside = false;
	LX_EACH (const struct source_file *, file, &reading->chain) {
		is_inside |= file == again;
		if (is_inside)
			lx_buffer_printf(&chain, "%s imports ", file->path);
	}
	lx_report(reading->diags, LX_E0210, node->span, "imports form a circle: %s%s", lx_buffer_text(&chain),
		  again->path);
	lx_buffer_free(&chain);
}

static struct source_file *find_known(struct reading *reading, const char *path)
{
	char *canonical = realpath(path, NULL);
	const char *key = canonical ? canonical : path;
	struct source_file *file = lx_map_get(&reading->known, key, strlen(key));
	free(canonical);
	return file;
}

static void follow(struct reading *reading, const struct source_file *from, const struct lx_node *node)
{
	const char *path = beside(reading->arena, from->path, node->text);
	const struct source_file *known = find_known(reading, path);
	if (known) {
		if (known->is_open)
			report_circle(reading, known, node);
		return;
	}
	struct lx_fail fail = {0};
	if (read_source(reading, path, &fail))
		return;
	struct lx_diag *diag = lx_report(reading->diags, LX_E0209, node->span, "%s", fail.message);
	lx_diag_help(reading->diags, diag, "the path is relative to the folder of %s", from->path);
}

static void follow_imports(struct reading *reading, struct source_file *from, const struct lx_file *file)
{
	from->is_open = true;
	lx_vec_push(reading->arena, &reading->chain, from);
	for (const struct lx_item *item = file->items; item; item = item->next) {
		const struct lx_node *path = import_of(reading->diags, item);
		if (path)
			follow(reading, from, path);
	}
	reading->chain.length--;
	from->is_open = false;
}

/* --- files and folders -------------------------------------------------------------------------------------------- */

static struct source_file *enter(struct reading *reading, const char *path)
{
	struct source_file *file = LX_NEW(reading->arena, struct source_file);
	char *canonical = realpath(path, NULL);
	const char *key = canonical ? canonical : path;
	file->path = lx_arena_string(reading->arena, path);
	lx_map_put(reading->arena, &reading->known, key, strlen(key), file);
	free(canonical);
	return file;
}

static bool read_source(struct reading *reading, const char *path, struct lx_fail *fail)
{
	char *data;
	size_t length;
	if (lx_io_read(path, LARGEST_FILE, &data, &length, fail) != LX_OK)
		return false;
	const char *text = lx_arena_copy(reading->arena, data, length);
	free(data);
	struct source_file *source = enter(reading, path);
	uint32_t number = lx_diags_source(reading->diags, source->path, text, length);
	struct lx_file *file = lx_parse(reading->arena, reading->diags, number);
	if (lx_file_check_version(reading->diags, file))
		follow_imports(reading, source, file);
	lx_vec_push(reading->arena, reading->files, file);
	return true;
}

static bool has_suffix(const char *name)
{
	size_t length = strlen(name);
	return length > 5 && strcmp(name + length - 5, ".lexo") == 0;
}

static bool read_folder(struct reading *reading, const char *folder, int depth)
{
	char **names;
	size_t count;
	if (depth > DEEPEST_FOLDER) {
		lx_fail(reading->fail, LX_FAILED, "L0102", "%s: folders are nested too deeply", folder);
		return false;
	}
	if (lx_io_list(folder, "", &names, &count, reading->fail) != LX_OK)
		return false;
	bool is_good = true;
	for (size_t i = 0; is_good && i < count; i++) {
		const char *slash = folder[0] && folder[strlen(folder) - 1] == '/' ? "" : "/";
		const char *path = lx_arena_printf(reading->arena, "%s%s%s", folder, slash, names[i]);
		if (lx_io_is_folder(path))
			is_good = read_folder(reading, path, depth + 1);
		else if (has_suffix(names[i]) && !find_known(reading, path))
			is_good = read_source(reading, path, reading->fail);
	}
	free(names);
	return is_good;
}

bool lx_files_read(struct lx_arena *arena, struct lx_diags *diags, const char *const *paths, size_t count,
		   struct lx_vec *files, struct lx_fail *fail)
{
	struct reading reading = {.arena = arena, .diags = diags, .files = files, .fail = fail};
	for (size_t i = 0; i < count; i++) {
		bool is_good = true;
		if (lx_io_is_folder(paths[i]))
			is_good = read_folder(&reading, paths[i], 0);
		else if (!find_known(&reading, paths[i]))
			is_good = read_source(&reading, paths[i], fail);
		if (!is_good)
			return false;
	}
	return true;
}

void lx_files_parse_text(struct lx_arena *arena, struct lx_diags *diags, uint32_t number, struct lx_vec *files)
{
	struct lx_file *file = lx_parse(arena, diags, number);
	lx_file_check_version(diags, file);
	lx_vec_push(arena, files, file);
	for (const struct lx_item *item = file->items; item; item = item->next) {
		const struct lx_node *path = import_of(diags, item);
		if (path)
			lx_report(diags, LX_E0211, path->span, "a text without a file cannot import '%s'", path->text);
	}
}
