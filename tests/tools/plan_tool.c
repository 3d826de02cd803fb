/* plan_tool FROM.lexo TO.lexo [reverse]: prints the SQL that turns one into the other; "empty" is nothing.  For tests:
 * a reverse plan of (A, B) is what a revision from B to A has as its downgrade.  LEXO_TEST_TARGET: the target_version.
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/fail.h"
#include "check/compile.h"
#include "diag/diag.h"
#include "diff/diff.h"
#include "ir/schema.h"
#include "plan/plan.h"
#include "sql/emit.h"

static void give_up(void *context, size_t wanted)
{
	(void)context;
	fprintf(stderr, "plan_tool: no memory for %zu bytes\n", wanted);
	exit(1);
}

static struct lx_schema *compile(struct lx_arena *arena, const char *path)
{
	struct lx_diags diags;
	struct lx_fail fail = {.status = LX_OK};
	const char *target = getenv("LEXO_TEST_TARGET");
	struct lx_compile_options options = {.target_version = target ? atoi(target) : 0};
	if (strcmp(path, "empty") == 0)
		return lx_schema_open(arena);
	lx_diags_init(&diags, arena);
	struct lx_schema *schema = lx_compile(arena, &diags, &path, 1, &options, &fail);
	if (!schema)
		fprintf(stderr, "plan_tool: %s\n", fail.message);
	LX_EACH (const struct lx_diag *, diag, &diags.list) {
		uint32_t line, column;
		lx_source_place(&diags, diag->span.file, diag->span.start, &line, &column);
		if (diag->severity == LX_ERROR)
			fprintf(stderr, "%s:%u:%u: %s: %s\n", path, line, column, lx_code_name(diag->code),
				diag->message);
	}
	if (!schema || diags.errors)
		exit(2);
	return schema;
}

static void print_guesses(struct lx_arena *arena, const struct lx_diff *diff)
{
	LX_EACH (const struct lx_rename_guess *, guess, &diff->renames)
		printf("-- may be a rename: %s to %s\n", lx_object_key(arena, guess->old),
		       lx_object_key(arena, guess->new));
}

static void print_losses(const struct lx_plan *plan)
{
	if (plan->is_irreversible)
		printf("-- irreversible: %s\n", plan->irreversible_reason);
	LX_EACH (const struct lx_statement_text *, loss, &plan->losses)
		printf("-- loss: %s\n", loss->sql);
}

int main(int count, char **words)
{
	if (count < 3) {
		fprintf(stderr, "usage: plan_tool FROM TO [reverse]\n");
		return 2;
	}
	bool is_reverse = count > 3 && strcmp(words[3], "reverse") == 0;
	struct lx_arena *arena = lx_arena_open(0, give_up, NULL);
	struct lx_buffer text = LX_BUFFER_INIT;
	const struct lx_schema *old = compile(arena, words[1]), *new = compile(arena, words[2]);
	const struct lx_diff *diff = lx_diff(arena, old, new, is_reverse);
	const struct lx_plan *plan = lx_plan(arena, old, new, diff);
	lx_plan_print(&text, plan);
	print_guesses(arena, diff);
	print_losses(plan);
	fputs(lx_buffer_text(&text), stdout);
	lx_buffer_free(&text);
	lx_arena_close(arena);
	return 0;
}
