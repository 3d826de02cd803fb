/* SPDX-License-Identifier: Apache-2.0 */
#include "diag/show.h"

#include <stdio.h>
#include <string.h>

#include "base/buffer.h"
#include "diag/diag.h"
#include "diag/excerpt.h"
#include "diag/sorted.h"

struct show {
	struct lx_buffer *out;
	struct lx_diags *diags;
	bool has_color;
	int gutter; /* digits of the largest line number of the diagnostic */
};

struct mark { /* one underlined place */
	struct lx_span span;
	const char *text; /* NULL: the diagnostic's own place */
	uint32_t line;
};

enum style { PLAIN, BOLD, RED, YELLOW, CYAN, BLUE, GREEN };

static void add_styled(struct show *show, enum style style, const char *text)
{
	static const char *const escapes[] = {
	    [BOLD] = "\033[1m",    [RED] = "\033[1;31m", [YELLOW] = "\033[1;33m",
	    [CYAN] = "\033[1;36m", [BLUE] = "\033[34m",  [GREEN] = "\033[32m",
	};
	bool is_styled = show->has_color && style != PLAIN;
	if (is_styled)
		lx_buffer_string(show->out, escapes[style]);
	lx_buffer_string(show->out, text);
	if (is_styled)
		lx_buffer_string(show->out, "\033[0m");
}

static enum style style_of(enum lx_severity severity)
{
	return severity == LX_ERROR ? RED : severity == LX_WARNING ? YELLOW : CYAN;
}

static const char *path_of(const struct show *show, uint32_t file)
{
	const struct lx_source *source = lx_diags_source_of(show->diags, file);
	return source ? source->path : "";
}

/* Messages may quote what a source says, so they are escaped like it.  Further lines stand under the first. */
static void add_message(struct show *show, const char *text, size_t indent)
{
	for (;;) {
		size_t length = strcspn(text, "\n");
		lx_excerpt_text(show->out, text, length, 0);
		lx_buffer_char(show->out, '\n');
		if (!text[length])
			return;
		text += length + 1;
		lx_buffer_repeat(show->out, ' ', indent);
	}
}

static void add_gutter(struct show *show, const char *number, const char *bar)
{
	struct lx_buffer text = LX_BUFFER_INIT;
	lx_buffer_printf(&text, "%*s %s", show->gutter, number, bar);
	add_styled(show, BLUE, lx_buffer_text(&text));
	lx_buffer_free(&text);
}

static void add_source_line(struct show *show, uint32_t file, const struct lx_excerpt *excerpt)
{
	const struct lx_source *source = lx_diags_source_of(show->diags, file);
	char number[16];
	snprintf(number, sizeof number, "%u", excerpt->line);
	add_gutter(show, number, "| ");
	if (excerpt->has_before)
		lx_buffer_string(show->out, "…");
	lx_excerpt_text(show->out, source->text + excerpt->start, excerpt->end - excerpt->start, excerpt->has_before);
	if (excerpt->has_after)
		lx_buffer_string(show->out, "…");
	lx_buffer_char(show->out, '\n');
}

static void add_underline(struct show *show, const struct mark *mark, const struct lx_excerpt *excerpt,
			  enum style style)
{
	const char *source = lx_diags_source_of(show->diags, mark->span.file)->text;
	uint32_t start = mark->span.start < excerpt->start ? excerpt->start : mark->span.start;
	if (start > excerpt->end)
		start = excerpt->end;
	uint32_t end = mark->span.end > excerpt->end ? excerpt->end : mark->span.end;
	size_t from = lx_excerpt_text(NULL, source + excerpt->start, start - excerpt->start, excerpt->has_before);
	size_t to = end > start ? lx_excerpt_text(NULL, source + start, end - start, from) : from;
	struct lx_buffer text = LX_BUFFER_INIT;
	lx_buffer_repeat(&text, mark->text ? '-' : '^', to > from ? to - from : 1);
	add_gutter(show, "", "| ");
	lx_buffer_repeat(show->out, ' ', from);
	add_styled(show, mark->text ? CYAN : style, lx_buffer_text(&text));
	lx_buffer_free(&text);
	if (mark->text) {
		lx_buffer_char(show->out, ' ');
		lx_excerpt_text(show->out, mark->text, strlen(mark->text), 0);
	}
	lx_buffer_char(show->out, '\n');
}

