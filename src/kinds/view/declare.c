/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/arena.h"
#include "check/declare.h"
#include "kinds/composite/composite.h"
#include "kinds/kind.h"
#include "kinds/table/member.h"
#include "kinds/view/view.h"

enum { FIRST_WITH_SECURITY_INVOKER = 15 };

static void add_column(struct lx_declare *declare, struct lx_view *view, struct lx_field *field)
{
	LX_EACH (const struct lx_field *, other, &view->columns) {
		if (strcmp(other->name, field->name) != 0)
			continue;
		struct lx_diag *diag =
		    lx_report(declare->diags, LX_E0257, field->origin, "view '%s' has two columns called '%s'",
			      view->base.source_name, field->name);
		lx_diag_label(declare->diags, diag, other->origin, "first declared here");
		return;
	}
	lx_vec_push(declare->schema->arena, &view->columns, field);
}

/* name type [?] [= default] */
static void declare_column(struct lx_declare *declare, const struct lx_item *item, struct lx_view *view)
{
	struct lx_cursor cursor;
	lx_cursor_init(&cursor, declare->diags, item);
	const struct lx_node *name = lx_cursor_need_name(&cursor, "the name of a column");
	if (!name)
		return;
	struct lx_field *field = LX_NEW(declare->schema->arena, struct lx_field);
	field->name = lx_declare_intern(declare, name);
	field->origin = name->span;
	field->comment = lx_schema_intern_string(declare->schema, item->doc);
	if (!lx_declare_type(declare, &cursor, &field->type))
		return;
	field->is_nullable = lx_cursor_take_punct(&cursor, '?');
	if (lx_cursor_take_punct(&cursor, '=') &&
	    !lx_declare_value_later(declare, &cursor, &field->type, &field->default_value))
		return;
	lx_cursor_need_end(&cursor, "the column of a view");
	add_column(declare, view, field);
}

static void refuse_member(struct lx_declare *declare, const struct lx_node *word, const struct lx_view *view)
{
	struct lx_diag *diag = lx_report(declare->diags, LX_E0263, word->span, "a %sview cannot have '%s' members",
					 view->is_materialized ? "materialized " : "", word->text);
	if (strcmp(word->text, "index") == 0 || strcmp(word->text, "unique") == 0)
		lx_diag_help(declare->diags, diag,
			     view->is_materialized ? "write it as an index: unique index (…)"
						   : "only a materialized view stores rows that can be indexed");
	else
		lx_diag_help(declare->diags, diag, "a column called \"%s\" must be quoted", word->text);
}

static void declare_member(struct lx_declare *declare, const struct lx_item *item, struct lx_view *view)
{
	const struct lx_node *word = item->first;
	bool is_member =
	    word && word->kind == LX_NODE_WORD &&
	    (lx_kind_find(declare->words, word->text, true) != LX_KIND_COUNT || strcmp(word->text, "use") == 0);
	bool is_unique_index = is_member && strcmp(word->text, "unique") == 0;
	if (!is_member)
		declare_column(declare, item, view);
	else if (view->is_materialized && (is_unique_index || strcmp(word->text, "index") == 0))
		lx_index_declare(declare, item, &view->base);
	else if (!view->is_materialized && (strcmp(word->text, "trigger") == 0 || strcmp(word->text, "rule") == 0))
		lx_declare_item(declare, lx_kind_find(declare->words, word->text, true), item, &view->base);
	else
		refuse_member(declare, word, view);
}

static void declare_view(struct lx_declare *declare, const struct lx_item *item, struct lx_object *parent)
{
	(void)parent;
	struct lx_cursor cursor;
	lx_cursor_init(&cursor, declare->diags, item);
	bool is_materialized = lx_cursor_take_word(&cursor, "materialized");
	if (!lx_cursor_need_word(&cursor, "view"))
		return;
	const struct lx_node *name = lx_cursor_need_name(&cursor, "the name of the view");
	if (!name)
		return;
	struct lx_view *view = (struct lx_view *)lx_declare_new(declare, LX_KIND_VIEW, name, item, NULL);
	view->is_materialized = is_materialized;
	lx_attr_parse(declare, &cursor, &view->base);
	const struct lx_node *block = lx_cursor_need(&cursor, LX_NODE_BRACE, "'{' and the columns");
	if (!block || !lx_cursor_need_word(&cursor, "as"))
		return;
	const struct lx_node *body = lx_cursor_need(&cursor, LX_NODE_BODY, "$$ and a query");
	if (!body)
		return;
	lx_cursor_need_end(&cursor, "the view");
	lx_declare_body(declare, body, true, &view->body);
	if (!lx_declare_add(declare, &view->base))
		return;
	for (const struct lx_item *member = block->items; member; member = member->next)
		declare_member(declare, member, view);
	if (!view->columns.length) {
		struct lx_diag *diag = lx_report(declare->diags, LX_E0260, block->span, "view '%s' declares no columns",
						 view->base.source_name);
		lx_diag_help(declare->diags, diag,
			     "write a line for each column of the query: name type, or name type?");
	}
}

static void refuse_option(struct lx_declare *declare, const struct lx_view *view, const char *option, const char *why)
{
	lx_report(declare->diags, LX_E0353, view->base.origin, "%s %s", option, why);
}

static void refuse_options_of_views(struct lx_declare *declare, const struct lx_view *view)
{
	if (view->is_security_barrier)
		refuse_option(declare, view, "@security_barrier", "is not for a materialized view");
	if (view->is_security_invoker)
		refuse_option(declare, view, "@security_invoker", "is not for a materialized view");
	if (view->check_option)
		refuse_option(declare, view, "@check_option",
			      "is not for a materialized view: nothing can be written through it");
	LX_EACH (const struct lx_field *, field, &view->columns) {
		if (field->default_value.text)
			lx_report(declare->diags, LX_E0353, field->origin,
				  "a default is not for a materialized view: nothing can be written through it");
	}
}

static void refuse_options_of_storage(struct lx_declare *declare, const struct lx_view *view)
{
	static const char why[] = "is for a materialized view: a view stores nothing";
	if (view->storage)
		refuse_option(declare, view, "@with", why);
	if (view->tablespace)
		refuse_option(declare, view, "@tablespace", why);
	if (view->access_method)
		refuse_option(declare, view, "@access_method", why);
	if (view->is_empty)
		refuse_option(declare, view, "@no_data", why);
}

static void resolve_view(struct lx_declare *declare, struct lx_object *object)
{
	struct lx_view *view = (struct lx_view *)object;
	LX_EACH (struct lx_field *, field, &view->columns)
		lx_declare_resolve_type(declare, &field->type, field->origin);
	lx_table_complete(declare, object);
	if (view->is_materialized)
		refuse_options_of_views(declare, view);
	else
		refuse_options_of_storage(declare, view);
	if (view->is_security_invoker && declare->target_version < FIRST_WITH_SECURITY_INVOKER)
		refuse_option(declare, view, "@security_invoker", "needs PostgreSQL 15");
}

void lx_view_print(struct lx_printer *printer, const struct lx_object *object);

const struct lx_kind_source lx_view_source = {.declare = declare_view, .resolve = resolve_view, .print = lx_view_print};
