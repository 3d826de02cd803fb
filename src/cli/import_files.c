/* Folders of SQL files: dbmate, goose, golang-migrate, Flyway, diesel.
 * SPDX-License-Identifier: Apache-2.0 */
#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "base/arena.h"
#include "base/io.h"
#include "cli/import.h"

/* --- one file, parts behind marks ------------------------------------------------------------------------------------
 */

struct marks {
	const char *word;
	const char *up, *down,
	    *outside;             /* beginnings of lines, without case; OUTSIDE: words on the same line or anywhere */
	bool is_outside_for_file; /* the words stand on a line of their own, for both parts */
	bool has_numbers;         /* versions are numbers, else texts */
	bool has_placeholders;
};

static const struct marks marks[] = {
    {"dbmate", "-- migrate:up", "-- migrate:down", "transaction:false", false, false, false},
    {"goose", "-- +goose up", "-- +goose down", "-- +goose no transaction", true, true, true},
};

/* The first line from AT on that begins with MARK. */
static const char *find_line(const char *at, const char *mark)
{
	size_t length = strlen(mark);
	for (; at; at = strchr(at, '\n'), at = at ? at + 1 : NULL)
		if (strncasecmp(at, mark, length) == 0)
			return at;
	return NULL;
}

static const char *next_line(const char *at)
{
	const char *newline = strchr(at, '\n');
	return newline ? newline + 1 : at + strlen(at);
}

static void take_part(struct lx_import_sql *part, const struct lx_import_sql *whole, const struct marks *row,
		      const char *mark, const char *end)
{
	*part = *whole;
	part->sql = next_line(mark);
	part->length = (size_t)(end - part->sql);
	size_t line = (size_t)(part->sql - mark);
	if (row->is_outside_for_file)
		part->is_outside = find_line(whole->file, row->outside) != NULL;
	else
		for (size_t i = 0; i < line; i++)
			part->is_outside |= strncasecmp(mark + i, row->outside, strlen(row->outside)) == 0;
}

static enum lx_status read_marked(struct lx_import *import, const struct marks *row, const char *name)
{
	struct lx_import_sql whole = {0};
	size_t digits = strspn(name, "0123456789"), length = strlen(name) - strlen(".sql");
	enum lx_status status = lx_import_take(import, lx_import_path(import, name), &whole);
	if (status != LX_OK || !digits)
		return status; /* the tools leave files without a version alone */
	const char *up = find_line(whole.file, row->up), *down = up ? find_line(up, row->down) : NULL;
	if (!up)
		return lx_import_refuse(import, "L0435", &whole, whole.file,
					lx_arena_printf(import->cli->arena, "there is no line '%s'", row->up),
					"the file is not one of this tool, or was cut");
	const char *version = lx_arena_copy(import->cli->arena, name, digits);
	struct lx_import_revision *revision =
	    lx_import_add(import, version, lx_import_words(import, name + digits, length - digits));
	take_part(&revision->up, &whole, row, up, down ? down : whole.file + whole.length);
	if (down)
		take_part(&revision->down, &whole, row, down, whole.file + whole.length);
	if (!row->has_placeholders || !find_line(whole.file, "-- +goose envsub on"))
		return LX_OK;
	status = lx_import_fill(import, &revision->up);
	return status == LX_OK ? lx_import_fill(import, &revision->down) : status;
}

static int by_number(const void *a, const void *b, void *context)
{
	(void)context;
	const char *left = a, *right = b;
	return lx_import_compare(left, right);
}

/* goose runs programs too. */
static enum lx_status refuse_programs(struct lx_import *import, const char *suffix)
{
	struct lx_vec names;
	enum lx_status status = lx_import_list(import, import->folder, suffix, &names);
	LX_EACH (const char *, name, &names)
		if (status == LX_OK && isdigit((unsigned char)name[0]) && !strstr(name, "_test."))
			return lx_import_refuse(
			    import, "L0435", NULL, NULL,
			    lx_arena_printf(import->cli->arena, "%s is a program, and only SQL can be imported",
					    lx_import_path(import, name)),
			    "put what it does beside it as an SQL file of the same version, and take it out");
	return status;
}

enum lx_status lx_import_marked(struct lx_import *import)
{
	const struct marks *row = &marks[strcmp(import->format->word, marks[0].word) == 0 ? 0 : 1];
	struct lx_vec names;
	enum lx_status status = lx_import_list(import, import->folder, ".sql", &names);
	if (status == LX_OK && row->has_numbers) {
		lx_vec_sort(import->cli->arena, &names, by_number, NULL);
		status = refuse_programs(import, ".go");
	}
	LX_EACH (const char *, name, &names)
		status = status == LX_OK ? read_marked(import, row, name) : status;
	return status;
}

/* --- two files -------------------------------------------------------------------------------------------------------
 */

enum lx_status lx_import_pairs(struct lx_import *import)
{
	struct lx_vec names;
	struct lx_arena *arena = import->cli->arena;
	enum lx_status status = lx_import_list(import, import->folder, ".up.sql", &names);
	if (status == LX_OK)
		lx_vec_sort(arena, &names, by_number, NULL);
	LX_EACH (const char *, name, &names) {
		size_t digits = strspn(name, "0123456789"), length = strlen(name) - strlen(".up.sql");
		if (status != LX_OK || !digits)
			continue;
		struct lx_import_revision *revision =
		    lx_import_add(import, lx_arena_copy(arena, name, digits),
				  lx_import_words(import, name + digits, length > digits ? length - digits : 0));
		const char *down = lx_import_path(import, lx_arena_printf(arena, "%.*s.down.sql", (int)length, name));
		status = lx_import_take(import, lx_import_path(import, name), &revision->up);
		if (status == LX_OK && lx_io_exists(down))
			status = lx_import_take(import, down, &revision->down);
	}
	return status;
}

