/* SPDX-License-Identifier: Apache-2.0 */
#include "kinds/kind.h"
#include "kinds/partition/partition.h"
#include "kinds/table/print.h"
#include "snapshot/printer.h"

void lx_partition_print(struct lx_printer *printer, const struct lx_object *object);

void lx_partition_print(struct lx_printer *printer, const struct lx_object *object)
{
	lx_print_member(printer, object, "partition");
	lx_print_clause(printer, "for", &((const struct lx_partition *)object)->bound);
	lx_attr_print(printer, object);
	lx_print_end(printer);
}
