/* SPDX-License-Identifier: Apache-2.0 */
#include "kinds/table/member.h"

#include <stdint.h>
#include <string.h>

#include "base/arena.h"
#include "check/declare.h"
#include "ir/expr.h"
#include "kinds/composite/composite.h"
#include "kinds/kind.h"
#include "kinds/view/view.h"

enum { NAME_BYTES = 64 }; /* NAMEDATALEN */

struct lx_object *lx_member_new(struct lx_declare *declare, enum lx_kind kind, const struct lx_node *name,
				const struct lx_item *item, struct lx_object *parent, struct lx_member **member)
{
	struct lx_object *object;
	if (name) {
		object = lx_declare_new(declare, kind, name, item, parent);
		object->is_named = true;
	} else {
		object = lx_schema_new(declare->schema, kind, lx_kind_info(kind)->size);
		object->parent = parent;
		object->origin = item->span;
		object->comment = lx_schema_intern_string(declare->schema, item->doc);
	}
	*member = LX_NEW(declare->arena, struct lx_member);
	lx_declare_keep(object, *member);
	lx_vec_push(declare->arena, lx_table_members(declare, parent), object);
	return object;
}

const struct lx_node *lx_member_take_name(struct lx_cursor *cursor, const char *stop)
{
	if (lx_cursor_is_word(cursor, stop))
		return NULL;
	return lx_cursor_take_name(cursor);
}

bool lx_member_names(struct lx_declare *declare, struct lx_cursor *cursor, const char *what, struct lx_vec *nodes)
{
	const struct lx_node *group = lx_cursor_need(cursor, LX_NODE_PAREN, what);
	if (!group)
		return false;
	struct lx_cursor inside;
	lx_cursor_enter(&inside, declare->diags, group);
	do {
		const struct lx_node *name = lx_cursor_need_name(&inside, "the name of a column");
		if (!name)
			return false;
		lx_vec_push(declare->arena, nodes, (void *)(uintptr_t)name);
	} while (lx_cursor_take_punct(&inside, ','));
	lx_cursor_need_end(&inside, "the names");
	return !inside.has_failed;
}

const char *lx_member_options(struct lx_declare *declare, struct lx_cursor *cursor)
{
	const struct lx_node *group = lx_cursor_need(cursor, LX_NODE_PAREN, "'(' and storage parameters");
	return group ? lx_attr_options_in_order(declare, group) : NULL;
}

static const char *view_column(struct lx_declare *declare, const struct lx_view *view, const struct lx_node *node)
{
	const char **names = LX_NEW_ARRAY(declare->arena, const char *, view->columns.length + 1);
	size_t count = 0;
	LX_EACH (const struct lx_field *, field, &view->columns) {
		if (strcmp(field->name, node->text) == 0)
			return field->name;
		names[count++] = field->name;
	}
	struct lx_diag *diag = lx_report(declare->diags, LX_E0262, node->span, "view '%s' has no column called '%s'",
					 view->base.source_name, node->text);
	const char *nearest = lx_nearest(node->text, names, count);
	if (nearest)
		lx_diag_help(declare->diags, diag, "did you mean '%s'?", nearest);
	return NULL;
}

const char *lx_member_column(struct lx_declare *declare, const struct lx_object *parent, const struct lx_node *node)
{
	if (parent->kind == LX_KIND_VIEW)
		return view_column(declare, (const struct lx_view *)parent, node);
	const struct lx_object *column = lx_declare_column(declare, parent, node->text, node->span);
	return column ? column->name : NULL;
}

bool lx_member_columns(struct lx_declare *declare, const struct lx_object *parent, const struct lx_vec *nodes,
		       struct lx_vec *columns)
{
	bool is_fine = true;
	for (size_t i = 0; i < nodes->length; i++) {
		const struct lx_node *node = nodes->items[i];
		const char *name = lx_member_column(declare, parent, node);
		is_fine = is_fine && name;
		for (size_t k = 0; name && k < columns->length; k++) {
			if (strcmp(columns->items[k], name) != 0)
				continue;
			lx_report(declare->diags, LX_E0248, node->span, "column '%s' is named twice", node->text);
			is_fine = false;
		}
		if (name)
			lx_vec_push(declare->schema->arena, columns, (void *)(uintptr_t)name);
	}
	return is_fine;
}

