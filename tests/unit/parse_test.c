/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "syntax/cursor.h"
#include "text.h"
#include "tree.h"

static void check_tree(const char *source, const char *expected)
{
	struct text text;
	struct lx_buffer out = LX_BUFFER_INIT;
	text_open(&text, source, strlen(source));
	text_codes(&text, &out);
	assert_string_equal(lx_buffer_text(&out), "");
	tree_dump(&out, text.file);
	assert_string_equal(lx_buffer_text(&out), expected);
	lx_buffer_free(&out);
	text_close(&text);
}

static void check_codes(const char *source, const char *expected)
{
	struct text text;
	struct lx_buffer out = LX_BUFFER_INIT;
	text_open(&text, source, strlen(source));
	text_codes(&text, &out);
	assert_string_equal(lx_buffer_text(&out), expected);
	lx_buffer_free(&out);
	text_close(&text);
}

static void tokens(void **state)
{
	(void)state;
	check_tree("", "\n");
	check_tree("\n\n  \n", "\n");
	check_tree("lexo 1", "lexo 1\n");
	check_tree("\xef\xbb\xbflexo 1\r\nx 'a'\r\n", "lexo 1\nx 'a'\n");
	check_tree("a 1_000 0.5 1e-3 'it''s' \"Odd \"\"Name\"\"\" `a``b` $$x$$ $t$ $$ $t$",
		   "a 1_000 0.5 1e-3 'it's' \"Odd \"Name\"\" `a`b` $$x$$ $$ $$ $$\n");
	check_tree("a->b.c?:-1=,", "a -> b . c ? : - 1 = ,\n");
	check_tree("f() [] {} (a,[b]) @x @y(1) @z()", "f () [] {} (a , [b]) @x @y(1) @z()\n");
	check_tree("'a\r\nb' `c\r\nd` $$e\r\nf$$", "'a\nb' `c\nd` $$e\nf$$\n");
}

static void line_rules(void **state)
{
	(void)state;
	check_tree("a\nb", "a\nb\n");
	check_tree("a\n@b\n\n  @c", "a @b @c\n");
	check_tree("a\nusing b\nwith c\nto d\nfor e\nas f\nwhere g\ninclude h\non i",
		   "a using b with c to d for e as f where g include h on i\n");
	check_tree("a\nonly b\nforeign", "a\nonly b\nforeign\n");
	check_tree("a\n\"with\" b", "a\n\"with\" b\n");
	check_tree("{\n to: 1\n for: 2\n}", "{to : 1|for : 2}\n");
	check_tree("f(a\nb\n) c", "f (a b) c\n");
	check_tree("f [a,\nb]", "f [a , b]\n");
	check_tree("a,\nb =\nc ->\nd\ne", "a , b = c -> d\ne\n");
	check_tree("f(x {\na\nb\n} y\nz)", "f (x {a|b} y z)\n");
	check_tree("m {\n}\nn {\n\n  a\n\n  b }", "m {}\nn {a|b}\n");
	check_tree("a // c\n// d\n@b", "a @b\n");
}

static void doc_comments(void **state)
{
	(void)state;
	check_tree("/// one\n///two\n///\n///   three  \na", "«one\ntwo\n\n  three»a\n");
	check_tree("//// no\n// no\na", "a\n");
	check_tree("e {\n  a,\n  /// doc\n  b\n  /// c\n  c }", "e {a ,|«doc»b|«c»c}\n");
	check_tree("/// a\n\n// between\na", "«a»a\n");
	check_codes("a /// late\nb", "1:3 W0101");
	check_codes("a {\n  b\n  /// lost\n}", "3:3 W0101");
	check_codes("a\n/// lost", "2:1 W0101");
	check_codes("f(\n/// lost\na)", "2:1 W0101");
}

static void bad_tokens(void **state)
{
	(void)state;
	check_codes("a;\nb %% c", "1:2 E0113; 2:3 E0113");
	check_codes("gr\xc3\xb6\xc3\x9f int", "1:1 E0114");
	check_codes("a 12x 1.5.6y 0.5.5", "1:3 E0115; 1:7 E0115; 1:14 E0115");
	check_codes("a 'b\nc 'd'", "1:3 E0116");
	check_codes("a \"b\nc \"d\"", "1:3 E0117");
	check_codes("a `b\n}\nc {\n`d`}", "1:3 E0118; 2:1 E0121");
	check_codes("a $$ b\nmodel C {\n}\n", "1:3 E0119");
	check_codes("a $x$ b $y$\nb ;\nmodel C ;", "1:3 E0119; 3:9 E0113");
	check_codes("a \"\"", "1:3 E0126");
	check_codes("-- a\n/* b\n c */ d", "1:1 E0127; 2:1 E0127");
	check_codes("a @ b $ c", "1:3 E0113; 1:7 E0113");
	check_codes("f(@a\n(b))", "2:1 E0101");
}

static void bad_brackets(void **state)
{
	(void)state;
	check_codes("a )", "1:3 E0121");
	check_codes("a (b]", "1:5 E0122");
	check_codes("a {\nb (c\n}\nd", "2:3 E0120");
	check_codes("a {\n  b (c\n  d\n}\n e ;", "2:5 E0120; 5:4 E0113");
	check_codes("model A {\n  b\nmodel C {\n}", "1:9 E0120");
	check_codes("a {\n  b [\n", "1:3 E0120; 2:5 E0120");
	check_codes("model A\n{\n}", "2:1 E0128");
}

