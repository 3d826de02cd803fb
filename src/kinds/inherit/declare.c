/* SPDX-License-Identifier: Apache-2.0 */
#include "kinds/inherit/declare.h"

#include "base/arena.h"
#include "check/declare.h"
#include "kinds/inherit/inherit.h"
#include "kinds/kind.h"
#include "kinds/table/columns.h"
#include "kinds/table/member.h"
#include "kinds/table/table.h"

static bool complete(struct lx_declare *declare, struct lx_object *object, struct lx_member *member)
{
	struct lx_table *table = (struct lx_table *)object->parent;
	struct lx_object *of = lx_table_find_above(declare, &table->base, member->target);
	if (!of)
		return false;
	object->name =
	    lx_schema_intern_string(declare->schema, lx_arena_printf(declare->arena, "%s.%s", of->schema, of->name));
	object->source_name = object->name;
	((struct lx_inherit *)object)->of = of;
	lx_vec_push(declare->schema->arena, &table->inherits, of);
	lx_schema_add(declare->schema, object);
	lx_table_take_columns(declare, &table->base, of);
	return false; /* its name, which only tells it apart, may be longer than PostgreSQL's names */
}

void lx_inherit_annotation(struct lx_declare *declare, const struct lx_node *annotation, struct lx_object *table)
{
	struct lx_cursor cursor;
	lx_cursor_enter(&cursor, declare->diags, annotation);
	do {
		const struct lx_node *name = lx_cursor_need_name(&cursor, "the name of a model");
		if (!name)
			return;
		const struct lx_item item = {.span = name->span};
		struct lx_member *member;
		struct lx_object *object = lx_member_new(declare, LX_KIND_INHERIT, NULL, &item, table, &member);
		object->is_named = true;
		member->target = name;
		member->complete = complete;
	} while (lx_cursor_take_punct(&cursor, ','));
	lx_cursor_need_end(&cursor, "the models");
}

/* The table reads and prints it. */
const struct lx_kind_source lx_inherit_source = {.declare = NULL};
