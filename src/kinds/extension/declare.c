/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "check/declare.h"
#include "kinds/extension/extension.h"
#include "kinds/kind.h"
#include "snapshot/printer.h"

/* extension name annotations */
static void declare_extension(struct lx_declare *declare, const struct lx_item *item, struct lx_object *parent)
{
	(void)parent;
	struct lx_cursor cursor;
	lx_cursor_init(&cursor, declare->diags, item);
	lx_cursor_need_word(&cursor, "extension");
	const struct lx_node *name = lx_cursor_need_name(&cursor, "the name of the extension");
	if (!name)
		return;
	struct lx_object *object = lx_declare_new(declare, LX_KIND_EXTENSION, name, item, NULL);
	lx_attr_parse(declare, &cursor, object);
	lx_cursor_need_end(&cursor, "an extension");
	if (lx_declare_add(declare, object))
		declare->has_extension = true;
}

static void resolve(struct lx_declare *declare, struct lx_object *object)
{
	const struct lx_extension *extension = (const struct lx_extension *)object;
	bool is_inborn = extension->in_schema && (strcmp(extension->in_schema, "public") == 0 ||
						  strcmp(extension->in_schema, "pg_catalog") == 0);
	if (extension->in_schema && !is_inborn && strcmp(extension->in_schema, declare->default_schema) != 0)
		lx_declare_lookup(declare, LX_KIND_SCHEMA, extension->in_schema, object->origin);
}

static void print(struct lx_printer *printer, const struct lx_object *object)
{
	lx_print_begin(printer, object);
	lx_print_text(printer, "extension ");
	lx_print_declared(printer, object, "map");
	lx_attr_print(printer, object);
	lx_print_end(printer);
}

const struct lx_kind_source lx_extension_source = {.declare = declare_extension, .resolve = resolve, .print = print};
