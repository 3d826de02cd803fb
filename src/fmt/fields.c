/* Fields of a block in columns: name, type and default, annotations.
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/utf8.h"
#include "fmt/writer.h"

/* A wider second column does not move the annotations of its neighbours. */
enum { WIDE_TYPE = 40, GAP = 2 };

bool lx_fmt_is_field(const struct lx_item *item)
{
	static const char *const members[] = {"check",   "exclude", "foreign", "index",  "partition", "policy",
					      "primary", "rule",    "trigger", "unique", "use"};
	const struct lx_node *name = item->first;
	if (!name || !name->next || (name->kind != LX_NODE_WORD && name->kind != LX_NODE_QUOTED))
		return false;
	for (size_t i = 0; name->kind == LX_NODE_WORD && i < sizeof members / sizeof *members; i++)
		if (strcmp(name->text, members[i]) == 0)
			return false;
	enum lx_node_kind type = name->next->kind;
	if (type != LX_NODE_WORD && type != LX_NODE_QUOTED && type != LX_NODE_SQL)
		return false;
	for (const struct lx_node *node = name->next; node; node = node->next)
		if (node->kind == LX_NODE_BRACE || node->kind == LX_NODE_BODY ||
		    (node->kind == LX_NODE_PUNCT && (node->punct == ',' || node->punct == ':')))
			return false;
	return true;
}

static const struct lx_node *first_annotation(const struct lx_item *item)
{
	const struct lx_node *node = item->first;
	while (node && node->kind != LX_NODE_ANNOTATION)
		node = node->next;
	return node;
}

/* Width of what stands between the name and the annotations; 0: more than one line, or none. */
static size_t type_width(const struct lx_fmt *fmt, const struct lx_item *item, const struct lx_node *annotation)
{
	struct lx_buffer scratch = LX_BUFFER_INIT;
	struct lx_fmt dry = {.out = &scratch, .file = fmt->file, .source = fmt->source, .is_dry = true};
	struct lx_fmt_style style = {.end = annotation};
	lx_fmt_nodes(&dry, item->first->next, &style);
	const char *text = lx_buffer_text(&scratch);
	size_t width = strchr(text, '\n') ? 0 : lx_utf8_width(text, scratch.length);
	lx_buffer_free(&scratch);
	return width;
}

struct lx_fmt_columns lx_fmt_measure_run(const struct lx_fmt *fmt, const struct lx_item *item, int indent)
{
	size_t name = 0, type = 0;
	while (item) {
		size_t own_name = lx_fmt_width(fmt, item->first);
		name = own_name > name ? own_name : name;
		const struct lx_node *annotation = first_annotation(item);
		size_t own_type = annotation ? type_width(fmt, item, annotation) : 0;
		if (own_type <= WIDE_TYPE && own_type > type)
			type = own_type;
		const struct lx_item *next = item->next;
		if (!next || !lx_fmt_is_field(next) ||
		    lx_fmt_is_blank_between(fmt, item->span.end, lx_fmt_item_start(next)))
			break;
		item = next;
	}
	size_t type_column = (size_t)indent + name + GAP;
	return (struct lx_fmt_columns){type_column, type ? type_column + type + GAP : 0};
}

void lx_fmt_field(struct lx_fmt *fmt, const struct lx_item *item, int indent, struct lx_fmt_columns columns)
{
	const struct lx_node *type = item->first->next, *annotation = first_annotation(item);
	struct lx_fmt_style style = {
	    .indent = indent,
	    .continuation = (int)columns.type,
	    .annotations = annotation,
	    .annotation_column = columns.annotation,
	};
	lx_fmt_leaf(fmt, item->first);
	if (lx_fmt_comments(fmt, type->span.start, style.continuation))
		lx_fmt_newline(fmt, style.continuation);
	else
		lx_fmt_pad(fmt, columns.type);
	if (lx_fmt_is_too_long(fmt, type, columns.type, &style)) {
		style.breaks_clauses = annotation != NULL;
		if (lx_fmt_is_too_long(fmt, type, columns.type, &style))
			lx_fmt_expand(fmt, type, columns.type, &style);
	}
	lx_fmt_nodes(fmt, type, &style);
}
