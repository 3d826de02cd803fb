/* Files, names and versions of other tools.
 * SPDX-License-Identifier: Apache-2.0 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/io.h"
#include "base/utf8.h"
#include "cli/import.h"

enum { FILE_LIMIT = 64 << 20 };

static unsigned line_of(const char *file, const char *at)
{
	unsigned line = 1;
	for (; file < at; file++)
		line += *file == '\n';
	return line;
}

enum lx_status lx_import_refuse(struct lx_import *import, const char *code, const struct lx_import_sql *sql,
				const char *at, const char *message, const char *help)
{
	struct lx_fail *fail = &import->cli->fail;
	lx_fail(fail, LX_FAILED, code, "%s", message);
	if (sql)
		lx_fail_where(fail, "%s:%u", sql->path, line_of(sql->file, at));
	lx_fail_help(fail, "%s", help);
	return LX_FAILED;
}

void lx_import_note(struct lx_import *import, const char *path, const char *file, const char *at, const char *text)
{
	struct lx_arena *arena = import->cli->arena;
	char *note = at ? lx_arena_printf(arena, "%s:%u: %s", path, line_of(file, at), text)
			: lx_arena_printf(arena, "%s: %s", path, text);
	lx_vec_push(arena, &import->notes, note);
}

enum lx_status lx_import_read(struct lx_import *import, const char *path, const char **text)
{
	char *bytes;
	size_t length;
	struct lx_cli *cli = import->cli;
	enum lx_status status = lx_io_read(path, FILE_LIMIT, &bytes, &length, &cli->fail);
	if (status != LX_OK)
		return status;
	const char *copy = lx_arena_copy(cli->arena, bytes, length);
	free(bytes);
	*text = strncmp(copy, "\xef\xbb\xbf", 3) == 0 ? copy + 3 : copy;
	if (strlen(copy) == length && lx_utf8_valid(copy, length) == length)
		return LX_OK;
	lx_fail(&cli->fail, LX_FAILED, "L0436", "%s is not UTF-8", path);
	lx_fail_help(&cli->fail, "convert it (iconv -f latin1 -t utf-8) and import again");
	return LX_FAILED;
}

enum lx_status lx_import_take(struct lx_import *import, const char *path, struct lx_import_sql *sql)
{
	enum lx_status status = lx_import_read(import, path, &sql->file);
	if (status != LX_OK)
		return status;
	sql->path = lx_arena_string(import->cli->arena, path);
	sql->sql = sql->file;
	sql->length = strlen(sql->file);
	return LX_OK;
}

const char *lx_import_path(struct lx_import *import, const char *name)
{
	return lx_arena_printf(import->cli->arena, "%s/%s", import->folder, name);
}

enum lx_status lx_import_list(struct lx_import *import, const char *folder, const char *suffix, struct lx_vec *names)
{
	char **list;
	size_t count;
	struct lx_cli *cli = import->cli;
	*names = (struct lx_vec){0};
	enum lx_status status = lx_io_list(folder, suffix, &list, &count, &cli->fail);
	if (status != LX_OK)
		return status;
	for (size_t i = 0; i < count; i++)
		lx_vec_push(cli->arena, names, lx_arena_string(cli->arena, list[i]));
	free(list);
	return LX_OK;
}

const char *lx_import_words(struct lx_import *import, const char *text, size_t length)
{
	char *words = lx_arena_copy(import->cli->arena, text, length);
	for (char *at = words; *at; at++)
		if (*at == '_' || (unsigned char)*at < ' ')
			*at = ' ';
	return words + strspn(words, " ");
}

/* "20200131235959" and longer is a time in most tools. */
static const char *time_of(struct lx_arena *arena, const char *version)
{
	if (strlen(version) != 14 || strspn(version, "0123456789") != 14 || strncmp(version, "1970", 4) < 0)
		return NULL;
	return lx_arena_printf(arena, "%.4s-%.2s-%.2sT%.2s:%.2s:%.2sZ", version, version + 4, version + 6, version + 8,
			       version + 10, version + 12);
}

struct lx_import_revision *lx_import_add(struct lx_import *import, const char *version, const char *message)
{
	struct lx_arena *arena = import->cli->arena;
	struct lx_import_revision *revision = LX_NEW(arena, struct lx_import_revision);
	char *id = lx_arena_string(arena, version);
	const char *why;
	for (char *at = id; *at; at++)
		if (!lx_revision_id_ok(at, 1, &why))
			*at = '_';
	if (import->revisions.length) {
		const struct lx_import_revision *last = import->revisions.items[import->revisions.length - 1];
		lx_vec_push(arena, &revision->parents, (void *)(uintptr_t)last->id);
	}
	revision->id = id;
	revision->version = lx_arena_string(arena, version);
	revision->message = message;
	revision->created = time_of(arena, version);
	lx_vec_push(arena, &import->revisions, revision);
	return revision;
}

static bool is_separator(char c)
{
	return c == '.' || c == '_';
}

int lx_import_compare(const char *a, const char *b)
{
	while (*a && *b) {
		size_t m = strcspn(a, "._"), n = strcspn(b, "._");
		bool are_numbers = m && n && strspn(a, "0123456789") >= m && strspn(b, "0123456789") >= n;
		while (are_numbers && *a == '0' && m > 1)
			a++, m--;
		while (are_numbers && *b == '0' && n > 1)
			b++, n--;
		if (are_numbers && m != n)
			return m < n ? -1 : 1;
		int order = strncmp(a, b, m < n ? m : n);
		if (order || m != n)
			return order ? order : m < n ? -1 : 1;
		a += m + is_separator(a[m]);
		b += n + is_separator(b[n]);
	}
	return *a ? 1 : *b ? -1 : 0;
}

/* --- placeholders ----------------------------------------------------------------------------------------------------
 */

static const char *value_of(const struct lx_import *import, const char *name, size_t length)
{
	const char *found = NULL;
	LX_EACH (const char *, given, &import->cli->options.values[LX_OPTION_VARIABLE])
		if (strncmp(given, name, length) == 0 && given[length] == '=')
			found = given + length + 1;
	return found;
}

enum lx_status lx_import_fill(struct lx_import *import, struct lx_import_sql *sql)
{
	struct lx_arena *arena = import->cli->arena;
	struct lx_buffer text = LX_BUFFER_INIT;
	const char *at = sql->sql, *end = sql->sql + sql->length, *start;
	if (!sql->path || !(start = strstr(at, "${")) || start >= end)
		return LX_OK;
	for (; (start = strstr(at, "${")) && start < end && strchr(start, '}'); at = strchr(start, '}') + 1) {
		size_t length = strcspn(start + 2, "}");
		const char *value = value_of(import, start + 2, length);
		if (!value) {
			lx_buffer_free(&text);
			return lx_import_refuse(
			    import, "L0435", sql, start,
			    lx_arena_printf(arena, "no value for the placeholder %.*s", (int)length + 3, start),
			    lx_arena_printf(arena, "give it: -x '%.*s=VALUE'; to keep the text: -x '%.*s=%.*s'",
					    (int)length, start + 2, (int)length, start + 2, (int)length + 3, start));
		}
		lx_buffer_add(&text, at, (size_t)(start - at));
		lx_buffer_string(&text, value);
	}
	lx_buffer_add(&text, at, (size_t)(end - at));
	sql->length = text.length;
	sql->sql = sql->file = lx_arena_copy(arena, lx_buffer_text(&text), text.length);
	lx_buffer_free(&text);
	return LX_OK;
}
