/* SPDX-License-Identifier: Apache-2.0 */
#include "diag/excerpt.h"

#include "base/buffer.h"
#include "base/utf8.h"

enum { TAB = 8, BEFORE = 60, AFTER = 100, WHOLE = 160 };

static bool is_hidden(uint32_t c)
{
	return c < 0x20 || (c >= 0x7f && c < 0xa0) || (c >= 0x200b && c <= 0x200f) || (c >= 0x2028 && c <= 0x202e) ||
	       (c >= 0x2060 && c <= 0x206f) || c == 0xfeff;
}

/* A code point, or a byte that is no character. */
static size_t add_escaped(struct lx_buffer *out, uint32_t c, bool is_byte)
{
	struct lx_buffer text = LX_BUFFER_INIT;
	if (is_byte)
		lx_buffer_printf(&text, "<%02X>", c);
	else if (c < 0x100)
		lx_buffer_printf(&text, "\\x%02X", c);
	else
		lx_buffer_printf(&text, "<U+%04X>", c);
	size_t width = text.length;
	if (out)
		lx_buffer_add(out, lx_buffer_text(&text), text.length);
	lx_buffer_free(&text);
	return width;
}

size_t lx_excerpt_text(struct lx_buffer *out, const char *text, size_t length, size_t column)
{
	for (size_t i = 0; i < length;) {
		uint32_t c;
		size_t step = lx_utf8_step(text + i, length - i, &c);
		if (c == '\t') {
			size_t width = TAB - column % TAB;
			if (out)
				lx_buffer_repeat(out, ' ', width);
			column += width;
		} else if (c == 0xfffd && step == 1)
			column += add_escaped(out, (unsigned char)text[i], true);
		else if (is_hidden(c))
			column += add_escaped(out, c, false);
		else {
			if (out)
				lx_buffer_add(out, text + i, step);
			column += lx_utf8_width(text + i, step);
		}
		i += step;
	}
	return column;
}

struct lx_span lx_excerpt_lines(struct lx_diags *diags, uint32_t file, uint32_t first, uint32_t last)
{
	const struct lx_source *source = lx_diags_source_of(diags, file);
	if (!source)
		return LX_NO_SPAN;
	uint32_t line, column;
	lx_source_place(diags, file, 0, &line, &column); /* builds the map of lines */
	if (last > source->line_count)
		last = source->line_count;
	if (first > last)
		first = last;
	uint32_t end = last < source->line_count ? source->lines[last] - 1 : source->length;
	uint32_t start = source->lines[first - 1];
	if (end > start && source->text[end - 1] == '\r')
		end--;
	return (struct lx_span){file, start, end};
}

static bool is_inside_character(char c)
{
	return ((unsigned char)c & 0xc0) == 0x80;
}

struct lx_excerpt lx_excerpt_at(struct lx_diags *diags, uint32_t file, uint32_t offset)
{
	struct lx_excerpt excerpt = {0};
	const struct lx_source *source = lx_diags_source_of(diags, file);
	if (!source)
		return excerpt;
	uint32_t column;
	lx_source_place(diags, file, offset, &excerpt.line, &column);
	struct lx_span line = lx_excerpt_lines(diags, file, excerpt.line, excerpt.line);
	excerpt.start = line.start;
	excerpt.end = line.end;
	if (offset > line.end)
		offset = line.end;
	if (line.end - line.start <= WHOLE)
		return excerpt;
	if (offset - line.start > BEFORE) {
		excerpt.start = offset - BEFORE;
		while (excerpt.start < offset && is_inside_character(source->text[excerpt.start]))
			excerpt.start++;
		excerpt.has_before = true;
	}
	if (line.end - offset > AFTER) {
		excerpt.end = offset + AFTER;
		while (excerpt.end > offset && is_inside_character(source->text[excerpt.end]))
			excerpt.end--;
		excerpt.has_after = true;
	}
	return excerpt;
}
