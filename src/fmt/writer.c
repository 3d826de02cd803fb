/* SPDX-License-Identifier: Apache-2.0 */
#include "fmt/writer.h"

#include <string.h>

#include "base/utf8.h"

size_t lx_fmt_column(struct lx_fmt *fmt)
{
	/* counted on from the last time: a long line is measured often */
	if (fmt->known < fmt->line) {
		fmt->known = fmt->line;
		fmt->column = 0;
	}
	fmt->column += lx_utf8_width(lx_buffer_text(fmt->out) + fmt->known, fmt->out->length - fmt->known);
	fmt->known = fmt->out->length;
	return fmt->column;
}

void lx_fmt_newline(struct lx_fmt *fmt, int indent)
{
	if (fmt->is_dry && lx_fmt_column(fmt) > LX_FMT_WIDTH)
		fmt->is_too_long = true;
	lx_buffer_char(fmt->out, '\n');
	fmt->line = fmt->out->length;
	lx_buffer_repeat(fmt->out, ' ', (size_t)indent);
}

void lx_fmt_pad(struct lx_fmt *fmt, size_t column)
{
	size_t at = lx_fmt_column(fmt);
	lx_buffer_repeat(fmt->out, ' ', at + 2 < column ? column - at : 2);
}

bool lx_fmt_is_blank_between(const struct lx_fmt *fmt, uint32_t from, uint32_t to)
{
	bool is_blank = false;
	for (uint32_t i = from; i < to; i++) {
		char c = fmt->source[i];
		if (c == '\n' && is_blank)
			return true;
		if (c == '\n')
			is_blank = true;
		else if (c != ' ' && c != '\t' && c != '\r')
			is_blank = false;
	}
	return false;
}

void lx_fmt_leaf(struct lx_fmt *fmt, const struct lx_node *node)
{
	const char *text = fmt->source + node->span.start;
	size_t length = node->span.end - node->span.start;
	while (length) {
		const char *end = memchr(text, '\n', length);
		if (!end) {
			lx_buffer_add(fmt->out, text, length);
			return;
		}
		size_t line = (size_t)(end - text);
		lx_buffer_add(fmt->out, text, line && text[line - 1] == '\r' ? line - 1 : line);
		lx_fmt_newline(fmt, 0);
		text += line + 1;
		length -= line + 1;
	}
}

static bool is_word_of(const struct lx_node *node, const char *const *words, size_t count)
{
	if (!node || node->kind != LX_NODE_WORD)
		return false;
	for (size_t i = 0; i < count; i++)
		if (strcmp(node->text, words[i]) == 0)
			return true;
	return false;
}

bool lx_fmt_is_clause(const struct lx_node *node)
{
	static const char *const words[] = {"using", "with", "where", "include"};
	return is_word_of(node, words, sizeof words / sizeof *words) &&
	       !(node->next && node->next->kind == LX_NODE_PUNCT && node->next->punct == ':');
}

static bool is_name(const struct lx_node *node)
{
	return node && (node->kind == LX_NODE_WORD || node->kind == LX_NODE_QUOTED);
}

/* A call, a type's arguments and the columns of a reference hug their name: now(), numeric(12, 2), User(id).  Lists of
 * a constraint or index do not: index (a), unique name (a, b), key (a), include (a). */
static bool is_list_spaced(const struct lx_node *first, const struct lx_node *before, const struct lx_node *previous)
{
	static const char *const members[] = {"exclude", "foreign", "index", "partition", "primary", "unique"};
	static const char *const lists[] = {"include", "key", "with"};
	if (!is_name(previous) && previous->kind != LX_NODE_SQL)
		return true;
	if (before && before->kind == LX_NODE_PUNCT && (before->punct == '>' || before->punct == '.'))
		return false;
	if (previous != first && is_word_of(previous, lists, sizeof lists / sizeof *lists))
		return true;
	return is_word_of(first, members, sizeof members / sizeof *members);
}

bool lx_fmt_is_spaced(const struct lx_node *first, const struct lx_node *before, const struct lx_node *previous,
		      const struct lx_node *node)
{
	if (!previous)
		return false;
	char left = previous->kind == LX_NODE_PUNCT ? previous->punct : 0;
	char right = node->kind == LX_NODE_PUNCT ? node->punct : 0;
	if (right == ',' || right == ':' || right == '?')
		return false;
	/* numeric(12,2), as PostgreSQL writes it */
	if (left == ',' && first->kind == LX_NODE_NUMBER && before->kind == LX_NODE_NUMBER)
		return node->kind != LX_NODE_NUMBER;
	/* only between names: 1 . 5 must not become 1.5 */
	if (right == '.')
		return !(is_name(previous) && is_name(node->next));
	if (left == '.')
		return !(is_name(before) && is_name(node));
	/* "- -" would become a comment of SQL */
	if (left == '-')
		return node->kind != LX_NODE_NUMBER && node->kind != LX_NODE_WORD;
	if (node->kind == LX_NODE_PAREN)
		return left || is_list_spaced(first, before, previous);
	if (node->kind == LX_NODE_BRACKET && !left && node->items && !node->items->first)
		return !is_name(previous) && previous->kind != LX_NODE_SQL && previous->kind != LX_NODE_PAREN &&
		       previous->kind != LX_NODE_BRACKET;
	return true;
}