/* In the primary file by line, then those of other files as they come. */
static size_t collect_marks(struct show *show, const struct lx_diag *diag, struct mark *marks, size_t room)
{
	uint32_t column;
	size_t count = 0;
	marks[count++] = (struct mark){.span = diag->span};
	for (const struct lx_label *label = diag->labels; label && count < room; label = label->next)
		if (label->span.file)
			marks[count++] = (struct mark){.span = label->span, .text = label->text};
	for (size_t i = 0; i < count; i++)
		lx_source_place(show->diags, marks[i].span.file, marks[i].span.start, &marks[i].line, &column);
	for (size_t i = 1; i < count; i++)
		for (size_t j = i; j > 0; j--) {
			struct mark *a = &marks[j - 1], *b = &marks[j];
			bool is_own = b->span.file == diag->span.file, is_other = a->span.file != diag->span.file;
			if (!is_own || (!is_other && a->line <= b->line))
				break;
			struct mark swap = *a;
			*a = *b;
			*b = swap;
		}
	return count;
}

/* Two places share a shown line when they are on one line that is short enough to be shown whole. */
static bool is_same_excerpt(const struct lx_excerpt *a, const struct lx_excerpt *b)
{
	return a->line == b->line && a->start == b->start && a->end == b->end;
}

static void add_marks(struct show *show, const struct lx_diag *diag)
{
	enum { MOST_MARKS = 8 };
	struct mark marks[MOST_MARKS];
	size_t count = collect_marks(show, diag, marks, MOST_MARKS);
	uint32_t largest = 0;
	for (size_t i = 0; i < count; i++)
		largest = marks[i].line > largest ? marks[i].line : largest;
	for (show->gutter = 1; largest >= 10; largest /= 10)
		show->gutter++;
	add_gutter(show, "", "|\n");
	struct lx_excerpt last = {0};
	uint32_t file = diag->span.file;
	for (size_t i = 0; i < count; i++) {
		const struct mark *mark = &marks[i];
		if (!lx_diags_source_of(show->diags, mark->span.file))
			continue;
		struct lx_excerpt excerpt = lx_excerpt_at(show->diags, mark->span.file, mark->span.start);
		if (mark->span.file != file) {
			uint32_t line, column;
			lx_source_place(show->diags, mark->span.file, mark->span.start, &line, &column);
			add_gutter(show, "", "");
			lx_buffer_printf(show->out, "in %s:%u:%u\n", path_of(show, mark->span.file), line, column);
			last = (struct lx_excerpt){0};
		}
		if (mark->span.file != file || !is_same_excerpt(&last, &excerpt)) {
			if (last.line && excerpt.line > last.line + 1)
				add_gutter(show, "", ":\n");
			add_source_line(show, mark->span.file, &excerpt);
		}
		add_underline(show, mark, &excerpt, style_of(diag->severity));
		file = mark->span.file;
		last = excerpt;
	}
}

static void add_fix_lines(struct show *show, char sign, const char *text, size_t length)
{
	enum { MOST_LINES = 12, LONGEST = 240 };
	for (int i = 0; i < MOST_LINES && length; i++) {
		const char *end = memchr(text, '\n', length);
		size_t line = end ? (size_t)(end - text) : length, shown = line < LONGEST ? line : LONGEST;
		struct lx_buffer shown_text = LX_BUFFER_INIT;
		lx_buffer_char(&shown_text, sign);
		if (shown)
			lx_buffer_char(&shown_text, ' ');
		lx_excerpt_text(&shown_text, text, shown, 0);
		lx_buffer_repeat(show->out, ' ', (size_t)show->gutter + 1);
		add_styled(show, sign == '+' ? GREEN : RED, lx_buffer_text(&shown_text));
		lx_buffer_string(show->out, shown < line ? "…\n" : "\n");
		lx_buffer_free(&shown_text);
		text += end ? line + 1 : line;
		length -= end ? line + 1 : line;
	}
}

