/* SPDX-License-Identifier: Apache-2.0 */
#include "kinds/trigger/parse.h"

#include <stdint.h>
#include <string.h>

#include "base/arena.h"
#include "check/declare.h"
#include "kinds/kind.h"
#include "kinds/table/member.h"
#include "kinds/trigger/trigger.h"

const char *const lx_trigger_timings[] = {"before", "after", "instead_of", NULL};
/* In the order in which PostgreSQL prints them (pg_get_triggerdef). */
static const char *const events[] = {"insert", "delete", "update", "truncate", NULL};

static size_t rank(const char *event)
{
	size_t i = 0;
	while (events[i] && strcmp(events[i], event) != 0)
		i++;
	return i;
}

static int compare_events(const void *a, const void *b, void *context)
{
	(void)context;
	size_t x = rank(((const struct lx_trigger_event *)a)->name),
	       y = rank(((const struct lx_trigger_event *)b)->name);
	return x < y ? -1 : x > y;
}

static bool read_event(struct lx_declare *declare, struct lx_cursor *cursor, struct lx_trigger *trigger,
		       struct lx_vec *columns)
{
	const struct lx_node *word = lx_cursor_need_name(cursor, "insert, update, delete or truncate");
	const char *name = word ? lx_member_choice(declare, word, "an event of a trigger", events) : NULL;
	if (!name)
		return false;
	LX_EACH (const struct lx_trigger_event *, other, &trigger->events) {
		if (strcmp(other->name, name) == 0) {
			lx_report(declare->diags, LX_E0264, word->span, "the event '%s' is named twice", name);
			return false;
		}
	}
	struct lx_trigger_event *event = LX_NEW(declare->schema->arena, struct lx_trigger_event);
	event->name = name;
	lx_vec_push(declare->schema->arena, &trigger->events, event);
	if (!cursor->at || cursor->at->kind != LX_NODE_PAREN)
		return true;
	if (strcmp(name, "update") != 0) {
		struct lx_diag *diag = lx_report(declare->diags, LX_E0264, cursor->at->span,
						 "only update can be limited to columns, not %s", name);
		lx_diag_help(declare->diags, diag, "write: update(…), or leave the columns out");
		return false;
	}
	return lx_member_names(declare, cursor, "the names of columns", columns);
}

/* "(" [ text { "," text } ] ")": strings, words and numbers, all of them texts for the function. */
static bool read_arguments(struct lx_declare *declare, struct lx_cursor *cursor, struct lx_trigger *trigger)
{
	const struct lx_node *group = lx_cursor_need(cursor, LX_NODE_PAREN, "'(' and the arguments, or '()'");
	if (!group)
		return false;
	struct lx_cursor inside;
	lx_cursor_enter(&inside, declare->diags, group);
	if (!inside.at)
		return true;
	do {
		bool is_negative = lx_cursor_take_punct(&inside, '-');
		const struct lx_node *node = lx_cursor_take(&inside, LX_NODE_NUMBER);
		if (!node && !is_negative)
			node = lx_cursor_take(&inside, LX_NODE_STRING);
		if (!node && !is_negative)
			node = lx_cursor_take_name(&inside);
		if (!node) {
			lx_cursor_fail(&inside, "a string, a word or a number");
			return false;
		}
		const char *text = lx_arena_printf(declare->arena, "%s%s", is_negative ? "-" : "", node->text);
		text = lx_schema_intern_string(declare->schema, text);
		lx_vec_push(declare->schema->arena, &trigger->arguments, (void *)(uintptr_t)text);
	} while (lx_cursor_take_punct(&inside, ','));
	lx_cursor_need_end(&inside, "the arguments");
	return !inside.has_failed;
}

static bool read_function(struct lx_declare *declare, struct lx_cursor *cursor, struct lx_trigger *trigger)
{
	if (!lx_cursor_need_word(cursor, "execute"))
		return false;
	const struct lx_node *name = lx_cursor_need_name(cursor, "the name of a function");
	if (name && lx_cursor_take_punct(cursor, '.')) {
		trigger->function_schema = lx_declare_intern(declare, name);
		name = lx_cursor_need_name(cursor, "the name of a function");
	}
	if (!name)
		return false;
	trigger->function = lx_declare_intern(declare, name);
	return read_arguments(declare, cursor, trigger);
}

bool lx_trigger_parse(struct lx_declare *declare, struct lx_cursor *cursor, struct lx_trigger *trigger,
		      struct lx_vec *columns)
{
	const struct lx_node *word = lx_cursor_need_name(cursor, "before, after or instead_of");
	const char *timing = word ? lx_member_choice(declare, word, "a time of a trigger", lx_trigger_timings) : NULL;
	if (!timing)
		return false;
	while (lx_trigger_timings[trigger->timing] != timing)
		trigger->timing++;
	trigger->timing++;
	do {
		if (!read_event(declare, cursor, trigger, columns))
			return false;
	} while (lx_cursor_take_punct(cursor, ','));
	lx_vec_sort(declare->schema->arena, &trigger->events, compare_events, NULL);
	if (lx_cursor_take_word(cursor, "when")) {
		const struct lx_node *node = lx_cursor_need(cursor, LX_NODE_SQL, "a condition in back-quotes");
		if (!node || !lx_declare_expr(declare, node, &trigger->when))
			return false;
	}
	return read_function(declare, cursor, trigger);
}
