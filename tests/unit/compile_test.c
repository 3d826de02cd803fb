/* What is wrong with a model is said with its code, at its place: tests/unit/data/broken.txt holds broken models, one
 * behind the other: "== what is wrong", then "> CODE LINE:COLUMN message" for each diagnostic, then the text.
 * SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/io.h"
#include "check/compile.h"
#include "diag/diag.h"
#include "ir/expr.h"
#include "ir/schema.h"
#include "kinds/attr.h"
#include "kinds/kind.h"
#include "snapshot/snapshot.h"

static struct lx_arena *arena;
static struct lx_diags diags;

static void full(void *context, size_t wanted)
{
	(void)context;
	(void)wanted;
	abort();
}

static int begin(void **state)
{
	(void)state;
	arena = lx_arena_open(0, full, NULL);
	lx_diags_init(&diags, arena);
	return 0;
}

static int end(void **state)
{
	(void)state;
	lx_arena_close(arena);
	return 0;
}

static struct lx_schema *compile(const char *text, const struct lx_compile_options *options)
{
	lx_diags_init(&diags, arena);
	return lx_compile_text(arena, &diags, "test.lexo", text, strlen(text), options);
}

/* "CODE LINE:COLUMN message" for each diagnostic. */
static const char *shown(void)
{
	struct lx_buffer out = LX_BUFFER_INIT;
	LX_EACH (const struct lx_diag *, diag, &diags.list) {
		uint32_t line, column;
		assert_true(diag->help || diag->fixes); /* what to do */
		lx_source_place(&diags, diag->span.file, diag->span.start, &line, &column);
		lx_buffer_printf(&out, "> %s %u:%u %s\n", lx_code_name(diag->code), line, column, diag->message);
	}
	const char *text = lx_arena_string(arena, lx_buffer_text(&out));
	lx_buffer_free(&out);
	return text;
}

static char *read_data(const char *name, size_t *length)
{
	const char *folder = getenv("srcdir");
	char *text;
	struct lx_fail fail = {0};
	const char *path = lx_arena_printf(arena, "%s/tests/unit/data/%s", folder ? folder : ".", name);
	assert_int_equal(lx_io_read(path, 1 << 24, &text, length, &fail), LX_OK);
	return text;
}

/* Where the next case begins, or the end. */
static char *next_case(char *text)
{
	char *at = strstr(text, "\n== ");
	return at ? at + 1 : text + strlen(text);
}

static void test_broken(void **state)
{
	(void)state;
	size_t length, count = 0;
	char *data = read_data("broken.txt", &length);
	for (char *at = data, *next; *at; at = next) {
		next = next_case(at);
		char *expected = strchr(at, '\n') + 1, *text = expected;
		while (*text == '>')
			text = strchr(text, '\n') + 1;
		compile(lx_arena_copy(arena, text, (size_t)(next - text)), NULL);
		assert_string_equal(shown(), lx_arena_copy(arena, expected, (size_t)(text - expected)));
		count++;
	}
	assert_true(count > 150);
	free(data);
}

/* However a text is cut, it is refused or read, never more. */
static void test_truncated(void **state)
{
	(void)state;
	size_t length;
	char *data = read_data("whole.lexo", &length);
	for (size_t i = 0; i < length; i++) {
		struct lx_arena *outer = arena;
		arena = lx_arena_open(0, full, NULL);
		compile(lx_arena_copy(arena, data, i), NULL);
		lx_arena_close(arena);
		arena = outer;
	}
	free(data);
}

static void test_limits(void **state)
{
	(void)state;
	struct lx_buffer text = LX_BUFFER_INIT;
	lx_buffer_string(&text, "lexo 1\ndomain D int4 check `VALUE > 0");
	for (int i = 0; i < 5000; i++)
		lx_buffer_string(&text, " + 1");
	lx_buffer_string(&text, "`\ndomain E int4 check `");
	lx_buffer_repeat(&text, '(', 300);
	lx_buffer_string(&text, "1");
	lx_buffer_repeat(&text, ')', 300);
	lx_buffer_string(&text, "`\ndomain F int4 check `VALUE <> ");
	lx_buffer_repeat(&text, '1', 70000);
	lx_buffer_string(&text, "`\n");
	compile(lx_buffer_text(&text), NULL);
	assert_string_equal(shown(), "> E0403 2:21 more than 4096 operators and words\n"
				     "> E0403 3:21 more than 256 levels of parentheses\n"
				     "> E0403 4:21 an expression has at most 64 KiB\n");
	lx_buffer_free(&text);
}

/* The grammar is PostgreSQL 15's: what it does not know may be right on a newer server. */
static void test_newer_server(void **state)
{
	(void)state;
	static const char text[] = "lexo 1\ndomain D text check `VALUE IS JSON OBJECT`\n";
	struct lx_compile_options options = {.target_version = 17};
	compile(text, NULL);
	assert_string_equal(shown(), "> E0401 2:31 syntax error at or near \"JSON\"\n");
	compile(text, &options);
	assert_string_equal(shown(),
			    "> W0402 2:31 syntax error at or near \"JSON\" (by the grammar of PostgreSQL 15)\n");
	assert_int_equal(diags.errors, 0);
}

static void compare_objects(const struct lx_schema *schema, const struct lx_schema *again)
{
	LX_EACH (const struct lx_object *, object, &schema->objects) {
		if (!lx_kind_info(object->kind)->is_database_object)
			continue;
		const struct lx_object *other =
		    lx_schema_find(again, object->kind, NULL, object->schema, object->name, object->signature);
		assert_non_null(other);
		assert_int_equal(lx_attr_compare(object, other), 0);
		assert_int_equal(object->children.length, other->children.length);
		LX_EACH (const struct lx_object *, child, &object->children) {
			const struct lx_object *there = lx_object_child(other, child->kind, child->name);
			assert_non_null(there);
			assert_int_equal(lx_attr_compare(child, there), 0);
		}
	}
}

