/* What a foreign key refers to, and the rules PostgreSQL has for that (transformFkeyCheckAttrs,
 * ATAddForeignKeyConstraint in src/backend/commands/tablecmds.c). SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/arena.h"
#include "check/declare.h"
#include "kinds/column/column.h"
#include "kinds/domain/domain.h"
#include "kinds/foreign_key/foreign_key.h"
#include "kinds/foreign_key/rules.h"
#include "kinds/key/key.h"
#include "kinds/index/index.h"
#include "kinds/kind.h"
#include "kinds/table/member.h"

const char *const lx_foreign_key_actions[] = {"no_action", "restrict", "cascade", "set_null", "set_default", NULL};

static const struct lx_column *column_of(const struct lx_object *table, const char *name)
{
	return (const struct lx_column *)lx_object_child(table, LX_KIND_COLUMN, name);
}

static bool find_target(struct lx_declare *declare, struct lx_foreign_key *key, const struct lx_member *member)
{
	const struct lx_node *node = member->target;
	struct lx_object *target = lx_declare_lookup(declare, LX_KIND_COUNT, node->text, node->span);
	if (!target)
		return false;
	if (target->kind != LX_KIND_TABLE) {
		struct lx_diag *diag = lx_report(declare->diags, LX_E0249, node->span,
						 "a foreign key can refer to a model only; '%s' is %s", node->text,
						 lx_member_title(declare, target->kind));
		lx_diag_label(declare->diags, diag, target->origin, "declared here");
		if (target->kind == LX_KIND_VIEW)
			lx_diag_help(declare->diags, diag, "refer to the model that the view reads");
		return false;
	}
	key->target = target;
	lx_table_complete(declare, target);
	return lx_member_columns(declare, target, &member->target_columns, &key->target_columns);
}

static bool same_set(const struct lx_vec *a, const struct lx_vec *b)
{
	if (a->length != b->length)
		return false;
	LX_EACH (const char *, name, a) {
		bool is_there = false;
		LX_EACH (const char *, other, b)
			is_there = is_there || strcmp(name, other) == 0;
		if (!is_there)
			return false;
	}
	return true;
}

/* A unique index counts too, without a condition and without expressions. */
static bool is_unique_index(const struct lx_object *object, const struct lx_vec *columns)
{
	const struct lx_index *index = (const struct lx_index *)object;
	if (!index->is_unique || index->where.text || index->elements.length != columns->length)
		return false;
	LX_EACH (const char *, name, columns) {
		bool is_there = false;
		LX_EACH (const struct lx_index_element *, element, &index->elements)
			is_there = is_there || (element->column && strcmp(element->column, name) == 0);
		if (!is_there)
			return false;
	}
	return true;
}

static bool is_unique(const struct lx_object *table, const struct lx_vec *columns)
{
	LX_EACH (const struct lx_object *, child, &table->children) {
		if (child->kind == LX_KIND_KEY && same_set(&((const struct lx_key *)child)->columns, columns))
			return true;
		if (child->kind == LX_KIND_INDEX && is_unique_index(child, columns))
			return true;
	}
	return false;
}

static void check_unique(struct lx_declare *declare, const struct lx_foreign_key *key, const struct lx_member *member)
{
	if (key->target->is_external || is_unique(key->target, &key->target_columns))
		return;
	const struct lx_node *first = member->target_columns.items[0];
	const struct lx_node *last = member->target_columns.items[member->target_columns.length - 1];
	struct lx_diag *diag =
	    lx_report(declare->diags, LX_E0253, lx_span_join(first->span, last->span),
		      "%s of '%s' is neither its primary key nor unique",
		      first == last ? "the column" : "this set of columns", key->target->source_name);
	const struct lx_column *column = column_of(key->target, key->target_columns.items[0]);
	if (key->target_columns.length == 1 && column) {
		lx_diag_label(declare->diags, diag, column->base.origin, "the column referred to");
		lx_diag_help(declare->diags, diag, "add @unique to '%s' in '%s', or refer to another column",
			     column->base.source_name, key->target->source_name);
	} else {
		lx_diag_label(declare->diags, diag, key->target->origin, "the model referred to");
		lx_diag_help(declare->diags, diag, "add 'unique (…)' with these columns to '%s'",
			     key->target->source_name);
	}
}

/* The type below domains: an equality operator exists for it or for none of its domains. */
static const struct lx_type *base_of(const struct lx_type *type)
{
	for (int depth = 0; depth < 32 && type->user && type->user->kind == LX_KIND_DOMAIN && !type->dimensions;
	     depth++)
		type = &((const struct lx_domain *)type->user)->type;
	return type;
}

/* Groups of built-in types between which PostgreSQL has equality operators in one B-tree family. */
static int family_of(const struct lx_builtin *builtin)
{
	static const struct {
		const char *name;
		int family;
	} families[] = {
	    {"int2", 1},        {"int4", 1},    {"int8", 1},   {"numeric", 2}, {"float4", 3}, {"float8", 3},
	    {"text", 4},        {"varchar", 4}, {"char", 4},   {"name", 4},    {"date", 6},   {"timestamp", 6},
	    {"timestamptz", 6}, {"bit", 7},     {"varbit", 7}, {"inet", 8},    {"cidr", 8},
	};
	for (size_t i = 0; i < sizeof families / sizeof families[0]; i++)
		if (strcmp(families[i].name, builtin->name) == 0)
			return families[i].family;
	return 0;
}

