/* Expressions, bodies, and the small groups that many kinds have: names, fields, parts between commas.
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/arena.h"
#include "check/declare.h"
#include "check/names.h"
#include "check/sql_check.h"
#include "kinds/attr.h"
#include "kinds/composite/composite.h"

bool lx_declare_expr(struct lx_declare *declare, const struct lx_node *node, struct lx_expr *out)
{
	out->text = lx_declare_intern(declare, node);
	out->span = node->span;
	return lx_sql_check_node(declare, node, LX_SQL_IS_EXPR);
}

bool lx_declare_body(struct lx_declare *declare, const struct lx_node *node, bool is_query, struct lx_expr *out)
{
	out->text = lx_declare_intern(declare, node);
	out->span = node->span;
	return lx_sql_check_node(declare, node, is_query ? LX_SQL_IS_QUERY : LX_SQL_IS_STATEMENTS);
}

bool lx_declare_names(struct lx_declare *declare, struct lx_cursor *cursor, const char *what, struct lx_vec *names)
{
	const struct lx_node *group = lx_cursor_need(cursor, LX_NODE_PAREN, "'('");
	if (!group)
		return false;
	struct lx_cursor inner;
	lx_cursor_enter(&inner, declare->diags, group);
	do {
		const struct lx_node *name = lx_cursor_need_name(&inner, what);
		if (!name)
			return false;
		lx_vec_push(declare->arena, names, (char *)(uintptr_t)lx_declare_intern(declare, name));
	} while (lx_cursor_take_punct(&inner, ','));
	lx_cursor_need_end(&inner, what);
	return !inner.has_failed;
}

/* --- parts between commas ----------------------------------------------------------------------------------------- */

static bool is_comma(const struct lx_node *node)
{
	return node->kind == LX_NODE_PUNCT && node->punct == ',';
}

/* A copy of the nodes up to the next comma; *REST is the comma or NULL. */
static struct lx_item *cut_part(struct lx_declare *declare, const struct lx_item *item, struct lx_node *first,
				struct lx_node **rest)
{
	struct lx_item *part = LX_NEW(declare->arena, struct lx_item);
	struct lx_node *node = first;
	*part = (struct lx_item){.span = first ? first->span : item->span};
	struct lx_node **end = &part->first;
	for (; node && !is_comma(node); node = node->next) {
		struct lx_node *copy = LX_NEW(declare->arena, struct lx_node);
		*copy = *node;
		copy->next = NULL;
		*end = copy;
		end = &copy->next;
		part->span = lx_span_join(part->span, node->span);
	}
	*rest = node;
	return part;
}

void lx_declare_each(struct lx_declare *declare, const struct lx_node *group, const char *what,
		     void (*found)(struct lx_declare *declare, struct lx_cursor *cursor, const struct lx_item *item,
				   void *context),
		     void *context)
{
	for (struct lx_item *item = group->items; item; item = item->next) {
		struct lx_node *rest = item->first;
		bool is_first = true;
		while (rest) {
			struct lx_item *part = cut_part(declare, item, rest, &rest);
			struct lx_cursor cursor;
			lx_cursor_init(&cursor, declare->diags, part);
			if (is_first) {
				part->doc = item->doc;
				part->doc_span = item->doc_span;
			}
			is_first = false;
			if (part->first)
				found(declare, &cursor, part, context);
			else {
				cursor.at = rest; /* a comma where WHAT should be */
				lx_cursor_fail(&cursor, what);
			}
			rest = rest ? rest->next : NULL;
		}
	}
}

/* --- fields ------------------------------------------------------------------------------------------------------- */

static void report_twice(struct lx_declare *declare, const struct lx_field *field, const struct lx_vec *fields)
{
	LX_EACH (const struct lx_field *, other, fields) {
		if (other == field || other->name != field->name)
			continue;
		struct lx_diag *diag =
		    lx_report(declare->diags, LX_E0203, field->origin, "'%s' is declared twice", field->name);
		lx_diag_label(declare->diags, diag, other->origin, "first declared here");
		return;
	}
}

/* @collate('C') */
static void read_collation(struct lx_declare *declare, struct lx_cursor *cursor, struct lx_field *field)
{
	const struct lx_node *annotation = cursor->at;
	if (!annotation || annotation->kind != LX_NODE_ANNOTATION || strcmp(annotation->text, "collate") != 0)
		return;
	lx_cursor_take(cursor, LX_NODE_ANNOTATION);
	field->collation = lx_attr_text(declare, annotation);
}

static void found_field(struct lx_declare *declare, struct lx_cursor *cursor, const struct lx_item *item, void *context)
{
	struct lx_vec *fields = context;
	struct lx_field *field = LX_NEW(declare->arena, struct lx_field);
	const struct lx_node *name = lx_cursor_need_name(cursor, "a name");
	if (!name)
		return;
	field->name = lx_declare_intern(declare, name);
	field->origin = name->span;
	field->comment = lx_schema_intern_string(declare->schema, item->doc);
	lx_declare_check_name(declare, field->name, name->span);
	if (!lx_declare_type(declare, cursor, &field->type))
		return;
	field->is_nullable = lx_cursor_take_punct(cursor, '?');
	if (lx_cursor_take_punct(cursor, '=') &&
	    !lx_declare_value_later(declare, cursor, &field->type, &field->default_value))
		return;
	read_collation(declare, cursor, field);
	lx_cursor_need_end(cursor, "the field");
	report_twice(declare, field, fields);
	lx_vec_push(declare->arena, fields, field);
}

bool lx_declare_fields(struct lx_declare *declare, const struct lx_node *group, struct lx_vec *fields)
{
	size_t before = declare->diags->errors;
	lx_declare_each(declare, group, "a field", found_field, fields);
	return declare->diags->errors == before;
}
