/* Tables and their members: every diagnostic with its place, the snapshot of every member form, and that compiling a
 * snapshot gives the same snapshot.
 * SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/io.h"
#include "check/compile.h"
#include "diag/diag.h"
#include "snapshot/snapshot.h"

struct broken {
	const char *name, *text, *expected;
};
static const struct broken broken[] = {
#define BROKEN_MODEL(name, text, expected) {name, text, expected},
#include "tables_broken.def"
#undef BROKEN_MODEL
};
enum { BROKEN = sizeof broken / sizeof broken[0], LIMIT = 1 << 20 };

static void out_of_memory(void *context, size_t wanted)
{
	(void)context;
	(void)wanted;
	abort();
}

static void add_diagnostics(struct lx_buffer *out, struct lx_diags *diags)
{
	LX_EACH (const struct lx_diag *, diag, &diags->list) {
		uint32_t line, column;
		assert_true(diag->help || diag->fixes); /* what to do */
		lx_source_place(diags, diag->span.file, diag->span.start, &line, &column);
		lx_buffer_printf(out, "%s%s %u:%u %s", out->length ? "\n" : "", lx_code_name(diag->code), line, column,
				 diag->message);
	}
}

static void test_broken(void **state)
{
	const struct broken *test = *state;
	struct lx_arena *arena = lx_arena_open(0, out_of_memory, NULL);
	struct lx_diags diags;
	lx_diags_init(&diags, arena);
	const char *text = lx_arena_printf(arena, "lexo 1\n%s", test->text);
	lx_compile_text(arena, &diags, "test.lexo", text, strlen(text), &(struct lx_compile_options){0});
	struct lx_buffer found = LX_BUFFER_INIT;
	add_diagnostics(&found, &diags);
	assert_string_equal(lx_buffer_text(&found), test->expected);
	lx_buffer_free(&found);
	lx_arena_close(arena);
}

/* Compiles TEXT without a diagnostic and prints the snapshot to OUT. */
static void print_snapshot(struct lx_buffer *out, const char *text, size_t length, bool is_snapshot)
{
	struct lx_arena *arena = lx_arena_open(0, out_of_memory, NULL);
	struct lx_diags diags;
	lx_diags_init(&diags, arena);
	const struct lx_compile_options options = {.is_snapshot = is_snapshot};
	struct lx_schema *schema = lx_compile_text(arena, &diags, "test.lexo", text, length, &options);
	struct lx_buffer found = LX_BUFFER_INIT;
	add_diagnostics(&found, &diags);
	assert_string_equal(lx_buffer_text(&found), "");
	lx_snapshot_print(out, schema);
	lx_buffer_free(&found);
	lx_arena_close(arena);
}

static char *read_file(const char *name, const char *suffix, size_t *length)
{
	const char *folder = getenv("srcdir");
	struct lx_buffer path = LX_BUFFER_INIT;
	struct lx_fail fail = {.status = LX_OK};
	char *text = NULL;
	lx_buffer_printf(&path, "%s/tests/unit/tables/%s%s", folder ? folder : ".", name, suffix);
	assert_int_equal(lx_io_read(lx_buffer_text(&path), LIMIT, &text, length, &fail), LX_OK);
	lx_buffer_free(&path);
	return text;
}

static void test_snapshot(void **state)
{
	size_t length, expected_length;
	char *text = read_file(*state, ".lexo", &length), *expected = read_file(*state, ".snapshot", &expected_length);
	struct lx_buffer once = LX_BUFFER_INIT, twice = LX_BUFFER_INIT;
	print_snapshot(&once, text, length, false);
	assert_string_equal(lx_buffer_text(&once), expected);
	print_snapshot(&twice, once.data, once.length, true);
	assert_string_equal(lx_buffer_text(&twice), lx_buffer_text(&once));
	lx_buffer_free(&once);
	lx_buffer_free(&twice);
	free(text);
	free(expected);
}

/* No prefix of a model with every member form may crash, and a cut one is never compiled in silence. */
static void test_truncated(void **state)
{
	size_t length;
	char *text = read_file(*state, ".lexo", &length);
	for (size_t end = 8; end < length; end += 7) {
		struct lx_arena *arena = lx_arena_open(0, out_of_memory, NULL);
		struct lx_diags diags;
		lx_diags_init(&diags, arena);
		char *part = lx_arena_copy(arena, text, end);
		lx_compile_text(arena, &diags, "test.lexo", part, end, &(struct lx_compile_options){0});
		size_t opened = 0, closed = 0;
		for (size_t i = 0; i < end; i++) {
			opened += part[i] == '{';
			closed += part[i] == '}';
		}
		assert_true(diags.errors > 0 || opened == closed);
		lx_arena_close(arena);
	}
	free(text);
}

int main(void)
{
	static char all[] = "all", hostile[] = "hostile", example[] = "example";
	struct CMUnitTest tests[BROKEN + 5] = {{NULL, NULL, NULL, NULL, NULL}};
	size_t count = 0;
	for (; count < BROKEN; count++)
		tests[count] =
		    (struct CMUnitTest){broken[count].name, test_broken, NULL, NULL, (void *)(uintptr_t)&broken[count]};
	tests[count++] = (struct CMUnitTest){"snapshot of every member form", test_snapshot, NULL, NULL, all};
	tests[count++] = (struct CMUnitTest){"snapshot of hostile names", test_snapshot, NULL, NULL, hostile};
	tests[count++] = (struct CMUnitTest){"snapshot of the example", test_snapshot, NULL, NULL, example};
	tests[count++] = (struct CMUnitTest){"every member form, cut short", test_truncated, NULL, NULL, all};
	tests[count++] = (struct CMUnitTest){"hostile names, cut short", test_truncated, NULL, NULL, hostile};
	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("tables", tests, NULL, NULL);
}