/* The lines that the fix touches, before and after. */
static void add_fix(struct show *show, const struct lx_fix *fix)
{
	enum { LONGEST_LINE = 1000 };
	const struct lx_source *source = lx_diags_source_of(show->diags, fix->span.file);
	add_styled(show, CYAN, "fix");
	lx_buffer_string(show->out, ": ");
	add_message(show, fix->title, 5);
	if (!source || fix->span.end > source->length || fix->span.start > fix->span.end)
		return;
	uint32_t first, last, column;
	lx_source_place(show->diags, fix->span.file, fix->span.start, &first, &column);
	lx_source_place(show->diags, fix->span.file, fix->span.end, &last, &column);
	struct lx_span lines = lx_excerpt_lines(show->diags, fix->span.file, first, last);
	size_t length = strlen(fix->text);
	bool is_insert = fix->span.start == fix->span.end && fix->span.start == lines.start;
	if (is_insert && length && fix->text[length - 1] == '\n') { /* whole new lines */
		while (length && fix->text[length - 1] == '\n')
			length--;
		add_fix_lines(show, '+', fix->text, length);
		return;
	}
	if (lines.end - lines.start > LONGEST_LINE)
		return;
	struct lx_buffer after = LX_BUFFER_INIT;
	lx_buffer_add(&after, source->text + lines.start, fix->span.start - lines.start);
	lx_buffer_string(&after, fix->text);
	if (lines.end > fix->span.end)
		lx_buffer_add(&after, source->text + fix->span.end, lines.end - fix->span.end);
	add_fix_lines(show, '-', source->text + lines.start, lines.end - lines.start);
	add_fix_lines(show, '+', lx_buffer_text(&after), after.length);
	lx_buffer_free(&after);
}

static void add_diag(struct show *show, const struct lx_diag *diag)
{
	static const char *const words[] = {[LX_ERROR] = "error", [LX_WARNING] = "warning", [LX_NOTE] = "note"};
	bool has_place = lx_diags_source_of(show->diags, diag->span.file) != NULL;
	show->gutter = 1;
	if (has_place) {
		uint32_t line, column;
		lx_source_place(show->diags, diag->span.file, diag->span.start, &line, &column);
		lx_buffer_printf(show->out, "%s:%u:%u: ", path_of(show, diag->span.file), line, column);
	}
	add_styled(show, style_of(diag->severity), words[diag->severity]);
	lx_buffer_printf(show->out, "[%s]: ", lx_code_name(diag->code));
	if (show->has_color)
		lx_buffer_string(show->out, "\033[1m");
	add_message(show, diag->message, 2);
	if (show->has_color)
		lx_buffer_string(show->out, "\033[0m");
	if (has_place)
		add_marks(show, diag);
	for (const struct lx_note *note = diag->notes; note; note = note->next) {
		add_styled(show, CYAN, "note");
		lx_buffer_string(show->out, ": ");
		add_message(show, note->text, 6);
	}
	if (diag->help) {
		add_styled(show, CYAN, "help");
		lx_buffer_string(show->out, ": ");
		add_message(show, diag->help, 6);
	}
	for (const struct lx_fix *fix = diag->fixes; fix; fix = fix->next)
		add_fix(show, fix);
	lx_buffer_char(show->out, '\n');
}

static void add_count(struct lx_buffer *out, size_t count, const char *what)
{
	lx_buffer_printf(out, "%zu %s%s", count, what, count == 1 ? "" : "s");
}

void lx_show_text(struct lx_buffer *out, struct lx_diags *diags, bool color)
{
	struct show show = {.out = out, .diags = diags, .has_color = color};
	struct lx_vec sorted = lx_diags_sorted(diags);
	LX_EACH (const struct lx_diag *, diag, &sorted)
		add_diag(&show, diag);
	if (!diags->errors && !diags->warnings)
		return;
	if (diags->errors)
		add_count(out, diags->errors, "error");
	if (diags->errors && diags->warnings)
		lx_buffer_string(out, ", ");
	if (diags->warnings)
		add_count(out, diags->warnings, "warning");
	if (diags->dropped)
		lx_buffer_printf(out, "; the first %d are shown", LX_DIAG_CAP);
	lx_buffer_char(out, '\n');
}
