/* SPDX-License-Identifier: Apache-2.0 */
#include <stdint.h>
#include <string.h>

#include "base/arena.h"
#include "check/declare.h"
#include "kinds/kind.h"
#include "kinds/policy/policy.h"
#include "kinds/table/member.h"

static const char *const commands[] = {"all", "select", "insert", "update", "delete", NULL};

static int compare_strings(const void *a, const void *b, void *context)
{
	(void)context;
	return strcmp(a, b);
}

static bool complete_policy(struct lx_declare *declare, struct lx_object *object, struct lx_member *member)
{
	struct lx_policy *policy = (struct lx_policy *)object;
	LX_EACH (const struct lx_node *, node, &member->columns) {
		const char *role = lx_member_role(declare, node);
		bool is_there = !role || strcmp(role, "public") == 0; /* public is what no role means */
		LX_EACH (const char *, other, &policy->roles)
			is_there = is_there || strcmp(other, role) == 0;
		if (!is_there)
			lx_vec_push(declare->schema->arena, &policy->roles, (void *)(uintptr_t)role);
		else if (role && strcmp(role, "public") == 0 && member->columns.length > 1)
			lx_report(declare->diags, LX_E0255, node->span, "'public' is every role: leave the others out");
	}
	lx_vec_sort(declare->schema->arena, &policy->roles, compare_strings, NULL);
	return true;
}

static bool read_roles(struct lx_declare *declare, struct lx_cursor *cursor, struct lx_member *member)
{
	do {
		const struct lx_node *role = lx_cursor_need_name(cursor, "the name of a role");
		if (!role)
			return false;
		lx_vec_push(declare->arena, &member->columns, (void *)(uintptr_t)role);
	} while (lx_cursor_take_punct(cursor, ','));
	return true;
}

static bool read_expr(struct lx_declare *declare, struct lx_cursor *cursor, struct lx_expr *out)
{
	const struct lx_node *node = lx_cursor_need(cursor, LX_NODE_SQL, "a condition in back-quotes");
	return node && lx_declare_expr(declare, node, out);
}

static bool read_clauses(struct lx_declare *declare, struct lx_cursor *cursor, struct lx_policy *policy,
			 struct lx_member *member)
{
	for (;;) {
		bool is_fine = true;
		if (lx_cursor_take_word(cursor, "for")) {
			const struct lx_node *word = lx_cursor_need_name(cursor, "a command");
			const char *command =
			    word ? lx_member_choice(declare, word, "a command of a policy", commands) : NULL;
			if (command)
				policy->command = command;
			is_fine = word != NULL;
		} else if (lx_cursor_take_word(cursor, "to")) {
			is_fine = read_roles(declare, cursor, member);
		} else if (lx_cursor_take_word(cursor, "using")) {
			is_fine = read_expr(declare, cursor, &policy->using_expr);
		} else if (lx_cursor_take_word(cursor, "with")) {
			is_fine = lx_cursor_need_word(cursor, "check") && read_expr(declare, cursor, &policy->check);
		} else {
			return true;
		}
		if (!is_fine)
			return false;
	}
}

static void declare_policy(struct lx_declare *declare, const struct lx_item *item, struct lx_object *parent)
{
	struct lx_cursor cursor;
	lx_cursor_init(&cursor, declare->diags, item);
	if (!lx_cursor_need_word(&cursor, "policy"))
		return;
	const struct lx_node *name = lx_cursor_need_name(&cursor, "the name of the policy");
	if (!name)
		return;
	struct lx_member *member;
	struct lx_policy *policy =
	    (struct lx_policy *)lx_member_new(declare, LX_KIND_POLICY, name, item, parent, &member);
	member->complete = complete_policy;
	policy->command = "all";
	if (!read_clauses(declare, &cursor, policy, member)) {
		lx_member_abandon(declare, &policy->base);
		return;
	}
	lx_attr_parse(declare, &cursor, &policy->base);
	lx_cursor_need_end(&cursor, "the policy");
}

/* CreatePolicy in src/backend/commands/policy.c. */
static void resolve_policy(struct lx_declare *declare, struct lx_object *object)
{
	const struct lx_policy *policy = (const struct lx_policy *)object;
	bool is_insert = strcmp(policy->command, "insert") == 0;
	bool only_reads = strcmp(policy->command, "select") == 0 || strcmp(policy->command, "delete") == 0;
	if (is_insert && policy->using_expr.text) {
		struct lx_diag *diag = lx_report(declare->diags, LX_E0349, policy->using_expr.span,
						 "a policy for insert has no 'using': there is no row yet");
		lx_diag_help(declare->diags, diag, "write 'with check' instead");
	}
	if (only_reads && policy->check.text) {
		struct lx_diag *diag =
		    lx_report(declare->diags, LX_E0349, policy->check.span,
			      "a policy for %s has no 'with check': it makes no new rows", policy->command);
		lx_diag_help(declare->diags, diag, "write 'using' instead");
	}
}

void lx_policy_print(struct lx_printer *printer, const struct lx_object *object);

const struct lx_kind_source lx_policy_source = {
    .declare = declare_policy, .resolve = resolve_policy, .print = lx_policy_print};
