/* SPDX-License-Identifier: Apache-2.0 */
#include "kinds/kind.h"
#include "kinds/policy/policy.h"
#include "kinds/table/print.h"
#include "snapshot/printer.h"

void lx_policy_print(struct lx_printer *printer, const struct lx_object *object);

void lx_policy_print(struct lx_printer *printer, const struct lx_object *object)
{
	const struct lx_policy *policy = (const struct lx_policy *)object;
	lx_print_member(printer, object, "policy");
	lx_print_text(printer, " for ");
	lx_print_text(printer, policy->command);
	const char *separator = " to ";
	LX_EACH (const char *, role, &policy->roles) {
		lx_print_text(printer, separator);
		lx_print_name(printer, role);
		separator = ", ";
	}
	lx_print_clause(printer, "using", &policy->using_expr);
	lx_print_clause(printer, "with check", &policy->check);
	lx_attr_print(printer, object);
	lx_print_end(printer);
}
