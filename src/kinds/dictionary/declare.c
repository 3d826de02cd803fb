/* SPDX-License-Identifier: Apache-2.0 */
#include "check/declare.h"
#include "kinds/dictionary/dictionary.h"
#include "kinds/kind.h"
#include "snapshot/printer.h"

/* text_search_dictionary name @template(simple) @options(stopwords: 'english') */
static void declare_dictionary(struct lx_declare *declare, const struct lx_item *item, struct lx_object *parent)
{
	struct lx_cursor cursor;
	(void)parent;
	lx_cursor_init(&cursor, declare->diags, item);
	lx_cursor_need_word(&cursor, "text_search_dictionary");
	const struct lx_node *name = lx_cursor_need_name(&cursor, "the name of the dictionary");
	if (!name)
		return;
	struct lx_object *object = lx_declare_new(declare, LX_KIND_DICTIONARY, name, item, NULL);
	((struct lx_dictionary *)object)->options.is_ordered = true;
	lx_attr_parse(declare, &cursor, object);
	lx_cursor_need_end(&cursor, "a dictionary");
	if (!((const struct lx_dictionary *)object)->template_name && !object->is_external) {
		struct lx_diag *diag =
		    lx_report(declare->diags, LX_E0208, name->span, "dictionary '%s' has no template", name->text);
		lx_diag_help(declare->diags, diag, "add @template(simple), or another one");
	}
	lx_declare_add(declare, object);
}

static void print(struct lx_printer *printer, const struct lx_object *object)
{
	lx_print_begin(printer, object);
	lx_print_text(printer, "text_search_dictionary ");
	lx_print_declared(printer, object, "map");
	lx_attr_print(printer, object);
	lx_print_end(printer);
}

const struct lx_kind_source lx_dictionary_source = {.declare = declare_dictionary, .print = print};
