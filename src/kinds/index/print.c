/* SPDX-License-Identifier: Apache-2.0 */
#include "kinds/index/index.h"
#include "kinds/kind.h"
#include "kinds/table/print.h"
#include "snapshot/printer.h"

void lx_index_print(struct lx_printer *printer, const struct lx_object *object);

void lx_index_print(struct lx_printer *printer, const struct lx_object *object)
{
	const struct lx_index *index = (const struct lx_index *)object;
	lx_print_member(printer, object, index->is_unique ? "unique index" : "index");
	if (index->method) {
		lx_print_text(printer, " using ");
		lx_print_name(printer, index->method);
	}
	lx_print_text(printer, " ");
	lx_print_elements(printer, &index->elements);
	lx_print_include(printer, &index->include);
	lx_print_storage(printer, index->storage);
	lx_print_clause(printer, "where", &index->where);
	lx_attr_print(printer, object);
	lx_print_end(printer);
}
