/* Values of annotations, by the shape of their rows.
 * SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "check/declare.h"
#include "check/names.h"
#include "kinds/attr_reading.h"
#include "kinds/foreign_options.h"
#include "kinds/kind.h"

void lx_attr_fail(struct lx_declare *declare, const struct lx_node *annotation, const char *form)
{
	struct lx_diag *diag =
	    lx_report(declare->diags, LX_E0208, annotation->span, "@%s has a wrong argument", annotation->text);
	lx_diag_help(declare->diags, diag, "write @%s%s", annotation->text, form);
}

const struct lx_node *lx_attr_first(const struct lx_node *annotation)
{
	return annotation->items ? annotation->items->first : NULL;
}

const struct lx_node *lx_attr_only(const struct lx_node *annotation)
{
	const struct lx_node *node = lx_attr_first(annotation);
	return node && !node->next ? node : NULL;
}

bool lx_attr_is_text(const struct lx_node *node)
{
	return node->kind == LX_NODE_WORD || node->kind == LX_NODE_QUOTED || node->kind == LX_NODE_STRING ||
	       node->kind == LX_NODE_NUMBER;
}

static void read_choice(const struct lx_reading *reading, const struct lx_attr *attr, const struct lx_node *node,
			int *out)
{
	struct lx_declare *declare = reading->declare;
	size_t count = 0;
	for (; attr->choices[count]; count++) {
		if (node && node->kind == LX_NODE_WORD && strcmp(attr->choices[count], node->text) == 0)
			*out = (int)count + 1;
	}
	if (!node)
		*out = 1;
	if (*out)
		return;
	struct lx_diag *diag = lx_report(declare->diags, LX_E0208, node->span, "@%s does not know '%s'",
					 reading->annotation->text, node->text);
	const char *near = lx_nearest(node->text, attr->choices, count);
	if (near)
		lx_diag_fix(declare->diags, diag, node->span, near, "use the nearest one");
	struct lx_buffer list = LX_BUFFER_INIT;
	for (size_t i = 0; i < count; i++)
		lx_buffer_printf(&list, "%s%s", i ? ", " : "", attr->choices[i]);
	lx_diag_help(declare->diags, diag, "one of: %s", lx_buffer_text(&list));
	lx_buffer_free(&list);
}

static void read_integer(const struct lx_reading *reading, const struct lx_node *node, int64_t *out)
{
	bool is_negative = node && node->kind == LX_NODE_PUNCT && node->punct == '-';
	if (is_negative)
		node = node->next;
	if (node && node->kind == LX_NODE_NUMBER && !node->next) {
		char *end;
		errno = 0;
		long long value = strtoll(node->text, &end, 10);
		if (!errno && !*end) {
			*out = is_negative ? -value : value;
			return;
		}
	}
	lx_attr_fail(reading->declare, reading->annotation, "(number)");
}

void lx_attr_names(const struct lx_reading *reading, struct lx_vec *out)
{
	struct lx_cursor cursor;
	lx_cursor_enter(&cursor, reading->declare->diags, reading->annotation);
	do {
		const struct lx_node *name = lx_cursor_take_name(&cursor);
		if (!name)
			name = lx_cursor_take(&cursor, LX_NODE_STRING);
		if (!name) {
			lx_attr_fail(reading->declare, reading->annotation, "(name, name, …)");
			return;
		}
		const char *text = lx_declare_intern(reading->declare, name);
		lx_vec_push(reading->declare->arena, out, (char *)(uintptr_t)text);
	} while (lx_cursor_take_punct(&cursor, ','));
	if (cursor.at)
		lx_attr_fail(reading->declare, reading->annotation, "(name, name, …)");
}

void lx_attr_value(const struct lx_reading *reading, const struct lx_attr *attr, const struct lx_node *node)
{
	struct lx_declare *declare = reading->declare;
	char *field = (char *)reading->object + attr->offset;
	switch (attr->shape) {
	case LX_SHAPE_FLAG:
		*(bool *)field = true;
		if (reading->annotation->items)
			lx_attr_fail(declare, reading->annotation, " without parentheses");
		break;
	case LX_SHAPE_CHOICE:
		if (node || !reading->annotation->items)
			read_choice(reading, attr, node, (int *)field);
		else
			lx_attr_fail(declare, reading->annotation, "(word)");
		break;
	case LX_SHAPE_NAME:
		if (!node || !lx_attr_is_text(node))
			lx_attr_fail(declare, reading->annotation, "(name) or ('name')");
		else if (lx_declare_check_name(declare, node->text, node->span))
			*(const char **)field = lx_declare_intern(declare, node);
		break;
	case LX_SHAPE_STRING:
		if (node && lx_attr_is_text(node))
			*(const char **)field = lx_declare_intern(declare, node);
		else
			lx_attr_fail(declare, reading->annotation, "('text')");
		break;
	case LX_SHAPE_INTEGER:
		read_integer(reading, node ? node : lx_attr_first(reading->annotation), (int64_t *)field);
		break;
	case LX_SHAPE_SQL:
		if (node && node->kind == LX_NODE_SQL)
			lx_declare_expr(declare, node, (struct lx_expr *)field);
		else
			lx_attr_fail(declare, reading->annotation, "(`expression`)");
		break;
	case LX_SHAPE_NAMES:
		lx_attr_names(reading, (struct lx_vec *)field);
		break;
	case LX_SHAPE_OPTIONS:
		*(const char **)field = lx_attr_options(declare, reading->annotation);
		break;
	case LX_SHAPE_FOREIGN:
		lx_foreign_options_declare(declare, reading->annotation, (struct lx_foreign_options *)field);
		break;
	case LX_SHAPE_TYPE:
	case LX_SHAPE_OWN:
		break; /* read by the kind */
	}
}
