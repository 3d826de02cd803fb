/* SPDX-License-Identifier: Apache-2.0 */
#include "kinds/function/signature.h"

#include "base/buffer.h"
#include "kinds/composite/composite.h"

bool lx_parameter_is_input(const struct lx_field *parameter)
{
	return parameter->mode != LX_OUT && parameter->mode != LX_TABLE_RESULT;
}

bool lx_parameters_have_results(const struct lx_vec *parameters)
{
	LX_EACH (const struct lx_field *, parameter, parameters) {
		if (parameter->mode != LX_IN && parameter->mode != LX_VARIADIC)
			return true;
	}
	return false;
}

const char *lx_function_signature(struct lx_schema *schema, const struct lx_vec *parameters)
{
	struct lx_buffer text = LX_BUFFER_INIT;
	lx_buffer_char(&text, '(');
	LX_EACH (const struct lx_field *, parameter, parameters) {
		const struct lx_type *type = &parameter->type;
		if (!lx_parameter_is_input(parameter))
			continue;
		if (text.length > 1)
			lx_buffer_string(&text, ", ");
		if (type->schema) {
			lx_buffer_string(&text, type->schema);
			lx_buffer_char(&text, '.');
		}
		lx_buffer_string(&text, type->name ? type->name : "");
		for (unsigned i = 0; i < type->dimensions; i++)
			lx_buffer_string(&text, "[]");
	}
	lx_buffer_char(&text, ')');
	const char *signature = lx_schema_intern(schema, lx_buffer_text(&text), text.length);
	lx_buffer_free(&text);
	return signature;
}
