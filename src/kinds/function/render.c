/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "diff/follow.h"
#include "ir/expr.h"
#include "kinds/composite/composite.h"
#include "kinds/function/function.h"
#include "kinds/function/parts.h"
#include "kinds/kind.h"
#include "plan/depends.h"
#include "plan/plan.h"
#include "sql/parts.h"

static void write_identity(struct lx_sql *sql, const struct lx_object *object)
{
	lx_sql_raw(sql, ((const struct lx_function *)object)->is_procedure ? "PROCEDURE " : "FUNCTION ");
	lx_sql_object(sql, object);
	lx_sql_signature(sql, &((const struct lx_function *)object)->parameters);
}

/* PostgreSQL reads the body of SQL functions when they are created, and the types of variables of PL/pgSQL functions;
 * all else when they are called. */
static void depends(struct lx_depends *depends, const struct lx_object *object)
{
	const struct lx_function *function = (const struct lx_function *)object;
	lx_depend_on_schema(depends, object->schema);
	LX_EACH (const struct lx_field *, parameter, &function->parameters) {
		lx_depend_on_type(depends, &parameter->type);
		lx_depend_on_names(depends, parameter->default_value.text);
	}
	lx_depend_on_type(depends, &function->returns);
	if (function->is_parsed)
		lx_depend_on_names(depends, function->body.text);
	else if (strcmp(function->language, "sql") == 0 || strcmp(function->language, "plpgsql") == 0)
		lx_depend_on_body(depends, function->body.text);
	lx_depend_on_option(depends, function->planner, "support");
	LX_EACH (const char *, type, &function->transforms)
		lx_depend_on_names(depends, type);
}

static void follow(struct lx_follow *follow, struct lx_object *copy, const struct lx_object *new)
{
	struct lx_function *function = (struct lx_function *)copy;
	(void)new; /* bodies are text to PostgreSQL: it follows nothing in them */
	lx_follow_fields(follow, &function->parameters);
	lx_follow_type(follow, &function->returns);
}

static void write_attributes(struct lx_sql *sql, const struct lx_function *function)
{
	if (function->volatility > LX_VOLATILE) {
		lx_sql_raw(sql, "\n    ");
		lx_sql_choice(sql, &function->base, LX_FUNCTION_VOLATILITY, function->volatility);
	}
	if (function->is_strict)
		lx_sql_raw(sql, "\n    STRICT");
	if (function->is_security_definer)
		lx_sql_raw(sql, "\n    SECURITY DEFINER");
	if (function->is_leakproof)
		lx_sql_raw(sql, "\n    LEAKPROOF");
	if (function->parallel) {
		lx_sql_raw(sql, "\n    PARALLEL ");
		lx_sql_choice(sql, &function->base, LX_FUNCTION_PARALLEL, function->parallel);
	}
	if (function->is_window)
		lx_sql_raw(sql, "\n    WINDOW");
	lx_sql_planner(sql, function->planner);
	lx_sql_settings(sql, function->settings);
	LX_EACH (const char *, name, &function->transforms) {
		const struct lx_type type = {.name = name, .is_raw = true};
		lx_sql_raw(sql, name_i ? ", FOR TYPE " : "\n    TRANSFORM FOR TYPE ");
		lx_sql_type(sql, &type);
	}
}

static bool returns_table(const struct lx_function *function)
{
	LX_EACH (const struct lx_field *, parameter, &function->parameters) {
		if (parameter->mode == LX_TABLE_RESULT)
			return true;
	}
	return false;
}

static void write_result(struct lx_sql *sql, const struct lx_function *function)
{
	if (returns_table(function)) {
		lx_sql_raw(sql, "\n    RETURNS TABLE");
		lx_sql_parameters(sql, &function->parameters, true);
	} else if (function->returns.name) {
		lx_sql_raw(sql, function->returns_set ? " RETURNS SETOF " : " RETURNS ");
		lx_sql_type(sql, &function->returns);
	} else if (function->returns_set) {
		lx_sql_raw(sql, " RETURNS SETOF ");
		lx_sql_type(sql, lx_function_result(function));
	}
}

static void write_body(struct lx_sql *sql, const struct lx_function *function)
{
	const char *body = function->body.text ? function->body.text : "";
	if (function->is_parsed) {
		lx_sql_raw(sql, "\n");
		lx_sql_statements(sql, body);
		return;
	}
	lx_sql_raw(sql, "\nAS ");
	if (function->object_file) {
		lx_sql_literal(sql, function->object_file);
		lx_sql_raw(sql, ", ");
		lx_sql_literal(sql, body);
	} else {
		lx_sql_body(sql, body);
	}
}

static void write_function(struct lx_sql *sql, const struct lx_function *function, const char *verb)
{
	lx_sql_raw(sql, verb);
	lx_sql_raw(sql, function->is_procedure ? "PROCEDURE " : "FUNCTION ");
	lx_sql_object(sql, &function->base);
	lx_sql_parameters(sql, &function->parameters, false);
	write_result(sql, function);
	lx_sql_raw(sql, "\n    LANGUAGE ");
	lx_sql_name(sql, function->language);
	write_attributes(sql, function);
	write_body(sql, function);
	lx_sql_end(sql);
}

static void create(struct lx_sql *sql, const struct lx_object *object)
{
	write_function(sql, (const struct lx_function *)object, "CREATE ");
}

/* CREATE OR REPLACE keeps names that what is given has, and all of what comes back; it may add defaults but not take
 * them away. */
static bool parameters_fit(const struct lx_vec *old, const struct lx_vec *new)
{
	if (old->length != new->length)
		return false;
	for (size_t i = 0; i < old->length; i++) {
		const struct lx_field *from = old->items[i], *to = new->items[i];
		bool is_renamed = strcmp(from->name, to->name) != 0 && (*from->name || from->mode != LX_IN);
		if (is_renamed || from->mode != to->mode || !lx_type_equal(&from->type, &to->type) ||
		    (from->default_value.text && !to->default_value.text))
			return false;
	}
	return true;
}

static bool alter(struct lx_sql *sql, const struct lx_object *old, const struct lx_object *new, uint32_t changed)
{
	static const uint32_t fixed = 1u << LX_FUNCTION_IS_PROCEDURE | 1u << LX_FUNCTION_RETURNS |
				      1u << LX_FUNCTION_RETURNS_SET | 1u << LX_FUNCTION_WINDOW;
	const struct lx_function *from = (const struct lx_function *)old, *to = (const struct lx_function *)new;
	if (changed & fixed || !parameters_fit(&from->parameters, &to->parameters))
		return false;
	write_function(sql, to, "CREATE OR REPLACE ");
	return true;
}

const struct lx_kind_sql lx_function_sql = {
    .identity = write_identity,
    .depends = depends,
    .follow = follow,
    .create = create,
    .drop = lx_sql_drop,
    .alter = alter,
    .rename = lx_sql_rename,
    .has_body = true,
    .reactions = LX_ON_RETYPE_STRUCTURE | LX_ON_GONE_STRUCTURE,
};
