/* Values of a row as the server writes them.
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "introspect/private.h"
#include "kinds/names.h"

static const char *value(const struct lx_row *row, int column)
{
	return PQgetisnull(row->result, row->number, column) ? NULL : PQgetvalue(row->result, row->number, column);
}

struct lx_arena *lx_row_arena(const struct lx_row *row)
{
	return row->catalog->arena;
}

struct lx_catalog *lx_row_catalog(const struct lx_row *row)
{
	return row->catalog;
}

bool lx_row_is_null(const struct lx_row *row, int column)
{
	return PQgetisnull(row->result, row->number, column);
}

const char *lx_row_text(const struct lx_row *row, int column)
{
	return lx_catalog_intern(row->catalog, value(row, column));
}

struct lx_expr lx_row_expr(const struct lx_row *row, int column)
{
	return (struct lx_expr){.text = lx_row_text(row, column)};
}

bool lx_row_bool(const struct lx_row *row, int column)
{
	const char *text = value(row, column);
	return text && *text == 't';
}

char lx_row_char(const struct lx_row *row, int column)
{
	const char *text = value(row, column);
	return (char)(text ? *text : 0);
}

int64_t lx_row_integer(const struct lx_row *row, int column)
{
	const char *text = value(row, column);
	return text ? strtoll(text, NULL, 10) : 0;
}

uint32_t lx_row_oid(const struct lx_row *row, int column)
{
	const char *text = value(row, column);
	uint32_t oid = 0;
	while (text && *text >= '0' && *text <= '9') /* several in every row: strtoll() takes ten times as long */
		oid = oid * 10 + (uint32_t)(*text++ - '0');
	return oid;
}

int lx_row_enabled(const struct lx_row *row, int column)
{
	switch (lx_row_char(row, column)) {
	case 'D':
		return LX_ENABLED_NEVER;
	case 'R':
		return LX_ENABLED_ON_REPLICAS;
	case 'A':
		return LX_ENABLED_ALWAYS;
	default:
		return 0;
	}
}

size_t lx_row_integers(const struct lx_row *row, int column, int64_t *items, size_t limit)
{
	const char *text = value(row, column);
	size_t count = 0;
	while (text && count < limit) {
		text += strcspn(text, "-0123456789");
		if (!*text)
			break;
		char *end;
		items[count++] = strtoll(text, &end, 10);
		text = end;
	}
	return count;
}

struct lx_vec lx_row_columns(const struct lx_row *row, int column, uint32_t table)
{
	enum { MOST = 1664 }; /* more than a table's columns or an index's keys (MaxTupleAttributeNumber) */
	int64_t numbers[MOST];
	struct lx_vec names = {0};
	size_t count = lx_row_integers(row, column, numbers, MOST);
	for (size_t i = 0; i < count; i++) {
		const struct lx_object *found = lx_catalog_find(row->catalog, LX_PG_CLASS, table, (int)numbers[i]);
		if (found)
			lx_vec_push(row->catalog->arena, &names, (void *)(uintptr_t)found->name);
	}
	return names;
}

/* --- arrays of texts -------------------------------------------------------------------------------------------------
 * array_out: elements are quoted where needed, with backslashes before quotes and backslashes (PostgreSQL
 * docs, 8.15.6). */

static const char *take_element(struct lx_catalog *catalog, struct lx_buffer *element, const char *text, bool *is_null)
{
	bool is_quoted = *text == '"';
	lx_buffer_clear(element);
	text += is_quoted;
	while (*text && (is_quoted ? *text != '"' : *text != ',' && *text != '}')) {
		text += *text == '\\';
		lx_buffer_char(element, *text++);
	}
	*is_null = !is_quoted && strcmp(lx_buffer_text(element), "NULL") == 0;
	(void)catalog;
	return text + is_quoted;
}

struct lx_vec lx_row_texts(const struct lx_row *row, int column)
{
	struct lx_buffer element = LX_BUFFER_INIT;
	struct lx_vec texts = {0};
	const char *text = value(row, column);
	text = text ? text + 1 : "";
	while (*text && *text != '}') {
		bool is_null;
		text = take_element(row->catalog, &element, text, &is_null);
		const char *copy = is_null ? NULL : lx_catalog_intern(row->catalog, lx_buffer_text(&element));
		lx_vec_push(row->catalog->arena, &texts, (void *)(uintptr_t)copy);
		text += *text == ',';
	}
	lx_buffer_free(&element);
	return texts;
}

/* --- options ---------------------------------------------------------------------------------------------------------
 */

static int compare_options(const void *a, const void *b, void *context)
{
	(void)context;
	return strcmp(a, b);
}

/* Numbers and plain words stand as they are, everything else as a string, as the models are read. */
static bool is_bare(const char *text)
{
	return *text &&
	       ((*text != '.' && !text[strspn(text, "0123456789.")]) ||
		(!strchr("0123456789", *text) && !text[strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789_")]));
}

static void add_value(struct lx_buffer *out, const char *text)
{
	if (is_bare(text)) {
		lx_buffer_string(out, text);
		return;
	}
	lx_buffer_char(out, '\'');
	for (; *text; text++) {
		if (*text == '\'')
			lx_buffer_char(out, '\'');
		lx_buffer_char(out, *text);
	}
	lx_buffer_char(out, '\'');
}

static const char *read_options(const struct lx_row *row, int column, bool is_sorted)
{
	struct lx_vec options = lx_row_texts(row, column);
	struct lx_buffer out = LX_BUFFER_INIT;
	if (!options.length)
		return NULL;
	if (is_sorted)
		lx_vec_sort(row->catalog->arena, &options, compare_options, NULL);
	LX_EACH (const char *, option, &options) {
		size_t key = strcspn(option, "=");
		lx_buffer_string(&out, out.length ? ", " : "");
		lx_buffer_add(&out, option, key);
		lx_buffer_char(&out, '=');
		add_value(&out, option[key] ? option + key + 1 : "");
	}
	const char *copy = lx_catalog_intern(row->catalog, lx_buffer_text(&out));
	lx_buffer_free(&out);
	return copy;
}

const char *lx_row_options(const struct lx_row *row, int column)
{
	return read_options(row, column, true);
}

const char *lx_row_options_in_order(const struct lx_row *row, int column)
{
	return read_options(row, column, false);
}
