/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "check/cycle.h"
#include "check/declare.h"
#include "check/sql_check.h"
#include "kinds/function/function.h"
#include "kinds/function/parameters.h"
#include "kinds/function/print.h"
#include "kinds/function/signature.h"
#include "kinds/kind.h"

/* name or schema.name; *SCHEMA stays NULL for the former */
static const struct lx_node *read_name(struct lx_cursor *cursor, const struct lx_node **schema)
{
	const struct lx_node *name = lx_cursor_need_name(cursor, "the name of the function");
	if (!name || !lx_cursor_take_punct(cursor, '.'))
		return name;
	*schema = name;
	return lx_cursor_need_name(cursor, "the name of the function behind the '.'");
}

/* returns type, or returns table(columns) */
static bool read_result(struct lx_declare *declare, struct lx_cursor *cursor, struct lx_function *function)
{
	if (function->is_procedure)
		return true;
	bool has_results = lx_parameters_have_results(&function->parameters);
	if (has_results && !lx_cursor_is_word(cursor, "returns"))
		return true; /* the out parameters say it */
	if (!lx_cursor_need_word(cursor, "returns"))
		return false;
	bool is_table =
	    lx_cursor_is_word(cursor, "table") && cursor->at->next && cursor->at->next->kind == LX_NODE_PAREN;
	if (is_table) {
		lx_cursor_take_word(cursor, "table");
		lx_parameters_read(declare, lx_cursor_take(cursor, LX_NODE_PAREN), LX_TABLE_RESULT,
				   &function->parameters);
		return true;
	}
	if (!lx_declare_type(declare, cursor, &function->returns))
		return false;
	lx_cursor_take_punct(cursor, '?'); /* a result may always be null; it is written for the reader */
	return true;
}

static void check_body(struct lx_declare *declare, const struct lx_function *function, const struct lx_node *body)
{
	if (function->is_parsed)
		return; /* no statement of its own: PostgreSQL judges it with the whole function */
	if (strcmp(function->language, "sql") == 0)
		lx_sql_check_node(declare, body, LX_SQL_IS_FUNCTION);
	else if (strcmp(function->language, "plpgsql") == 0)
		lx_sql_check_node(declare, body, LX_SQL_IS_PLPGSQL);
}

static bool read_parts(struct lx_declare *declare, struct lx_cursor *cursor, struct lx_function *function)
{
	const struct lx_node *group = lx_cursor_need(cursor, LX_NODE_PAREN, "'(' and the parameters");
	if (!group)
		return false;
	lx_parameters_read(declare, group, LX_IN, &function->parameters);
	if (!read_result(declare, cursor, function) || !lx_cursor_need_word(cursor, "language"))
		return false;
	const struct lx_node *language = lx_cursor_need_name(cursor, "the name of a language, such as sql or plpgsql");
	if (!language)
		return false;
	function->language = lx_declare_intern(declare, language);
	lx_attr_parse(declare, cursor, &function->base);
	const struct lx_node *body = lx_cursor_need(cursor, LX_NODE_BODY, "the body: $$ … $$");
	if (!body)
		return false;
	function->body.text = lx_declare_intern(declare, body);
	function->body.span = body->span;
	check_body(declare, function, body);
	lx_cursor_need_end(cursor, "a function");
	return true;
}

/* function name(parameters) returns type language name annotations $$ … $$, or procedure without returns */
static void declare_function(struct lx_declare *declare, const struct lx_item *item, struct lx_object *parent)
{
	(void)parent;
	struct lx_cursor cursor;
	const struct lx_node *schema = NULL;
	lx_cursor_init(&cursor, declare->diags, item);
	bool is_procedure = lx_cursor_take_word(&cursor, "procedure");
	if (!is_procedure)
		lx_cursor_need_word(&cursor, "function");
	const struct lx_node *name = read_name(&cursor, &schema);
	if (!name)
		return;
	struct lx_object *object = lx_declare_new(declare, LX_KIND_FUNCTION, name, item, NULL);
	struct lx_function *function = (struct lx_function *)object;
	function->is_procedure = is_procedure;
	if (schema)
		object->schema = lx_declare_intern(declare, schema);
	bool is_good = read_parts(declare, &cursor, function);
	object->signature = lx_function_signature(declare->schema, &function->parameters);
	if (lx_declare_add(declare, object) && !is_good)
		object->is_external = true; /* known by name, so that references to it are no errors too */
}

static bool is_pseudo(const struct lx_field *field)
{
	return field->type.builtin && (strcmp(field->type.builtin->name, "anyelement") == 0 ||
				       strcmp(field->type.builtin->name, "record") == 0);
}

static void check_parameters(struct lx_declare *declare, const struct lx_function *function)
{
	const struct lx_field *with_default = NULL;
	LX_EACH (const struct lx_field *, field, &function->parameters) {
		if (!is_pseudo(field))
			lx_check_storable(declare, &field->type, field->origin);
		if (!lx_parameter_is_input(field))
			continue;
		if (field->default_value.text) {
			with_default = field;
		} else if (with_default) {
			struct lx_diag *diag = lx_report(declare->diags, LX_E0311, field->origin,
							 "parameter '%s' needs a default", field->name);
			lx_diag_label(declare->diags, diag, with_default->origin, "since this has one");
		}
	}
}

/* What is said twice, or is true anyway, leaves no trace. */
static void normalize(struct lx_function *function)
{
	if (lx_parameters_have_results(&function->parameters))
		function->returns = (struct lx_type){0};
	LX_EACH (struct lx_field *, field, &function->parameters) {
		field->type.modifiers = NULL; /* PostgreSQL forgets them */
		if (field->mode == LX_TABLE_RESULT)
			function->returns_set = false; /* a table is a set */
	}
	function->returns.modifiers = NULL;
	if (function->volatility == LX_VOLATILE)
		function->volatility = 0;
	if (function->parallel == 1) /* unsafe, the default */
		function->parallel = 0;
}

void lx_function_resolve_signature(struct lx_declare *declare, struct lx_object *object,
				   const struct lx_vec *parameters)
{
	object->signature = lx_function_signature(declare->schema, parameters);
	const struct lx_object *there = lx_schema_index(declare->schema, object);
	if (!there)
		return;
	struct lx_diag *diag = lx_report(declare->diags, LX_E0203, object->origin, "%s '%s%s' is declared twice",
					 lx_kind_info(object->kind)->title, object->source_name, object->signature);
	lx_diag_label(declare->diags, diag, there->origin, "first declared here");
}

static void resolve(struct lx_declare *declare, struct lx_object *object)
{
	struct lx_function *function = (struct lx_function *)object;
	check_parameters(declare, function);
	normalize(function);
	lx_function_resolve_signature(declare, object, &function->parameters);
}

const struct lx_kind_source lx_function_source = {
    .declare = declare_function,
    .resolve = resolve,
    .print = lx_function_print,
};