static void not_text(void **state)
{
	(void)state;
	check_codes("a\n\xff b", "2:1 E0110");
	check_codes("a \x01 'b\x7f'", "1:3 E0111; 1:7 E0111");
	check_codes("a\rb", "1:2 E0111");
	check_codes("a '\xe2\x80\xae'", "1:4 W0102");
	struct text text;
	struct lx_buffer out = LX_BUFFER_INIT;
	text_open(&text, "a\0b", 3);
	text_codes(&text, &out);
	assert_string_equal(lx_buffer_text(&out), "1:2 E0111");
	lx_buffer_free(&out);
	text_close(&text);
}

static void nesting(void **state)
{
	(void)state;
	char source[2 * 129 + 2] = "a";
	memset(source + 1, '(', 128);
	memset(source + 129, ')', 128);
	check_codes(source, "");
	memset(source + 1, '{', 129);
	memset(source + 130, '}', 128);
	check_codes(source, "1:130 E0123");
}

static void versions(void **state)
{
	(void)state;
	static const struct {
		const char *source, *codes;
	} cases[] = {
	    {"lexo 1\na", ""},       {"", "1:1 E0124"},     {"model A {\n}", "1:1 E0124"}, {"/// d\na", "1:1 E0124"},
	    {"lexo 2", "1:6 E0125"}, {"lexo", "1:5 E0125"}, {"lexo 1 x", "1:8 E0102"},     {"\xff", "1:1 E0110"},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct text text;
		struct lx_buffer out = LX_BUFFER_INIT;
		text_open(&text, cases[i].source, strlen(cases[i].source));
		assert_int_equal(lx_file_check_version(&text.diags, text.file), cases[i].codes[0] == 0);
		text_codes(&text, &out);
		assert_string_equal(lx_buffer_text(&out), cases[i].codes);
		lx_buffer_free(&out);
		text_close(&text);
	}
}

static void comments(void **state)
{
	(void)state;
	static const char source[] = "// a\nx // b\n{ // c\n  // d\n}\n";
	struct text text;
	text_open(&text, source, strlen(source));
	assert_int_equal(text.file->comment_count, 4);
	static const bool own[] = {true, false, false, true};
	for (size_t i = 0; i < 4; i++) {
		assert_int_equal(text.file->comments[i].is_own_line, own[i]);
		assert_int_equal(source[text.file->comments[i].span.start + 3], (int)"abcd"[i]);
	}
	text_close(&text);
}

static void places(void **state)
{
	(void)state;
	static const char source[] = "a `x``y\r\nz` 'q''r' word";
	struct text text;
	text_open(&text, source, strlen(source));
	const struct lx_node *sql = text.file->items->first->next, *string = sql->next, *word = string->next;
	struct lx_span span = lx_node_place(&text.diags, sql, 2, 1); /* y */
	assert_memory_equal(source + span.start, "y", 1);
	assert_int_equal(span.end - span.start, 1);
	span = lx_node_place(&text.diags, sql, 4, 1); /* z, behind the line end */
	assert_memory_equal(source + span.start, "z", 1);
	span = lx_node_place(&text.diags, string, 2, 99);
	assert_memory_equal(source + span.start, "r'", 2);
	assert_int_equal(span.end - span.start, 1);
	span = lx_node_place(&text.diags, word, 1, 2);
	assert_memory_equal(source + span.start, "or", 2);
	span = lx_node_place(&text.diags, word, 99, 2);
	assert_true(span.end <= word->span.end);
	text_close(&text);
}

static void cursor(void **state)
{
	(void)state;
	static const char source[] = "model User (a, 1) extra";
	struct text text;
	text_open(&text, source, strlen(source));
	struct lx_cursor at;
	lx_cursor_init(&at, &text.diags, text.file->items);
	assert_true(lx_cursor_is_word(&at, "model"));
	assert_false(lx_cursor_take_word(&at, "view"));
	assert_true(lx_cursor_need_word(&at, "model"));
	assert_string_equal(lx_cursor_need_name(&at, "a name")->text, "User");
	const struct lx_node *group = lx_cursor_need(&at, LX_NODE_PAREN, "a list");
	lx_cursor_need_end(&at, "a test");
	struct lx_cursor inside;
	lx_cursor_enter(&inside, &text.diags, group);
	assert_non_null(lx_cursor_take_name(&inside));
	assert_true(lx_cursor_need_punct(&inside, ','));
	assert_null(lx_cursor_need_name(&inside, "a column"));
	assert_null(lx_cursor_need_name(&inside, "a column")); /* one error an item */
	assert_non_null(lx_cursor_take(&inside, LX_NODE_NUMBER));
	inside.has_failed = false;
	lx_cursor_fail(&inside, "more");
	struct lx_buffer out = LX_BUFFER_INIT;
	text_codes(&text, &out);
	assert_string_equal(lx_buffer_text(&out), "1:16 E0101; 1:17 E0101; 1:19 E0102");
	const struct lx_diag *last = text.diags.list.items[2];
	assert_string_equal(last->message, "expected more, found ')'");
	lx_buffer_free(&out);
	text_close(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(tokens),     cmocka_unit_test(line_rules),   cmocka_unit_test(doc_comments),
	    cmocka_unit_test(bad_tokens), cmocka_unit_test(bad_brackets), cmocka_unit_test(not_text),
	    cmocka_unit_test(nesting),    cmocka_unit_test(versions),     cmocka_unit_test(comments),
	    cmocka_unit_test(places),     cmocka_unit_test(cursor),
	};
	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
