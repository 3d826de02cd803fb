/* Diagnostics in every form.
 * SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/json.h"
#include "diag/show.h"
#include "text.h"

static void check_text(const char *source, const char *expected)
{
	struct text text;
	struct lx_buffer out = LX_BUFFER_INIT;
	text_open(&text, source, strlen(source));
	lx_show_text(&out, &text.diags, false);
	assert_string_equal(lx_buffer_text(&out), expected);
	lx_buffer_free(&out);
	text_close(&text);
}

static void carets(void **state)
{
	(void)state;
	check_text("lexo 1\n", "");
	check_text("a\n\tb;\n", "test.lexo:2:3: error[E0113]: unexpected character ';'\n"
				"  |\n"
				"2 |         b;\n"
				"  |          ^\n"
				"help: items end with their line; remove the semicolon\n"
				"fix: remove the semicolon\n"
				"  -         b;\n"
				"  +         b\n"
				"\n"
				"1 error\n");
	check_text("\xe4\xb8\xad x",
		   "test.lexo:1:1: error[E0114]: a plain name has only the letters a-z, A-Z, digits and _\n"
		   "  |\n"
		   "1 | \xe4\xb8\xad x\n"
		   "  | ^^\n"
		   "help: any other name works in double quotes\n"
		   "fix: quote the name\n"
		   "  - \xe4\xb8\xad x\n"
		   "  + \"\xe4\xb8\xad\" x\n"
		   "\n"
		   "1 error\n");
	check_text("a\x1b[31m]", "test.lexo:1:2: error[E0111]: control character 0x1B at byte 1\n"
				 "  |\n"
				 "1 | a\\x1B[31m]\n"
				 "  |  ^^^^\n"
				 "help: remove it; in SQL it can be written as an escape: `E'\\x1B'`\n"
				 "\n"
				 "test.lexo:1:4: error[E0115]: this is neither a number nor a name\n"
				 "  |\n"
				 "1 | a\\x1B[31m]\n"
				 "  |       ^^^\n"
				 "help: a number is like 12, 1_000, 0.5 or 1e-3; a name that begins with a digit needs "
				 "double quotes\n"
				 "\n"
				 "2 errors\n");
}

static void labels(void **state)
{
	(void)state;
	check_text("a (b]\n\n/// end\n",
		   "test.lexo:1:5: error[E0122]: ']' cannot close '('\n"
		   "  |\n"
		   "1 | a (b]\n"
		   "  |     ^\n"
		   "  |   - opened here\n"
		   "fix: close it with the bracket that fits\n"
		   "  - a (b]\n"
		   "  + a (b)\n"
		   "\n"
		   "test.lexo:3:1: warning[W0101]: nothing follows this doc comment\n"
		   "  |\n"
		   "3 | /// end\n"
		   "  | ^^^^^^^\n"
		   "help: put it on the line above what it documents, or begin it with // to make it "
		   "private\n"
		   "\n"
		   "1 error, 1 warning\n");
	check_text("model A {\n  b\n\n\n\n\n\n\n\nmodel C {}\n",
		   "test.lexo:1:9: error[E0120]: this '{' is never closed\n"
		   "   |\n"
		   " 1 | model A {\n"
		   "   |         ^\n"
		   "   :\n"
		   "10 | model C {}\n"
		   "   | ----- this looks like the next declaration\n"
		   "help: add the missing '}'\n"
		   "\n"
		   "1 error\n");
}

static void long_lines(void **state)
{
	(void)state;
	char source[5001];
	memset(source, 'x', 5000);
	memcpy(source + 3000, " ; ", 3);
	source[5000] = 0;
	struct text text;
	struct lx_buffer out = LX_BUFFER_INIT;
	text_open(&text, source, 5000);
	lx_show_text(&out, &text.diags, false);
	assert_true(out.length < 800);
	assert_non_null(strstr(lx_buffer_text(&out), "1 | …xxx"));
	assert_non_null(strstr(lx_buffer_text(&out), " ; xxx"));
	lx_buffer_free(&out);
	text_close(&text);
}

static void no_place(void **state)
{
	(void)state;
	struct text text;
	struct lx_buffer out = LX_BUFFER_INIT;
	text_open(&text, "a", 1);
	lx_diag_note(&text.diags, lx_report(&text.diags, LX_E0101, LX_NO_SPAN, "no\x07where"), "two\nlines");
	struct lx_diag *diag = lx_report(&text.diags, LX_E0102, (struct lx_span){1, 900, 1000}, "beyond the end");
	lx_diag_label(&text.diags, diag, (struct lx_span){1, 0, 4000}, "label");
	lx_diag_fix(&text.diags, diag, (struct lx_span){1, 900, 100}, "x", "no such place");
	lx_show_text(&out, &text.diags, false);
	assert_string_equal(lx_buffer_text(&out), "error[E0101]: no\\x07where\n"
						  "note: two\n"
						  "      lines\n"
						  "\n"
						  "test.lexo:1:2: error[E0102]: beyond the end\n"
						  "  |\n"
						  "1 | a\n"
						  "  |  ^\n"
						  "  | - label\n"
						  "fix: no such place\n"
						  "\n"
						  "2 errors\n");
	lx_buffer_clear(&out);
	lx_show_text(&out, &text.diags, true);
	assert_non_null(strstr(lx_buffer_text(&out), "\033[1;31merror\033[0m"));
	lx_buffer_free(&out);
	text_close(&text);
}

static void cap(void **state)
{
	(void)state;
	struct text text;
	struct lx_buffer out = LX_BUFFER_INIT;
	text_open(&text, "a", 1);
	for (int i = 0; i < 70; i++)
		lx_report(&text.diags, LX_E0101, LX_NO_SPAN, "x");
	lx_show_text(&out, &text.diags, false);
	assert_non_null(strstr(lx_buffer_text(&out), "70 errors; the first 50 are shown\n"));
	lx_buffer_free(&out);
	text_close(&text);
}

static void machines(void **state)
{
	(void)state;
	struct text text;
	struct lx_buffer out = LX_BUFFER_INIT;
	text_open(&text, "a (b]", 5);
	lx_report(&text.diags, LX_E0101, LX_NO_SPAN, "100%%\nsure");
	lx_show_gcc(&out, &text.diags);
	assert_string_equal(lx_buffer_text(&out), "lexo: error: 100%\\x0Asure [E0101]\n"
						  "test.lexo:1:5: error: ']' cannot close '(' [E0122]\n");
	lx_buffer_clear(&out);
	lx_show_github(&out, &text.diags);
	assert_string_equal(
	    lx_buffer_text(&out),
	    "::error title=E0101::100%25%0Asure\n"
	    "::error file=test.lexo,line=1,endLine=1,col=5,endColumn=6,title=E0122::']' cannot close '('\n");
	lx_buffer_clear(&out);
	struct lx_json json;
	lx_json_init(&json, &out);
	lx_show_json(&json, &text.diags);
	assert_string_equal(lx_buffer_text(&out),
			    "[{\"code\":\"E0101\",\"severity\":\"error\",\"message\":\"100%\\nsure\",\"file\":null,"
			    "\"line\":1,\"column\":1,"
			    "\"end_line\":1,\"end_column\":1,\"start\":0,\"end\":0,\"labels\":[],\"notes\":[],\"help\":"
			    "null,\"fixes\":[]},"
			    "{\"code\":\"E0122\",\"severity\":\"error\",\"message\":\"']' cannot close "
			    "'('\",\"file\":\"test.lexo\",\"line\":1,"
			    "\"column\":5,\"end_line\":1,\"end_column\":6,\"start\":4,\"end\":5,\"labels\":[{\"text\":"
			    "\"opened here\",\"file\":"
			    "\"test.lexo\",\"line\":1,\"column\":3,\"end_line\":1,\"end_column\":4,\"start\":2,\"end\":"
			    "3}],\"notes\":[],"
			    "\"help\":null,\"fixes\":[{\"title\":\"close it with the bracket that "
			    "fits\",\"text\":\")\",\"file\":\"test.lexo\","
			    "\"line\":1,\"column\":5,\"end_line\":1,\"end_column\":6,\"start\":4,\"end\":5}]}]");
	lx_buffer_free(&out);
	text_close(&text);
}

/* Every code can be found, and explains itself in sentences. */
static void codes(void **state)
{
	(void)state;
	for (int i = 0; i < LX_CODE_COUNT; i++) {
		const char *name = lx_code_name((enum lx_code)i), *text = lx_code_explanation((enum lx_code)i);
		assert_int_equal(strlen(name), 5);
		assert_int_equal(lx_code_find(name), i);
		assert_true(strlen(lx_code_title((enum lx_code)i)) > 5);
		assert_true(strlen(text) > 40);
		assert_true(lx_code_severity((enum lx_code)i) == (name[0] == 'E' ? LX_ERROR : LX_WARNING));
	}
	assert_int_equal(lx_code_find("e0101"), LX_E0101);
	assert_int_equal(lx_code_find("E9999"), LX_CODE_COUNT);
	static const char *const words[] = {"model", "mixin", "enum"};
	assert_string_equal(lx_nearest("modle", words, 3), "model");
	assert_null(lx_nearest("zzzzz", words, 3));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(carets),   cmocka_unit_test(labels), cmocka_unit_test(long_lines),
	    cmocka_unit_test(no_place), cmocka_unit_test(cap),    cmocka_unit_test(machines),
	    cmocka_unit_test(codes),
	};
	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
