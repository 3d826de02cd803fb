/* SPDX-License-Identifier: Apache-2.0 */
#include "check/declare.h"
#include "kinds/function/parameters.h"
#include "kinds/function/signature.h"
#include "kinds/kind.h"
#include "kinds/operator/operator.h"
#include "snapshot/printer.h"

/* operator "+"(left, right) annotations; with one operand it stands before it */
static void declare_operator(struct lx_declare *declare, const struct lx_item *item, struct lx_object *parent)
{
	struct lx_cursor cursor;
	(void)parent;
	lx_cursor_init(&cursor, declare->diags, item);
	lx_cursor_need_word(&cursor, "operator");
	const struct lx_node *name = lx_cursor_need_name(&cursor, "the operator in double quotes");
	if (!name)
		return;
	struct lx_operator *operator=(struct lx_operator *) lx_declare_new(declare, LX_KIND_OPERATOR, name, item, NULL);
	const struct lx_node *group = lx_cursor_need(&cursor, LX_NODE_PAREN, "'(' and the types of the operands");
	if (group) {
		lx_parameters_read(declare, group, LX_IN, &operator->operands);
		lx_attr_parse(declare, &cursor, &operator->base);
		lx_cursor_need_end(&cursor, "an operator");
	}
	operator->base.signature = lx_function_signature(declare->schema, &operator->operands);
	lx_declare_add(declare, &operator->base);
}

static void resolve(struct lx_declare *declare, struct lx_object *object)
{
	lx_function_resolve_signature(declare, object, &((struct lx_operator *)object)->operands);
}

static void print(struct lx_printer *printer, const struct lx_object *object)
{
	lx_print_begin(printer, object);
	lx_print_text(printer, "operator ");
	lx_print_name(printer, object->source_name);
	lx_parameters_print(printer, &((const struct lx_operator *)object)->operands, false);
	lx_attr_print(printer, object);
	lx_print_end(printer);
}

const struct lx_kind_source lx_operator_source = {.declare = declare_operator, .resolve = resolve, .print = print};
