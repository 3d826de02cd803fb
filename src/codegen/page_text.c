/* Text of models as Markdown that is nothing but text.
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "codegen/page.h"

static bool is_word(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (unsigned char)c >= 128;
}

/* The character at AT of the text that begins at START; an underscore within a word and a sign within a line mean
 * nothing.  At its start, or behind a number, they make headings, rules and lists. */
static bool is_plain(const char *start, const char *at)
{
	if (is_word(*at) || strchr(" ,:;'\"/(@?%", *at))
		return true;
	if (*at == '_')
		return at > start && is_word(at[-1]) && is_word(at[1]);
	return at > start && strchr(".-+=)", *at) && !(at[-1] >= '0' && at[-1] <= '9');
}

/* TEXT of a model as a line of Markdown that is nothing but text: of what could be markup, HTML or the end of a cell,
 * the numeric character reference.  CommonMark, "Entity and numeric character references". */
void lx_page_text(struct lx_c_text *text, const char *value)
{
	for (const char *at = value ? value : ""; *at; at++) {
		if ((unsigned char)*at < ' ' || *at == 127)
			lx_buffer_char(&text->out, ' ');
		else if (is_plain(value, at))
			lx_buffer_char(&text->out, *at);
		else
			lx_buffer_printf(&text->out, "&#%d;", *at);
	}
}

void lx_page_code(struct lx_c_text *text, const char *value)
{
	lx_c_print(text, "<code>");
	lx_page_text(text, value);
	lx_c_print(text, "</code>");
}

/* LENGTH bytes of a line. */
static void put_line(struct lx_c_text *text, const char *at, size_t length)
{
	char line[512];
	for (size_t done = 0, part; done < length; done += part) {
		part = length - done < sizeof line - 1 ? length - done : sizeof line - 1;
		memcpy(line, at + done, part);
		line[part] = 0;
		lx_page_text(text, line);
	}
}

void lx_page_doc(struct lx_c_text *text, const struct lx_object *object)
{
	for (const char *at = object->comment; at && *at;) {
		at += strspn(at, " \t"); /* an indent would be code, and hide what a line begins with */
		size_t length = strcspn(at, "\n");
		put_line(text, at, length);
		lx_c_print(text, "\n");
		at += length + (at[length] == '\n');
	}
	if (object->comment && *object->comment)
		lx_c_print(text, "\n");
	if (object->deprecated) {
		lx_c_print(text, "Deprecated: ");
		lx_page_text(text, object->deprecated);
		lx_c_print(text, "\n\n");
	}
}

void lx_page_summary(struct lx_c_text *text, const struct lx_object *object)
{
	for (const char *at = object->comment; at && *at && *at != '\n';) {
		size_t length = strcspn(at, "\n");
		lx_c_print(text, at == object->comment ? "" : " ");
		put_line(text, at, length);
		at += length + (at[length] == '\n');
	}
}
