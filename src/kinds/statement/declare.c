/* SPDX-License-Identifier: Apache-2.0 */
#include <stdint.h>
#include <string.h>

#include "check/declare.h"
#include "kinds/kind.h"
#include "kinds/statement/statement.h"
#include "snapshot/printer.h"

static void read_down(struct lx_declare *declare, const struct lx_node *annotation, struct lx_object *object,
		      void *context)
{
	(void)context;
	const struct lx_node *node = annotation->items ? annotation->items->first : NULL;
	if (node && node->kind == LX_NODE_BODY && !node->next) {
		lx_declare_body(declare, node, false, &((struct lx_statement *)object)->down);
		return;
	}
	struct lx_diag *diag = lx_report(declare->diags, LX_E0208, annotation->span, "@down has a wrong argument");
	lx_diag_help(declare->diags, diag, "write @down($$ DROP … $$)");
}

/* sql (or define) name @after(Name) @down($$ … $$) $$ … $$ */
void lx_statement_declare(struct lx_declare *declare, const struct lx_item *item, struct lx_object *parent)
{
	static const char *const words[] = {"down", NULL};
	static const struct lx_attr_own own = {words, read_down, NULL};
	(void)parent;
	struct lx_cursor cursor;
	lx_cursor_init(&cursor, declare->diags, item);
	const struct lx_node *word = lx_cursor_take(&cursor, LX_NODE_WORD);
	enum lx_kind kind = lx_kind_find(declare->words, word->text, false);
	const struct lx_node *name = lx_cursor_need_name(&cursor, "a name for the statement");
	if (!name)
		return;
	struct lx_object *object = lx_declare_new(declare, kind, name, item, NULL);
	lx_attr_parse_own(declare, &cursor, object, &own);
	const struct lx_node *body = lx_cursor_need(&cursor, LX_NODE_BODY, "the statement: $$ … $$");
	if (body) {
		lx_declare_body(declare, body, false, &((struct lx_statement *)object)->up);
		lx_cursor_need_end(&cursor, "a statement");
	}
	lx_declare_add(declare, object);
}

void lx_statement_print(struct lx_printer *printer, const struct lx_object *object)
{
	const struct lx_statement *statement = (const struct lx_statement *)object;
	lx_print_begin(printer, object);
	lx_print_text(printer, lx_kind_info(object->kind)->words[0]);
	lx_print_text(printer, " ");
	lx_print_declared(printer, object, "map");
	lx_attr_print(printer, object);
	if (statement->down.text) {
		lx_print_text(printer, " @down(");
		lx_print_body(printer, statement->down.text);
		lx_print_text(printer, ")");
	}
	lx_print_text(printer, " ");
	lx_print_body(printer, statement->up.text);
	lx_print_end(printer);
}

const struct lx_kind_source lx_statement_source = {.declare = lx_statement_declare, .print = lx_statement_print};
