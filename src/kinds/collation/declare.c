/* SPDX-License-Identifier: Apache-2.0 */
#include "check/declare.h"
#include "kinds/collation/collation.h"
#include "kinds/kind.h"
#include "snapshot/printer.h"

/* collation Name annotations */
static void declare_collation(struct lx_declare *declare, const struct lx_item *item, struct lx_object *parent)
{
	struct lx_cursor cursor;
	(void)parent;
	lx_cursor_init(&cursor, declare->diags, item);
	lx_cursor_need_word(&cursor, "collation");
	const struct lx_node *name = lx_cursor_need_name(&cursor, "the name of the collation");
	if (!name)
		return;
	struct lx_object *object = lx_declare_new(declare, LX_KIND_COLLATION, name, item, NULL);
	lx_attr_parse(declare, &cursor, object);
	lx_cursor_need_end(&cursor, "a collation");
	lx_declare_add(declare, object);
}

static void resolve(struct lx_declare *declare, struct lx_object *object)
{
	struct lx_collation *collation = (struct lx_collation *)object;
	(void)declare;
	if (collation->provider == 1) /* libc, the default */
		collation->provider = 0;
}

static void print(struct lx_printer *printer, const struct lx_object *object)
{
	lx_print_begin(printer, object);
	lx_print_text(printer, "collation ");
	lx_print_declared(printer, object, "map");
	lx_attr_print(printer, object);
	lx_print_end(printer);
}

const struct lx_kind_source lx_collation_source = {.declare = declare_collation, .resolve = resolve, .print = print};
