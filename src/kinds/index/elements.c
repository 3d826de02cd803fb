/* The keys of indexes, exclusion constraints and partitions.
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "check/declare.h"
#include "kinds/index/index.h"
#include "kinds/kind.h"
#include "kinds/table/member.h"

/* name or schema.name */
static const char *read_qualified(struct lx_declare *declare, struct lx_cursor *cursor, const char **schema)
{
	const struct lx_node *name = lx_cursor_take_name(cursor), *last = name;
	if (name && lx_cursor_take_punct(cursor, '.'))
		last = lx_cursor_need_name(cursor, "a name");
	if (last != name)
		*schema = lx_declare_intern(declare, name);
	return last ? lx_declare_intern(declare, last) : NULL;
}

static bool read_opclass(struct lx_declare *declare, struct lx_cursor *cursor, struct lx_index_element *element)
{
	const struct lx_node *first = cursor->at;
	const char *before = element->opclass;
	element->opclass = read_qualified(declare, cursor, &element->opclass_schema);
	if (!element->opclass) {
		lx_cursor_fail(
		    cursor, "an operator class, asc, desc, nulls_first, nulls_last, collate, statistics, ',' or ')'");
		return false;
	}
	if (before) {
		lx_report(declare->diags, LX_E0255, first->span, "a second operator class: '%s' is one already",
			  before);
		return false;
	}
	const struct lx_node *options = lx_cursor_take(cursor, LX_NODE_PAREN);
	if (options)
		element->opclass_options = lx_attr_options_in_order(declare, options);
	return !options || element->opclass_options;
}

static bool read_statistics(struct lx_declare *declare, struct lx_cursor *cursor, struct lx_index_element *element)
{
	enum { MOST = 10000 };
	const struct lx_node *node = lx_cursor_need(cursor, LX_NODE_NUMBER, "a statistics target");
	if (!node)
		return false;
	char *end;
	long target = strtol(node->text, &end, 10);
	if (*end || target < 0 || target > MOST) {
		lx_report(declare->diags, LX_E0255, node->span, "a statistics target is a number from 0 to %d", MOST);
		return false;
	}
	element->statistics = 1 + target;
	return true;
}

/* asc, desc, nulls_first, nulls_last, collate "C", statistics 100, or an operator class. */
static bool read_word(struct lx_declare *declare, struct lx_cursor *cursor, struct lx_index_element *element)
{
	if (lx_cursor_take_word(cursor, "asc"))
		element->is_descending = false;
	else if (lx_cursor_take_word(cursor, "desc"))
		element->is_descending = true;
	else if (lx_cursor_take_word(cursor, "nulls_first"))
		element->nulls = LX_NULLS_FIRST;
	else if (lx_cursor_take_word(cursor, "nulls_last"))
		element->nulls = LX_NULLS_LAST;
	else if (lx_cursor_take_word(cursor, "collate")) {
		element->collation = read_qualified(declare, cursor, &element->collation_schema);
		if (!element->collation) {
			lx_cursor_fail(cursor, "the name of a collation");
			return false;
		}
	} else if (!element->column && lx_cursor_take_word(cursor, "statistics")) {
		return read_statistics(declare, cursor, element);
	} else {
		return read_opclass(declare, cursor, element);
	}
	return true;
}

/* with '&&', with app.'=' */
static bool read_operator(struct lx_declare *declare, struct lx_cursor *cursor, struct lx_index_element *element)
{
	if (!lx_cursor_need_word(cursor, "with"))
		return false;
	const struct lx_node *schema = lx_cursor_take_name(cursor);
	if (schema && !lx_cursor_need_punct(cursor, '.'))
		return false;
	const struct lx_node *name = lx_cursor_need(cursor, LX_NODE_STRING, "an operator such as '='");
	if (!name)
		return false;
	if (!name->length || name->text[strspn(name->text, "+-*/<>=~!@#%^&|`?")] || name->length > 63) {
		lx_report(declare->diags, LX_E0255, name->span, "'%s' is not an operator", name->text);
		return false;
	}
	element->operator_schema = schema ? lx_declare_intern(declare, schema) : NULL;
	element->operator_name = lx_declare_intern(declare, name);
	return true;
}

static bool read_element(struct lx_declare *declare, struct lx_cursor *cursor, bool needs_operator,
			 struct lx_vec *elements, struct lx_vec *nodes)
{
	struct lx_index_element *element = LX_NEW(declare->schema->arena, struct lx_index_element);
	const struct lx_node *node = lx_cursor_take(cursor, LX_NODE_SQL);
	if (node) {
		if (!lx_declare_expr(declare, node, &element->expr))
			return false;
	} else {
		node = lx_cursor_need_name(cursor, "the name of a column, or an expression in back-quotes");
		if (!node)
			return false;
		element->column = lx_declare_intern(declare, node);
	}
	while (cursor->at && !lx_cursor_is_punct(cursor, ',') && !lx_cursor_is_word(cursor, "with"))
		if (!read_word(declare, cursor, element))
			return false;
	if (needs_operator && !read_operator(declare, cursor, element))
		return false;
	if (element->nulls == (element->is_descending ? LX_NULLS_FIRST : LX_NULLS_LAST))
		element->nulls = LX_NULLS_DEFAULT;
	lx_vec_push(declare->schema->arena, elements, element);
	lx_vec_push(declare->arena, nodes, (void *)(uintptr_t)node);
	return true;
}

bool lx_index_elements(struct lx_declare *declare, struct lx_cursor *cursor, bool needs_operator,
		       struct lx_vec *elements, struct lx_vec *nodes)
{
	const struct lx_node *group = lx_cursor_need(cursor, LX_NODE_PAREN, "'(' and columns");
	if (!group)
		return false;
	struct lx_cursor inside;
	lx_cursor_enter(&inside, declare->diags, group);
	do {
		if (!read_element(declare, &inside, needs_operator, elements, nodes))
			return false;
	} while (lx_cursor_take_punct(&inside, ','));
	lx_cursor_need_end(&inside, "the columns");
	return !inside.has_failed;
}

bool lx_index_elements_complete(struct lx_declare *declare, const struct lx_object *parent, struct lx_vec *elements,
				const struct lx_vec *nodes)
{
	bool is_fine = true;
	for (size_t i = 0; i < elements->length; i++) {
		struct lx_index_element *element = elements->items[i];
		if (!element->column)
			continue;
		element->column = lx_member_column(declare, parent, nodes->items[i]);
		is_fine = is_fine && element->column;
	}
	return is_fine;
}
