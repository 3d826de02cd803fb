/* SPDX-License-Identifier: Apache-2.0 */
#include "check/declare.h"
#include "kinds/aggregate/aggregate.h"
#include "kinds/function/parameters.h"
#include "kinds/function/signature.h"
#include "kinds/kind.h"
#include "snapshot/printer.h"

static bool read_parts(struct lx_declare *declare, struct lx_cursor *cursor, struct lx_aggregate *aggregate)
{
	const struct lx_node *group = lx_cursor_need(cursor, LX_NODE_PAREN, "'(' and the parameters");
	if (!group)
		return false;
	lx_parameters_read(declare, group, LX_IN, &aggregate->parameters);
	if (!lx_cursor_need_word(cursor, "state") || !lx_declare_type(declare, cursor, &aggregate->state))
		return false;
	lx_attr_parse(declare, cursor, &aggregate->base);
	lx_cursor_need_end(cursor, "an aggregate");
	return true;
}

/* aggregate name(parameters) state type annotations */
static void declare_aggregate(struct lx_declare *declare, const struct lx_item *item, struct lx_object *parent)
{
	struct lx_cursor cursor;
	(void)parent;
	lx_cursor_init(&cursor, declare->diags, item);
	lx_cursor_need_word(&cursor, "aggregate");
	const struct lx_node *name = lx_cursor_need_name(&cursor, "the name of the aggregate");
	if (!name)
		return;
	struct lx_aggregate *aggregate =
	    (struct lx_aggregate *)lx_declare_new(declare, LX_KIND_AGGREGATE, name, item, NULL);
	read_parts(declare, &cursor, aggregate);
	aggregate->base.signature = lx_function_signature(declare->schema, &aggregate->parameters);
	lx_declare_add(declare, &aggregate->base);
}

static void resolve(struct lx_declare *declare, struct lx_object *object)
{
	struct lx_aggregate *aggregate = (struct lx_aggregate *)object;
	LX_EACH (struct lx_field *, field, &aggregate->parameters)
		field->type.modifiers = NULL; /* PostgreSQL forgets them */
	aggregate->state.modifiers = NULL;
	lx_function_resolve_signature(declare, object, &aggregate->parameters);
}

static void print(struct lx_printer *printer, const struct lx_object *object)
{
	const struct lx_aggregate *aggregate = (const struct lx_aggregate *)object;
	lx_print_begin(printer, object);
	lx_print_text(printer, "aggregate ");
	lx_print_name(printer, object->source_name);
	lx_parameters_print(printer, &aggregate->parameters, false);
	lx_print_text(printer, " state ");
	lx_print_type(printer, &aggregate->state);
	lx_print_map(printer, object, "map");
	lx_attr_print(printer, object);
	lx_print_end(printer);
}

const struct lx_kind_source lx_aggregate_source = {.declare = declare_aggregate, .resolve = resolve, .print = print};
