/* SPDX-License-Identifier: Apache-2.0 */
#include <stdint.h>
#include <string.h>

#include "base/arena.h"
#include "check/declare.h"
#include "kinds/column/column.h"
#include "kinds/key/key.h"
#include "kinds/index/parts.h"
#include "kinds/kind.h"
#include "kinds/table/member.h"

enum { FIRST_WITH_NULLS_NOT_DISTINCT = 15 };

static bool is_second_primary(struct lx_declare *declare, const struct lx_object *object)
{
	LX_EACH (const struct lx_object *, other, &object->parent->children) {
		if (other->kind != LX_KIND_KEY || !((const struct lx_key *)other)->is_primary)
			continue;
		struct lx_diag *diag = lx_report(declare->diags, LX_E0240, object->origin, "'%s' has two primary keys",
						 object->parent->source_name);
		lx_diag_label(declare->diags, diag, other->origin, "the first one");
		lx_diag_help(declare->diags, diag,
			     "for a key of several columns write 'primary key (a, b)' once, without @id on the fields");
		return true;
	}
	return false;
}

static void check_primary_columns(struct lx_declare *declare, const struct lx_key *key, const struct lx_member *member)
{
	for (size_t i = 0; i < key->columns.length && i < member->columns.length; i++) {
		const struct lx_node *node = member->columns.items[i];
		const struct lx_column *column =
		    (const struct lx_column *)lx_object_child(key->base.parent, LX_KIND_COLUMN, key->columns.items[i]);
		if (!column || !column->is_nullable)
			continue;
		struct lx_diag *diag =
		    lx_report(declare->diags, LX_E0340, node->span, "a column of the primary key cannot be null");
		struct lx_span type = lx_column_type_span(&column->base);
		lx_diag_label(declare->diags, diag, type, "the '?' behind this type says that it may be");
		lx_diag_help(declare->diags, diag, "remove the '?' behind the type of '%s'", column->base.source_name);
	}
}

static bool complete_key(struct lx_declare *declare, struct lx_object *object, struct lx_member *member)
{
	struct lx_key *key = (struct lx_key *)object;
	bool is_fine = lx_member_columns(declare, object->parent, &member->columns, &key->columns);
	is_fine = lx_member_columns(declare, object->parent, &member->include, &key->include) && is_fine;
	if (!is_fine || (key->is_primary && is_second_primary(declare, object)))
		return false;
	if (key->is_primary) {
		check_primary_columns(declare, key, member);
		lx_member_default_name(declare, object, &(struct lx_vec){NULL, 0, 0}, "pkey");
		return true;
	}
	struct lx_vec all = {NULL, 0, 0}; /* PostgreSQL names after the included columns too */
	LX_EACH (const char *, column, &key->columns)
		lx_vec_push(declare->arena, &all, (void *)(uintptr_t)column);
	LX_EACH (const char *, column, &key->include)
		lx_vec_push(declare->arena, &all, (void *)(uintptr_t)column);
	lx_member_default_name(declare, object, &all, "key");
	return true;
}

static struct lx_key *new_key(struct lx_declare *declare, const struct lx_node *name, const struct lx_item *item,
			      struct lx_object *parent, struct lx_member **member)
{
	struct lx_key *key = (struct lx_key *)lx_member_new(declare, LX_KIND_KEY, name, item, parent, member);
	(*member)->complete = complete_key;
	(*member)->shares_relations = true;
	(*member)->is_constraint = true;
	return key;
}

struct lx_object *lx_key_of_field(struct lx_declare *declare, const struct lx_item *item, struct lx_object *table,
				  const struct lx_node *field, bool is_primary)
{
	struct lx_member *member;
	struct lx_key *key = new_key(declare, NULL, item, table, &member);
	key->is_primary = is_primary;
	key->base.comment = NULL; /* the line's text is about the column */
	lx_vec_push(declare->arena, &member->columns, (void *)(uintptr_t)field);
	return &key->base;
}

/* True when a "unique" line says more than a constraint can: an expression, a condition, an operator class, … */
static bool is_index(struct lx_declare *declare, const struct lx_item *item)
{
	for (const struct lx_node *node = item->first->next; node; node = node->next) {
		if (node->kind == LX_NODE_WORD &&
		    (strcmp(node->text, "where") == 0 || strcmp(node->text, "using") == 0))
			return true;
		if (node->kind == LX_NODE_WORD && strcmp(node->text, "index") == 0 && node == item->first->next)
			return true;
		if (node->kind == LX_NODE_ANNOTATION &&
		    (strcmp(node->text, "concurrently") == 0 || strcmp(node->text, "tablespace") == 0))
			return true;
	}
	const struct lx_node *group = item->first->next;
	while (group && group->kind != LX_NODE_PAREN)
		group = group->next;
	if (!group)
		return false;
	struct lx_cursor inside;
	lx_cursor_enter(&inside, declare->diags, group);
	do {
		if (!lx_cursor_take_name(&inside))
			return lx_cursor_take(&inside, LX_NODE_SQL) != NULL;
		if (inside.at && !lx_cursor_is_punct(&inside, ','))
			return inside.at->kind == LX_NODE_WORD || inside.at->kind == LX_NODE_QUOTED;
	} while (lx_cursor_take_punct(&inside, ','));
	return false;
}

static void declare_key(struct lx_declare *declare, const struct lx_item *item, struct lx_object *parent)
{
	struct lx_cursor cursor;
	lx_cursor_init(&cursor, declare->diags, item);
	bool is_primary = lx_cursor_take_word(&cursor, "primary");
	if (is_primary)
		lx_cursor_need_word(&cursor, "key");
	else if (lx_cursor_need_word(&cursor, "unique") && is_index(declare, item)) {
		lx_index_declare(declare, item, parent);
		return;
	}
	if (cursor.has_failed)
		return;
	const struct lx_node *name = lx_cursor_take_name(&cursor);
	struct lx_member *member;
	struct lx_key *key = new_key(declare, name, item, parent, &member);
	key->is_primary = is_primary;
	if (!lx_member_names(declare, &cursor, "'(' and the names of columns", &member->columns)) {
		lx_member_abandon(declare, &key->base);
		return;
	}
	for (;;) {
		if (lx_cursor_take_word(&cursor, "include"))
			lx_member_names(declare, &cursor, "'(' and the names of columns", &member->include);
		else if (lx_cursor_take_word(&cursor, "with"))
			key->backing.storage = lx_member_options(declare, &cursor);
		else
			break;
	}
	lx_attr_parse(declare, &cursor, &key->base);
	lx_cursor_need_end(&cursor, is_primary ? "the primary key" : "the unique constraint");
}

static void resolve_key(struct lx_declare *declare, struct lx_object *object)
{
	const struct lx_key *key = (const struct lx_key *)object;
	lx_index_resolve_part(declare, object, key->part_of);
	if (!key->nulls_not_distinct)
		return;
	if (key->is_primary)
		lx_report(declare->diags, LX_E0352, object->origin,
			  "@nulls_not_distinct means nothing for a primary key: its columns are never null");
	else if (declare->target_version < FIRST_WITH_NULLS_NOT_DISTINCT)
		lx_report(declare->diags, LX_E0352, object->origin,
			  "@nulls_not_distinct needs PostgreSQL 15; the target is %d", declare->target_version);
}

void lx_key_print(struct lx_printer *printer, const struct lx_object *object);

const struct lx_kind_source lx_key_source = {.declare = declare_key, .resolve = resolve_key, .print = lx_key_print};
