/* SPDX-License-Identifier: Apache-2.0 */
#include "check/declare.h"
#include "kinds/wrapper/wrapper.h"
#include "kinds/kind.h"
#include "snapshot/printer.h"

/* foreign_data_wrapper name annotations */
static void declare_wrapper(struct lx_declare *declare, const struct lx_item *item, struct lx_object *parent)
{
	struct lx_cursor cursor;
	(void)parent;
	lx_cursor_init(&cursor, declare->diags, item);
	lx_cursor_need_word(&cursor, "foreign_data_wrapper");
	const struct lx_node *name = lx_cursor_need_name(&cursor, "the name of the foreign-data wrapper");
	if (!name)
		return;
	struct lx_object *object = lx_declare_new(declare, LX_KIND_WRAPPER, name, item, NULL);
	lx_attr_parse(declare, &cursor, object);
	lx_cursor_need_end(&cursor, "a foreign-data wrapper");
	lx_declare_add(declare, object);
}

static void print(struct lx_printer *printer, const struct lx_object *object)
{
	lx_print_begin(printer, object);
	lx_print_text(printer, "foreign_data_wrapper ");
	lx_print_declared(printer, object, "map");
	lx_attr_print(printer, object);
	lx_print_end(printer);
}

const struct lx_kind_source lx_wrapper_source = {.declare = declare_wrapper, .print = print};
