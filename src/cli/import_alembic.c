/* Alembic: the files' headers say how revisions hang together; their SQL comes from alembic itself.
 * SPDX-License-Identifier: Apache-2.0 */
#include <ctype.h>
#include <string.h>

#include "base/arena.h"
#include "base/io.h"
#include "base/map.h"
#include "cli/import.h"

/* --- a little Python -------------------------------------------------------------------------------------------------
 */

/* The string literal at *AT, with the simple escapes; NULL: none is there. */
static const char *read_string(struct lx_arena *arena, const char **at)
{
	const char *p = *at;
	while (*p && strchr("rRuUbBfF", *p))
		p++;
	char quote = *p;
	if (quote != '\'' && quote != '"')
		return NULL;
	bool is_long = p[1] == quote && p[2] == quote;
	struct lx_buffer text = LX_BUFFER_INIT;
	for (p += is_long ? 3 : 1; *p; p++) {
		if (*p == quote && (!is_long || (p[1] == quote && p[2] == quote)))
			break;
		if (*p == '\\' && p[1] && p[1] != 'x' && p[1] != 'u')
			p++;
		lx_buffer_char(&text, *p);
	}
	*at = *p ? p + (is_long ? 3 : 1) : p;
	const char *copy = lx_arena_string(arena, lx_buffer_text(&text));
	lx_buffer_free(&text);
	return copy;
}

/* Behind the '=' of the module's own "NAME = …" or "NAME: type = …", or NULL. */
static const char *find_value(const char *text, const char *name)
{
	size_t length = strlen(name);
	for (const char *line = text; line; line = strchr(line, '\n'), line = line ? line + 1 : NULL) {
		if (strncmp(line, name, length) != 0 || isalnum((unsigned char)line[length]) || line[length] == '_')
			continue;
		const char *sign = line + length + strcspn(line + length, "=\n");
		if (*sign == '=')
			return sign + 1;
	}
	return NULL;
}

/* None, a string, or a tuple, list or set of strings. */
static void read_names(struct lx_arena *arena, const char *text, const char *name, struct lx_vec *names)
{
	const char *at = find_value(text, name);
	int depth = 0;
	if (!at)
		return;
	for (; *at; at++) {
		const char *string = read_string(arena, &at);
		if (string)
			lx_vec_push(arena, names, (void *)(uintptr_t)string);
		if (!*at)
			return;
		depth += strchr("([{", *at) != NULL;
		depth -= strchr(")]}", *at) != NULL;
		if (*at == '#')
			at += strcspn(at, "\n");
		if (depth <= 0 && (*at == '\n' || !*at))
			return;
	}
}

/* --- files -----------------------------------------------------------------------------------------------------------
 */

/* The docstring's first paragraph is the message; a line in it says when. */
static void read_docstring(struct lx_import *import, const char *text, struct lx_import_revision *revision)
{
	struct lx_arena *arena = import->cli->arena;
	static const char word[] = "Create Date: ";
	while (*text == '#' || *text == '\n' || *text == '\r')
		text += strcspn(text, "\n") + (text[strcspn(text, "\n")] ? 1 : 0);
	const char *doc = read_string(arena, &text);
	revision->message = "";
	if (!doc)
		return;
	doc += strspn(doc, " \t\r\n");
	revision->message = lx_arena_copy(arena, doc, strcspn(doc, "\r\n"));
	const char *date = strstr(doc, word);
	if (date && strcspn(date + sizeof word - 1, "\n") >= 19)
		revision->created =
		    lx_arena_printf(arena, "%.10sT%.8sZ", date + sizeof word - 1, date + sizeof word - 1 + 11);
}

static enum lx_status read_revision(struct lx_import *import, const char *path)
{
	struct lx_arena *arena = import->cli->arena;
	struct lx_vec ids = {0};
	const char *text;
	enum lx_status status = lx_import_read(import, path, &text);
	if (status != LX_OK)
		return status;
	read_names(arena, text, "revision", &ids);
	if (!ids.length) /* another module that lies there */
		return LX_OK;
	struct lx_import_revision *revision = lx_import_add(import, ids.items[0], "");
	revision->parents = (struct lx_vec){0};
	read_names(arena, text, "down_revision", &revision->parents);
	read_names(arena, text, "depends_on", &revision->depends_on);
	read_names(arena, text, "branch_labels", &revision->labels);
	read_docstring(import, text, revision);
	revision->up.path = revision->down.path = path;
	return LX_OK;
}

static enum lx_status read_folder(struct lx_import *import, const char *folder)
{
	struct lx_vec names;
	struct lx_arena *arena = import->cli->arena;
	enum lx_status status = lx_import_list(import, folder, ".py", &names);
	LX_EACH (const char *, name, &names)
		if (status == LX_OK)
			status = read_revision(import, lx_arena_printf(arena, "%s/%s", folder, name));
	return status;
}

/* --- the environment -------------------------------------------------------------------------------------------------
 */

