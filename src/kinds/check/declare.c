/* SPDX-License-Identifier: Apache-2.0 */
#include <stdint.h>

#include "check/declare.h"
#include "kinds/check/check.h"
#include "kinds/kind.h"
#include "kinds/table/member.h"

/* PostgreSQL puts the column into the name when the expression uses exactly one (AddRelationNewConstraints in
 * src/backend/catalog/heap.c). */
static bool complete_check(struct lx_declare *declare, struct lx_object *object, struct lx_member *member)
{
	(void)member;
	const struct lx_check *check = (const struct lx_check *)object;
	if (object->is_named)
		return true;
	struct lx_vec mentioned = lx_member_mentions(declare, object->parent, check->expr.text);
	struct lx_vec names = {NULL, 0, 0};
	if (mentioned.length == 1) {
		struct lx_object *column = mentioned.items[0];
		lx_vec_push(declare->arena, &names, (void *)(uintptr_t)column->name);
	}
	lx_member_default_name(declare, object, &names, "check");
	return true;
}

static void declare_check(struct lx_declare *declare, const struct lx_item *item, struct lx_object *parent)
{
	struct lx_cursor cursor;
	lx_cursor_init(&cursor, declare->diags, item);
	if (!lx_cursor_need_word(&cursor, "check"))
		return;
	const struct lx_node *name = lx_cursor_take_name(&cursor);
	const struct lx_node *expr = lx_cursor_need(&cursor, LX_NODE_SQL, "an expression in back-quotes");
	if (!expr)
		return;
	struct lx_member *member;
	struct lx_check *check = (struct lx_check *)lx_member_new(declare, LX_KIND_CHECK, name, item, parent, &member);
	member->complete = complete_check;
	member->is_constraint = true;
	if (!name)
		check->base.origin = expr->span;
	if (!lx_declare_expr(declare, expr, &check->expr)) {
		lx_member_abandon(declare, &check->base);
		return;
	}
	lx_attr_parse(declare, &cursor, &check->base);
	lx_cursor_need_end(&cursor, "the check");
}

static void resolve_check(struct lx_declare *declare, struct lx_object *object)
{
	(void)declare;
	(void)object;
}

void lx_check_print(struct lx_printer *printer, const struct lx_object *object);

const struct lx_kind_source lx_check_source = {
    .declare = declare_check, .resolve = resolve_check, .print = lx_check_print};
