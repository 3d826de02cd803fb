/* SPDX-License-Identifier: Apache-2.0 */
#include "kinds/exclude/exclude.h"
#include "kinds/kind.h"
#include "kinds/table/print.h"
#include "snapshot/printer.h"

void lx_exclude_print(struct lx_printer *printer, const struct lx_object *object);

void lx_exclude_print(struct lx_printer *printer, const struct lx_object *object)
{
	const struct lx_exclude *exclude = (const struct lx_exclude *)object;
	lx_print_member(printer, object, "exclude");
	lx_print_text(printer, " using ");
	lx_print_name(printer, exclude->method);
	lx_print_text(printer, " ");
	lx_print_elements(printer, &exclude->elements);
	lx_print_include(printer, &exclude->include);
	lx_print_storage(printer, exclude->backing.storage);
	lx_print_clause(printer, "where", &exclude->where);
	lx_attr_print(printer, object);
	lx_print_end(printer);
}
