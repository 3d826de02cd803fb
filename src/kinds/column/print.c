/* SPDX-License-Identifier: Apache-2.0 */
#include <inttypes.h>

#include "kinds/column/column.h"
#include "kinds/kind.h"
#include "kinds/table/inherit.h"
#include "kinds/table/table.h"
#include "snapshot/printer.h"

void lx_column_print(struct lx_printer *printer, const struct lx_object *object);

static void print_identity(struct lx_printer *printer, const struct lx_column *column)
{
	const char *separator = "(";
	lx_print_text(printer, " @identity");
	if (column->identity == LX_IDENTITY_ALWAYS) {
		lx_print_text(printer, "(always");
		separator = ", ";
	}
	if (column->identity_options) {
		lx_print_text(printer, separator);
		lx_print_options(printer, column->identity_options);
		separator = ", ";
	}
	if (column->identity_sequence) {
		lx_print_text(printer, separator);
		lx_print_text(printer, "sequence: ");
		lx_print_string(printer, column->identity_sequence);
		separator = ", ";
	}
	lx_print_text(printer, *separator == ',' ? ")" : "");
}

static void print_collation(struct lx_printer *printer, const struct lx_column *column)
{
	lx_print_text(printer, " @collate(");
	if (column->collation_schema) {
		lx_print_name(printer, column->collation_schema);
		lx_print_text(printer, ".");
		lx_print_name(printer, column->collation);
	} else if (lx_print_is_word(column->collation)) {
		lx_print_text(printer, column->collation);
	} else {
		lx_print_string(printer, column->collation);
	}
	lx_print_text(printer, ")");
}

static void print_annotations(struct lx_printer *printer, const struct lx_column *column)
{
	if (column->identity)
		print_identity(printer, column);
	if (column->collation)
		print_collation(printer, column);
	if (column->has_statistics)
		lx_buffer_printf(printer->out, " @statistics(%" PRId64 ")", column->statistics);
	if (column->is_inherited && !((const struct lx_table *)column->base.parent)->partition_of)
		lx_print_text(printer, " @inherited");
}

void lx_column_print(struct lx_printer *printer, const struct lx_object *object)
{
	const struct lx_column *column = (const struct lx_column *)object;
	if (lx_table_implies(column))
		return;
	lx_print_begin(printer, object);
	lx_print_exact(printer, object->name);
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
	print_annotations(printer, column);
	lx_attr_print(printer, object);
	lx_print_end(printer);
}
