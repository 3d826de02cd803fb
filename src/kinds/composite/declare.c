/* SPDX-License-Identifier: Apache-2.0 */
#include "check/cycle.h"
#include "check/declare.h"
#include "kinds/composite/composite.h"
#include "kinds/kind.h"
#include "snapshot/printer.h"

/* composite Name annotations { field … } */
static void declare_composite(struct lx_declare *declare, const struct lx_item *item, struct lx_object *parent)
{
	(void)parent;
	struct lx_cursor cursor;
	lx_cursor_init(&cursor, declare->diags, item);
	lx_cursor_need_word(&cursor, "composite");
	const struct lx_node *name = lx_cursor_need_name(&cursor, "the name of the composite");
	if (!name)
		return;
	struct lx_object *object = lx_declare_new(declare, LX_KIND_COMPOSITE, name, item, NULL);
	lx_attr_parse(declare, &cursor, object);
	const struct lx_node *block = lx_cursor_need(&cursor, LX_NODE_BRACE, "'{' and the fields");
	if (block) {
		lx_declare_fields(declare, block, &((struct lx_composite *)object)->fields);
		lx_cursor_need_end(&cursor, "a composite");
	}
	lx_declare_add(declare, object);
}

static void resolve(struct lx_declare *declare, struct lx_object *object)
{
	LX_EACH (const struct lx_field *, field, &((const struct lx_composite *)object)->fields) {
		lx_check_storable(declare, &field->type, field->origin);
		if (field->default_value.text)
			lx_report(declare->diags, LX_E0303, field->default_value.span,
				  "a field of a composite has no default");
	}
	lx_check_cycle(declare, object);
}

static void print(struct lx_printer *printer, const struct lx_object *object)
{
	lx_print_begin(printer, object);
	lx_print_text(printer, "composite ");
	lx_print_declared(printer, object, "map");
	lx_attr_print(printer, object);
	lx_print_text(printer, " {\n");
	printer->indent++;
	LX_EACH (const struct lx_field *, field, &((const struct lx_composite *)object)->fields) {
		lx_print_doc(printer, field->comment);
		lx_print_indent(printer);
		lx_print_field(printer, field);
		if (field->collation) {
			lx_print_text(printer, " @collate(");
			lx_print_string(printer, field->collation);
			lx_print_text(printer, ")");
		}
		lx_print_end(printer);
	}
	printer->indent--;
	lx_print_text(printer, "}\n");
}

const struct lx_kind_source lx_composite_source = {.declare = declare_composite, .resolve = resolve, .print = print};
