/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/arena.h"
#include "check/cycle.h"
#include "check/declare.h"
#include "check/names.h"
#include "check/phases.h"
#include "check/sql_check.h"
#include "history/sql_scan.h"
#include "kinds/composite/composite.h"
#include "kinds/kind.h"
#include "kinds/query/query.h"

/* In the order of enum lx_cardinality. */
static const char *const cardinalities[] = {"one", "optional", "many", "exec", "rows", "each"};

static bool has_result(int cardinality)
{
	return cardinality != LX_EXEC && cardinality != LX_ROWS;
}

static bool read_cardinality(struct lx_declare *declare, struct lx_cursor *cursor, struct lx_query *query)
{
	const struct lx_node *word = cursor->at;
	for (int i = 0; i < 6 && !query->cardinality; i++) {
		if (lx_cursor_take_word(cursor, cardinalities[i]))
			query->cardinality = i + 1;
	}
	if (query->cardinality)
		return true;
	lx_cursor_fail(cursor, "one, optional, many, exec, rows or each");
	const char *near = word && word->kind == LX_NODE_WORD ? lx_nearest(word->text, cardinalities, 6) : NULL;
	if (near && declare->diags->list.length)
		lx_diag_fix(declare->diags, declare->diags->list.items[declare->diags->list.length - 1], word->span,
			    near, "use the nearest word");
	return false;
}

/* The model's name or { fields }; kept for resolve. */
static bool read_result(struct lx_declare *declare, struct lx_cursor *cursor, struct lx_query *query)
{
	const struct lx_node *node = lx_cursor_take(cursor, LX_NODE_BRACE);
	if (node) {
		lx_declare_fields(declare, node, &query->results);
		if (!node->items || !node->items->first)
			lx_report(declare->diags, LX_E0306, node->span, "the result has no columns");
		return true;
	}
	node = lx_cursor_need_name(cursor, "the result: a model, or { name type, … }");
	if (node)
		lx_declare_keep(&query->base, (struct lx_node *)(uintptr_t)node);
	return node != NULL;
}

static const struct lx_field *find_parameter(const struct lx_query *query, const char *name, size_t length)
{
	LX_EACH (const struct lx_field *, field, &query->parameters) {
		if (strlen(field->name) == length && memcmp(field->name, name, length) == 0)
			return field;
	}
	return NULL;
}

static void report_undeclared(struct lx_declare *declare, const struct lx_query *query, const struct lx_node *body,
			      const struct lx_sql_token *token)
{
	struct lx_span span = lx_node_place(declare->diags, body, (size_t)(token->start - body->text), token->length);
	char *name = lx_arena_copy(declare->arena, token->start + 1, token->length - 1);
	struct lx_diag *diag = lx_report(declare->diags, LX_E0405, span, "query '%s' has no parameter '%s'",
					 query->base.source_name, name);
	struct lx_vec names = {0};
	LX_EACH (const struct lx_field *, field, &query->parameters) {
		lx_vec_push(declare->arena, &names, (char *)(uintptr_t)field->name);
	}
	lx_diag_help(declare->diags, diag, "declare it: %s(%s type, …)", query->base.source_name, name);
	span.start++;
	lx_names_suggest(declare, diag, name, &names, span);
}

static void check_parameters(struct lx_declare *declare, const struct lx_query *query, const struct lx_node *body)
{
	struct lx_map used = {0};
	struct lx_sql_scanner scanner;
	struct lx_sql_token token;
	lx_sql_scan_init(&scanner, body->text, body->length);
	scanner.wants_named = true;
	while (lx_sql_scan(&scanner, &token) != LX_SQL_END && token.kind != LX_SQL_BROKEN) {
		if (token.kind != LX_SQL_NAMED)
			continue;
		const struct lx_field *field = find_parameter(query, token.start + 1, token.length - 1);
		if (field)
			lx_map_put(declare->arena, &used, field->name, strlen(field->name), &used);
		else
			report_undeclared(declare, query, body, &token);
	}
	LX_EACH (const struct lx_field *, field, &query->parameters) {
		if (!lx_map_get(&used, field->name, strlen(field->name)))
			lx_report(declare->diags, LX_W0401, field->origin, "parameter '%s' is not used", field->name);
	}
}

static bool read_parts(struct lx_declare *declare, struct lx_cursor *cursor, struct lx_query *query)
{
	const struct lx_node *group = lx_cursor_need(cursor, LX_NODE_PAREN, "'(' and the parameters");
	if (!group)
		return false;
	bool is_good = lx_declare_fields(declare, group, &query->parameters);
	if (!read_cardinality(declare, cursor, query))
		return false;
	if (has_result(query->cardinality) && !read_result(declare, cursor, query))
		return false;
	lx_attr_parse(declare, cursor, &query->base);
	const struct lx_node *body = lx_cursor_need(cursor, LX_NODE_BODY, "the SQL: $$ … $$");
	if (!body)
		return false;
	query->body.text = lx_declare_intern(declare, body);
	query->body.span = body->span;
	if (lx_sql_check_node(declare, body, LX_SQL_IS_NAMED) && is_good)
		check_parameters(declare, query, body);
	lx_cursor_need_end(cursor, "a query");
	return true;
}

/* query name(parameters) cardinality [Model | { fields }] annotations $$ … $$ */
static void declare_query(struct lx_declare *declare, const struct lx_item *item, struct lx_object *parent)
{
	(void)parent;
	struct lx_cursor cursor;
	lx_cursor_init(&cursor, declare->diags, item);
	lx_cursor_need_word(&cursor, "query");
	const struct lx_node *name = lx_cursor_need_name(&cursor, "the name of the query");
	if (!name)
		return;
	struct lx_object *object = lx_declare_new(declare, LX_KIND_QUERY, name, item, NULL);
	if (read_parts(declare, &cursor, (struct lx_query *)object))
		lx_declare_add(declare, object);
}

static void resolve(struct lx_declare *declare, struct lx_object *object)
{
	struct lx_query *query = (struct lx_query *)object;
	const struct lx_node *model = lx_declare_kept(object);
	LX_EACH (const struct lx_field *, field, &query->parameters) {
		lx_check_storable(declare, &field->type, field->origin);
	}
	LX_EACH (const struct lx_field *, field, &query->results) {
		lx_check_storable(declare, &field->type, field->origin);
	}
	if (!model)
		return;
	query->model = lx_declare_lookup(declare, LX_KIND_COUNT, model->text, model->span);
	if (!query->model || query->model->kind == LX_KIND_TABLE || query->model->kind == LX_KIND_VIEW)
		return;
	struct lx_diag *diag =
	    lx_report(declare->diags, LX_E0215, model->span, "'%s' is %s %s, not a model or view", model->text,
		      lx_article(lx_kind_info(query->model->kind)->title), lx_kind_info(query->model->kind)->title);
	lx_diag_label(declare->diags, diag, query->model->origin, "declared here");
	query->model = NULL;
}

const struct lx_kind_source lx_query_source = {.declare = declare_query, .resolve = resolve};
