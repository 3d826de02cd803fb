/* What a model says never becomes code: the sinks of generated C, and C names.
 * SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "codegen/names.h"
#include "codegen/text.h"

static struct lx_c_text text;

static const char *shown(void)
{
	return lx_buffer_text(&text.out);
}

static int begin(void **state)
{
	(void)state;
	text = (struct lx_c_text){LX_BUFFER_INIT};
	return 0;
}

static int end(void **state)
{
	(void)state;
	lx_buffer_free(&text.out);
	return 0;
}

static void test_literals(void **state)
{
	(void)state;
	lx_c_print(&text, "%q %q %q", "plain text, 100%", "\"\\\n?\?/7", "\303\274\177");
	assert_string_equal(shown(), "\"plain text, 100\\045\" \"\\042\\134\\012\\077\\077/7\" \"\\303\\274\\177\"");
	for (int byte = 1; byte < 256; byte++) { /* no byte but letters and harmless signs stands for itself */
		char one[2] = {(char)byte, 0};
		lx_buffer_clear(&text.out);
		lx_c_print(&text, "%q", one);
		assert_true(text.out.length == 3 || text.out.length == 6);
		assert_true(text.out.length == 6 || (byte >= 32 && byte < 127 && !strchr("\"\\?%", byte)));
	}
}

static void test_comments(void **state)
{
	(void)state;
	static const char *const rows[][2] = {
	    {"a */ int x; /* b", "a * / int x; / * b"},
	    {"**/", "** /"},
	    {"/*/", "/ * /"},
	    {"\\", "|"},
	    {"?\?/", "? ?/"},
	    {"a\tb\033[0m", "a b [0m"},
	    {"\342\200\256x", "<U+202E>x"},
	    {"\360\237\230\200", "<U+01F600>"},
	};
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		lx_buffer_clear(&text.out);
		lx_c_print(&text, "%c", rows[i][0]);
		assert_string_equal(shown(), rows[i][1]);
	}
	lx_buffer_clear(&text.out);
	lx_c_print(&text, "/%c", "*"); /* not even together with what stands before */
	assert_string_equal(shown(), "/ *");
	lx_buffer_clear(&text.out);
	lx_c_doc(&text, 1, "one\n\n/two\\", "use three */");
	assert_string_equal(shown(), "\t/* one\n\t *\n\t * /two|\n\t * Deprecated:\n\t * use three * / */\n");
	lx_buffer_clear(&text.out);
	lx_c_doc(&text, 0, "\n/", NULL);
	assert_null(strstr(shown() + 2, "*/\n/"));
}

static void test_identifiers(void **state)
{
	(void)state;
	lx_c_print(&text, "%i|%i|%u|%x|%%", "app_user", "x;int y", 42u, (uint64_t)0xabc);
	assert_string_equal(shown(), "app_user|x_int_y|42|0000000000000abc|%");
}

struct names_state {
	struct lx_arena *arena;
	struct lx_diags diags;
	struct lx_names names;
};

static void full(void *context, size_t wanted)
{
	(void)context;
	(void)wanted;
	abort();
}

static void open_names(struct names_state *names)
{
	*names = (struct names_state){0};
	names->arena = lx_arena_open(0, full, NULL);
	lx_diags_init(&names->diags, names->arena);
	names->names.arena = names->arena;
	names->names.diags = &names->diags;
}

static void test_snake_case(void **state)
{
	(void)state;
	struct names_state names;
	open_names(&names);
	static const char *const rows[][2] = {
	    {"User", "user"},
	    {"UserRole", "user_role"},
	    {"HTTPServer2", "http_server2"},
	    {"createdAt", "created_at"},
	    {"Odd Name", "odd_name"},
	    {"1st", "x1st"},
	    {"", "x"},
	    {"gr\303\274n", "gr_n"},
	    {"_hidden", "x_hidden"},
	};
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		assert_string_equal(lx_name_snake(names.arena, "", rows[i][0]), rows[i][1]);
	assert_string_equal(lx_name_snake(names.arena, "app_", "1st"), "app_1st");
	assert_string_equal(lx_name_upper(names.arena, "APP_", "readOnly"), "APP_READ_ONLY");
	lx_arena_close(names.arena);
}

static void test_members(void **state)
{
	(void)state;
	struct names_state names;
	open_names(&names);
	lx_name_take(&names.names, "app_role", LX_NO_SPAN, "a type");
	static const char *const rows[][2] = {
	    {"email", "email"},        {"class", "class_"},
	    {"errno", "errno_"},       {"linux", "linux_"},
	    {"set", "set_"},           {"lexo_str", "x_lexo_str"},
	    {"app_role", "app_role_"}, {"int64_t", "int64_t_"},
	    {"NULL", "null"},          {"EOF", "eof"},
	};
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		assert_string_equal(lx_name_field(&names.names, rows[i][0]), rows[i][1]);
	lx_arena_close(names.arena);
}

static void test_clashes(void **state)
{
	(void)state;
	struct names_state names;
	open_names(&names);
	uint32_t file = lx_diags_source(&names.diags, "x.lexo", "model A\nmodel B\n", 16);
	lx_name_take(&names.names, "app_a", (struct lx_span){file, 6, 7}, "the struct of a row");
	assert_int_equal(names.diags.errors, 0);
	lx_name_take(&names.names, "app_a", (struct lx_span){file, 14, 15}, "the struct of an insert");
	assert_int_equal(names.diags.errors, 1);
	const struct lx_diag *diag = names.diags.list.items[0];
	assert_int_equal(diag->code, LX_E0501);
	assert_int_equal(diag->span.start, 14);
	assert_non_null(diag->labels);
	assert_int_equal(diag->labels->span.start, 6);
	static const char *const bad[] = {"", "1a", "a-b", "int", "lexo_x", "LEXO_X", "_x", "a b", "a;b"};
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
		assert_false(lx_name_check(&names.names, bad[i], LX_NO_SPAN, "a type"));
	assert_true(lx_name_check(&names.names, "lx_user_", LX_NO_SPAN, "a type"));
	lx_arena_close(names.arena);
}

int main(void)
{
	cmocka_set_message_output(CM_OUTPUT_TAP);
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(test_literals, begin, end),
	    cmocka_unit_test_setup_teardown(test_comments, begin, end),
	    cmocka_unit_test_setup_teardown(test_identifiers, begin, end),
	    cmocka_unit_test(test_snake_case),
	    cmocka_unit_test(test_members),
	    cmocka_unit_test(test_clashes),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
