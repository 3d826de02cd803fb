/* SPDX-License-Identifier: Apache-2.0 */
#include "check/declare.h"
#include "kinds/server/server.h"
#include "kinds/kind.h"
#include "snapshot/printer.h"

/* server name annotations */
static void declare_server(struct lx_declare *declare, const struct lx_item *item, struct lx_object *parent)
{
	struct lx_cursor cursor;
	(void)parent;
	lx_cursor_init(&cursor, declare->diags, item);
	lx_cursor_need_word(&cursor, "server");
	const struct lx_node *name = lx_cursor_need_name(&cursor, "the name of the server");
	if (!name)
		return;
	struct lx_object *object = lx_declare_new(declare, LX_KIND_SERVER, name, item, NULL);
	lx_attr_parse(declare, &cursor, object);
	lx_cursor_need_end(&cursor, "a server");
	if (!((const struct lx_server *)object)->wrapper) {
		struct lx_diag *diag =
		    lx_report(declare->diags, LX_E0208, name->span, "server '%s' has no wrapper", name->text);
		lx_diag_help(declare->diags, diag, "add @wrapper(postgres_fdw), or what talks to it");
	}
	lx_declare_add(declare, object);
}

static void print(struct lx_printer *printer, const struct lx_object *object)
{
	lx_print_begin(printer, object);
	lx_print_text(printer, "server ");
	lx_print_declared(printer, object, "map");
	lx_attr_print(printer, object);
	lx_print_end(printer);
}

const struct lx_kind_source lx_server_source = {.declare = declare_server, .print = print};
