/* SPDX-License-Identifier: Apache-2.0 */
#include "base/arena.h"
#include "check/declare.h"
#include "kinds/kind.h"
#include "kinds/role/role.h"
#include "snapshot/printer.h"

/* role name @external */
static void declare_role(struct lx_declare *declare, const struct lx_item *item, struct lx_object *parent)
{
	(void)parent;
	struct lx_cursor cursor;
	lx_cursor_init(&cursor, declare->diags, item);
	lx_cursor_need_word(&cursor, "role");
	const struct lx_node *name = lx_cursor_need_name(&cursor, "the name of the role");
	if (!name)
		return;
	struct lx_object *object = lx_declare_new(declare, LX_KIND_ROLE, name, item, NULL);
	lx_attr_parse(declare, &cursor, object);
	lx_cursor_need_end(&cursor, "a role");
	if (!object->is_external) {
		struct lx_diag *diag =
		    lx_report(declare->diags, LX_E0214, name->span, "role '%s' must be @external", object->name);
		struct lx_span end = {item->span.file, item->span.end, item->span.end};
		lx_diag_help(declare->diags, diag,
			     "roles belong to the whole server: create it there once, and write: "
			     "role %s @external",
			     name->text);
		lx_diag_fix(declare->diags, diag, end, " @external", "say that the role exists already");
	}
	lx_declare_add(declare, object);
}

static void print(struct lx_printer *printer, const struct lx_object *object)
{
	lx_print_begin(printer, object);
	lx_print_text(printer, "role ");
	lx_print_declared(printer, object, "map");
	lx_attr_print(printer, object);
	lx_print_end(printer);
}

const struct lx_kind_source lx_role_source = {.declare = declare_role, .print = print};
