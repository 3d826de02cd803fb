/* SPDX-License-Identifier: Apache-2.0 */
#include "kinds/check/check.h"
#include "kinds/kind.h"
#include "kinds/table/print.h"
#include "snapshot/printer.h"

void lx_check_print(struct lx_printer *printer, const struct lx_object *object);

void lx_check_print(struct lx_printer *printer, const struct lx_object *object)
{
	lx_print_member(printer, object, "check");
	lx_print_text(printer, " ");
	lx_print_sql(printer, ((const struct lx_check *)object)->expr.text);
	lx_attr_print(printer, object);
	lx_print_end(printer);
}
