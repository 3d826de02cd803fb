/* Quoting, renames, losses, hazards and order of plans.  What the statements do to a catalog is proved on a server
 * (tests/live/plan.sh).
 * SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "check/compile.h"
#include "diag/diag.h"
#include "diff/diff.h"
#include "ir/schema.h"
#include "kinds/kind.h"
#include "plan/plan.h"
#include "sql/emit.h"

static void give_up(void *context, size_t wanted)
{
	(void)context, (void)wanted;
	abort();
}

static int open_arena(void **state)
{
	*state = lx_arena_open(0, give_up, NULL);
	return 0;
}

static int close_arena(void **state)
{
	lx_arena_close(*state);
	return 0;
}

static struct lx_schema *compile(struct lx_arena *arena, const char *text)
{
	struct lx_diags *diags = LX_NEW(arena, struct lx_diags);
	struct lx_compile_options options = {.target_version = 15};
	const char *whole = lx_arena_printf(arena, "lexo 1\n%s\n", text);
	lx_diags_init(diags, arena);
	struct lx_schema *schema = lx_compile_text(arena, diags, "test.lexo", whole, strlen(whole), &options);
	if (diags->errors)
		fail_msg("%s", ((const struct lx_diag *)diags->list.items[0])->message);
	return schema;
}

struct result {
	const struct lx_diff *diff;
	const struct lx_plan *plan;
	const char *text;
};

static struct result plan(struct lx_arena *arena, const char *old, const char *new, bool is_reverse)
{
	struct lx_buffer out = LX_BUFFER_INIT;
	struct lx_schema *from = compile(arena, old), *to = compile(arena, new);
	struct result result = {.diff = lx_diff(arena, from, to, is_reverse)};
	result.plan = lx_plan(arena, from, to, result.diff);
	lx_plan_print(&out, result.plan);
	result.text = lx_arena_string(arena, lx_buffer_text(&out));
	lx_buffer_free(&out);
	return result;
}

static void names_are_quoted_as_postgresql_does(void **state)
{
	static const char *const plain[] = {"a", "_a1", "users", "name", "type", "abort"};
	static const char *const quoted[] = {"",       "A",       "1a",   "a b", "a$",     "user",
					     "select", "between", "left", "int", "système"};
	(void)state;
	for (size_t i = 0; i < sizeof plain / sizeof plain[0]; i++)
		assert_false(lx_name_needs_quotes(plain[i]));
	for (size_t i = 0; i < sizeof quoted / sizeof quoted[0]; i++)
		assert_true(lx_name_needs_quotes(quoted[i]));
	assert_true(lx_is_sql_keyword("SELECT", 6));
	assert_false(lx_is_sql_keyword("selects", 7));
}

static void quotes_are_doubled(void **state)
{
	struct lx_buffer out = LX_BUFFER_INIT;
	(void)state;
	lx_quote_name(&out, "a\"; DROP TABLE b; --");
	lx_quote_literal(&out, "it's \\ $$");
	assert_string_equal(lx_buffer_text(&out), "\"a\"\"; DROP TABLE b; --\"'it''s \\ $$'");
	lx_buffer_free(&out);
}

static const char *write_body(struct lx_arena *arena, const char *body)
{
	struct lx_vec statements = {0};
	struct lx_sql sql = {.arena = arena, .statements = &statements};
	lx_sql_body(&sql, body);
	lx_sql_end(&sql);
	lx_buffer_free(&sql.text);
	return ((const struct lx_statement_text *)statements.items[0])->sql;
}

static void a_body_cannot_close_itself(void **state)
{
	assert_string_equal(write_body(*state, "x"), "$$x$$");
	assert_string_equal(write_body(*state, "a $$ b"), "$body$a $$ b$body$");
	assert_string_equal(write_body(*state, "a$"), "$body$a$$body$");
	assert_string_equal(write_body(*state, "$$ $body"), "$body1$$$ $body$body1$");
}

static void options_keep_commas_in_values(void **state)
{
	const char *options = "a=1, b=x, y, c.d=", *name, *value;
	assert_true(lx_sql_next_option(*state, &options, &name, &value));
	assert_true(lx_sql_next_option(*state, &options, &name, &value));
	assert_string_equal(name, "b");
	assert_string_equal(value, "x, y");
	assert_true(lx_sql_next_option(*state, &options, &name, &value));
	assert_string_equal(name, "c.d");
	assert_string_equal(value, "");
	assert_false(lx_sql_next_option(*state, &options, &name, &value));
}

static void every_kind_has_its_sql(void **state)
{
	(void)state;
	for (int kind = 0; kind < LX_KIND_COUNT; kind++) {
		const struct lx_kind_sql *sql = lx_kind_sql((enum lx_kind)kind);
		assert_non_null(sql);
		assert_true(!sql->create == !sql->drop);
		assert_true(!sql->rename || sql->identity);
	}
}

static void a_rename_is_no_drop(void **state)
{
	struct result up = plan(*state, "model A { id int8 @id\n a text }",
				"model A { id int8 @id\n b text @renamed(from: a) }", false);
	assert_string_equal(up.text, "ALTER TABLE public.a RENAME COLUMN a TO b;\n");
	assert_int_equal(up.plan->losses.length, 0);
	struct result down = plan(*state, "model A { id int8 @id\n b text @renamed(from: a) }",
				  "model A { id int8 @id\n a text }", true);
	assert_string_equal(down.text, "ALTER TABLE public.a RENAME COLUMN b TO a;\n");
}

static void a_guess_is_not_acted_upon(void **state)
{
	struct result up = plan(*state, "model A { id int8 @id\n a text }", "model A { id int8 @id\n b text }", false);
	assert_int_equal(up.diff->renames.length, 1);
	assert_int_equal(up.plan->losses.length, 1);
	assert_non_null(strstr(up.text, "DROP COLUMN a"));
	struct result other =
	    plan(*state, "model A { id int8 @id\n a text }", "model A { id int8 @id\n b int4 }", false);
	assert_int_equal(other.diff->renames.length, 0);
	struct result tables =
	    plan(*state, "model A { id int8 @id\n a text }", "model B { id int8 @id\n a text }", false);
	assert_int_equal(tables.diff->renames.length, 1);
}

static void what_is_allowed_is_no_loss(void **state)
{
	struct result column =
	    plan(*state, "model A { id int8 @id\n a text }", "model A @allow(drop_column) { id int8 @id }", false);
	assert_int_equal(column.plan->losses.length, 0);
	struct result label = plan(*state, "enum E { a, b }\nmodel A { id int8 @id\n e E }",
				   "enum E { a }\nmodel A { id int8 @id\n e E }", false);
	assert_int_equal(label.plan->losses.length, 1);
	struct result type = plan(*state, "model A { id int8 @id\n a numeric(10,4) }",
				  "model A { id int8 @id\n a numeric(10,2) }", false);
	assert_int_equal(type.plan->losses.length, 1);
	struct result wider =
	    plan(*state, "model A { id int8 @id\n a int4 }", "model A { id int8 @id\n a int8 }", false);
	assert_int_equal(wider.plan->losses.length, 0);
	assert_true(((const struct lx_statement_text *)wider.plan->statements.items[0])->hazards & LX_HAZARD_REWRITE);
}

static void concurrent_indexes_leave_the_transaction(void **state)
{
	const char *without = "model A { id int8 @id\n a text }";
	const char *with = "model A { id int8 @id\n a text\n index (a) @concurrently }";
	struct result up = plan(*state, without, with, false);
	assert_string_equal(up.text,
			    "-- lexo:step transaction=none\n\nCREATE INDEX CONCURRENTLY a_a_idx ON public.a (a);\n");
	struct result down = plan(*state, with, without, true);
	assert_string_equal(down.text, "-- lexo:step transaction=none\n\nDROP INDEX CONCURRENTLY public.a_a_idx;\n");
	struct result first = plan(*state, "", with, false);
	assert_null(strstr(first.text, "CONCURRENTLY"));
}

static void a_label_is_not_used_before_it_is_there(void **state)
{
	struct result alone = plan(*state, "enum E { a }\nmodel A { id int8 @id\n e E = a }",
				   "enum E { a, b }\nmodel A { id int8 @id\n e E = a }", false);
	assert_string_equal(alone.text, "ALTER TYPE public.e ADD VALUE 'b';\n");
	struct result used = plan(*state, "enum E { a }\nmodel A { id int8 @id\n e E = a }",
				  "enum E { a, b }\nmodel A { id int8 @id\n e E = b }", false);
	assert_null(strstr(used.text, "ADD VALUE"));
	assert_non_null(strstr(used.text, "USING e::text::public.e"));
}

static void foreign_keys_in_a_circle_are_cut(void **state)
{
	const char *circle =
	    "model A { id int8 @id\n b_id int8? -> B.id }\nmodel B { id int8 @id\n a_id int8? -> A.id }";
	struct result up = plan(*state, "", circle, false), down = plan(*state, circle, "", true);
	assert_int_equal(up.plan->statements.length, 4);
	assert_int_equal(down.plan->statements.length, 3);
}

static void external_objects_are_left_alone(void **state)
{
	struct result up =
	    plan(*state, "", "model A @external { id int8 @id }\nmodel B { id int8 @id\n a_id int8 -> A.id }", false);
	assert_null(strstr(up.text, "CREATE TABLE public.a "));
	assert_non_null(strstr(up.text, "REFERENCES public.a (id)"));
}

static void a_revoke_keeps_the_columns(void **state)
{
	struct result up = plan(*state,
				"role r @external\nmodel A { id int8 @id\n a text }\ngrant select on A to r\n"
				"grant select on A(a) to r",
				"role r @external\nmodel A { id int8 @id\n a text }\ngrant select on A(a) to r", false);
	assert_string_equal(up.text,
			    "REVOKE SELECT ON TABLE public.a FROM r;\n\nGRANT SELECT (a) ON TABLE public.a TO r;\n");
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, open_arena, close_arena)
	const struct CMUnitTest tests[] = {
	    TEST(names_are_quoted_as_postgresql_does),
	    TEST(quotes_are_doubled),
	    TEST(a_body_cannot_close_itself),
	    TEST(options_keep_commas_in_values),
	    TEST(every_kind_has_its_sql),
	    TEST(a_rename_is_no_drop),
	    TEST(a_guess_is_not_acted_upon),
	    TEST(what_is_allowed_is_no_loss),
	    TEST(concurrent_indexes_leave_the_transaction),
	    TEST(a_label_is_not_used_before_it_is_there),
	    TEST(foreign_keys_in_a_circle_are_cut),
	    TEST(external_objects_are_left_alone),
	    TEST(a_revoke_keeps_the_columns),
	};
	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
