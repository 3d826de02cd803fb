/* SPDX-License-Identifier: Apache-2.0 */
#include "kinds/foreign_key/foreign_key.h"
#include "kinds/foreign_key/rules.h"
#include "kinds/kind.h"
#include "kinds/table/print.h"
#include "snapshot/printer.h"

void lx_foreign_key_print(struct lx_printer *printer, const struct lx_object *object);

static void print_action(struct lx_printer *printer, const char *word, int action)
{
	if (!action)
		return;
	lx_print_text(printer, word);
	lx_print_text(printer, "(");
	lx_print_text(printer, lx_foreign_key_actions[action]);
	lx_print_text(printer, ")");
}

void lx_foreign_key_print(struct lx_printer *printer, const struct lx_object *object)
{
	const struct lx_foreign_key *key = (const struct lx_foreign_key *)object;
	lx_print_member(printer, object, "foreign key");
	lx_print_text(printer, " ");
	lx_print_names(printer, &key->columns);
	lx_print_text(printer, " -> ");
	lx_print_reference(printer, key->target);
	lx_print_text(printer, " ");
	lx_print_names(printer, &key->target_columns);
	print_action(printer, " @on_delete", key->on_delete);
	print_action(printer, " @on_update", key->on_update);
	if (key->is_match_full)
		lx_print_text(printer, " @match(full)");
	lx_attr_print(printer, object);
	lx_print_end(printer);
}