/* "run_in_transaction = false" */
static bool runs_outside(const char *toml)
{
	const char *key = strstr(toml, "run_in_transaction");
	return key &&
	       strncmp(key + strcspn(key, "=\n") + 1 + strspn(key + strcspn(key, "=\n") + 1, " \t"), "false", 5) == 0;
}

static enum lx_status read_diesel(struct lx_import *import, const char *name)
{
	struct lx_arena *arena = import->cli->arena;
	const char *up = lx_import_path(import, lx_arena_printf(arena, "%s/up.sql", name));
	const char *down = lx_import_path(import, lx_arena_printf(arena, "%s/down.sql", name));
	const char *settings = lx_import_path(import, lx_arena_printf(arena, "%s/metadata.toml", name)), *text = "";
	size_t length = strcspn(name, "_");
	char *version = lx_arena_copy(arena, name, length), *to = version;
	if (!lx_io_exists(up))
		return LX_OK;
	for (const char *from = version; *from; from++)
		if (*from != '-')
			*to++ = *from;
	*to = 0;
	struct lx_import_revision *revision =
	    lx_import_add(import, version, lx_import_words(import, name + length, strlen(name) - length));
	enum lx_status status = lx_io_exists(settings) ? lx_import_read(import, settings, &text) : LX_OK;
	if (status == LX_OK)
		status = lx_import_take(import, up, &revision->up);
	if (status == LX_OK && lx_io_exists(down))
		status = lx_import_take(import, down, &revision->down);
	revision->up.is_outside = revision->down.is_outside = runs_outside(text);
	return status;
}

enum lx_status lx_import_diesel(struct lx_import *import)
{
	struct lx_vec names;
	enum lx_status status = lx_import_list(import, import->folder, "", &names);
	LX_EACH (const char *, name, &names)
		if (status == LX_OK && lx_io_is_folder(lx_import_path(import, name)))
			status = read_diesel(import, name);
	return status;
}

/* --- Flyway ----------------------------------------------------------------------------------------------------------
 */

/* V1.2__add_users.sql; with 'R' the version is empty. */
struct flyway_file {
	const char *path, *version, *message;
	char prefix;
};

static enum lx_status list_flyway(struct lx_import *import, const char *folder, struct lx_vec *files)
{
	struct lx_vec names;
	struct lx_arena *arena = import->cli->arena;
	enum lx_status status = lx_import_list(import, folder, "", &names);
	LX_EACH (const char *, name, &names) {
		const char *path = lx_arena_printf(arena, "%s/%s", folder, name), *gap = strstr(name, "__");
		size_t length = strlen(name);
		if (status == LX_OK && lx_io_is_folder(path))
			status = list_flyway(import, path, files);
		bool is_sql = length > 4 && strcasecmp(name + length - 4, ".sql") == 0;
		if (status != LX_OK || !is_sql || !gap || !strchr("VURB", name[0]))
			continue;
		struct flyway_file *file = LX_NEW(arena, struct flyway_file);
		*file = (struct flyway_file){
		    .path = path,
		    .prefix = name[0],
		    .version = lx_arena_copy(arena, name + 1, (size_t)(gap - name - 1)),
		    .message = lx_import_words(import, gap + 2, length - 4 - (size_t)(gap + 2 - name))};
		lx_vec_push(arena, files, file);
	}
	return status;
}

/* Versions first, then what is repeated, by its description. */
static int by_flyway(const void *a, const void *b, void *context)
{
	(void)context;
	const struct flyway_file *left = a, *right = b;
	if ((left->prefix == 'R') != (right->prefix == 'R'))
		return left->prefix == 'R' ? 1 : -1;
	return left->prefix == 'R' ? strcmp(left->message, right->message)
				   : lx_import_compare(left->version, right->version);
}

static enum lx_status add_flyway(struct lx_import *import, const struct flyway_file *file, const struct lx_vec *files)
{
	struct lx_arena *arena = import->cli->arena;
	char *version = lx_arena_string(arena, file->version);
	for (char *at = version; *at; at++)
		*at = *at == '_' ? '.' : *at;
	const char *name = file->prefix == 'R' ? lx_arena_printf(arena, "R_%s", file->message) : version;
	struct lx_import_revision *revision = lx_import_add(import, name, file->message);
	enum lx_status status = lx_import_take(import, file->path, &revision->up);
	if (status == LX_OK)
		status = lx_import_fill(import, &revision->up);
	if (file->prefix == 'R') {
		revision->version = file->message; /* its row has no version */
		lx_import_note(
		    import, file->path, NULL, NULL,
		    "repeated when it changes; as a revision it runs once, so write changes as new revisions");
	}
	LX_EACH (const struct flyway_file *, undo, files)
		if (status == LX_OK && undo->prefix == 'U' && file->prefix == 'V' &&
		    lx_import_compare(undo->version, file->version) == 0) {
			status = lx_import_take(import, undo->path, &revision->down);
			if (status == LX_OK)
				status = lx_import_fill(import, &revision->down);
		}
	return status;
}

enum lx_status lx_import_flyway(struct lx_import *import)
{
	struct lx_vec files = {0};
	enum lx_status status = list_flyway(import, import->folder, &files);
	if (status == LX_OK)
		lx_vec_sort(import->cli->arena, &files, by_flyway, NULL);
	LX_EACH (const struct flyway_file *, file, &files) {
		if (status != LX_OK)
			break;
		if (file->prefix == 'B')
			lx_import_note(import, file->path, NULL, NULL,
				       "a baseline stands for the versions before it, which are imported: left out");
		else if (file->prefix != 'U')
			status = add_flyway(import, file, &files);
	}
	return status;
}
