/* SPDX-License-Identifier: Apache-2.0 */
#include "kinds/key/key.h"
#include "kinds/kind.h"
#include "kinds/table/print.h"
#include "snapshot/printer.h"

void lx_key_print(struct lx_printer *printer, const struct lx_object *object);

void lx_key_print(struct lx_printer *printer, const struct lx_object *object)
{
	const struct lx_key *key = (const struct lx_key *)object;
	lx_print_member(printer, object, key->is_primary ? "primary key" : "unique");
	lx_print_text(printer, " ");
	lx_print_names(printer, &key->columns);
	lx_print_include(printer, &key->include);
	lx_print_storage(printer, key->backing.storage);
	lx_attr_print(printer, object);
	lx_print_end(printer);
}
