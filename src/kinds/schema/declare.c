/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "check/declare.h"
#include "kinds/kind.h"
#include "kinds/schema/schema.h"
#include "snapshot/printer.h"

static void check_reserved(struct lx_declare *declare, const struct lx_object *object)
{
	bool is_reserved = strncmp(object->name, "pg_", 3) == 0 || strcmp(object->name, "information_schema") == 0;
	if (!is_reserved || object->is_external)
		return;
	struct lx_diag *diag =
	    lx_report(declare->diags, LX_E0220, object->origin, "the schema name '%s' is reserved", object->name);
	lx_diag_help(declare->diags, diag, "PostgreSQL keeps pg_… and information_schema for itself");
}

/* schema name annotations */
static void declare_schema(struct lx_declare *declare, const struct lx_item *item, struct lx_object *parent)
{
	(void)parent;
	struct lx_cursor cursor;
	lx_cursor_init(&cursor, declare->diags, item);
	lx_cursor_need_word(&cursor, "schema");
	const struct lx_node *name = lx_cursor_need_name(&cursor, "the name of the schema");
	if (!name)
		return;
	struct lx_object *object = lx_declare_new(declare, LX_KIND_SCHEMA, name, item, NULL);
	lx_attr_parse(declare, &cursor, object);
	lx_cursor_need_end(&cursor, "a schema");
	check_reserved(declare, object);
	if (strcmp(object->name, "public") == 0)
		object->is_external = true; /* every database has it */
	lx_declare_add(declare, object);
}

static void print(struct lx_printer *printer, const struct lx_object *object)
{
	lx_print_begin(printer, object);
	lx_print_text(printer, "schema ");
	lx_print_declared(printer, object, "map");
	lx_attr_print(printer, object);
	lx_print_end(printer);
}

const struct lx_kind_source lx_schema_source = {.declare = declare_schema, .print = print};
