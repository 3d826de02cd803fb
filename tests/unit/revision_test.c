/* Revision files and their checksums.
 * SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "history/codes.h"
#include "history/history.h"

#define HEAD "-- lexo:revision aaa\n-- lexo:revises  <base>\n-- lexo:message  one\n"
static const char whole[] = HEAD "\n-- lexo:upgrade\nCREATE TABLE public.a (id int, t text DEFAULT 'x -- y');\n"
				 "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS $$ SELECT 1 $$;\n"
				 "-- lexo:step transaction=none\nCREATE INDEX CONCURRENTLY i ON public.a (id);\n"
				 "\n-- lexo:downgrade\nDROP FUNCTION f();\nDROP TABLE public.\"a\";\n";

static enum lx_status parse(struct lx_arena *arena, const char *text, size_t length, struct lx_revision **revision,
			    struct lx_fail *fail)
{
	char *copy = lx_arena_try_alloc(arena, length + 1);
	memcpy(copy, text, length);
	memset(fail, 0, sizeof *fail);
	return lx_revision_parse(arena, "m/aaa_one.sql", copy, length, revision, fail);
}

static void reads_a_revision(void **unused)
{
	(void)unused;
	struct lx_arena *arena = lx_arena_open(0, NULL, NULL);
	struct lx_revision *revision;
	struct lx_fail fail;
	assert_int_equal(parse(arena, whole, sizeof whole - 1, &revision, &fail), LX_OK);
	assert_string_equal(revision->id, "aaa");
	assert_int_equal(revision->revises.count, 0);
	assert_string_equal(revision->message, "one");
	assert_int_equal(revision->upgrade.step_count, 2);
	assert_int_equal(revision->upgrade.statements, 3);
	assert_true(revision->upgrade.steps[0].is_transactional);
	assert_false(revision->upgrade.steps[1].is_transactional);
	assert_int_equal(revision->upgrade.steps[1].statements, 1);
	assert_int_equal(revision->downgrade.statements, 2);
	lx_arena_close(arena);
}

/* The header is read as strictly as ever, the SQL is not looked at, and the text may go. */
static void outlines(void **unused)
{
	(void)unused;
	struct lx_arena *arena = lx_arena_open(0, NULL, NULL);
	struct lx_revision *revision;
	struct lx_fail fail = {0};
	char text[] = HEAD "\n-- lexo:upgrade\nSELECT 'never closed";
	assert_int_equal(lx_revision_outline(arena, "m/a.sql", text, sizeof text - 1, &revision, &fail), LX_OK);
	memset(text, 'x', sizeof text - 1);
	assert_string_equal(revision->id, "aaa");
	assert_string_equal(revision->message, "one");
	assert_int_equal(revision->revises.count, 0);
	assert_null(revision->text);
	assert_false(revision->upgrade.is_present);
	static const char doubled[] = HEAD "-- lexo:message two\n-- lexo:upgrade\n";
	assert_int_equal(lx_revision_outline(arena, "m/a.sql", doubled, sizeof doubled - 1, &revision, &fail),
			 LX_FAILED);
	assert_string_equal(fail.code, "L0301");
	lx_arena_close(arena);
}

static void writes_what_it_reads(void **unused)
{
	(void)unused;
	static const char *const parents[] = {"aaa", "bbb", NULL}, *const labels[] = {"main", NULL};
	struct lx_revision_draft draft = {.id = "ccc",
					  .revises = parents,
					  .labels = labels,
					  .message = "two\nlines -- lexo:upgrade",
					  .created = "2026-11-22T20:15:00Z",
					  .state = "0123",
					  .irreversible = "data is gone",
					  .upgrade = "SELECT 1;\n-- lexo:step transaction=none\nVACUUM;",
					  .downgrade = ""};
	struct lx_buffer text = LX_BUFFER_INIT;
	struct lx_arena *arena = lx_arena_open(0, NULL, NULL);
	struct lx_revision *revision;
	struct lx_fail fail;
	lx_revision_print(&text, &draft);
	assert_int_equal(parse(arena, text.data, text.length, &revision, &fail), LX_OK);
	assert_int_equal(revision->revises.count, 2);
	assert_string_equal(revision->revises.items[1], "bbb");
	assert_string_equal(revision->labels.items[0], "main");
	assert_string_equal(revision->message, "two lines -- lexo:upgrade");
	assert_string_equal(revision->irreversible, "data is gone");
	assert_int_equal(revision->upgrade.step_count, 2);
	assert_true(revision->downgrade.is_present);
	assert_int_equal(revision->downgrade.step_count, 0);
	lx_buffer_free(&text);
	lx_arena_close(arena);
}

