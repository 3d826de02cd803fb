/* SPDX-License-Identifier: Apache-2.0 */
#include "diag/diag.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/utf8.h"

static const struct {
	const char *name;
	enum lx_severity severity;
	const char *title;
	const char *explanation;
} codes[] = {
#define LX_CODE(id, severity, title, explanation) {#id, severity, title, explanation},
#include "diag/codes.def"
#undef LX_CODE
};

static const char *const remedies[] = {
#define LX_REMEDY(id, text) [LX_##id] = (text),
#include "diag/remedies.def"
#undef LX_REMEDY
    [LX_CODE_COUNT] = NULL,
};

struct lx_span lx_span_join(struct lx_span a, struct lx_span b)
{
	if (!a.file)
		return b;
	if (a.file != b.file || b.end < a.end)
		return a;
	return (struct lx_span){a.file, a.start, b.end};
}

void lx_diags_init(struct lx_diags *diags, struct lx_arena *arena)
{
	*diags = (struct lx_diags){.arena = arena};
}

uint32_t lx_diags_source(struct lx_diags *diags, const char *path, const char *text, size_t length)
{
	struct lx_source *source = LX_NEW(diags->arena, struct lx_source);
	source->path = path;
	source->text = text;
	source->length = length > UINT32_MAX - 1 ? UINT32_MAX - 1 : (uint32_t)length;
	lx_vec_push(diags->arena, &diags->sources, source);
	return (uint32_t)diags->sources.length;
}

struct lx_source *lx_diags_source_of(const struct lx_diags *diags, uint32_t file)
{
	return file >= 1 && file <= diags->sources.length ? diags->sources.items[file - 1] : NULL;
}

static void map_lines(struct lx_diags *diags, struct lx_source *source)
{
	uint32_t count = 1;
	for (uint32_t i = 0; i < source->length; i++)
		count += source->text[i] == '\n';
	source->lines = LX_NEW_ARRAY(diags->arena, uint32_t, count);
	source->line_count = count;
	uint32_t line = 1;
	for (uint32_t i = 0; i < source->length; i++)
		if (source->text[i] == '\n')
			source->lines[line++] = i + 1;
}

void lx_source_place(struct lx_diags *diags, uint32_t file, uint32_t offset, uint32_t *line, uint32_t *column)
{
	struct lx_source *source = lx_diags_source_of(diags, file);
	*line = *column = 1;
	if (!source)
		return;
	if (!source->lines)
		map_lines(diags, source);
	if (offset > source->length)
		offset = source->length;
	uint32_t low = 0, high = source->line_count;
	while (high - low > 1) {
		uint32_t middle = low + (high - low) / 2;
		if (source->lines[middle] <= offset)
			low = middle;
		else
			high = middle;
	}
	*line = low + 1;
	for (uint32_t i = source->lines[low]; i < offset; (*column)++)
		i += (uint32_t)lx_utf8_step(source->text + i, source->length - i, NULL);
}

static const char *text_of(struct lx_diags *diags, const char *format, va_list arguments)
    __attribute__((format(printf, 2, 0)));
static const char *text_of(struct lx_diags *diags, const char *format, va_list arguments)
{
	va_list again;
	va_copy(again, arguments);
	int length = vsnprintf(NULL, 0, format, arguments);
	size_t size = length < 0 ? 1 : (size_t)length + 1;
	char *text = lx_arena_alloc(diags->arena, size);
	vsnprintf(text, size, format, again);
	va_end(again);
	return text;
}

struct lx_diag *lx_report(struct lx_diags *diags, enum lx_code code, struct lx_span span, const char *format, ...)
{
	struct lx_diag *diag = LX_NEW(diags->arena, struct lx_diag);
	diag->code = code;
	diag->severity = codes[code].severity;
	diag->span = span;
	diag->help = remedies[code];
	va_list arguments;
	va_start(arguments, format);
	diag->message = text_of(diags, format, arguments);
	va_end(arguments);
	if (diag->severity == LX_ERROR)
		diags->errors++;
	else if (diag->severity == LX_WARNING)
		diags->warnings++;
	if (diags->list.length < LX_DIAG_CAP)
		lx_vec_push(diags->arena, &diags->list, diag);
	else
		diags->dropped++;
	return diag;
}