/* KEY = VALUE of alembic.ini with %(here)s filled in, or NULL. */
static const char *read_key(struct lx_arena *arena, const char *text, const char *key, const char *here)
{
	static const char variable[] = "%(here)s";
	const char *at = find_value(text, key);
	if (!at)
		return NULL;
	at += strspn(at, " \t");
	const char *value = lx_arena_copy(arena, at, strcspn(at, "\r\n"));
	for (const char *found; (found = strstr(value, variable));)
		value =
		    lx_arena_printf(arena, "%.*s%s%s", (int)(found - value), value, here, found + sizeof variable - 1);
	return value;
}

static const char *absolute(struct lx_arena *arena, const char *here, const char *path, size_t length)
{
	return path[0] == '/' || strncmp(path, here, strlen(here)) == 0
		   ? lx_arena_copy(arena, path, length)
		   : lx_arena_printf(arena, "%s/%.*s", here, (int)length, path);
}

/* The folders of revisions that alembic.ini names. */
static enum lx_status read_locations(struct lx_import *import, const char *ini)
{
	static const char separators[] = " \t,:;";
	struct lx_arena *arena = import->cli->arena;
	const char *here = lx_arena_copy(arena, ini, (size_t)(strrchr(ini, '/') - ini));
	const char *text;
	enum lx_status status = lx_import_read(import, ini, &text);
	if (status != LX_OK)
		return status;
	const char *scripts = read_key(arena, text, "script_location", here);
	const char *locations = read_key(arena, text, "version_locations", here);
	scripts = scripts && *scripts ? absolute(arena, here, scripts, strlen(scripts))
				      : lx_arena_printf(arena, "%s/alembic", here);
	if (!locations || !*locations)
		return read_folder(import, lx_arena_printf(arena, "%s/versions", scripts));
	for (; *(locations += strspn(locations, separators)) && status == LX_OK;
	     locations += strcspn(locations, separators))
		status = read_folder(import, absolute(arena, here, locations, strcspn(locations, separators)));
	return status;
}

/* alembic.ini in FOLDER or up to three folders above it, or NULL. */
static const char *find_ini(struct lx_arena *arena, const char *folder)
{
	for (int level = 0; level < 4; level++, folder = lx_arena_printf(arena, "%s/..", folder)) {
		const char *path = lx_arena_printf(arena, "%s/alembic.ini", folder);
		if (lx_io_exists(path))
			return path;
	}
	return NULL;
}

/* Parents and dependencies first; what is in a circle or has no parent is for lx_history_link() to say. */
static void put_in_order(struct lx_import *import)
{
	struct lx_arena *arena = import->cli->arena;
	struct lx_vec ordered = {0};
	struct lx_map placed = {0};
	for (size_t before = SIZE_MAX; ordered.length != before;) {
		before = ordered.length;
		LX_EACH (struct lx_import_revision *, revision, &import->revisions) {
			bool is_ready = !lx_map_get(&placed, revision->id, strlen(revision->id));
			LX_EACH (const char *, parent, &revision->parents)
				is_ready = is_ready && lx_map_get(&placed, parent, strlen(parent));
			LX_EACH (const char *, parent, &revision->depends_on)
				is_ready = is_ready && lx_map_get(&placed, parent, strlen(parent));
			if (!is_ready)
				continue;
			lx_map_put(arena, &placed, revision->id, strlen(revision->id), revision);
			lx_vec_push(arena, &ordered, revision);
		}
	}
	if (ordered.length == import->revisions.length)
		import->revisions = ordered;
}

static const struct lx_import_revision *find(const struct lx_import *import, const char *word)
{
	LX_EACH (const struct lx_import_revision *, revision, &import->revisions) {
		if (strcmp(revision->id, word) == 0)
			return revision;
		LX_EACH (const char *, label, &revision->labels)
			if (strcmp(label, word) == 0)
				return revision;
	}
	return NULL;
}

/* Alembic lets a dependency be a label or the beginning of an id. */
static void name_dependencies(struct lx_import *import)
{
	LX_EACH (struct lx_import_revision *, revision, &import->revisions)
		for (size_t i = 0; i < revision->depends_on.length; i++) {
			const char *word = revision->depends_on.items[i];
			const struct lx_import_revision *found = find(import, word);
			LX_EACH (const struct lx_import_revision *, other, &import->revisions)
				if (!found && strncmp(other->id, word, strlen(word)) == 0)
					found = other;
			if (found)
				revision->depends_on.items[i] = (void *)(uintptr_t)found->id;
		}
}

enum lx_status lx_import_alembic(struct lx_import *import)
{
	struct lx_cli *cli = import->cli;
	const char *table = lx_option_value(&cli->options, LX_OPTION_VERSION_TABLE);
	const char *ini = find_ini(cli->arena, import->folder);
	import->table = table ? table : "alembic_version";
	bool is_environment = ini && lx_io_exists(lx_import_path(import, "alembic.ini"));
	const char *versions = lx_import_path(import, "versions");
	enum lx_status status = is_environment              ? read_locations(import, ini)
				: lx_io_is_folder(versions) ? read_folder(import, versions)
							    : read_folder(import, import->folder);
	name_dependencies(import);
	put_in_order(import);
	return status == LX_OK && import->revisions.length ? lx_import_scripts(import, ini) : status;
}