/* Code and place of the failure of a bad file. */
static void refuses_bad_files(void **unused)
{
	(void)unused;
	static const struct {
		const char *text, *code, *where;
	} cases[] = {
	    {"", "L0301", ":1:1"},
	    {"CREATE TABLE t ();", "L0301", ":1:1"},
	    {HEAD, "L0301", ":1:1"},
	    {"-- lexo:revises <base>\n-- lexo:upgrade\n", "L0301", ":1:1"},
	    {"-- lexo:revision a\n-- lexo:upgrade\n", "L0301", ":1:1"},
	    {HEAD "-- lexo:mesage x\n-- lexo:upgrade\n", "L0301", ":4:1"},
	    {HEAD "-- lexo:message x\n-- lexo:upgrade\n", "L0301", ":4:1"},
	    {HEAD " -- lexo:upgrade\n", "L0301", ":4:2"},
	    {HEAD "--lexo:upgrade\n", "L0301", ":4:1"},
	    {HEAD "-- Lexo:upgrade\n", "L0301", ":4:1"},
	    {HEAD "-- lexo:upgrade now\n", "L0301", ":4:1"},
	    {HEAD "-- lexo:downgrade\n", "L0301", ":4:1"},
	    {HEAD "-- lexo:upgrade\n-- lexo:state x\n", "L0301", ":5:1"},
	    {HEAD "-- lexo:upgrade\n-- lexo:step transaction=some\n", "L0301", ":5:1"},
	    {HEAD "-- lexo:step transaction=none\n", "L0301", ":4:1"},
	    {"-- lexo:revision a b\n", "L0301", ":1:18"},
	    {"-- lexo:revision head\n", "L0301", ":1:18"},
	    {"-- lexo:revision a\n-- lexo:revises b-c\n", "L0301", ":2:17"},
	    {HEAD "-- lexo:upgrade\nSELECT '\xff';", "L0302", ":5:9"},
	    {HEAD "-- lexo:upgrade\nSELECT 'abc", "L0303", ":5:8"},
	    {HEAD "-- lexo:upgrade\nSELECT $a$ $b$", "L0303", ":5:8"},
	    {HEAD "-- lexo:upgrade\nSELECT /* 1", "L0303", ":5:8"},
	    {HEAD "-- lexo:upgrade\nSELECT 1;\n\xc3\xa9; COMMIT;", "L0304", ":6:4"},
	    {HEAD "-- lexo:upgrade\nselect 1; /* */ begin ; select 2", "L0304", ":5:17"},
	    {HEAD "-- lexo:upgrade\nSTART TRANSACTION", "L0304", ":5:1"},
	    {HEAD "-- lexo:upgrade\nrollback", "L0304", ":5:1"},
	    {HEAD "-- lexo:upgrade\nROLLBACK AND CHAIN", "L0304", ":5:1"},
	    {HEAD "-- lexo:upgrade\nend", "L0304", ":5:1"},
	    {HEAD "-- lexo:upgrade\nabort", "L0304", ":5:1"},
	    {HEAD "-- lexo:upgrade\nPREPARE TRANSACTION 'x'", "L0304", ":5:1"},
	    {HEAD "-- lexo:upgrade\nCOMMIT PREPARED 'x'", "L0304", ":5:1"},
	    {HEAD "-- lexo:upgrade\n-- lexo:downgrade\nCOMMIT", "L0304", ":6:1"},
	    {HEAD "-- lexo:upgrade\n\\i x.sql\n", "L0305", ":5:1"},
	    {HEAD "-- lexo:upgrade\nCOPY t FROM STDIN;\n1\n", "L0306", ":5:1"},
	    {HEAD "-- lexo:upgrade\ncopy (SELECT 1) to stdout", "L0306", ":5:1"},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct lx_arena *arena = lx_arena_open(0, NULL, NULL);
		struct lx_revision *revision;
		struct lx_fail fail;
		char where[64];
		print_message("# case %zu\n", i);
		assert_int_equal(parse(arena, cases[i].text, strlen(cases[i].text), &revision, &fail), LX_FAILED);
		assert_string_equal(fail.code, cases[i].code);
		snprintf(where, sizeof where, "m/aaa_one.sql%s", cases[i].where);
		assert_string_equal(fail.where, where);
		assert_true(*fail.help);
		assert_non_null(lx_fail_code_explanation(fail.code));
		lx_arena_close(arena);
	}
}

