/* SPDX-License-Identifier: Apache-2.0 */
#include "syntax/ast.h"

#include "base/arena.h"
#include "syntax/layout.h"

struct lx_nodes lx_nodes_of(struct lx_node *node)
{
	return (struct lx_nodes){node, node};
}

struct lx_nodes lx_nodes_add(struct lx_nodes nodes, struct lx_node *node)
{
	nodes.last->next = node;
	nodes.last = node;
	return nodes;
}

struct lx_items lx_items_of(struct lx_item *item)
{
	return (struct lx_items){item, item};
}

struct lx_items lx_items_add(struct lx_items items, struct lx_item *item)
{
	if (!item)
		return items;
	if (!items.first)
		return lx_items_of(item);
	items.last->next = item;
	items.last = item;
	return items;
}

struct lx_item *lx_item_of(struct lx_layout *layout, const struct lx_doc *doc, struct lx_nodes nodes)
{
	struct lx_item *item = LX_NEW(layout->lexer.arena, struct lx_item);
	item->first = nodes.first;
	if (nodes.first)
		item->span = lx_span_join(nodes.first->span, nodes.last->span);
	if (doc) {
		item->doc = doc->text;
		item->doc_span = doc->span;
	}
	return item;
}

struct lx_node *lx_node_fill(struct lx_layout *layout, struct lx_node *node, struct lx_nodes nodes, uint32_t end)
{
	node->span.end = end;
	node->items = lx_item_of(layout, NULL, nodes);
	if (!nodes.first) /* where something is missing: before the closing bracket */
		node->items->span = (struct lx_span){node->span.file, end ? end - 1 : 0, end ? end - 1 : 0};
	return node;
}

struct lx_node *lx_node_fill_lines(struct lx_node *node, struct lx_items items, uint32_t end)
{
	node->span.end = end;
	node->items = items.first;
	return node;
}

/* The place in the file of byte OFFSET of the decoded text, which begins at FROM and ends before LIMIT. */
static uint32_t raw_offset(const char *source, uint32_t from, uint32_t limit, char quote, size_t offset)
{
	uint32_t at = from;
	for (size_t i = 0; i < offset && at < limit; i++, at++) {
		if (source[at] == '\r' && source[at + 1] == '\n')
			at++;
		else if (quote && source[at] == quote)
			at++;
	}
	return at < limit ? at : limit;
}

struct lx_span lx_node_place(const struct lx_diags *diags, const struct lx_node *node, size_t offset, size_t length)
{
	const struct lx_source *source = lx_diags_source_of(diags, node->span.file);
	if (!source)
		return node->span;
	bool has_inner = node->kind == LX_NODE_SQL || node->kind == LX_NODE_STRING || node->kind == LX_NODE_BODY;
	char quote = node->kind == LX_NODE_SQL ? '`' : node->kind == LX_NODE_STRING ? '\'' : 0;
	uint32_t from = has_inner ? node->inner : node->span.start;
	if (offset > node->length)
		offset = node->length;
	if (length > node->length - offset)
		length = node->length - offset;
	uint32_t start = raw_offset(source->text, from, node->span.end, quote, offset);
	uint32_t end = raw_offset(source->text, start, node->span.end, quote, length);
	return (struct lx_span){node->span.file, start, end};
}
