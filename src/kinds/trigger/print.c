/* SPDX-License-Identifier: Apache-2.0 */
#include "kinds/kind.h"
#include "kinds/table/print.h"
#include "kinds/trigger/parse.h"
#include "kinds/trigger/trigger.h"
#include "snapshot/printer.h"

void lx_trigger_print(struct lx_printer *printer, const struct lx_object *object);

static void print_events(struct lx_printer *printer, const struct lx_trigger *trigger)
{
	const char *separator = " ";
	LX_EACH (const struct lx_trigger_event *, event, &trigger->events) {
		lx_print_text(printer, separator);
		lx_print_text(printer, event->name);
		if (event->columns.length)
			lx_print_names(printer, &event->columns);
		separator = ", ";
	}
}

void lx_trigger_print(struct lx_printer *printer, const struct lx_object *object)
{
	const struct lx_trigger *trigger = (const struct lx_trigger *)object;
	lx_print_member(printer, object, "trigger");
	lx_print_text(printer, " ");
	lx_print_text(printer, lx_trigger_timings[trigger->timing - 1]);
	print_events(printer, trigger);
	lx_print_clause(printer, "when", &trigger->when);
	lx_print_text(printer, " execute ");
	if (trigger->function_schema) {
		lx_print_name(printer, trigger->function_schema);
		lx_print_text(printer, ".");
	}
	lx_print_name(printer, trigger->function);
	const char *separator = "(";
	LX_EACH (const char *, argument, &trigger->arguments) {
		lx_print_text(printer, separator);
		lx_print_string(printer, argument);
		separator = ", ";
	}
	lx_print_text(printer, trigger->arguments.length ? ")" : "()");
	lx_attr_print(printer, object);
	if (trigger->from) {
		lx_print_text(printer, " @from(");
		lx_print_reference(printer, trigger->from);
		lx_print_text(printer, ")");
	}
	lx_print_end(printer);
}
