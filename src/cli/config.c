/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/config.h"

#include <ctype.h>
#include <errno.h>
#include <ini.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/io.h"
#include "diag/diag.h"

enum type { PATH, PATHS, WORD, TEXT, NUMBER, TIME, BOOL };
enum { FILE_LIMIT = 1024 * 1024, LEVELS = 64 };

struct key {
	const char *name;
	enum type type;
	size_t offset; /* in struct lx_config */
	const char *initial;
};
static const struct key keys[] = {
#define LX_CONFIG(key, type, initial, help) {#key, type, offsetof(struct lx_config, key), initial},
#include "cli/config.def"
#undef LX_CONFIG
};
enum { KEY_COUNT = sizeof keys / sizeof *keys };

struct entry { /* what the file says about a key */
	const char *value;
	int line;
	int rank; /* 0 not given, 1 in [lexo], 2 in the section of --name */
};

struct reader {
	struct lx_arena *arena;
	const struct lx_config_request *request;
	struct lx_config *config;
	struct lx_fail *fail;
	const char *text; /* what is left to read */
	int line;         /* of the text that was handed out last */
	bool has_section; /* the one of --name was seen */
	struct entry entries[KEY_COUNT];
};

static enum lx_status broken(struct reader *reader, int line, const char *code, const char *message, const char *help)
{
	lx_fail(reader->fail, LX_FAILED, code, "%s", message);
	if (line > 0)
		lx_fail_where(reader->fail, "%s:%d", reader->config->file, line);
	else if (reader->config->file)
		lx_fail_where(reader->fail, "%s", reader->config->file);
	if (help)
		lx_fail_help(reader->fail, "%s", help);
	return LX_FAILED;
}

/* inih's line reader.  A line that does not fit is an error: it would be cut in silence. */
static char *next_line(char *to, int size, void *context)
{
	struct reader *reader = context;
	size_t length = strcspn(reader->text, "\n");
	bool has_newline = reader->text[length] == '\n';
	if (!length && !has_newline)
		return NULL;
	reader->line++;
	if (length + 2 > (size_t)size) {
		broken(reader, reader->line, "L0204",
		       lx_arena_printf(reader->arena, "this line is longer than %d bytes", size - 2),
		       "shorten it, or give the value on the command line or in the environment");
		return NULL;
	}
	memcpy(to, reader->text, length);
	to[length] = 0;
	reader->text += length + (has_newline ? 1 : 0);
	return to;
}

static int find_key(const char *name)
{
	for (int i = 0; i < KEY_COUNT; i++)
		if (strcmp(keys[i].name, name) == 0)
			return i;
	return -1;
}

static void unknown_key(struct reader *reader, const char *name)
{
	const char *names[KEY_COUNT];
	for (int i = 0; i < KEY_COUNT; i++)
		names[i] = keys[i].name;
	const char *nearest = lx_nearest(name, names, KEY_COUNT);
	broken(reader, reader->line, "L0205", lx_arena_printf(reader->arena, "unknown key '%s'", name),
	       nearest ? lx_arena_printf(reader->arena, "did you mean '%s'?", nearest)
		       : "'lexo explain L0205' lists the keys");
}

static void take_hook(struct reader *reader, const char *name, const char *value)
{
	struct lx_config_pair *pair = LX_NEW(reader->arena, struct lx_config_pair);
	*pair = (struct lx_config_pair){lx_arena_string(reader->arena, name), lx_arena_string(reader->arena, value),
					reader->line};
	lx_vec_push(reader->arena, &reader->config->hooks, pair);
}

/* inih's handler: 0 stops with an error. */
static int take(void *context, const char *section, const char *name, const char *value)
{
	struct reader *reader = context;
	const char *wanted = reader->request->section;
	int rank = 0;
	if (reader->fail->status != LX_OK)
		return 0;
	if (strcmp(section, "post_write_hooks") == 0) {
		take_hook(reader, name, value);
		return 1;
	}
	if (wanted && strcmp(section, wanted) == 0) {
		reader->has_section = true;
		rank = 2;
	} else if (strcmp(section, "lexo") == 0)
		rank = 1;
	else if (!section[0]) {
		broken(reader, reader->line, "L0205", "this key stands before any section",
		       "put a line [lexo] before it");
		return 0;
	} else
		rank = -1; /* another environment's section; its keys are checked all the same */
	int index = find_key(name);
	if (index < 0) {
		unknown_key(reader, name);
		return 0;
	}
	struct entry *entry = &reader->entries[index];
	if (rank < entry->rank || rank < 0)
		return 1;
	bool is_more = entry->rank == rank && keys[index].type == PATHS; /* a continuation line */
	if (entry->rank == rank && !is_more) {
		broken(reader, reader->line, "L0206",
		       lx_arena_printf(reader->arena, "'%s' is already set at line %d", name, entry->line), NULL);
		return 0;
	}
	entry->value = is_more ? lx_arena_printf(reader->arena, "%s %s", entry->value, value)
			       : lx_arena_string(reader->arena, value);
	entry->line = reader->line;
	entry->rank = rank;
	return 1;
}

