/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/utf8.h"
#include "fmt/writer.h"

static const struct lx_fmt_style plain;

bool lx_fmt_is_one_line(const struct lx_fmt *fmt, const struct lx_node *brace)
{
	return !memchr(fmt->source + brace->span.start, '\n', brace->span.end - brace->span.start);
}

size_t lx_fmt_width(const struct lx_fmt *fmt, const struct lx_node *node)
{
	struct lx_buffer scratch = LX_BUFFER_INIT;
	struct lx_fmt dry = {.out = &scratch, .file = fmt->file, .source = fmt->source, .is_dry = true};
	struct lx_node alone = *node;
	alone.next = NULL;
	lx_fmt_nodes(&dry, &alone, &plain);
	const char *text = lx_buffer_text(&scratch), *end = strchr(text, '\n');
	size_t width = lx_utf8_width(text, end ? (size_t)(end - text) : scratch.length);
	lx_buffer_free(&scratch);
	return width;
}

/* The width of what stands between NODE and the next comma, with the comma. */
static size_t part_width(const struct lx_fmt *fmt, const struct lx_node *node)
{
	size_t width = 0;
	for (; node; node = node->next) {
		width += lx_fmt_width(fmt, node) + 1;
		if (node->kind == LX_NODE_PUNCT && node->punct == ',')
			break;
		if (width > LX_FMT_WIDTH)
			break;
	}
	return width ? width - 1 : 0;
}

static const struct lx_node *inside_of(const struct lx_node *group)
{
	return group->items ? group->items->first : NULL;
}

static bool is_expanded(const struct lx_fmt *fmt, const struct lx_node *group, const struct lx_fmt_style *style)
{
	return group == style->expanded || (!fmt->is_dry && lx_fmt_has_comment(fmt, group->span));
}

/* ( … ) and [ … ], also those of an annotation. */
static void add_group(struct lx_fmt *fmt, const struct lx_node *group, char open, char close,
		      const struct lx_fmt_style *style)
{
	const struct lx_node *first = inside_of(group);
	lx_buffer_char(fmt->out, open);
	struct lx_fmt_style inside = {.indent = style->indent, .continuation = style->continuation};
	if (!is_expanded(fmt, group, style)) {
		lx_fmt_nodes(fmt, first, &inside);
		lx_buffer_char(fmt->out, close);
		return;
	}
	int base = (int)strspn(lx_buffer_text(fmt->out) + fmt->line, " ");
	inside.fills = true;
	inside.indent = inside.continuation = base + LX_FMT_INDENT;
	if (first) {
		lx_fmt_comments(fmt, first->span.start, inside.indent);
		lx_fmt_newline(fmt, inside.indent);
		lx_fmt_nodes(fmt, first, &inside);
	}
	lx_fmt_comments(fmt, group->span.end, inside.indent);
	lx_fmt_newline(fmt, base);
	lx_buffer_char(fmt->out, close);
}

static void add_brace(struct lx_fmt *fmt, const struct lx_node *brace, const struct lx_fmt_style *style)
{
	if (!brace->items && !lx_fmt_has_comment(fmt, brace->span)) {
		lx_buffer_string(fmt->out, "{}");
		return;
	}
	if (!style->opens_braces && lx_fmt_is_one_line(fmt, brace)) {
		struct lx_fmt_style inside = {.indent = style->indent, .continuation = style->continuation};
		lx_buffer_string(fmt->out, "{ ");
		lx_fmt_nodes(fmt, brace->items->first, &inside);
		lx_buffer_string(fmt->out, " }");
		return;
	}
	lx_buffer_char(fmt->out, '{');
	if (!fmt->is_dry) {
		uint32_t inside = brace->span.start + 1;
		lx_fmt_trailing_comment(fmt, brace->items ? brace->items->span.start : brace->span.end);
		lx_fmt_items(fmt, brace->items, style->indent + LX_FMT_INDENT, inside, brace->span.end - 1);
	}
	lx_fmt_newline(fmt, style->indent);
	lx_buffer_char(fmt->out, '}');
}

static void add_node(struct lx_fmt *fmt, const struct lx_node *node, const struct lx_fmt_style *style)
{
	switch (node->kind) {
	case LX_NODE_PAREN:
		add_group(fmt, node, '(', ')', style);
		break;
	case LX_NODE_BRACKET:
		add_group(fmt, node, '[', ']', style);
		break;
	case LX_NODE_BRACE:
		add_brace(fmt, node, style);
		break;
	case LX_NODE_ANNOTATION:
		lx_buffer_char(fmt->out, '@');
		lx_buffer_add(fmt->out, node->text, node->length);
		if (node->items)
			add_group(fmt, node, '(', ')', style);
		break;
	default:
		lx_fmt_leaf(fmt, node);
	}
}

static bool is_comma(const struct lx_node *node)
{
	return node && node->kind == LX_NODE_PUNCT && node->punct == ',';
}

/* Whether a line of its own begins with NODE. */
static bool is_break(struct lx_fmt *fmt, const struct lx_node *previous, const struct lx_node *node,
		     const struct lx_fmt_style *style)
{
	if (!previous)
		return false;
	if (style->keeps_commas && is_comma(previous) &&
	    memchr(fmt->source + previous->span.end, '\n', node->span.start - previous->span.end))
		return true;
	if (style->fills && is_comma(previous))
		return lx_fmt_column(fmt) + 1 + part_width(fmt, node) > LX_FMT_WIDTH;
	if (!style->breaks_clauses)
		return false;
	if (node->kind == LX_NODE_ANNOTATION)
		return previous->kind != LX_NODE_ANNOTATION ||
		       lx_fmt_column(fmt) + 1 + lx_fmt_width(fmt, node) > LX_FMT_WIDTH;
	return lx_fmt_is_clause(node);
}

void lx_fmt_nodes(struct lx_fmt *fmt, const struct lx_node *first, const struct lx_fmt_style *style)
{
	const struct lx_node *before = NULL, *previous = NULL;
	/* one line that is too long decides a dry run */
	for (const struct lx_node *node = first; node != style->end && !fmt->is_too_long;
	     before = previous, previous = node, node = node->next) {
		int indent = style->keeps_commas && is_comma(previous) ? style->indent : style->continuation;
		if (previous && lx_fmt_comments(fmt, node->span.start, indent))
			lx_fmt_newline(fmt, indent);
		else if (is_break(fmt, previous, node, style))
			lx_fmt_newline(fmt, indent);
		else if (previous && node == style->annotations)
			lx_fmt_pad(fmt, style->annotation_column);
		else if (lx_fmt_is_spaced(first, before, previous, node))
			lx_buffer_char(fmt->out, ' ');
		add_node(fmt, node, style);
	}
	if (fmt->is_dry && lx_fmt_column(fmt) > LX_FMT_WIDTH)
		fmt->is_too_long = true;
}
