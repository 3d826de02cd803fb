/* Public values, arenas, and handles that never reached a server.
 * SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "runtime/arena.h"
#include "runtime/codec.h"

static void test_uuid(void **state)
{
	(void)state;
	static const char *const good[] = {"a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11",
					   "A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11",
					   "{a0eebc99-9c0b4ef8-bb6d6bb9-bd380a11}", "a0eebc999c0b4ef8bb6d6bb9bd380a11"};
	static const char *const bad[] = {"",
					  "a0eebc99",
					  "{a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11",
					  "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11}",
					  "g0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11",
					  "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a1",
					  "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a112",
					  "a0-eebc999c0b4ef8bb6d6bb9bd380a11",
					  "a0eebc999c0b4ef8bb6d6bb9bd380a11-"};
	lexo_uuid uuid = {{0}};
	char text[37];
	for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
		assert_int_equal(lexo_uuid_parse(lexo_cstr(good[i]), &uuid), LEXO_OK);
		lexo_uuid_format(uuid, text);
		assert_string_equal(text, good[0]);
	}
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
		assert_int_equal(lexo_uuid_parse(lexo_cstr(bad[i]), &uuid), LEXO_E_MISUSE);
	assert_int_equal(lexo_uuid_parse(lexo_cstr(NULL), &uuid), LEXO_E_MISUSE);
}

static void test_time_as_text(void **state)
{
	(void)state;
	static const struct {
		int64_t us;
		const char *text;
	} rows[] = {
	    {0, "1970-01-01T00:00:00.000000Z"},
	    {-1, "1969-12-31T23:59:59.999999Z"},
	    {INT64_C(951782400000000), "2000-02-29T00:00:00.000000Z"},
	    {INT64_C(1767225599123456), "2025-12-31T23:59:59.123456Z"},
	    {INT64_C(-62167219200000000), "0000-01-01T00:00:00.000000Z"},
	    {INT64_C(-210866803200000000), "-004713-11-24T00:00:00.000000Z"},
	    {INT64_C(253402300800000000), "+010000-01-01T00:00:00.000000Z"},
	    {INT64_MAX - 1, "+294247-01-10T04:00:54.775806Z"},
	    {INT64_MIN + 1, "-290308-12-21T19:59:05.224193Z"},
	    {INT64_MIN, "-infinity"},
	    {INT64_MAX, "infinity"},
	};
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		char text[LEXO_TS_TEXT];
		lexo_ts_format((lexo_ts){rows[i].us}, text);
		assert_string_equal(text, rows[i].text);
	}
	char text[LEXO_DATE_TEXT];
	lexo_date_format((lexo_date){19782}, text);
	assert_string_equal(text, "2024-02-29");
	lexo_date_format((lexo_date){INT32_MAX - 1}, text);
	assert_string_equal(text, "+5881580-07-10");
	lexo_date_format((lexo_date){INT32_MIN}, text);
	assert_string_equal(text, "-infinity");
	assert_true(lexo_now().us > INT64_C(1700000000000000));
}

static void test_arena(void **state)
{
	(void)state;
	lexo_arena *arena = lexo_arena_new(0);
	assert_non_null(arena);
	for (size_t size = 1; size < 200000; size = size * 2 + 1) {
		for (size_t alignment = 1; alignment <= 16; alignment *= 2) {
			char *p = lx_memory_take(arena, size, alignment);
			assert_non_null(p);
			assert_int_equal((uintptr_t)p % alignment, 0);
			memset(p, 0xab, size);
		}
	}
	assert_true(lexo_arena_bytes(arena) > 200000);
	lexo_arena_reset(arena);
	size_t kept = lexo_arena_bytes(arena);
	assert_non_null(lx_memory_take(arena, 100, 8));
	assert_int_equal(lexo_arena_bytes(arena), kept);
	assert_null(lx_memory_take(arena, SIZE_MAX - 8, 8));
	lexo_arena_free(arena);
	lexo_arena_free(NULL);
}

static void test_growing(void **state)
{
	(void)state;
	lexo_arena *arena = lexo_arena_new(0);
	struct lx_growing growing = {0};
	for (uint32_t i = 0; i < 100000; i++) {
		uint32_t *p = lx_growing_add(arena, &growing, sizeof *p);
		assert_non_null(p);
		*p = i;
	}
	const uint32_t *all = lx_growing_finish(arena, &growing);
	for (uint32_t i = 0; i < 100000; i++)
		assert_int_equal(all[i], i);
	assert_null(growing.block);
	assert_null(lx_growing_finish(arena, &growing));
	assert_non_null(lx_growing_add(arena, &growing, 10));
	lx_growing_drop(arena, &growing);
	lexo_arena_free(arena);
}

static void *never(void *context, void *p, size_t size)
{
	(void)context;
	(void)p;
	(void)size;
	return NULL;
}

static void *after(void *context, void *p, size_t size)
{
	int *left = context;
	if (size && (*left)-- <= 0)
		return NULL;
	return lx_libc_alloc(NULL, p, size);
}

static void test_handle_without_server(void **state)
{
	(void)state;
	lexo_options options = {.struct_size = sizeof options};
	lexo_db *db = NULL;
	assert_int_equal(lexo_open("host=/nonexistent/lexo", &options, &db), LEXO_E_CONNECTION);
	assert_non_null(db);
	assert_int_equal(lexo_err(db)->rc, LEXO_E_CONNECTION);
	assert_non_null(strstr(lexo_err(db)->message, "/nonexistent/lexo"));
	assert_string_equal(lexo_err(db)->constraint_name, "");
	assert_int_equal(lexo_begin(db, 0), LEXO_E_CONNECTION);
	assert_int_equal(lexo_commit(db), LEXO_E_MISUSE);
	lexo_rollback(db);
	lexo_close(db);
	assert_int_equal(lexo_adopt(NULL, NULL, &db), LEXO_E_MISUSE);
	assert_int_equal(lexo_begin(db, 0), LEXO_E_CONNECTION);
	lexo_close(db);
	options.alloc = never;
	assert_int_equal(lexo_open("host=/nonexistent/lexo", &options, &db), LEXO_E_NOMEM);
	assert_null(db);
	assert_int_equal(lexo_err(db)->rc, LEXO_E_NOMEM);
	lexo_close(db);
	/* memory for the handle, none for the message */
	int left = 1;
	options.alloc = after;
	options.alloc_context = &left;
	assert_int_equal(lexo_open("host=/nonexistent/lexo", &options, &db), LEXO_E_CONNECTION);
	assert_int_equal(lexo_err(db)->rc, LEXO_E_CONNECTION);
	assert_non_null(lexo_err(db)->message);
	lexo_close(db);
	assert_null(lexo_arena_new_with(0, never, NULL));
}

