/* SPDX-License-Identifier: Apache-2.0 */
#include "check/declare.h"
#include "kinds/exclude/exclude.h"
#include "kinds/kind.h"
#include "kinds/table/member.h"

static bool complete_exclude(struct lx_declare *declare, struct lx_object *object, struct lx_member *member)
{
	struct lx_exclude *exclude = (struct lx_exclude *)object;
	if (!lx_index_elements_complete(declare, object->parent, &exclude->elements, &member->columns) ||
	    !lx_member_columns(declare, object->parent, &member->include, &exclude->include))
		return false;
	if (object->is_named)
		return true;
	struct lx_vec names = {NULL, 0, 0};
	lx_index_element_names(declare, &exclude->elements, &names);
	lx_member_default_name(declare, object, &names, "excl");
	return true;
}

static bool read_clauses(struct lx_declare *declare, struct lx_cursor *cursor, struct lx_exclude *exclude,
			 struct lx_member *member)
{
	for (;;) {
		if (lx_cursor_take_word(cursor, "where")) {
			const struct lx_node *node = lx_cursor_need(cursor, LX_NODE_SQL, "a condition in back-quotes");
			if (!node || !lx_declare_expr(declare, node, &exclude->where))
				return false;
		} else if (lx_cursor_take_word(cursor, "include")) {
			if (!lx_member_names(declare, cursor, "'(' and the names of columns", &member->include))
				return false;
		} else if (lx_cursor_take_word(cursor, "with")) {
			exclude->backing.storage = lx_member_options(declare, cursor);
		} else {
			return true;
		}
	}
}

static bool read_exclude(struct lx_declare *declare, struct lx_cursor *cursor, struct lx_exclude *exclude,
			 struct lx_member *member)
{
	if (!lx_cursor_need_word(cursor, "using"))
		return false;
	const struct lx_node *method = lx_cursor_need_name(cursor, "an index method such as gist");
	if (!method)
		return false;
	exclude->method = lx_declare_intern(declare, method);
	if (!lx_index_elements(declare, cursor, true, &exclude->elements, &member->columns))
		return false;
	return read_clauses(declare, cursor, exclude, member);
}

static void declare_exclude(struct lx_declare *declare, const struct lx_item *item, struct lx_object *parent)
{
	struct lx_cursor cursor;
	lx_cursor_init(&cursor, declare->diags, item);
	if (!lx_cursor_need_word(&cursor, "exclude"))
		return;
	const struct lx_node *name = lx_member_take_name(&cursor, "using");
	struct lx_member *member;
	struct lx_exclude *exclude =
	    (struct lx_exclude *)lx_member_new(declare, LX_KIND_EXCLUDE, name, item, parent, &member);
	member->complete = complete_exclude;
	member->shares_relations = true;
	member->is_constraint = true;
	if (!read_exclude(declare, &cursor, exclude, member)) {
		lx_member_abandon(declare, &exclude->base);
		return;
	}
	lx_attr_parse(declare, &cursor, &exclude->base);
	lx_cursor_need_end(&cursor, "the exclusion constraint");
}

static void resolve_exclude(struct lx_declare *declare, struct lx_object *object)
{
	(void)declare;
	(void)object;
}

void lx_exclude_print(struct lx_printer *printer, const struct lx_object *object);

const struct lx_kind_source lx_exclude_source = {
    .declare = declare_exclude, .resolve = resolve_exclude, .print = lx_exclude_print};