static void accepts_what_is_harmless(void **unused)
{
	(void)unused;
	static const char *const bodies[] = {
	    "SAVEPOINT a; ROLLBACK TO a; ROLLBACK WORK TO SAVEPOINT a; RELEASE a;",
	    "CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS $$ BEGIN COMMIT; END $$;",
	    "CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS $$\n-- lexo:downgrade\n\\i x\n$$;",
	    "SELECT '\n-- lexo:nonsense\n';",
	    "/* \n-- lexo:nonsense\n */ SELECT 1;",
	    "COPY t FROM '/tmp/x'; COPY t TO PROGRAM 'cat';",
	    "CREATE RULE r AS ON INSERT TO t DO ALSO (DELETE FROM a; DELETE FROM b);",
	    "-- about lexo: nothing\n",
	    "",
	};
	for (size_t i = 0; i < sizeof bodies / sizeof *bodies; i++) {
		struct lx_arena *arena = lx_arena_open(0, NULL, NULL);
		struct lx_revision *revision;
		struct lx_fail fail;
		char text[512];
		snprintf(text, sizeof text, HEAD "-- lexo:upgrade\n%s\n-- lexo:downgrade\n", bodies[i]);
		if (parse(arena, text, strlen(text), &revision, &fail) != LX_OK)
			fail_msg("%s: %s", bodies[i], fail.message);
		assert_true(revision->downgrade.is_present);
		lx_arena_close(arena);
	}
}

static void tokens_of(const char *text, size_t length, char tok[LX_SHA256_HEX], enum lx_status *status)
{
	struct lx_arena *arena = lx_arena_open(0, NULL, NULL);
	struct lx_revision *revision;
	struct lx_fail fail;
	*status = parse(arena, text, length, &revision, &fail);
	if (*status == LX_OK)
		memcpy(tok, revision->tok, LX_SHA256_HEX);
	lx_arena_close(arena);
}

