/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "check/declare.h"
#include "kinds/kind.h"
#include "kinds/rule/rule.h"
#include "kinds/table/member.h"
#include "kinds/table/print.h"
#include "snapshot/printer.h"

static const char *const modes[] = {"also", "instead", NULL};
static const char *const events[] = {"select", "insert", "update", "delete", NULL};

static const char *read_choice(struct lx_declare *declare, struct lx_cursor *cursor, const char *expected,
			       const char *what, const char *const *choices)
{
	const struct lx_node *word = lx_cursor_need_name(cursor, expected);
	return word ? lx_member_choice(declare, word, what, choices) : NULL;
}

/* "instead update when `…` do $$ … $$", or "do nothing". */
static bool read_rule(struct lx_declare *declare, struct lx_cursor *cursor, struct lx_rule *rule)
{
	const char *mode = read_choice(declare, cursor, "also or instead", "a mode of a rule", modes);
	if (!mode)
		return false;
	rule->is_instead = strcmp(mode, "instead") == 0;
	rule->event = read_choice(declare, cursor, "insert, update, delete or select", "an event of a rule", events);
	if (!rule->event)
		return false;
	if (lx_cursor_take_word(cursor, "when")) {
		const struct lx_node *node = lx_cursor_need(cursor, LX_NODE_SQL, "a condition in back-quotes");
		if (!node || !lx_declare_expr(declare, node, &rule->when))
			return false;
	}
	if (!lx_cursor_need_word(cursor, "do"))
		return false;
	if (lx_cursor_take_word(cursor, "nothing"))
		return true;
	const struct lx_node *body = lx_cursor_need(cursor, LX_NODE_BODY, "nothing, or $$ and statements");
	return body && lx_declare_body(declare, body, false, &rule->actions);
}

static void declare_rule(struct lx_declare *declare, const struct lx_item *item, struct lx_object *parent)
{
	struct lx_cursor cursor;
	lx_cursor_init(&cursor, declare->diags, item);
	if (!lx_cursor_need_word(&cursor, "rule"))
		return;
	const struct lx_node *name = lx_cursor_need_name(&cursor, "the name of the rule");
	if (!name)
		return;
	struct lx_member *member;
	struct lx_rule *rule = (struct lx_rule *)lx_member_new(declare, LX_KIND_RULE, name, item, parent, &member);
	if (!read_rule(declare, &cursor, rule)) {
		lx_member_abandon(declare, &rule->base);
		return;
	}
	lx_attr_parse(declare, &cursor, &rule->base);
	lx_cursor_need_end(&cursor, "the rule");
}

static void print_rule(struct lx_printer *printer, const struct lx_object *object)
{
	const struct lx_rule *rule = (const struct lx_rule *)object;
	lx_print_member(printer, object, "rule");
	lx_print_text(printer, rule->is_instead ? " instead " : " also ");
	lx_print_text(printer, rule->event);
	lx_print_clause(printer, "when", &rule->when);
	lx_print_text(printer, " do ");
	if (rule->actions.text)
		lx_print_body(printer, rule->actions.text);
	else
		lx_print_text(printer, "nothing");
	lx_attr_print(printer, object);
	lx_print_end(printer);
}

const struct lx_kind_source lx_rule_source = {.declare = declare_rule, .print = print_rule};