/* A program that was built against a smaller struct. */
static void test_older_options(void **state)
{
	(void)state;
	lexo_options options;
	memset(&options, 0xff, sizeof options);
	options.struct_size = offsetof(lexo_options, on_query);
	options.stmt_cache = 1;
	options.no_prepare = false;
	lexo_db *db = NULL;
	assert_int_equal(lexo_open("host=/nonexistent/lexo", &options, &db), LEXO_E_CONNECTION);
	lexo_close(db);
}

static void test_names_of_results(void **state)
{
	(void)state;
	assert_string_equal(lexo_rc_name(LEXO_E_UNIQUE), "LEXO_E_UNIQUE");
	assert_string_equal(lexo_rc_name((lexo_rc)77), "unknown");
	for (int rc = LEXO_E_FIRST; rc <= LEXO_E_NOMEM; rc++)
		assert_string_not_equal(lexo_rc_name((lexo_rc)rc), "unknown");
}

static void test_accepted_types(void **state)
{
	(void)state;
	lexo_column wide = {.oid = 20, .codec = LEXO_CODEC_I64}, narrow = {.oid = 21, .codec = LEXO_CODEC_I16};
	lexo_column array = {.oid = 1009, .element_oid = 25, .codec = LEXO_CODEC_TEXT, .flags = LEXO_ARRAY};
	lexo_column label = {.codec = LEXO_CODEC_ENUM};
	assert_true(lx_codec_accepts(&wide, 20, 0) && lx_codec_accepts(&wide, 23, 0) && lx_codec_accepts(&wide, 21, 0));
	assert_false(lx_codec_accepts(&narrow, 20, 0) || lx_codec_accepts(&narrow, 0, 0));
	assert_true(lx_codec_accepts(&array, 1009, 0) && lx_codec_accepts(&array, 1015, 0));
	assert_false(lx_codec_accepts(&array, 25, 0) || lx_codec_accepts(&array, 1007, 0));
	assert_true(lx_codec_accepts(&label, 25, 0) && lx_codec_accepts(&label, 16400, 16400));
	assert_false(lx_codec_accepts(&label, 16400, 0) || lx_codec_accepts(&label, 16401, 16400));
}

int main(void)
{
	cmocka_set_message_output(CM_OUTPUT_TAP);
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_uuid),
	    cmocka_unit_test(test_time_as_text),
	    cmocka_unit_test(test_arena),
	    cmocka_unit_test(test_growing),
	    cmocka_unit_test(test_handle_without_server),
	    cmocka_unit_test(test_older_options),
	    cmocka_unit_test(test_accepted_types),
	    cmocka_unit_test(test_names_of_results),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