/* --- values ---------------------------------------------------------------------------------------------------------
 */

static const char *variable(const struct reader *reader, const char *name, size_t length)
{
	if (length == 4 && memcmp(name, "here", 4) == 0) {
		char here[PATH_MAX];
		const char *folder = reader->config->folder;
		return realpath(folder[0] ? folder : ".", here) ? lx_arena_string(reader->arena, here) : NULL;
	}
	if (!reader->request->variables)
		return NULL;
	const char *found = NULL;
	LX_EACH (const char *, given, reader->request->variables)
		if (strncmp(given, name, length) == 0 && given[length] == '=')
			found = given + length + 1;
	return found;
}

/* Puts in %(here)s and the variables of -x; %% is a percent sign.  NULL: failed. */
static const char *expand(struct reader *reader, const char *text, int line)
{
	struct lx_buffer out = LX_BUFFER_INIT;
	for (const char *at = text; *at; at++) {
		const char *end = *at == '%' && at[1] == '(' ? strstr(at, ")s") : NULL;
		if (end) {
			const char *value = variable(reader, at + 2, (size_t)(end - at - 2));
			if (!value) {
				broken(reader, line, "L0206",
				       lx_arena_printf(reader->arena, "no value for %.*s", (int)(end + 2 - at), at),
				       lx_arena_printf(reader->arena, "give one with -x %.*s=VALUE",
						       (int)(end - at - 2), at + 2));
				lx_buffer_free(&out);
				return NULL;
			}
			lx_buffer_string(&out, value);
			at = end + 1;
			continue;
		}
		if (*at == '%' && at[1] == '%')
			at++;
		lx_buffer_char(&out, *at);
	}
	const char *result = lx_arena_string(reader->arena, lx_buffer_text(&out));
	lx_buffer_free(&out);
	return result;
}

static const char *join(const struct reader *reader, const char *path, size_t length)
{
	if (path[0] == '/')
		return lx_arena_copy(reader->arena, path, length);
	return lx_arena_printf(reader->arena, "%s%.*s", reader->config->folder, (int)length, path);
}

static void split_paths(const struct reader *reader, const char *text, struct lx_vec *paths)
{
	*paths = (struct lx_vec){0};
	while (*(text += strspn(text, " \t"))) {
		size_t length = strcspn(text, " \t");
		char *path = lx_arena_string(reader->arena, join(reader, text, length));
		lx_vec_push(reader->arena, paths, path);
		text += length;
	}
}

static bool is_identifier(const char *text)
{
	if (!isalpha((unsigned char)text[0]) && text[0] != '_')
		return false;
	for (; *text; text++)
		if (!isalnum((unsigned char)*text) && *text != '_')
			return false;
	return true;
}

static bool read_number(const char *text, int *number)
{
	char *end;
	errno = 0;
	long value = strtol(text, &end, 10);
	if (errno || end == text || *end || value < 0 || value > INT_MAX)
		return false;
	*number = (int)value;
	return true;
}

static bool read_bool(const char *text, bool *value)
{
	static const char *const words[] = {"no", "yes", "false", "true", "off", "on", "0", "1"};
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (strcasecmp(text, words[i]) == 0) {
			*value = i % 2;
			return true;
		}
	return false;
}

static enum lx_status set_value(struct reader *reader, const struct key *key, const char *value, int line)
{
	void *member = (char *)reader->config + key->offset;
	const char *expected = NULL;
	switch (key->type) {
	case PATH:
		*(const char **)member = join(reader, value, strlen(value));
		expected = value[0] ? NULL : "a path";
		break;
	case PATHS:
		split_paths(reader, value, member);
		expected = ((struct lx_vec *)member)->length ? NULL : "at least one path";
		break;
	case WORD:
		*(const char **)member = value;
		expected = is_identifier(value) ? NULL : "a C identifier";
		break;
	case TEXT:
		*(const char **)member = value;
		break;
	case NUMBER:
		expected = read_number(value, member) ? NULL : "a whole number";
		break;
	case TIME:
		expected = lx_config_milliseconds(value, member) ? NULL : "a time such as 500ms, 3s or 1min";
		break;
	case BOOL:
		expected = read_bool(value, member) ? NULL : "yes or no";
		break;
	}
	if (!expected)
		return LX_OK;
	return broken(reader, line, "L0206",
		      lx_arena_printf(reader->arena, "'%s' must be %s, not '%s'", key->name, expected, value), NULL);
}