void lx_diag_label(struct lx_diags *diags, struct lx_diag *diag, struct lx_span span, const char *format, ...)
{
	struct lx_label *label = LX_NEW(diags->arena, struct lx_label), **end = &diag->labels;
	label->span = span;
	va_list arguments;
	va_start(arguments, format);
	label->text = text_of(diags, format, arguments);
	va_end(arguments);
	while (*end)
		end = &(*end)->next;
	*end = label;
}

void lx_diag_note(struct lx_diags *diags, struct lx_diag *diag, const char *format, ...)
{
	struct lx_note *note = LX_NEW(diags->arena, struct lx_note), **end = &diag->notes;
	va_list arguments;
	va_start(arguments, format);
	note->text = text_of(diags, format, arguments);
	va_end(arguments);
	while (*end)
		end = &(*end)->next;
	*end = note;
}

void lx_diag_help(struct lx_diags *diags, struct lx_diag *diag, const char *format, ...)
{
	va_list arguments;
	va_start(arguments, format);
	diag->help = text_of(diags, format, arguments);
	va_end(arguments);
}

void lx_diag_fix(struct lx_diags *diags, struct lx_diag *diag, struct lx_span span, const char *text, const char *title)
{
	struct lx_fix *fix = LX_NEW(diags->arena, struct lx_fix), **end = &diag->fixes;
	fix->span = span;
	fix->text = lx_arena_string(diags->arena, text);
	fix->title = lx_arena_string(diags->arena, title);
	while (*end)
		end = &(*end)->next;
	*end = fix;
}

const char *lx_code_name(enum lx_code code)
{
	return codes[code].name;
}

enum lx_severity lx_code_severity(enum lx_code code)
{
	return codes[code].severity;
}

const char *lx_code_title(enum lx_code code)
{
	return codes[code].title;
}

const char *lx_code_explanation(enum lx_code code)
{
	return codes[code].explanation;
}

enum lx_code lx_code_find(const char *name)
{
	for (int i = 0; i < LX_CODE_COUNT; i++) {
		size_t k = 0;
		while (name[k] && (name[k] == codes[i].name[k] || name[k] - 32 == codes[i].name[k]))
			k++;
		if (!name[k] && !codes[i].name[k])
			return (enum lx_code)i;
	}
	return LX_CODE_COUNT;
}

enum { LONGEST_WORD = 64 };

static char fold(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* How many letters are to be changed, added, removed or swapped with their neighbour; case does not count. */
static size_t distance(const char *a, size_t n, const char *b, size_t m)
{
	size_t rows[3][LONGEST_WORD + 1], *before = rows[0], *above = rows[1], *row = rows[2];
	for (size_t j = 0; j <= m; j++)
		row[j] = j;
	for (size_t i = 1; i <= n; i++) {
		size_t *free_row = before;
		before = above;
		above = row;
		row = free_row;
		row[0] = i;
		for (size_t j = 1; j <= m; j++) {
			char x = fold(a[i - 1]), y = fold(b[j - 1]);
			size_t best = above[j - 1] + (x != y);
			if (above[j] + 1 < best)
				best = above[j] + 1;
			if (row[j - 1] + 1 < best)
				best = row[j - 1] + 1;
			bool is_swap = i > 1 && j > 1 && x == fold(b[j - 2]) && fold(a[i - 2]) == y;
			if (is_swap && before[j - 2] + 1 < best)
				best = before[j - 2] + 1;
			row[j] = best;
		}
	}
	return row[m];
}

const char *lx_nearest(const char *word, const char *const *candidates, size_t count)
{
	size_t n = strlen(word), best = n > 5 ? n / 3 + 1 : n > 1 ? 2 : 1; /* one more than may differ */
	const char *found = NULL;
	if (n > LONGEST_WORD)
		return NULL;
	for (size_t i = 0; i < count; i++) {
		size_t m = strlen(candidates[i]);
		size_t d = m > LONGEST_WORD ? best : distance(word, n, candidates[i], m);
		if (d < best) {
			best = d;
			found = candidates[i];
		}
	}
	return found;
}
