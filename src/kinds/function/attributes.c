/* SPDX-License-Identifier: Apache-2.0 */
#include "kinds/function/function.h"

#include <string.h>

#include "ir/expr.h"
#include "kinds/composite/composite.h"
#include "kinds/kind.h"

#define AT(field) offsetof(struct lx_function, field)

static bool same_parameters(const struct lx_object *a, const struct lx_object *b)
{
	const struct lx_vec *one = &((const struct lx_function *)a)->parameters;
	const struct lx_vec *other = &((const struct lx_function *)b)->parameters;
	if (one->length != other->length)
		return false;
	for (size_t i = 0; i < one->length; i++) {
		const struct lx_field *x = one->items[i], *y = other->items[i];
		if (strcmp(x->name, y->name) != 0 || x->mode != y->mode || !lx_type_equal(&x->type, &y->type) ||
		    !lx_expr_equal(x->default_value.text, y->default_value.text))
			return false;
	}
	return true;
}

static const char *const volatilities[] = {"volatile", "stable", "immutable", NULL};
static const char *const parallels[] = {"unsafe", "restricted", "safe", NULL};

static const struct lx_attr rows[LX_FUNCTION_ATTRS] = {
    [LX_FUNCTION_IS_PROCEDURE] = {NULL, LX_SHAPE_FLAG, LX_EFFECT_REPLACE, AT(is_procedure), NULL, NULL,
				  "A procedure: called with CALL, returns nothing."},
    [LX_FUNCTION_PARAMETERS] = {NULL, LX_SHAPE_OWN, LX_EFFECT_REPLACE, AT(parameters), NULL, same_parameters,
				"The parameters: their names and defaults; their types are the signature."},
    [LX_FUNCTION_RETURNS] = {NULL, LX_SHAPE_TYPE, LX_EFFECT_REPLACE, AT(returns), NULL, NULL,
			     "The type of the result."},
    [LX_FUNCTION_RETURNS_SET] = {"set", LX_SHAPE_FLAG, LX_EFFECT_REPLACE, AT(returns_set), NULL, NULL,
				 "Returns a set of rows instead of one value."},
    [LX_FUNCTION_LANGUAGE] = {NULL, LX_SHAPE_NAME, LX_EFFECT_ALTER, AT(language), NULL, NULL,
			      "The language of the body: sql, plpgsql, …"},
    [LX_FUNCTION_BODY] = {NULL, LX_SHAPE_STRING, LX_EFFECT_ALTER, AT(body.text), NULL, NULL,
			  "The body, to the byte: the server keeps it as it is."},
    [LX_FUNCTION_PARSED] =
	{"parsed", LX_SHAPE_FLAG, LX_EFFECT_ALTER, AT(is_parsed), NULL, NULL,
	 "The body is SQL that the server parses when the function is made: RETURN … or BEGIN ATOMIC "
	 "… END."},
    [LX_FUNCTION_OBJECT_FILE] = {"object_file", LX_SHAPE_STRING, LX_EFFECT_ALTER, AT(object_file), NULL, NULL,
				 "The library of a function in C; the body is the name of the symbol."},
    [LX_FUNCTION_WINDOW] = {"window", LX_SHAPE_FLAG, LX_EFFECT_REPLACE, AT(is_window), NULL, NULL,
			    "A window function."},
    [LX_FUNCTION_VOLATILITY] = {"volatility", LX_SHAPE_CHOICE, LX_EFFECT_ALTER, AT(volatility), volatilities, NULL,
				"Whether the result may change: volatile (the default), stable or immutable."},
    [LX_FUNCTION_STRICT] = {"strict", LX_SHAPE_FLAG, LX_EFFECT_ALTER, AT(is_strict), NULL, NULL,
			    "Returns null when an argument is null, without being run."},
    [LX_FUNCTION_SECURITY_DEFINER] = {"security_definer", LX_SHAPE_FLAG, LX_EFFECT_ALTER, AT(is_security_definer), NULL,
				      NULL, "Runs with the rights of its owner."},
    [LX_FUNCTION_LEAKPROOF] = {"leakproof", LX_SHAPE_FLAG, LX_EFFECT_ALTER, AT(is_leakproof), NULL, NULL,
			       "Reveals nothing about its arguments but by its result."},
    [LX_FUNCTION_PARALLEL] = {"parallel", LX_SHAPE_CHOICE, LX_EFFECT_ALTER, AT(parallel), parallels, NULL,
			      "Whether parallel plans may run it: unsafe (the default), restricted or safe."},
    [LX_FUNCTION_PLANNER] = {"planner", LX_SHAPE_OPTIONS, LX_EFFECT_ALTER, AT(planner), NULL, NULL,
			     "What the planner assumes: cost, rows, and the function that supports it."},
    [LX_FUNCTION_SETTINGS] = {"set_config", LX_SHAPE_OPTIONS, LX_EFFECT_ALTER, AT(settings), NULL, NULL,
			      "Settings while it runs: @set_config(search_path: ['pg_catalog', 'public'])."},
    [LX_FUNCTION_TRANSFORMS] = {"transforms", LX_SHAPE_NAMES, LX_EFFECT_ALTER, AT(transforms), NULL, NULL,
				"Types that are handed to the body in the form of its language."},
};

const struct lx_kind_info lx_function_info = {
    .words = {"function", "procedure"},
    .form = "function name(parameter type, …) returns type language word $$ … $$, or procedure, without returns",
    .title = "function",
    .size = sizeof(struct lx_function),
    .attrs = rows,
    .attr_count = LX_FUNCTION_ATTRS,
    .has_schema = true,
    .is_overloaded = true,
    .is_database_object = true,
};
