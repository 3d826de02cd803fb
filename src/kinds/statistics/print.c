/* SPDX-License-Identifier: Apache-2.0 */
#include <inttypes.h>

#include "kinds/kind.h"
#include "kinds/statistics/statistics.h"
#include "kinds/table/print.h"
#include "snapshot/printer.h"

void lx_statistics_print(struct lx_printer *printer, const struct lx_object *object);

void lx_statistics_print(struct lx_printer *printer, const struct lx_object *object)
{
	const struct lx_statistics *statistics = (const struct lx_statistics *)object;
	lx_print_member(printer, object, "statistics");
	lx_print_text(printer, " ");
	lx_print_elements(printer, &statistics->elements);
	if (statistics->target)
		lx_buffer_printf(printer->out, " @target(%" PRId64 ")", statistics->target - 1);
	lx_attr_print(printer, object);
	lx_print_end(printer);
}
