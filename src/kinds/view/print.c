/* SPDX-License-Identifier: Apache-2.0 */
#include "kinds/composite/composite.h"
#include "kinds/kind.h"
#include "kinds/table/print.h"
#include "kinds/view/view.h"
#include "snapshot/printer.h"

void lx_view_print(struct lx_printer *printer, const struct lx_object *object);

static void print_column(struct lx_printer *printer, const struct lx_field *field)
{
	lx_print_doc(printer, field->comment);
	lx_print_indent(printer);
	lx_print_field(printer, field);
	lx_print_end(printer);
}

void lx_view_print(struct lx_printer *printer, const struct lx_object *object)
{
	const struct lx_view *view = (const struct lx_view *)object;
	lx_print_begin(printer, object);
	lx_print_text(printer, view->is_materialized ? "materialized view " : "view ");
	lx_print_declared(printer, object, "map");
	lx_attr_print(printer, object);
	lx_print_text(printer, " {");
	lx_print_end(printer);
	printer->indent++;
	LX_EACH (const struct lx_field *, field, &view->columns)
		print_column(printer, field);
	printer->indent--;
	lx_print_children(printer, object);
	lx_print_indent(printer);
	lx_print_text(printer, "} as ");
	lx_print_body(printer, view->body.text);
	lx_print_end(printer);
}
