/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/arena.h"
#include "diff/follow.h"
#include "ir/expr.h"
#include "kinds/composite/composite.h"
#include "kinds/function/function.h"
#include "kinds/kind.h"
#include "plan/depends.h"
#include "plan/plan.h"
#include "sql/parts.h"

/* name(types): how a function is told from its overloads. */
static void write_signature(struct lx_sql *sql, const struct lx_object *object)
{
	lx_sql_object(sql, object);
	lx_sql_raw(sql, "(");
	LX_EACH (const struct lx_field *, parameter, &((const struct lx_function *)object)->parameters) {
		if (parameter_i)
			lx_sql_raw(sql, ", ");
		lx_sql_type(sql, &parameter->type);
	}
	lx_sql_raw(sql, ")");
}

static void write_identity(struct lx_sql *sql, const struct lx_object *object)
{
	lx_sql_raw(sql, ((const struct lx_function *)object)->is_procedure ? "PROCEDURE " : "FUNCTION ");
	write_signature(sql, object);
}

/* PostgreSQL reads the body of SQL functions when they are created, that of others when they are called. */
static void depends(struct lx_depends *depends, const struct lx_object *object)
{
	const struct lx_function *function = (const struct lx_function *)object;
	lx_depend_on_schema(depends, object->schema);
	LX_EACH (const struct lx_field *, parameter, &function->parameters) {
		lx_depend_on_type(depends, &parameter->type);
		lx_depend_on_names(depends, parameter->default_value.text);
	}
	if (!function->is_procedure)
		lx_depend_on_type(depends, &function->returns);
	if (strcmp(function->language, "sql") == 0)
		lx_depend_on_body(depends, function->body.text);
}

static void follow(struct lx_follow *follow, struct lx_object *copy, const struct lx_object *new)
{
	struct lx_function *function = (struct lx_function *)copy;
	(void)new; /* bodies are text to PostgreSQL: it follows nothing in them */
	lx_follow_fields(follow, &function->parameters);
	lx_follow_type(follow, &function->returns);
}

static void write_parameters(struct lx_sql *sql, const struct lx_vec *parameters)
{
	lx_sql_raw(sql, "(");
	LX_EACH (const struct lx_field *, parameter, parameters) {
		if (parameter_i)
			lx_sql_raw(sql, ", ");
		lx_sql_name(sql, parameter->name);
		lx_sql_raw(sql, " ");
		lx_sql_type(sql, &parameter->type);
		if (parameter->default_value.text) {
			lx_sql_raw(sql, " DEFAULT ");
			lx_sql_expr(sql, parameter->default_value.text);
		}
	}
	lx_sql_raw(sql, ")");
}

/* Settings that are lists: each item is a literal of its own. */
static bool is_list_setting(const char *name)
{
	static const char *const names[] = {"search_path", "temp_tablespaces", "session_preload_libraries",
					    "local_preload_libraries"};
	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
		if (strcmp(name, names[i]) == 0)
			return true;
	}
	return false;
}

static void write_list(struct lx_sql *sql, const char *value)
{
	for (const char *separator = ""; *value; separator = ", ") {
		size_t length = strcspn(value, ",");
		const char *item = lx_arena_copy(sql->arena, value, length);
		size_t quotes = length > 1 && *item == '"' && item[length - 1] == '"';
		lx_sql_raw(sql, separator);
		lx_sql_literal(sql, lx_arena_copy(sql->arena, item + quotes, length - 2 * quotes));
		value += length + (value[length] == ',');
		value += strspn(value, " ");
	}
}

static void write_settings(struct lx_sql *sql, const char *settings)
{
	const char *name, *value;
	while (lx_sql_next_option(sql->arena, &settings, &name, &value)) {
		const char *dot = strchr(name, '.');
		lx_sql_raw(sql, "\n    SET ");
		if (dot)
			lx_sql_qualified(sql, lx_arena_copy(sql->arena, name, (size_t)(dot - name)), dot + 1);
		else
			lx_sql_name(sql, name);
		lx_sql_raw(sql, " TO ");
		if (is_list_setting(name) && *value)
			write_list(sql, value);
		else
			lx_sql_literal(sql, value);
	}
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
	write_settings(sql, function->settings);
}

static void write_function(struct lx_sql *sql, const struct lx_function *function, const char *verb)
{
	lx_sql_raw(sql, verb);
	lx_sql_raw(sql, function->is_procedure ? "PROCEDURE " : "FUNCTION ");
	lx_sql_object(sql, &function->base);
	write_parameters(sql, &function->parameters);
	if (!function->is_procedure) {
		lx_sql_raw(sql, function->returns_set ? " RETURNS SETOF " : " RETURNS ");
		lx_sql_type(sql, &function->returns);
	}
	lx_sql_raw(sql, "\n    LANGUAGE ");
	lx_sql_name(sql, function->language);
	write_attributes(sql, function);
	lx_sql_raw(sql, "\nAS ");
	lx_sql_body(sql, function->body.text ? function->body.text : "");
	lx_sql_end(sql);
}

static void create(struct lx_sql *sql, const struct lx_object *object)
{
	write_function(sql, (const struct lx_function *)object, "CREATE ");
}

/* CREATE OR REPLACE keeps names of parameters, and may add defaults but not take them away. */
static bool parameters_fit(const struct lx_vec *old, const struct lx_vec *new)
{
	if (old->length != new->length)
		return false;
	for (size_t i = 0; i < old->length; i++) {
		const struct lx_field *from = old->items[i], *to = new->items[i];
		if (strcmp(from->name, to->name) != 0 || !lx_type_equal(&from->type, &to->type) ||
		    (from->default_value.text && !to->default_value.text))
			return false;
	}
	return true;
}

static bool alter(struct lx_sql *sql, const struct lx_object *old, const struct lx_object *new, uint32_t changed)
{
	const struct lx_function *from = (const struct lx_function *)old, *to = (const struct lx_function *)new;
	if (changed & (1u << LX_FUNCTION_IS_PROCEDURE | 1u << LX_FUNCTION_RETURNS | 1u << LX_FUNCTION_RETURNS_SET) ||
	    !parameters_fit(&from->parameters, &to->parameters))
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
    .reactions = LX_ON_RETYPE_STRUCTURE | LX_ON_GONE_STRUCTURE,
};
