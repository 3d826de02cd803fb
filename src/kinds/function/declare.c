/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "check/cycle.h"
#include "check/declare.h"
#include "check/sql_check.h"
#include "kinds/composite/composite.h"
#include "kinds/function/function.h"
#include "kinds/function/print.h"
#include "kinds/kind.h"

/* The types as PostgreSQL tells overloads apart: without modifiers, user's types with their schema. */
static const char *signature_of(struct lx_declare *declare, const struct lx_function *function)
{
	struct lx_buffer text = LX_BUFFER_INIT;
	const char *separator = "";
	lx_buffer_char(&text, '(');
	LX_EACH(const struct lx_field *, field, &function->parameters) {
		const struct lx_type *type = &field->type;
		lx_buffer_printf(&text, "%s%s%s%s", separator, type->schema ? type->schema : "",
				 type->schema ? "." : "", type->name ? type->name : "");
		for (unsigned i = 0; i < type->dimensions; i++)
			lx_buffer_string(&text, "[]");
		separator = ", ";
	}
	lx_buffer_char(&text, ')');
	const char *signature = lx_schema_intern(declare->schema, lx_buffer_text(&text), text.length);
	lx_buffer_free(&text);
	return signature;
}

/* name or schema.name; *SCHEMA stays NULL for the former */
static const struct lx_node *read_name(struct lx_cursor *cursor, const struct lx_node **schema)
{
	const struct lx_node *name = lx_cursor_need_name(cursor, "the name of the function");
	if (!name || !lx_cursor_take_punct(cursor, '.'))
		return name;
	*schema = name;
	return lx_cursor_need_name(cursor, "the name of the function behind the '.'");
}

static bool read_result(struct lx_declare *declare, struct lx_cursor *cursor, struct lx_function *function)
{
	if (function->is_procedure)
		return true;
	if (!lx_cursor_need_word(cursor, "returns") || !lx_declare_type(declare, cursor, &function->returns))
		return false;
	lx_cursor_take_punct(cursor, '?'); /* a result may always be null; it is written for the reader */
	return true;
}

static bool read_parts(struct lx_declare *declare, struct lx_cursor *cursor, struct lx_function *function)
{
	const struct lx_node *group = lx_cursor_need(cursor, LX_NODE_PAREN, "'(' and the parameters");
	if (!group)
		return false;
	lx_declare_fields(declare, group, &function->parameters);
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
	if (strcmp(function->language, "sql") == 0)
		lx_sql_check_node(declare, body, LX_SQL_IS_FUNCTION);
	else if (strcmp(function->language, "plpgsql") == 0)
		lx_sql_check_node(declare, body, LX_SQL_IS_PLPGSQL);
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
	object->signature = signature_of(declare, function);
	if (lx_declare_add(declare, object) && !is_good)
		object->is_external = true; /* known by name, so that references to it are no errors too */
}

static void check_parameters(struct lx_declare *declare, const struct lx_function *function)
{
	const struct lx_field *with_default = NULL;
	LX_EACH(const struct lx_field *, field, &function->parameters) {
		if (!field->type.builtin || strcmp(field->type.builtin->name, "anyelement") != 0)
			lx_check_storable(declare, &field->type, field->origin);
		if (field->default_value.text) {
			with_default = field;
		} else if (with_default) {
			struct lx_diag *diag = lx_report(declare->diags, LX_E0311, field->origin,
							 "parameter '%s' needs a default", field->name);
			lx_diag_label(declare->diags, diag, with_default->origin, "since this has one");
		}
	}
}

static void resolve(struct lx_declare *declare, struct lx_object *object)
{
	struct lx_function *function = (struct lx_function *)object;
	check_parameters(declare, function);
	if (function->volatility == LX_VOLATILE)
		function->volatility = 0;
	if (function->parallel == 1) /* unsafe, the default */
		function->parallel = 0;
	object->signature = signature_of(declare, function);
	const struct lx_object *there = lx_schema_index(declare->schema, object);
	if (!there)
		return;
	struct lx_diag *diag = lx_report(declare->diags, LX_E0203, object->origin, "function '%s%s' is declared twice",
					 object->source_name, object->signature);
	lx_diag_label(declare->diags, diag, there->origin, "first declared here");
}

const struct lx_kind_source lx_function_source = {
	.declare = declare_function,
	.resolve = resolve,
	.print = lx_function_print,
};
