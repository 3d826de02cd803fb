/* SPDX-License-Identifier: Apache-2.0 */
#include <stdint.h>
#include <string.h>

#include "base/arena.h"
#include "check/declare.h"
#include "kinds/index/index.h"
#include "kinds/index/parts.h"
#include "kinds/kind.h"
#include "kinds/table/member.h"
#include "kinds/table/table.h"
#include "kinds/view/view.h"

enum { FIRST_WITH_NULLS_NOT_DISTINCT = 15 };

static bool complete_index(struct lx_declare *declare, struct lx_object *object, struct lx_member *member)
{
	struct lx_index *index = (struct lx_index *)object;
	bool is_fine = lx_index_elements_complete(declare, object->parent, &index->elements, &member->columns);
	is_fine = lx_member_columns(declare, object->parent, &member->include, &index->include) && is_fine;
	if (!is_fine)
		return false;
	if (object->is_named)
		return true;
	struct lx_vec names = {NULL, 0, 0}, all = {NULL, 0, 0};
	LX_EACH (struct lx_index_element *, element, &index->elements)
		lx_vec_push(declare->arena, &all, element);
	LX_EACH (const char *, column, &index->include) { /* PostgreSQL names after the included columns too */
		struct lx_index_element *element = LX_NEW(declare->arena, struct lx_index_element);
		element->column = column;
		lx_vec_push(declare->arena, &all, element);
	}
	lx_index_element_names(declare, &all, &names);
	lx_member_default_name(declare, object, &names, "idx");
	return true;
}

static bool read_clauses(struct lx_declare *declare, struct lx_cursor *cursor, struct lx_index *index,
			 struct lx_member *member)
{
	for (;;) {
		if (lx_cursor_take_word(cursor, "where")) {
			const struct lx_node *node = lx_cursor_need(cursor, LX_NODE_SQL, "a condition in back-quotes");
			if (!node || !lx_declare_expr(declare, node, &index->where))
				return false;
		} else if (lx_cursor_take_word(cursor, "include")) {
			if (!lx_member_names(declare, cursor, "'(' and the names of columns", &member->include))
				return false;
		} else if (lx_cursor_take_word(cursor, "with")) {
			index->storage = lx_member_options(declare, cursor);
		} else {
			return true;
		}
	}
}

void lx_index_declare(struct lx_declare *declare, const struct lx_item *item, struct lx_object *parent)
{
	struct lx_cursor cursor;
	lx_cursor_init(&cursor, declare->diags, item);
	bool is_unique = lx_cursor_take_word(&cursor, "unique");
	if (!lx_cursor_take_word(&cursor, "index") && !is_unique)
		return;
	const struct lx_node *name = lx_member_take_name(&cursor, "using");
	struct lx_member *member;
	struct lx_index *index = (struct lx_index *)lx_member_new(declare, LX_KIND_INDEX, name, item, parent, &member);
	member->complete = complete_index;
	member->shares_relations = true;
	index->is_unique = is_unique;
	bool is_fine = true;
	if (lx_cursor_take_word(&cursor, "using")) {
		const struct lx_node *method = lx_cursor_need_name(&cursor, "an index method");
		is_fine = method != NULL;
		if (method && strcmp(method->text, "btree") != 0)
			index->method = lx_declare_intern(declare, method);
	}
	is_fine = is_fine && lx_index_elements(declare, &cursor, false, &index->elements, &member->columns) &&
		  read_clauses(declare, &cursor, index, member);
	if (!is_fine) {
		lx_member_abandon(declare, &index->base);
		return;
	}
	lx_attr_parse(declare, &cursor, &index->base);
	lx_cursor_need_end(&cursor, "the index");
}

/* What the methods of core PostgreSQL cannot do (amcanunique, amcanorder, amcaninclude of the handlers). */
static const struct method {
	const char *name;
	bool can_be_unique, can_order, can_include;
} methods[] = {
    {"hash", false, false, false},  {"gin", false, false, false},  {"gist", false, false, true},
    {"spgist", false, false, true}, {"brin", false, false, false},
};

static void refuse(struct lx_declare *declare, const struct lx_index *index, const char *what)
{
	struct lx_diag *diag =
	    lx_report(declare->diags, LX_E0356, index->base.origin, "a %s index cannot %s", index->method, what);
	lx_diag_help(declare->diags, diag, "leave it out, or use a btree index");
}

static void check_method(struct lx_declare *declare, const struct lx_index *index)
{
	for (size_t i = 0; i < sizeof methods / sizeof methods[0]; i++) {
		if (strcmp(methods[i].name, index->method) != 0)
			continue;
		if (index->is_unique && !methods[i].can_be_unique)
			refuse(declare, index, "be unique");
		if (index->include.length && !methods[i].can_include)
			refuse(declare, index, "include further columns");
		LX_EACH (const struct lx_index_element *, element, &index->elements) {
			if (!element->is_descending && !element->nulls)
				continue;
			refuse(declare, index, "be ordered (asc, desc, nulls_first, nulls_last)");
			return;
		}
	}
}

void lx_index_resolve_part(struct lx_declare *declare, struct lx_object *object, const char *part_of)
{
	struct lx_object *above =
	    object->parent->kind == LX_KIND_TABLE ? ((const struct lx_table *)object->parent)->partition_of : NULL;
	if (above)
		lx_table_complete(declare, above);
	if (!part_of || (above && lx_index_link(declare->schema->arena, object)))
		return;
	struct lx_diag *diag = lx_report(declare->diags, LX_E0255, object->origin,
					 "'%s' is no index or key of a model that '%s' is a partition of", part_of,
					 object->parent->source_name);
	lx_diag_help(declare->diags, diag, "leave @part_of out, or name one of the partitioned model");
}

static void resolve_index(struct lx_declare *declare, struct lx_object *object)
{
	const struct lx_index *index = (const struct lx_index *)object;
	lx_index_resolve_part(declare, object, index->part_of);
	if (index->method)
		check_method(declare, index);
	if (index->nulls_not_distinct && !index->is_unique) {
		struct lx_diag *diag = lx_report(declare->diags, LX_W0352, object->origin,
						 "@nulls_not_distinct means nothing for an index that is not unique");
		lx_diag_help(declare->diags, diag, "remove it, or write `unique`");
	} else if (index->nulls_not_distinct && declare->target_version < FIRST_WITH_NULLS_NOT_DISTINCT) {
		lx_report(declare->diags, LX_E0352, object->origin,
			  "@nulls_not_distinct needs PostgreSQL 15; the target is %d", declare->target_version);
	}
}

void lx_index_print(struct lx_printer *printer, const struct lx_object *object);

const struct lx_kind_source lx_index_source = {
    .declare = lx_index_declare, .resolve = resolve_index, .print = lx_index_print};
