/* SPDX-License-Identifier: Apache-2.0 */
#include "check/cycle.h"
#include "check/declare.h"
#include "kinds/kind.h"
#include "kinds/range/range.h"
#include "snapshot/printer.h"

/* range Name type annotations */
static void declare_range(struct lx_declare *declare, const struct lx_item *item, struct lx_object *parent)
{
	struct lx_cursor cursor;
	(void)parent;
	lx_cursor_init(&cursor, declare->diags, item);
	lx_cursor_need_word(&cursor, "range");
	const struct lx_node *name = lx_cursor_need_name(&cursor, "the name of the range");
	if (!name)
		return;
	struct lx_object *object = lx_declare_new(declare, LX_KIND_RANGE, name, item, NULL);
	if (lx_declare_type(declare, &cursor, &((struct lx_range *)object)->type)) {
		lx_attr_parse(declare, &cursor, object);
		lx_cursor_need_end(&cursor, "a range");
	}
	lx_declare_add(declare, object);
}

static void resolve(struct lx_declare *declare, struct lx_object *object)
{
	struct lx_type *type = &((struct lx_range *)object)->type;
	type->modifiers = NULL; /* PostgreSQL forgets them */
	lx_check_storable(declare, type, type->span);
}

static void print(struct lx_printer *printer, const struct lx_object *object)
{
	lx_print_begin(printer, object);
	lx_print_text(printer, "range ");
	lx_print_name(printer, object->source_name);
	lx_print_text(printer, " ");
	lx_print_type(printer, &((const struct lx_range *)object)->type);
	lx_print_map(printer, object, "map");
	lx_attr_print(printer, object);
	lx_print_end(printer);
}

const struct lx_kind_source lx_range_source = {.declare = declare_range, .resolve = resolve, .print = print};