/* Compiling the snapshot gives an equal schema, and printing that gives the same bytes. */
static void test_snapshot(void **state)
{
	(void)state;
	size_t length;
	char *data = read_data("whole.lexo", &length);
	struct lx_compile_options options = {.is_snapshot = true};
	struct lx_buffer once = LX_BUFFER_INIT, twice = LX_BUFFER_INIT;
	const struct lx_schema *schema = compile(data, NULL);
	assert_string_equal(shown(), "");
	lx_snapshot_print(&once, schema);
	const struct lx_schema *again = compile(lx_buffer_text(&once), &options);
	assert_string_equal(shown(), "");
	compare_objects(schema, again);
	lx_snapshot_print(&twice, again);
	assert_string_equal(lx_buffer_text(&once), lx_buffer_text(&twice));
	lx_buffer_free(&once);
	lx_buffer_free(&twice);
	free(data);
}

static void write_file(struct lx_io_set *set, const char *path, const char *text)
{
	struct lx_fail fail = {0};
	assert_int_equal(lx_io_set_add(set, path, text, strlen(text), &fail), LX_OK);
}

static void test_imports(void **state)
{
	(void)state;
	struct lx_fail fail = {0};
	const char *const paths[] = {"imports.dir"};
	assert_int_equal(lx_io_make_folder("imports.dir/sub", &fail), LX_OK);
	struct lx_io_set *set = lx_io_set_open();
	write_file(set, "imports.dir/a.lexo", "lexo 1\nimport 'sub/b.lexo'\nimport 'nothing.lexo'\nenum A { x }\n");
	write_file(set, "imports.dir/sub/b.lexo", "lexo 1\nimport './c.lexo'\ndomain B C\n");
	write_file(set, "imports.dir/sub/c.lexo", "lexo 1\nimport '../a.lexo'\ndomain C A\n");
	assert_int_equal(lx_io_set_commit(set, NULL, &fail), LX_OK);
	lx_io_set_close(set);
	const struct lx_schema *schema = lx_compile(arena, &diags, paths, 1, NULL, &fail);
	assert_non_null(schema);
	assert_int_equal(schema->objects.length, 3); /* each file once */
	assert_string_equal(
	    shown(), "> E0210 2:8 imports form a circle: imports.dir/a.lexo imports imports.dir/sub/b.lexo imports "
		     "imports.dir/sub/c.lexo imports imports.dir/a.lexo\n"
		     "> E0209 3:8 no such file: imports.dir/nothing.lexo\n");
	const char *const missing[] = {"imports.dir/nothing.lexo"};
	assert_null(lx_compile(arena, &diags, missing, 1, NULL, &fail));
	assert_string_equal(fail.code, "L0101");
	unlink("imports.dir/a.lexo");
	unlink("imports.dir/sub/b.lexo");
	unlink("imports.dir/sub/c.lexo");
	rmdir("imports.dir/sub");
	rmdir("imports.dir");
}

static void test_equal_expressions(void **state)
{
	(void)state;
	assert_true(lx_expr_equal("a  >= 0 -- x", "A>=0"));
	assert_true(lx_expr_equal(NULL, NULL));
	assert_false(lx_expr_equal("a", NULL));
	assert_false(lx_expr_equal("'a'", "'A'"));
	assert_false(lx_expr_equal("\"a\"", "\"A\""));
	assert_false(lx_expr_equal("a b", "ab"));
	assert_false(lx_expr_equal("a", "a + 1"));
}

static void add_name(void *context, const char *qualifier, const char *name, bool is_call)
{
	lx_buffer_printf(context, "%s%s%s%s ", qualifier ? qualifier : "", qualifier ? "." : "", name,
			 is_call ? "()" : "");
}

static void test_names(void **state)
{
	(void)state;
	struct lx_buffer out = LX_BUFFER_INIT;
	lx_expr_names(arena, "App.F(\"Odd \"\"x\"\"\", a.b.c) || 'no' -- not", add_name, &out);
	assert_string_equal(lx_buffer_text(&out), "app app.f() Odd \"x\" a a.b b.c ");
	lx_buffer_free(&out);
}

/* Every row of a kind is there, so that no field is forgotten by the comparison. */
static void test_rows(void **state)
{
	(void)state;
	for (int kind = 0; kind < LX_KIND_COUNT; kind++) {
		const struct lx_kind_info *info = lx_kind_info((enum lx_kind)kind);
		assert_true(info->attr_count <= LX_ATTRS_MAX);
		for (size_t i = 0; i < info->attr_count; i++) {
			assert_non_null(info->attrs[i].doc);
			assert_true(info->attrs[i].offset >= sizeof(struct lx_object));
			assert_true(info->attrs[i].offset < info->size);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(test_broken, begin, end),
	    cmocka_unit_test_setup_teardown(test_truncated, begin, end),
	    cmocka_unit_test_setup_teardown(test_limits, begin, end),
	    cmocka_unit_test_setup_teardown(test_newer_server, begin, end),
	    cmocka_unit_test_setup_teardown(test_snapshot, begin, end),
	    cmocka_unit_test_setup_teardown(test_imports, begin, end),
	    cmocka_unit_test_setup_teardown(test_equal_expressions, begin, end),
	    cmocka_unit_test_setup_teardown(test_names, begin, end),
	    cmocka_unit_test_setup_teardown(test_rows, begin, end),
	};
	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