static enum lx_status set_values(struct reader *reader)
{
	for (int i = 0; i < KEY_COUNT; i++) {
		const struct entry *entry = &reader->entries[i];
		const char *value = entry->rank ? entry->value : keys[i].initial;
		/* file_template's tokens look like variables but are filled in later */
		if (entry->rank && strcmp(keys[i].name, "file_template") != 0)
			value = expand(reader, value, entry->line);
		if (entry->rank && !value)
			return LX_FAILED;
		if (value && set_value(reader, &keys[i], value, entry->line) != LX_OK)
			return LX_FAILED;
	}
	LX_EACH (struct lx_config_pair *, pair, &reader->config->hooks) {
		pair->value = expand(reader, pair->value, pair->line);
		if (!pair->value)
			return LX_FAILED;
	}
	return LX_OK;
}

/* --- the file -------------------------------------------------------------------------------------------------------
 */

/* lexo.ini in the working directory or the nearest folder above it; it ends the search at the root. */
static const char *find_file(struct lx_arena *arena)
{
	char here[PATH_MAX];
	if (!getcwd(here, sizeof here))
		return NULL;
	size_t depth = 0;
	for (const char *at = here; *at; at++)
		depth += *at == '/' && at[1];
	struct lx_buffer path = LX_BUFFER_INIT;
	const char *found = NULL;
	for (size_t level = 0; level <= depth && level < LEVELS && !found; level++) {
		lx_buffer_string(&path, "lexo.ini");
		if (lx_io_exists(lx_buffer_text(&path)))
			found = lx_arena_string(arena, lx_buffer_text(&path));
		lx_buffer_truncate(&path, path.length - strlen("lexo.ini"));
		lx_buffer_string(&path, "../");
	}
	lx_buffer_free(&path);
	return found;
}

static enum lx_status read_file(struct reader *reader)
{
	char *text;
	size_t length;
	if (lx_io_read(reader->config->file, FILE_LIMIT, &text, &length, reader->fail) != LX_OK)
		return LX_FAILED;
	if (memchr(text, 0, length)) {
		free(text);
		return broken(reader, 0, "L0204", "the file contains a NUL byte", "write it as plain text");
	}
	reader->text = text;
	int error = ini_parse_stream(next_line, reader, take, reader);
	free(text);
	reader->text = NULL;
	if (reader->fail->status != LX_OK)
		return LX_FAILED;
	if (error > 0)
		return broken(reader, error, "L0204", "neither a [section] nor key = value",
			      "comments begin with # or ;");
	if (error < 0)
		return lx_fail(reader->fail, LX_FAILED, "L0105", "out of memory");
	if (reader->request->section && strcmp(reader->request->section, "lexo") != 0 && !reader->has_section)
		return broken(
		    reader, 0, "L0205",
		    lx_arena_printf(reader->arena, "there is no section [%s] with keys", reader->request->section),
		    "--name chooses a section of the configuration");
	return LX_OK;
}

enum lx_status lx_config_load(struct lx_arena *arena, const struct lx_config_request *request, struct lx_config *config,
			      struct lx_fail *fail)
{
	struct reader reader = {.arena = arena, .request = request, .config = config, .fail = fail};
	*config = (struct lx_config){.folder = ""};
	const char *file = request->file ? request->file : getenv("LEXO_CONFIG");
	config->file = file && *file ? lx_arena_string(arena, file) : find_file(arena);
	if (config->file) {
		const char *slash = strrchr(config->file, '/');
		if (slash)
			config->folder = lx_arena_copy(arena, config->file, (size_t)(slash - config->file) + 1);
		if (read_file(&reader) != LX_OK)
			return LX_FAILED;
	} else if (request->section) {
		lx_fail(fail, LX_FAILED, "L0204", "--name needs a lexo.ini, and none was found");
		lx_fail_help(fail, "name it with --config, or run lexo inside the project");
		return LX_FAILED;
	}
	return set_values(&reader);
}
