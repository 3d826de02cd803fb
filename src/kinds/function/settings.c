/* SPDX-License-Identifier: Apache-2.0 */
#include "kinds/function/settings.h"

#include <stdint.h>
#include <string.h>

#include "base/arena.h"
#include "base/buffer.h"

/* Those with GUC_LIST_QUOTE (src/backend/utils/misc/guc_tables.c). */
bool lx_settings_is_list(const char *name)
{
	static const char *const names[] = {"search_path",
					    "temp_tablespaces",
					    "session_preload_libraries",
					    "shared_preload_libraries",
					    "local_preload_libraries",
					    "unix_socket_directories"};
	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
		if (strcmp(name, names[i]) == 0)
			return true;
	}
	return false;
}

/* 'it''s' from TEXT on, without its quotes; returns what is behind it. */
static const char *take_string(struct lx_arena *arena, const char *text, char quote, const char **out)
{
	struct lx_buffer value = LX_BUFFER_INIT;
	for (text++; *text && (*text != quote || text[1] == quote); text++) {
		lx_buffer_char(&value, *text);
		text += *text == quote;
	}
	*out = lx_arena_string(arena, lx_buffer_text(&value));
	lx_buffer_free(&value);
	return text + (*text == quote);
}

bool lx_settings_next(struct lx_arena *arena, const char **settings, const char **name, struct lx_vec *values)
{
	const char *text = *settings;
	if (!text || !*text)
		return false;
	size_t length = strcspn(text, "=");
	*name = lx_arena_copy(arena, text, length);
	*values = (struct lx_vec){0};
	text += length + (text[length] == '=');
	for (bool is_more = true; is_more; text += is_more) {
		const char *value;
		if (*text == '\'') {
			text = take_string(arena, text, '\'', &value);
		} else {
			length = strcspn(text, ",");
			value = lx_arena_copy(arena, text, length);
			text += length;
		}
		lx_vec_push(arena, values, (char *)(uintptr_t)value);
		is_more = *text == ',' && text[1] != ' ';
	}
	*settings = *text ? text + 2 : text;
	return true;
}

struct lx_vec lx_settings_split(struct lx_arena *arena, const char *list)
{
	struct lx_vec items = {0};
	for (list += strspn(list, " "); *list; list += strspn(list, ", ")) {
		const char *item;
		if (*list == '"') {
			list = take_string(arena, list, '"', &item);
		} else {
			size_t length = strcspn(list, ", ");
			item = lx_arena_copy(arena, list, length);
			list += length;
		}
		lx_vec_push(arena, &items, (char *)(uintptr_t)item);
	}
	return items;
}

static void add_quoted(struct lx_buffer *out, const char *text, char quote)
{
	lx_buffer_char(out, quote);
	for (; *text; text++) {
		if (*text == quote)
			lx_buffer_char(out, quote);
		lx_buffer_char(out, *text);
	}
	lx_buffer_char(out, quote);
}

static void add_list(struct lx_arena *arena, struct lx_buffer *out, const char *list)
{
	struct lx_vec items = lx_settings_split(arena, list);
	const char *only = items.length == 1 ? items.items[0] : NULL;
	if (only && *only && only[strcspn(only, "\", ")]) { /* one text is read as a list: quotes keep it together */
		struct lx_buffer inner = LX_BUFFER_INIT;
		add_quoted(&inner, only, '"');
		add_quoted(out, lx_buffer_text(&inner), '\'');
		lx_buffer_free(&inner);
		return;
	}
	LX_EACH (const char *, item, &items) {
		if (item_i)
			lx_buffer_char(out, ',');
		add_quoted(out, item, '\'');
	}
	if (!items.length)
		lx_buffer_string(out, "''");
}

/* Plain words and numbers stand as they are, as the models are read. */
static bool is_bare(const char *text)
{
	if (*text >= '0' && *text <= '9')
		return !text[strspn(text, "0123456789")];
	return *text && !text[strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789_")];
}

static int compare(const void *a, const void *b, void *context)
{
	(void)context;
	return strcmp(a, b);
}

static const char *one_setting(struct lx_arena *arena, const char *text)
{
	struct lx_buffer out = LX_BUFFER_INIT;
	size_t length = strcspn(text, "=");
	for (size_t i = 0; i < length; i++)
		lx_buffer_char(&out, text[i] >= 'A' && text[i] <= 'Z' ? (char)(text[i] + 32) : text[i]);
	bool is_list = lx_settings_is_list(lx_buffer_text(&out));
	const char *value = text[length] ? text + length + 1 : "";
	lx_buffer_char(&out, '=');
	if (is_list)
		add_list(arena, &out, value);
	else if (is_bare(value))
		lx_buffer_string(&out, value);
	else
		add_quoted(&out, value, '\'');
	const char *setting = lx_arena_string(arena, lx_buffer_text(&out));
	lx_buffer_free(&out);
	return setting;
}

const char *lx_settings_from_catalog(struct lx_arena *arena, const struct lx_vec *texts)
{
	struct lx_vec settings = {0};
	const char *joined = NULL;
	LX_EACH (const char *, text, texts)
		lx_vec_push(arena, &settings, (char *)(uintptr_t)one_setting(arena, text));
	lx_vec_sort(arena, &settings, compare, NULL);
	LX_EACH (const char *, setting, &settings)
		joined = joined ? lx_arena_printf(arena, "%s, %s", joined, setting) : setting;
	return joined;
}
