/* Broken text: the parser, the diagnostics in all forms and the formatter must neither crash nor hang, and must say
 * what is wrong. SPDX-License-Identifier: Apache-2.0 */
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
#include "fmt/format.h"
#include "text.h"
#include "tree.h"

/* Everything that is done with a text; returns the number of diagnostics. */
static size_t try_text(const char *source, size_t length)
{
	struct text text;
	struct lx_buffer out = LX_BUFFER_INIT;
	text_open(&text, source, length);
	lx_file_check_version(&text.diags, text.file);
	tree_dump(&out, text.file);
	if (!text.diags.errors)
		lx_format(&out, &text.diags, text.file);
	lx_show_text(&out, &text.diags, true);
	lx_show_gcc(&out, &text.diags);
	lx_show_github(&out, &text.diags);
	struct lx_json json;
	lx_json_init(&json, &out);
	lx_show_json(&json, &text.diags);
	assert_true(lx_buffer_ok(&out));
	size_t count = text.diags.errors + text.diags.warnings;
	lx_buffer_free(&out);
	text_close(&text);
	return count;
}

/* A copy of exactly LENGTH bytes and a NUL, so that a sanitizer sees every step beyond. */
static size_t try_copy(const char *source, size_t length)
{
	char *copy = malloc(length + 1);
	assert_non_null(copy);
	memcpy(copy, source, length);
	copy[length] = 0;
	size_t count = try_text(copy, length);
	free(copy);
	return count;
}

enum { LARGEST = 6000 }; /* of the files that are broken at every byte */

static void truncate_file(const char *path, const char *source, size_t length)
{
	(void)path;
	for (size_t i = 0; i < length && length <= LARGEST; i++)
		try_copy(source, i);
}

static void flip_file(const char *path, const char *source, size_t length)
{
	(void)path;
	static const char bytes[] = {0,   '\n', '\'', '"', '`', '$',    '(',    ')',
				     '{', '}',  '[',  '/', '@', '\x80', '\xff', '\x1b'};
	if (length > LARGEST)
		return;
	char *copy = malloc(length + 1);
	assert_non_null(copy);
	memcpy(copy, source, length);
	copy[length] = 0;
	for (size_t i = 0; i < length; i++) {
		char was = copy[i];
		copy[i] = bytes[i % sizeof bytes];
		size_t count = try_text(copy, length);
		if (copy[i] == 0 || copy[i] == '\x1b' || copy[i] == '\xff')
			assert_true(count > 0);
		copy[i] = was;
	}
	free(copy);
}

static void each_file(void (*visit)(const char *path, const char *source, size_t length))
{
	text_each_file(TOP "/models", visit);
	text_each_file(TOP "/tests/golden/fmt", visit);
	text_each_file(TOP "/tests/golden/parse", visit);
}

static void truncated(void **state)
{
	(void)state;
	each_file(truncate_file);
}

static void flipped(void **state)
{
	(void)state;
	each_file(flip_file);
}

static void repeated(void **state)
{
	(void)state;
	static const struct {
		const char *unit;
		size_t count;
	} cases[] = {
	    {"(", 64 * 1024},           {"[", 64 * 1024},
	    {"{", 64 * 1024},           {")", 64 * 1024},
	    {"{(", 32 * 1024},          {"(\n", 32 * 1024},
	    {"m {\n", 32 * 1024},       {"}\n", 32 * 1024},
	    {"'", 64 * 1024 + 1},       {"\"", 64 * 1024 + 1},
	    {"`", 64 * 1024 + 1},       {"'\n", 32 * 1024 + 1},
	    {"`a\n}\n", 20 * 1024 + 1}, {"$a$ $b$\n", 20 * 1024},
	    {"/*\n", 64 * 1024},        {"/// x\n", 64 * 1024},
	    {"(/// x\n", 64 * 1024},    {"/// x\n// y\n", 32 * 1024},
	    {"@", 64 * 1024},           {"@x(", 64 * 1024},
	    {"; ", 64 * 1024},          {"\x01", 64 * 1024},
	    {"-", 64 * 1024 + 1},       {"1.", 64 * 1024},
	    {"\xc3\xb6 ", 64 * 1024},   {"\xe2\x80\xae", 64 * 1024},
	    {"model A {\n", 32 * 1024}, {"a (\n", 32 * 1024},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		size_t unit = strlen(cases[i].unit), length = unit * cases[i].count;
		char *source = malloc(length + 1);
		assert_non_null(source);
		for (size_t k = 0; k < cases[i].count; k++)
			memcpy(source + k * unit, cases[i].unit, unit);
		source[length] = 0;
		assert_true(try_text(source, length) > 0);
		free(source);
	}
}

/* Deep but allowed nesting, and wide lists, through the formatter too. */
static void nested(void **state)
{
	(void)state;
	static const char opens[] = "([{", closes[] = ")]}";
	struct lx_buffer source = LX_BUFFER_INIT;
	for (size_t kind = 0; kind < 3; kind++) {
		lx_buffer_clear(&source);
		lx_buffer_string(&source, "lexo 1\na ");
		for (size_t i = 0; i < 128; i++)
			lx_buffer_printf(&source, "%c b_rather_long_word, ", opens[kind]);
		lx_buffer_repeat(&source, closes[kind], 128);
		assert_int_equal(try_text(lx_buffer_text(&source), source.length), 0);
	}
	lx_buffer_clear(&source);
	lx_buffer_string(&source, "lexo 1\nenum E { a");
	for (size_t i = 0; i < 20000; i++)
		lx_buffer_printf(&source, ", label_%zu", i);
	lx_buffer_string(&source, " }\nf(a");
	for (size_t i = 0; i < 20000; i++)
		lx_buffer_printf(&source, ", label_%zu @x(1)", i);
	lx_buffer_string(&source, ")\n");
	assert_int_equal(try_text(lx_buffer_text(&source), source.length), 0);
	lx_buffer_free(&source);
}

static enum lx_code first_code(const char *source, size_t length)
{
	struct text text;
	text_open(&text, source, length);
	assert_int_equal(text.diags.list.length, 1);
	enum lx_code code = ((const struct lx_diag *)text.diags.list.items[0])->code;
	text_close(&text);
	return code;
}

static void huge_line(void **state)
{
	(void)state;
	enum { HUGE = 100 * 1000 * 1000 };
	char *source = malloc(HUGE + 1);
	assert_non_null(source);
	memset(source, 'x', HUGE);
	source[HUGE] = 0;
	assert_int_equal(first_code(source, HUGE), LX_E0112);
	source[8 << 20] = 0; /* allowed, but one word */
	assert_true(try_text(source, 8 << 20) > 0);
	free(source);
}

/* The start of a text that is a whole file without its last bytes must be reported, not silently accepted, when a
 * bracket or quote is open. */
static void unfinished(void **state)
{
	(void)state;
	static const char *const texts[] = {
	    "lexo 1\nmodel A {\n  a int\n",
	    "lexo 1\nfunction f() $$ abc",
	    "lexo 1\na (b, c",
	    "lexo 1\na 'b",
	    "lexo 1\na `b",
	    "lexo 1\na \"b",
	    "lexo 1\nm { a `x`",
	    "lexo 1\n@",
	};
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		assert_true(try_copy(texts[i], strlen(texts[i])) > 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(truncated), cmocka_unit_test(flipped),   cmocka_unit_test(repeated),
	    cmocka_unit_test(nested),    cmocka_unit_test(huge_line), cmocka_unit_test(unfinished),
	};
	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
