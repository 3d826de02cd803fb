/* SPDX-License-Identifier: Apache-2.0 */
#include <stdint.h>
#include <string.h>

#include "base/arena.h"
#include "check/annotations.h"
#include "check/declare.h"
#include "kinds/foreign_key/foreign_key.h"
#include "kinds/foreign_key/rules.h"
#include "kinds/kind.h"
#include "kinds/table/member.h"

const char *const lx_foreign_key_words[] = {"on_delete", "on_update",         "match",  "deferrable", "as",
					    "inverse",   "on_delete_columns", "period", "not_valid",  "not_enforced",
					    NULL};

static bool complete_foreign_key(struct lx_declare *declare, struct lx_object *object, struct lx_member *member)
{
	struct lx_foreign_key *key = (struct lx_foreign_key *)object;
	if (!lx_member_columns(declare, object->parent, &member->columns, &key->columns))
		return false;
	lx_member_default_name(declare, object, &key->columns, "fkey");
	return true;
}

static struct lx_foreign_key *new_foreign_key(struct lx_declare *declare, const struct lx_node *name,
					      const struct lx_item *item, struct lx_object *table,
					      struct lx_member **member)
{
	struct lx_object *object = lx_member_new(declare, LX_KIND_FOREIGN_KEY, name, item, table, member);
	(*member)->complete = complete_foreign_key;
	(*member)->is_constraint = true;
	return (struct lx_foreign_key *)object;
}

/* Behind "->": Model.field */
struct lx_object *lx_foreign_key_of_field(struct lx_declare *declare, const struct lx_item *item,
					  struct lx_object *table, const struct lx_node *field,
					  struct lx_cursor *cursor)
{
	const struct lx_node *target = lx_cursor_need_name(cursor, "the model referred to");
	if (!target)
		return NULL;
	const struct lx_node *column = NULL;
	if (lx_cursor_need_punct(cursor, '.'))
		column = lx_cursor_need_name(cursor, "the field referred to");
	if (!column)
		return NULL;
	struct lx_member *member;
	struct lx_foreign_key *key = new_foreign_key(declare, NULL, item, table, &member);
	key->base.comment = NULL; /* the line's text is about the column */
	key->base.origin = lx_span_join(target->span, column->span);
	lx_vec_push(declare->arena, &member->columns, (void *)(uintptr_t)field);
	member->target = target;
	lx_vec_push(declare->arena, &member->target_columns, (void *)(uintptr_t)column);
	return &key->base;
}

/* The word in the parentheses of ANNOTATION as a 0-based index into CHOICES; 0 when it is reported. */
static int read_choice(struct lx_declare *declare, const struct lx_node *annotation, const char *what,
		       const char *const *choices)
{
	struct lx_cursor cursor;
	lx_cursor_enter(&cursor, declare->diags, annotation);
	const struct lx_node *word = lx_cursor_need(&cursor, LX_NODE_WORD, what);
	if (!word)
		return 0;
	lx_cursor_need_end(&cursor, what);
	const char *choice = lx_member_choice(declare, word, what, choices);
	for (int i = 0; choice && choices[i]; i++)
		if (choices[i] == choice)
			return i;
	return 0;
}

void lx_foreign_key_annotations(struct lx_declare *declare, struct lx_node *list, struct lx_object *object)
{
	static const char *const matches[] = {"simple", "full", NULL};
	struct lx_foreign_key *key = (struct lx_foreign_key *)object;
	const struct lx_node *annotation;
	if ((annotation = lx_annotations_find(list, "on_delete")))
		key->on_delete = read_choice(declare, annotation, "an action", lx_foreign_key_actions);
	if ((annotation = lx_annotations_find(list, "on_update")))
		key->on_update = read_choice(declare, annotation, "an action", lx_foreign_key_actions);
	if ((annotation = lx_annotations_find(list, "match")))
		key->is_match_full = read_choice(declare, annotation, "a way to match", matches) == 1;
	lx_annotations_apply(declare, list, object, NULL);
}

static void declare_foreign_key(struct lx_declare *declare, const struct lx_item *item, struct lx_object *parent)
{
	struct lx_cursor cursor;
	lx_cursor_init(&cursor, declare->diags, item);
	if (!lx_cursor_need_word(&cursor, "foreign") || !lx_cursor_need_word(&cursor, "key"))
		return;
	const struct lx_node *name = lx_cursor_take_name(&cursor);
	struct lx_member *member;
	struct lx_foreign_key *key = new_foreign_key(declare, name, item, parent, &member);
	bool is_fine = lx_member_names(declare, &cursor, "'(' and the names of columns", &member->columns) &&
		       lx_cursor_need_punct(&cursor, '>');
	if (is_fine)
		member->target = lx_cursor_need_name(&cursor, "the model referred to");
	is_fine = member->target && lx_member_names(declare, &cursor, "'(' and the names of the columns referred to",
						    &member->target_columns);
	if (!is_fine) {
		lx_member_abandon(declare, &key->base);
		return;
	}
	lx_foreign_key_annotations(declare, lx_annotations_take(declare, &cursor), &key->base);
	lx_cursor_need_end(&cursor, "the foreign key");
}

void lx_foreign_key_print(struct lx_printer *printer, const struct lx_object *object);

const struct lx_kind_source lx_foreign_key_source = {
    .declare = declare_foreign_key, .resolve = lx_foreign_key_resolve, .print = lx_foreign_key_print};
