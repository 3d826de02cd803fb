/* SPDX-License-Identifier: Apache-2.0 */
#include "tree.h"

#include "base/buffer.h"
#include "syntax/ast.h"

static void dump_node(struct lx_buffer *out, const struct lx_node *node);

static void dump_items(struct lx_buffer *out, const struct lx_item *item, const char *separator)
{
	for (; item; item = item->next) {
		tree_dump_item(out, item);
		if (item->next)
			lx_buffer_string(out, separator);
	}
}

static void dump_text(struct lx_buffer *out, const char *open, const struct lx_node *node, const char *close)
{
	lx_buffer_string(out, open);
	lx_buffer_add(out, node->text, node->length);
	lx_buffer_string(out, close);
}

static void dump_node(struct lx_buffer *out, const struct lx_node *node)
{
	switch (node->kind) {
	case LX_NODE_WORD:
	case LX_NODE_NUMBER:
		dump_text(out, "", node, "");
		break;
	case LX_NODE_QUOTED:
		dump_text(out, "\"", node, "\"");
		break;
	case LX_NODE_STRING:
		dump_text(out, "'", node, "'");
		break;
	case LX_NODE_SQL:
		dump_text(out, "`", node, "`");
		break;
	case LX_NODE_BODY:
		dump_text(out, "$$", node, "$$");
		break;
	case LX_NODE_PUNCT:
		lx_buffer_string(out, node->punct == '>' ? "->" : (const char[]){node->punct, 0});
		break;
	case LX_NODE_ANNOTATION:
		dump_text(out, "@", node, "");
		if (node->items) {
			lx_buffer_char(out, '(');
			dump_items(out, node->items, "|");
			lx_buffer_char(out, ')');
		}
		break;
	case LX_NODE_PAREN:
	case LX_NODE_BRACKET:
	case LX_NODE_BRACE: {
		const char *brackets = node->kind == LX_NODE_PAREN ? "()" : node->kind == LX_NODE_BRACKET ? "[]" : "{}";
		lx_buffer_char(out, brackets[0]);
		dump_items(out, node->items, "|");
		lx_buffer_char(out, brackets[1]);
	}
	}
}

void tree_dump_item(struct lx_buffer *out, const struct lx_item *item)
{
	if (item->doc)
		lx_buffer_printf(out, "«%s»", item->doc);
	for (const struct lx_node *node = item->first; node; node = node->next) {
		if (node != item->first)
			lx_buffer_char(out, ' ');
		dump_node(out, node);
	}
}

void tree_dump(struct lx_buffer *out, const struct lx_file *file)
{
	dump_items(out, file->items, "\n");
	lx_buffer_char(out, '\n');
}
