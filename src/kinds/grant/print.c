/* SPDX-License-Identifier: Apache-2.0 */
#include "base/arena.h"
#include "kinds/grant/grant.h"
#include "kinds/kind.h"
#include "kinds/names.h"
#include "kinds/table/print.h"
#include "snapshot/printer.h"

void lx_grant_print(struct lx_printer *printer, const struct lx_object *object);

static bool same_group(const struct lx_privilege *a, const struct lx_privilege *b)
{
	return a->has_grant_option == b->has_grant_option && lx_names_equal(&a->columns, &b->columns);
}

static void print_target(struct lx_printer *printer, const struct lx_object *target)
{
	if (target->kind == LX_KIND_SCHEMA)
		lx_print_text(printer, "schema ");
	if (target->kind == LX_KIND_FUNCTION)
		lx_print_text(printer, "function ");
	if (target->kind == LX_KIND_SCHEMA || target->kind == LX_KIND_FUNCTION)
		lx_print_name(printer, target->name);
	else
		lx_print_reference(printer, target);
}

/* One line for the privileges that have FIRST's columns and option. */
static void print_line(struct lx_printer *printer, const struct lx_grant *grant, const struct lx_privilege *first)
{
	lx_print_indent(printer);
	const char *separator = "grant ";
	LX_EACH (const struct lx_privilege *, privilege, &grant->privileges) {
		if (!same_group(privilege, first))
			continue;
		lx_print_text(printer, separator);
		lx_print_text(printer, privilege->name);
		separator = ", ";
	}
	lx_print_text(printer, " on ");
	print_target(printer, grant->target);
	if (first->columns.length)
		lx_print_names(printer, &first->columns);
	lx_print_text(printer, " to ");
	lx_print_name(printer, grant->role);
	if (first->has_grant_option)
		lx_print_text(printer, " @with_grant_option");
	lx_print_end(printer);
}

void lx_grant_print(struct lx_printer *printer, const struct lx_object *object)
{
	const struct lx_grant *grant = (const struct lx_grant *)object;
	for (size_t i = 0; i < grant->privileges.length; i++) {
		const struct lx_privilege *first = grant->privileges.items[i];
		bool is_printed = false;
		for (size_t k = 0; k < i; k++)
			is_printed = is_printed || same_group(grant->privileges.items[k], first);
		if (!is_printed)
			print_line(printer, grant, first);
	}
}