static void tok_ignores_layout(void **unused)
{
	(void)unused;
	static const char *const same[] = {
	    HEAD "-- lexo:upgrade\nSELECT a, 'B' FROM T;\n-- lexo:downgrade\n",
	    "\xef\xbb\xbf" HEAD "-- lexo:upgrade\nSELECT a, 'B' FROM T;\n-- lexo:downgrade\n",
	    "-- lexo:revision aaa\r\n-- lexo:revises -\r\n-- lexo:upgrade\r\nselect A,'B'\r\nfrom t;\r\n-- "
	    "lexo:downgrade\r\n",
	    HEAD "-- lexo:created x\n-- lexo:state y\n-- hi\n-- lexo:upgrade\n/* c */SELECT a -- d\n, 'B' FROM T ;\n-- "
		 "lexo:downgrade\n",
	};
	static const char *const different[] = {
	    HEAD "-- lexo:upgrade\nSELECT a, 'b' FROM T;\n-- lexo:downgrade\n",
	    HEAD "-- lexo:upgrade\nSELECT a, 'B' FROM \"T\";\n-- lexo:downgrade\n",
	    HEAD "-- lexo:upgrade\nSELECT a, 'B' FROM \"t\";\n-- lexo:downgrade\n",
	    HEAD "-- lexo:upgrade\nSELECT a, 'B' FROM T;\n",
	    HEAD "-- lexo:upgrade\n-- lexo:downgrade\nSELECT a, 'B' FROM T;\n",
	    HEAD "-- lexo:upgrade\n-- lexo:step transaction=none\nSELECT a, 'B' FROM T;\n-- lexo:downgrade\n",
	    HEAD "-- lexo:irreversible x\n-- lexo:upgrade\nSELECT a, 'B' FROM T;\n-- lexo:downgrade\n",
	    HEAD "-- lexo:branch x\n-- lexo:upgrade\nSELECT a, 'B' FROM T;\n-- lexo:downgrade\n",
	    "-- lexo:revision aab\n-- lexo:revises -\n-- lexo:upgrade\nSELECT a, 'B' FROM T;\n-- lexo:downgrade\n",
	    "-- lexo:revision aaa\n-- lexo:revises b\n-- lexo:upgrade\nSELECT a, 'B' FROM T;\n-- lexo:downgrade\n",
	};
	char first[LX_SHA256_HEX], other[LX_SHA256_HEX];
	enum lx_status status;
	tokens_of(same[0], strlen(same[0]), first, &status);
	assert_int_equal(status, LX_OK);
	for (size_t i = 1; i < sizeof same / sizeof *same; i++) {
		tokens_of(same[i], strlen(same[i]), other, &status);
		assert_int_equal(status, LX_OK);
		assert_string_equal(first, other);
	}
	for (size_t i = 0; i < sizeof different / sizeof *different; i++) {
		tokens_of(different[i], strlen(different[i]), other, &status);
		assert_int_equal(status, LX_OK);
		assert_string_not_equal(first, other);
	}
}

/* Each byte of the SQL changed in each of several ways: refused when read, or another tok, unless the change is one of
 * case or white space. */
static void tok_sees_every_byte(void **unused)
{
	(void)unused;
	char text[sizeof whole], first[LX_SHA256_HEX], other[LX_SHA256_HEX];
	enum lx_status status;
	tokens_of(whole, sizeof whole - 1, first, &status);
	assert_int_equal(status, LX_OK);
	size_t start = (size_t)(strstr(whole, "CREATE TABLE") - whole);
	for (size_t i = start; i < sizeof whole - 1; i++)
		for (int bit = 0; bit < 8; bit++) {
			memcpy(text, whole, sizeof whole);
			text[i] = (char)(text[i] ^ (1 << bit));
			bool is_case =
			    bit == 5 && strchr("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz", whole[i]);
			bool is_space = strchr(" \n", whole[i]) && strchr(" \n\t\f\v\r", text[i]) && text[i];
			if (is_case || is_space)
				continue;
			tokens_of(text, sizeof whole - 1, other, &status);
			if (status == LX_OK && strcmp(first, other) == 0)
				fail_msg("byte %zu, bit %d: the change is not seen", i, bit);
		}
}

/* A file cut anywhere is refused or has another tok; never a crash. */
static void torn_files(void **unused)
{
	(void)unused;
	char first[LX_SHA256_HEX], other[LX_SHA256_HEX];
	enum lx_status status;
	size_t end = sizeof whole - 1;
	tokens_of(whole, end, first, &status);
	for (size_t i = 0; i < end - 1; i++) { /* the last newline does not count */
		tokens_of(whole, i, other, &status);
		if (status == LX_OK && strcmp(first, other) == 0)
			fail_msg("cut at %zu: not seen", i);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(reads_a_revision),         cmocka_unit_test(outlines),
	    cmocka_unit_test(writes_what_it_reads),     cmocka_unit_test(refuses_bad_files),
	    cmocka_unit_test(accepts_what_is_harmless), cmocka_unit_test(tok_ignores_layout),
	    cmocka_unit_test(tok_sees_every_byte),      cmocka_unit_test(torn_files),
	};
	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