/* Widening on the way to the referenced type is fine too: an int4 may refer to a numeric, not the other way round. */
static bool is_widening(const struct lx_builtin *from, const struct lx_builtin *to)
{
	int a = family_of(from), b = family_of(to);
	return (a == 1 && (b == 2 || b == 3)) || (a == 2 && b == 3);
}

static bool are_compatible(const struct lx_type *from, const struct lx_type *to)
{
	from = base_of(from);
	to = base_of(to);
	if (from->dimensions != to->dimensions)
		return false;
	if (from->builtin && to->builtin) {
		int family = family_of(from->builtin);
		return from->builtin == to->builtin || (family && family == family_of(to->builtin)) ||
		       is_widening(from->builtin, to->builtin);
	}
	if (from->user && to->user)
		return from->user == to->user;
	if ((from->user && from->user->kind == LX_KIND_ENUM) || (to->user && to->user->kind == LX_KIND_ENUM))
		return false;
	return true; /* a type of an extension: PostgreSQL judges */
}

static const char *type_text(struct lx_declare *declare, const struct lx_type *type)
{
	const char *text = lx_arena_printf(
	    declare->arena, "%s%s%s%s", type->user ? type->user->source_name : type->name, type->modifiers ? "(" : "",
	    type->modifiers ? type->modifiers : "", type->modifiers ? ")" : "");
	for (unsigned i = 0; i < type->dimensions && i < 8; i++)
		text = lx_arena_printf(declare->arena, "%s[]", text);
	return text;
}

static void check_types(struct lx_declare *declare, const struct lx_foreign_key *key)
{
	for (size_t i = 0; i < key->columns.length; i++) {
		const struct lx_column *from = column_of(key->base.parent, key->columns.items[i]);
		const struct lx_column *to = column_of(key->target, key->target_columns.items[i]);
		if (!from || !to || are_compatible(&from->type, &to->type))
			continue;
		const char *wanted = type_text(declare, &to->type);
		struct lx_span span = lx_column_type_span(&from->base);
		struct lx_diag *diag =
		    lx_report(declare->diags, LX_E0341, span,
			      "'%s' is %s, but '%s.%s' is %s: the two cannot be compared", from->base.source_name,
			      type_text(declare, &from->type), key->target->source_name, to->base.source_name, wanted);
		lx_diag_label(declare->diags, diag, lx_column_type_span(&to->base), "the type referred to");
		lx_diag_help(declare->diags, diag, "use the type of the column referred to");
		if (!to->type.user && !to->type.is_raw)
			lx_diag_fix(declare->diags, diag, span, wanted, "use the type of the column referred to");
	}
}

/* PostgreSQL takes it, and refuses every delete and update that would do it. */
static void check_action(struct lx_declare *declare, const struct lx_foreign_key *key, const struct lx_vec *columns,
			 int action, const char *word)
{
	if (action != LX_SET_NULL && action != LX_SET_DEFAULT)
		return;
	LX_EACH (const char *, name, columns) {
		const struct lx_column *column = column_of(key->base.parent, name);
		bool has_default = column && (column->default_value.text || column->identity);
		if (!column || column->is_nullable || (action == LX_SET_DEFAULT && has_default))
			continue;
		struct lx_diag *diag =
		    lx_report(declare->diags, action == LX_SET_NULL ? LX_W0342 : LX_W0348, key->base.origin,
			      "@%s(%s), but '%s' cannot be null%s", word, lx_foreign_key_actions[action],
			      column->base.source_name, action == LX_SET_DEFAULT ? " and has no default" : "");
		lx_diag_label(declare->diags, diag, lx_column_type_span(&column->base),
			      "not nullable: there is no '?' here");
		lx_diag_help(declare->diags, diag, "add '?' behind the type, or choose another action");
	}
}

/* Field names into SQL names, in place. */
static void find_columns(struct lx_declare *declare, const struct lx_object *object, struct lx_vec *names)
{
	for (size_t i = 0; i < names->length; i++) {
		const struct lx_object *column =
		    lx_declare_column(declare, object->parent, names->items[i], object->origin);
		if (column)
			names->items[i] = (char *)(uintptr_t)column->name;
	}
}

void lx_foreign_key_resolve(struct lx_declare *declare, struct lx_object *object)
{
	struct lx_foreign_key *key = (struct lx_foreign_key *)object;
	const struct lx_member *member = lx_declare_kept(object);
	if (!find_target(declare, key, member))
		return;
	if (key->columns.length != key->target_columns.length) {
		struct lx_diag *diag = lx_report(declare->diags, LX_E0252, object->origin, "%u columns refer to %u",
						 key->columns.length, key->target_columns.length);
		lx_diag_help(declare->diags, diag, "name as many columns of '%s' behind '->' as before it",
			     key->target->source_name);
		return;
	}
	find_columns(declare, object, &key->on_delete_columns);
	if (!key->is_period)
		check_unique(declare, key, member);
	check_types(declare, key);
	check_action(declare, key, key->on_delete_columns.length ? &key->on_delete_columns : &key->columns,
		     key->on_delete, "on_delete");
	check_action(declare, key, &key->columns, key->on_update, "on_update");
}