void lx_member_default_name(struct lx_declare *declare, struct lx_object *object, const struct lx_vec *columns,
			    const char *suffix)
{
	if (object->is_named)
		return;
	const char *addition = NULL;
	LX_EACH (const char *, column, columns) {
		addition = addition ? lx_arena_printf(declare->arena, "%s_%s", addition, column) : column;
		if (strlen(addition) >= NAME_BYTES)
			break;
	}
	object->name = lx_declare_default_name(declare, object->parent->name, addition, suffix);
}

struct mentions {
	struct lx_declare *declare;
	const struct lx_object *table;
	struct lx_vec columns;
};

static void note_mention(void *context, const char *qualifier, const char *name, bool is_call)
{
	struct mentions *mentions = context;
	if (is_call || (qualifier && strcmp(qualifier, mentions->table->name) != 0))
		return;
	struct lx_object *column =
	    lx_schema_find(mentions->declare->schema, LX_KIND_COLUMN, mentions->table, NULL, name, NULL);
	if (!column)
		return;
	LX_EACH (const struct lx_object *, before, &mentions->columns)
		if (before == column)
			return;
	lx_vec_push(mentions->declare->arena, &mentions->columns, column);
}

struct lx_vec lx_member_mentions(struct lx_declare *declare, const struct lx_object *table, const char *expr)
{
	struct mentions mentions = {.declare = declare, .table = table};
	lx_expr_names(declare->arena, expr, note_mention, &mentions);
	return mentions.columns;
}

const char *lx_member_role(struct lx_declare *declare, const struct lx_node *node)
{
	static const char *const special[] = {"public", "current_user", "current_role", "session_user"};
	for (size_t i = 0; node->kind == LX_NODE_WORD && i < sizeof special / sizeof special[0]; i++)
		if (strcmp(node->text, special[i]) == 0)
			return special[i];
	const char **names = LX_NEW_ARRAY(declare->arena, const char *, declare->schema->objects.length + 1);
	size_t count = 0;
	const struct lx_object *role = lx_schema_find(declare->schema, LX_KIND_ROLE, NULL, NULL, node->text, NULL);
	if (role)
		return role->name;
	LX_EACH (const struct lx_object *, object, &declare->schema->objects) {
		if (object->kind != LX_KIND_ROLE)
			continue;
		if (strcmp(object->source_name, node->text) == 0)
			return object->name;
		names[count++] = object->source_name;
	}
	struct lx_diag *diag =
	    lx_report(declare->diags, LX_E0251, node->span, "there is no role called '%s'", node->text);
	const char *nearest = lx_nearest(node->text, names, count);
	if (nearest)
		lx_diag_help(declare->diags, diag, "did you mean '%s'?", nearest);
	else
		lx_diag_help(declare->diags, diag, "declare it: role %s @external", node->text);
	return NULL;
}

const char *lx_member_title(struct lx_declare *declare, enum lx_kind kind)
{
	const char *title = lx_kind_info(kind)->title;
	return lx_arena_printf(declare->arena, "%s %s", strchr("aeiou", title[0]) ? "an" : "a", title);
}

const char *lx_member_choice(struct lx_declare *declare, const struct lx_node *node, const char *what,
			     const char *const *choices)
{
	size_t count = 0;
	for (; choices[count]; count++)
		if (strcmp(node->text, choices[count]) == 0)
			return choices[count];
	const char *all = choices[0];
	for (size_t i = 1; i < count; i++)
		all = lx_arena_printf(declare->arena, "%s, %s", all, choices[i]);
	struct lx_diag *diag = lx_report(declare->diags, LX_E0255, node->span, "'%s' is not %s", node->text, what);
	const char *nearest = lx_nearest(node->text, choices, count);
	if (nearest)
		lx_diag_fix(declare->diags, diag, node->span, nearest, "the nearest one");
	lx_diag_help(declare->diags, diag, "%s%s%sone of: %s", nearest ? "did you mean '" : "", nearest ? nearest : "",
		     nearest ? "'? " : "", all);
	return NULL;
}
