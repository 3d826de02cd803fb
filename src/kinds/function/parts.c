/* SPDX-License-Identifier: Apache-2.0 */
#include "kinds/function/parts.h"

#include <string.h>

#include "base/arena.h"
#include "kinds/composite/composite.h"
#include "kinds/function/function.h"
#include "kinds/function/settings.h"
#include "kinds/function/signature.h"
#include "sql/parts.h"

void lx_sql_signature(struct lx_sql *sql, const struct lx_vec *parameters)
{
	const char *separator = "(";
	LX_EACH (const struct lx_field *, parameter, parameters) {
		if (!lx_parameter_is_input(parameter))
			continue;
		lx_sql_raw(sql, separator);
		lx_sql_type(sql, &parameter->type);
		separator = ", ";
	}
	lx_sql_raw(sql, *separator == '(' ? "()" : ")");
}

void lx_sql_parameter_list(struct lx_sql *sql, const struct lx_vec *parameters, bool is_result)
{
	static const char *const words[] = {[LX_IN] = "",
					    [LX_OUT] = "OUT ",
					    [LX_INOUT] = "INOUT ",
					    [LX_VARIADIC] = "VARIADIC ",
					    [LX_TABLE_RESULT] = ""};
	const char *separator = "";
	LX_EACH (const struct lx_field *, parameter, parameters) {
		if ((parameter->mode == LX_TABLE_RESULT) != is_result)
			continue;
		lx_sql_raw(sql, separator);
		lx_sql_raw(sql, words[parameter->mode]);
		if (*parameter->name) {
			lx_sql_name(sql, parameter->name);
			lx_sql_raw(sql, " ");
		}
		lx_sql_type(sql, &parameter->type);
		if (parameter->default_value.text) {
			lx_sql_raw(sql, " DEFAULT ");
			lx_sql_expr(sql, parameter->default_value.text);
		}
		separator = ", ";
	}
}

void lx_sql_parameters(struct lx_sql *sql, const struct lx_vec *parameters, bool is_result)
{
	lx_sql_raw(sql, "(");
	lx_sql_parameter_list(sql, parameters, is_result);
	lx_sql_raw(sql, ")");
}

const struct lx_type *lx_function_result(const struct lx_function *function)
{
	static const struct lx_type record = {.name = "record", .is_raw = true};
	const struct lx_type *only = NULL;
	LX_EACH (const struct lx_field *, parameter, &function->parameters) {
		if (parameter->mode == LX_IN || parameter->mode == LX_VARIADIC)
			continue;
		if (only)
			return &record;
		only = &parameter->type;
	}
	return only ? only : &record;
}

/* app.helper: both sides of the dot are names. */
static void write_function_name(struct lx_sql *sql, const char *name)
{
	const char *dot = strchr(name, '.');
	if (dot)
		lx_sql_qualified(sql, lx_arena_copy(sql->arena, name, (size_t)(dot - name)), dot + 1);
	else
		lx_sql_name(sql, name);
}

void lx_sql_planner(struct lx_sql *sql, const char *planner)
{
	const char *name;
	struct lx_vec values;
	while (lx_settings_next(sql->arena, &planner, &name, &values)) {
		const char *value = values.length ? values.items[0] : "";
		bool is_number = *value && !value[strspn(value, "0123456789.e+-")];
		if (strcmp(name, "support") == 0) {
			lx_sql_raw(sql, "\n    SUPPORT ");
			write_function_name(sql, value);
			continue;
		}
		lx_sql_raw(sql, strcmp(name, "cost") == 0 ? "\n    COST " : "\n    ROWS ");
		if (is_number)
			lx_sql_raw(sql, value);
		else
			lx_sql_literal(sql, value); /* PostgreSQL will refuse it and say why */
	}
}

/* A list that was given as one text: 'pg_catalog, public'. */
static void write_list(struct lx_sql *sql, const char *text)
{
	struct lx_vec items = lx_settings_split(sql->arena, text);
	if (!items.length)
		lx_sql_literal(sql, "");
	LX_EACH (const char *, item, &items) {
		lx_sql_raw(sql, item_i ? ", " : "");
		lx_sql_literal(sql, item);
	}
}

void lx_sql_settings(struct lx_sql *sql, const char *settings)
{
	const char *name;
	struct lx_vec values;
	while (lx_settings_next(sql->arena, &settings, &name, &values)) {
		lx_sql_raw(sql, "\n    SET ");
		write_function_name(sql, name);
		lx_sql_raw(sql, " TO ");
		if (lx_settings_is_list(name) && values.length == 1) {
			write_list(sql, values.items[0]);
			continue;
		}
		LX_EACH (const char *, value, &values) {
			lx_sql_raw(sql, value_i ? ", " : "");
			lx_sql_literal(sql, value);
		}
	}
}
