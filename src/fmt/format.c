/* SPDX-License-Identifier: Apache-2.0 */
#include "fmt/format.h"

#include <string.h>

#include "fmt/writer.h"

enum { WIDE_GROUP = 24 }; /* smaller groups are not worth lines of their own */

bool lx_fmt_is_too_long(const struct lx_fmt *fmt, const struct lx_node *first, size_t column,
			const struct lx_fmt_style *style)
{
	struct lx_buffer scratch = LX_BUFFER_INIT;
	struct lx_fmt dry = {.out = &scratch, .file = fmt->file, .source = fmt->source, .is_dry = true};
	lx_buffer_repeat(&scratch, ' ', column);
	lx_fmt_nodes(&dry, first, style);
	lx_buffer_free(&scratch);
	return dry.is_too_long;
}

static const struct lx_node *widest_group(const struct lx_fmt *fmt, const struct lx_node *first)
{
	const struct lx_node *widest = NULL;
	size_t width = WIDE_GROUP;
	for (const struct lx_node *node = first; node; node = node->next) {
		if (node->kind == LX_NODE_BRACE || !node->items || !node->items->first)
			continue;
		size_t own = lx_fmt_width(fmt, node);
		if (own > width) {
			widest = node;
			width = own;
		}
	}
	return widest;
}

void lx_fmt_expand(const struct lx_fmt *fmt, const struct lx_node *first, size_t column, struct lx_fmt_style *style)
{
	style->expanded = widest_group(fmt, first);
	if (style->expanded && lx_fmt_is_too_long(fmt, first, column, style))
		style->expanded = NULL;
}

struct shape { /* what stands at the top level of an item */
	bool has_comma;
	bool has_clause;
	bool has_annotation;
	bool has_one_line_brace;
};

static struct shape shape_of(const struct lx_fmt *fmt, const struct lx_node *first)
{
	struct shape shape = {0};
	for (const struct lx_node *node = first; node; node = node->next) {
		shape.has_comma |= node->kind == LX_NODE_PUNCT && node->punct == ',';
		shape.has_clause |= node != first && lx_fmt_is_clause(node);
		shape.has_annotation |= node != first && node->kind == LX_NODE_ANNOTATION;
		shape.has_one_line_brace |= node->kind == LX_NODE_BRACE && lx_fmt_is_one_line(fmt, node);
	}
	return shape;
}

/* Tries the ways to write an item from the nicest to the roomiest.  What an earlier run chose is chosen again: line
 * ends in the source count only inside braces, and a brace that was opened stays open. */
static void choose(const struct lx_fmt *fmt, const struct lx_node *first, bool is_in_block, struct lx_fmt_style *style)
{
	size_t column = (size_t)style->indent;
	struct shape shape = shape_of(fmt, first);
	bool is_list = is_in_block && shape.has_comma && !shape.has_clause;
	style->keeps_commas = is_list;
	if (!lx_fmt_is_too_long(fmt, first, column, style))
		return;
	if (is_list) {
		style->fills = true;
		if (shape.has_one_line_brace && lx_fmt_is_too_long(fmt, first, column, style))
			style->opens_braces = true;
		return;
	}
	if (shape.has_one_line_brace && !widest_group(fmt, first)) {
		style->opens_braces = true;
		if (!lx_fmt_is_too_long(fmt, first, column, style))
			return;
	}
	if (shape.has_clause || shape.has_annotation) {
		style->breaks_clauses = true;
		if (!lx_fmt_is_too_long(fmt, first, column, style))
			return;
	}
	lx_fmt_expand(fmt, first, column, style);
	style->fills = shape.has_comma;
}

static void add_item(struct lx_fmt *fmt, const struct lx_item *item, int indent, bool is_in_block)
{
	struct lx_fmt_style style = {.indent = indent, .continuation = indent + LX_FMT_INDENT};
	choose(fmt, item->first, is_in_block, &style);
	lx_fmt_nodes(fmt, item->first, &style);
}

static void begin_line(struct lx_fmt *fmt, int indent, bool has_blank)
{
	if (fmt->out->length == fmt->start && indent == 0) {
		fmt->line = fmt->start;
		return;
	}
	if (has_blank)
		lx_fmt_newline(fmt, 0);
	lx_fmt_newline(fmt, indent);
}

static void add_doc(struct lx_fmt *fmt, const char *doc, int indent)
{
	for (;;) {
		size_t length = strcspn(doc, "\n");
		lx_buffer_string(fmt->out, length ? "/// " : "///");
		lx_buffer_add(fmt->out, doc, length);
		lx_fmt_newline(fmt, indent);
		if (!doc[length])
			return;
		doc += length + 1;
	}
}

uint32_t lx_fmt_item_start(const struct lx_item *item)
{
	return item->doc && item->doc_span.start < item->span.start ? item->doc_span.start : item->span.start;
}

struct place { /* what was written last, for the empty lines that are kept */
	uint32_t end;
	bool is_first;
};

/* The comments on lines of their own before LIMIT.  START: where the item that follows begins. */
static void add_own_comments(struct lx_fmt *fmt, uint32_t start, uint32_t limit, int indent, struct place *place)
{
	for (const struct lx_comment *comment; (comment = lx_fmt_next_comment(fmt, limit));) {
		uint32_t from = comment->span.start < start ? comment->span.start : start;
		begin_line(fmt, indent, !place->is_first && lx_fmt_is_blank_between(fmt, place->end, from));
		*place = (struct place){.end = comment->span.end};
		lx_fmt_add_comment(fmt, comment);
	}
}

void lx_fmt_items(struct lx_fmt *fmt, const struct lx_item *items, int indent, uint32_t from, uint32_t end)
{
	struct place place = {.end = from, .is_first = true};
	struct lx_fmt_columns columns = {0};
	uint32_t last_item = from;
	bool is_in_run = false;
	for (const struct lx_item *item = items; item; item = item->next) {
		uint32_t start = lx_fmt_item_start(item);
		bool is_field = indent && lx_fmt_is_field(item);
		if (is_field && (!is_in_run || lx_fmt_is_blank_between(fmt, last_item, start)))
			columns = lx_fmt_measure_run(fmt, item, indent);
		is_in_run = is_field;
		add_own_comments(fmt, start, item->span.start, indent, &place);
		begin_line(fmt, indent, !place.is_first && lx_fmt_is_blank_between(fmt, place.end, start));
		if (item->doc)
			add_doc(fmt, item->doc, indent);
		if (is_field)
			lx_fmt_field(fmt, item, indent, columns);
		else
			add_item(fmt, item, indent, indent > 0);
		lx_fmt_trailing_comment(fmt, item->next ? item->next->span.start : end);
		place = (struct place){.end = item->span.end};
		last_item = item->span.end;
	}
	add_own_comments(fmt, end, end, indent, &place);
}

void lx_format(struct lx_buffer *out, struct lx_diags *diags, const struct lx_file *file)
{
	const struct lx_source *source = lx_diags_source_of(diags, file->file);
	if (!source)
		return;
	struct lx_fmt fmt = {
	    .out = out, .file = file, .source = source->text, .start = out->length, .line = out->length};
	lx_fmt_items(&fmt, file->items, 0, 0, source->length);
	if (out->length > fmt.start)
		lx_buffer_char(out, '\n');
}
