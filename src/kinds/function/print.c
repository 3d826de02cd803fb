/* SPDX-License-Identifier: Apache-2.0 */
#include "kinds/function/print.h"

#include "kinds/attr.h"
#include "kinds/composite/composite.h"
#include "kinds/function/function.h"
#include "kinds/function/parameters.h"
#include "snapshot/printer.h"

static bool has_table(const struct lx_function *function)
{
	LX_EACH (const struct lx_field *, field, &function->parameters) {
		if (field->mode == LX_TABLE_RESULT)
			return true;
	}
	return false;
}

void lx_function_print(struct lx_printer *printer, const struct lx_object *object)
{
	const struct lx_function *function = (const struct lx_function *)object;
	lx_print_begin(printer, object);
	lx_print_text(printer, function->is_procedure ? "procedure " : "function ");
	lx_print_name(printer, object->source_name);
	lx_parameters_print(printer, &function->parameters, false);
	if (has_table(function)) {
		lx_print_text(printer, " returns table");
		lx_parameters_print(printer, &function->parameters, true);
	} else if (function->returns.name) {
		lx_print_text(printer, " returns ");
		lx_print_type(printer, &function->returns);
	}
	lx_print_text(printer, " language ");
	lx_print_name(printer, function->language);
	lx_print_map(printer, object, "map");
	lx_attr_print(printer, object);
	lx_print_text(printer, " ");
	lx_print_body(printer, function->body.text);
	lx_print_end(printer);
}
