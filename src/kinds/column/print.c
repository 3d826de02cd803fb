/* SPDX-License-Identifier: Apache-2.0 */
#include "kinds/column/column.h"
#include "kinds/kind.h"
#include "snapshot/printer.h"

void lx_column_print(struct lx_printer *printer, const struct lx_object *object);

static void print_identity(struct lx_printer *printer, const struct lx_column *column)
{
	bool is_always = column->identity == LX_IDENTITY_ALWAYS;
	lx_print_text(printer, " @identity");
	if (!is_always && !column->identity_options)
		return;
	lx_print_text(printer, is_always ? "(always" : "(");
	if (is_always && column->identity_options)
		lx_print_text(printer, ", ");
	if (column->identity_options)
		lx_print_options(printer, column->identity_options);
	lx_print_text(printer, ")");
}

void lx_column_print(struct lx_printer *printer, const struct lx_object *object)
{
	const struct lx_column *column = (const struct lx_column *)object;
	lx_print_begin(printer, object);
	lx_print_name(printer, object->name);
	lx_print_text(printer, " ");
	lx_print_type(printer, &column->type);
	if (column->is_nullable)
		lx_print_text(printer, "?");
	if (column->default_value.text) {
		lx_print_text(printer, " = ");
		lx_print_value(printer, column->default_value.text);
	}
	if (column->generated.text) {
		lx_print_text(printer, " generated ");
		lx_print_sql(printer, column->generated.text);
	}
	if (column->identity)
		print_identity(printer, column);
	lx_attr_print(printer, object);
	lx_print_end(printer);
}
