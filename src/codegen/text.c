/* SPDX-License-Identifier: Apache-2.0 */
#include "codegen/text.h"

#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include "base/utf8.h"

/* Sets of characters, since every byte of every generated file is looked up in one.  Bytes from 128 on are in none. */
enum {
	WORD = 1,  /* [0-9A-Za-z_] */
	PLAIN = 2, /* printable, but " % \ and, because of trigraphs, ? */
	REMARK = 4 /* printable, but * / ? \ */
};
/* clang-format off */
static const unsigned char sets[256] = {
	0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
	0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
	6, 6, 4, 6, 6, 4, 6, 6, 6, 6, 2, 6, 6, 6, 6, 2,
	7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 6, 6, 6, 6, 6, 0,
	6, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7,
	7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 6, 0, 6, 6, 7,
	6, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7,
	7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 6, 6, 6, 6, 0,
};
/* clang-format on */

static inline bool is_in(unsigned set, char c)
{
	return sets[(unsigned char)c] & set;
}

/* How many bytes at TEXT are in SET; the NUL is in none. */
static inline size_t span(unsigned set, const char *text)
{
	size_t length = 0;
	while (is_in(set, text[length]))
		length++;
	return length;
}

static void put_identifier(struct lx_buffer *out, const char *name)
{
	size_t good = span(WORD, name);
	lx_buffer_add(out, name, good);
	for (; name[good]; good++)
		lx_buffer_char(out, is_in(WORD, name[good]) ? name[good] : '_');
}

static void put_literal(struct lx_buffer *out, const char *value)
{
	lx_buffer_char(out, '"');
	for (const char *at = value;; at++) {
		size_t length = span(PLAIN, at);
		lx_buffer_add(out, at, length);
		at += length;
		if (!*at)
			break;
		unsigned byte = (unsigned char)*at;
		/* three digits always: the character behind may be a digit */
		char escape[4] = {'\\', (char)('0' + byte / 64), (char)('0' + byte / 8 % 8), (char)('0' + byte % 8)};
		lx_buffer_add(out, escape, sizeof escape);
	}
	lx_buffer_char(out, '"');
}

static void put_code_point(struct lx_buffer *out, uint32_t code_point)
{
	static const char digits[] = "0123456789ABCDEF";
	lx_buffer_string(out, "<U+");
	for (int shift = code_point > 0xffff ? 20 : 12; shift >= 0; shift -= 4)
		lx_buffer_char(out, digits[code_point >> shift & 15]);
	lx_buffer_char(out, '>');
}

/* No slash beside a star (ends or starts a comment), no backslash (splices lines), no two question marks (trigraphs, of
 * which one is a backslash), no character that an editor shows as something else. */
static void put_comment(struct lx_buffer *out, const char *value, size_t length)
{
	char before = out->length ? lx_buffer_text(out)[out->length - 1] : 0;
	for (size_t i = 0, step; i < length; i += step) {
		uint32_t code_point;
		step = i;
		while (step < length && is_in(REMARK, value[step]))
			step++;
		if (step > i) {
			lx_buffer_add(out, value + i, step - i);
			before = value[step - 1];
			step -= i;
			continue;
		}
		step = lx_utf8_step(value + i, length - i, &code_point);
		char c = value[i];
		if (step > 1 || (unsigned char)c > 126) {
			put_code_point(out, code_point);
			before = '>';
			continue;
		}
		if ((unsigned char)c < 32)
			c = ' ';
		if (c == '\\')
			c = '|';
		if ((before == '*' && c == '/') || (before == '/' && c == '*') || (before == '?' && c == '?'))
			lx_buffer_char(out, ' ');
		lx_buffer_char(out, c);
		before = c;
	}
}

static void put_number(struct lx_buffer *out, unsigned value)
{
	char digits[16], *at = digits + sizeof digits;
	do
		*--at = (char)('0' + value % 10);
	while ((value /= 10) != 0);
	lx_buffer_add(out, at, (size_t)(digits + sizeof digits - at));
}

static void put_hex(struct lx_buffer *out, uint64_t value)
{
	for (int shift = 60; shift >= 0; shift -= 4)
		lx_buffer_char(out, "0123456789abcdef"[value >> shift & 15]);
}

void lx_c_print(struct lx_c_text *text, const char *format, ...)
{
	struct lx_buffer *out = &text->out;
	const char *piece;
	va_list arguments;
	va_start(arguments, format);
	for (const char *at = format; *at;) {
		size_t length = 0;
		while (at[length] && at[length] != '%')
			length++;
		lx_buffer_add(out, at, length);
		at += length;
		if (!*at)
			break;
		switch (*++at) {
		case 'i':
			put_identifier(out, va_arg(arguments, const char *));
			break;
		case 'q':
			put_literal(out, va_arg(arguments, const char *));
			break;
		case 'c':
			piece = va_arg(arguments, const char *);
			put_comment(out, piece, strlen(piece));
			break;
		case 't':
			lx_buffer_string(out, va_arg(arguments, const char *));
			break;
		case 'u':
			put_number(out, va_arg(arguments, unsigned));
			break;
		case 'x':
			put_hex(out, va_arg(arguments, uint64_t));
			break;
		default:
			lx_buffer_char(out, *at);
			break;
		}
		at += *at ? 1 : 0;
	}
	va_end(arguments);
}

static void put_lines(struct lx_c_text *text, unsigned indent, const char *doc, bool *is_first)
{
	while (*doc) {
		size_t length = strcspn(doc, "\n");
		if (!*is_first) {
			lx_buffer_char(&text->out, '\n');
			lx_buffer_repeat(&text->out, '\t', indent);
			lx_buffer_string(&text->out, " *");
		}
		if (length)
			lx_buffer_char(&text->out, ' ');
		put_comment(&text->out, doc, length);
		*is_first = false;
		doc += length;
		doc += *doc ? 1 : 0;
	}
}

void lx_c_doc(struct lx_c_text *text, unsigned indent, const char *doc, const char *deprecated)
{
	bool is_first = true;
	if ((!doc || !*doc) && !deprecated)
		return;
	lx_buffer_repeat(&text->out, '\t', indent);
	lx_buffer_string(&text->out, "/*");
	if (doc)
		put_lines(text, indent, doc, &is_first);
	if (deprecated) {
		put_lines(text, indent, "Deprecated:", &is_first);
		put_lines(text, indent, deprecated, &is_first);
	}
	lx_buffer_string(&text->out, " */\n");
}
