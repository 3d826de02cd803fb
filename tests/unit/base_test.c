/* The modules below everything: arena, buffer, vec, map, utf8, json, fail.
 * SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/fail.h"
#include "base/json.h"
#include "base/map.h"
#include "base/utf8.h"
#include "base/vec.h"

static void arena(void **state)
{
	(void)state;
	struct lx_arena *arena = lx_arena_open(0, NULL, NULL);
	assert_non_null(arena);
	char *small = lx_arena_try_alloc(arena, 3);
	for (size_t i = 1; i < 200; i++) { /* through every size of chunk */
		unsigned char *bytes = lx_arena_try_alloc(arena, i * 977);
		assert_non_null(bytes);
		assert_int_equal((uintptr_t)bytes % 16, 0);
		for (size_t k = 0; k < i * 977; k++)
			assert_int_equal(bytes[k], 0);
		memset(bytes, 0xff, i * 977);
	}
	unsigned char *large = lx_arena_try_alloc(arena, 9 << 20);
	assert_non_null(large);
	assert_int_equal(large[(9 << 20) - 1], 0);
	memset(small, 1, 3);
	lx_arena_reset(arena);
	unsigned char *again = lx_arena_try_alloc(arena, 1 << 20);
	for (size_t k = 0; k < 1 << 20; k++)
		assert_int_equal(again[k], 0);
	assert_null(lx_arena_try_alloc(arena, SIZE_MAX));
	assert_null(lx_arena_try_alloc(arena, SIZE_MAX / 2 + 1));
	assert_string_equal(lx_arena_printf(arena, "%s-%d", "a", 7), "a-7");
	assert_string_equal(lx_arena_copy(arena, "abcdef", 3), "abc");
	lx_arena_close(arena);
	lx_arena_close(NULL);
}

static void jump(void *context, size_t wanted)
{
	(void)wanted;
	longjmp(*(jmp_buf *)context, 1);
}

static void arena_limit(void **state)
{
	(void)state;
	jmp_buf back;
	struct lx_arena *arena = lx_arena_open(100000, jump, &back);
	volatile int count = 0;
	if (setjmp(back) == 0)
		for (;; count++)
			lx_arena_alloc(arena, 1000);
	assert_in_range(count, 50, 100);
	assert_true(lx_arena_bytes(arena) <= 100000);
	if (setjmp(back) == 0) {
		lx_arena_array(arena, SIZE_MAX / 2, 4); /* the product wraps */
		fail();
	}
	lx_arena_close(arena);
}

static void buffer(void **state)
{
	(void)state;
	struct lx_buffer buffer = LX_BUFFER_INIT;
	assert_string_equal(lx_buffer_text(&buffer), "");
	lx_buffer_string(&buffer, "ab");
	lx_buffer_char(&buffer, 'c');
	lx_buffer_repeat(&buffer, '-', 300);
	lx_buffer_printf(&buffer, "%d%s", 12, "x");
	assert_int_equal(buffer.length, 306);
	assert_string_equal(lx_buffer_text(&buffer) + 303, "12x");
	lx_buffer_truncate(&buffer, 3);
	lx_buffer_truncate(&buffer, 99);
	assert_string_equal(lx_buffer_text(&buffer), "abc");
	lx_buffer_repeat(&buffer, 'x', SIZE_MAX); /* cannot be had */
	assert_false(lx_buffer_ok(&buffer));
	lx_buffer_string(&buffer, "more");
	assert_string_equal(lx_buffer_text(&buffer), "abc");
	lx_buffer_clear(&buffer);
	assert_true(lx_buffer_ok(&buffer));
	lx_buffer_free(&buffer);
}

static int by_first_letter(const void *a, const void *b, void *context)
{
	(void)context;
	return *(const char *)a - *(const char *)b;
}

static void vec(void **state)
{
	(void)state;
	static char words[][4] = {"c1", "a1", "b1", "c2", "a2", "b2", "a3", "c3", "a4"};
	struct lx_arena *arena = lx_arena_open(0, NULL, NULL);
	struct lx_vec vec = {0};
	lx_vec_sort(arena, &vec, by_first_letter, NULL);
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		lx_vec_push(arena, &vec, words[i]);
	lx_vec_sort(arena, &vec, by_first_letter, NULL);
	char joined[64] = "";
	LX_EACH (const char *, word, &vec)
		strcat(joined, word);
	assert_string_equal(joined, "a1a2a3a4b1b2c1c2c3"); /* equal ones keep their order */
	lx_arena_close(arena);
}

static void map(void **state)
{
	(void)state;
	struct lx_arena *arena = lx_arena_open(0, NULL, NULL);
	struct lx_map map = {0};
	static int values[5000];
	assert_null(lx_map_get(&map, "x", 1));
	for (int i = 0; i < 5000; i++) {
		char key[16];
		int length = snprintf(key, sizeof key, "k%d", i);
		assert_null(lx_map_put(arena, &map, key, (size_t)length, &values[i]));
	}
	assert_int_equal(map.length, 5000);
	assert_ptr_equal(lx_map_get(&map, "k4711", 5), &values[4711]);
	assert_ptr_equal(lx_map_put(arena, &map, "k1", 2, &values[9]), &values[1]);
	assert_ptr_equal(lx_map_get(&map, "k1", 2), &values[1]);
	assert_null(lx_map_get(&map, "k5000", 5));
	assert_null(lx_map_put(arena, &map, "", 0, &values[3]));
	assert_ptr_equal(lx_map_get(&map, "", 0), &values[3]);
	assert_null(lx_map_put(arena, &map, "a\0b", 3, &values[4]));
	assert_null(lx_map_get(&map, "a\0c", 3));
	lx_arena_close(arena);
}

static void utf8(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		size_t valid;
	} cases[] = {
	    {"plain ASCII, longer than one word", 33},
	    {"\xc3\xa4\xe2\x82\xac\xf0\x9f\x98\x80", 9},
	    {"a\x80", 1},             /* continuation alone */
	    {"a\xc0\x80", 1},         /* overlong */
	    {"a\xe0\x80\x80", 1},     /* overlong */
	    {"a\xed\xa0\x80", 1},     /* surrogate */
	    {"a\xf4\x90\x80\x80", 1}, /* beyond U+10FFFF */
	    {"12345678\xff", 8},      /* behind a whole word */
	    {"1234567\xc3", 7},       /* cut */
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_int_equal(lx_utf8_valid(cases[i].text, strlen(cases[i].text)), cases[i].valid);
	uint32_t c;
	assert_int_equal(lx_utf8_step("\xe2\x82\xac", 3, &c), 3);
	assert_int_equal(c, 0x20ac);
	assert_int_equal(lx_utf8_step("\xe2\x82", 2, &c), 1);
	assert_int_equal(c, 0xfffd);
	assert_int_equal(lx_utf8_width("a\xc3\xa4", 3), 2);
	assert_int_equal(lx_utf8_width("e\xcc\x81", 3), 1);    /* combining accent */
	assert_int_equal(lx_utf8_width("\xe4\xb8\xad", 3), 2); /* wide */
	assert_int_equal(lx_utf8_clip("a\xc3\xa4x", 4, 2), 1);
	assert_int_equal(lx_utf8_clip("a\xc3\xa4x", 4, 3), 3);
	assert_int_equal(lx_utf8_clip("abc", 3, 9), 3);
}

static void json(void **state)
{
	(void)state;
	struct lx_buffer out = LX_BUFFER_INIT;
	struct lx_json json;
	lx_json_init(&json, &out);
	lx_json_open_object(&json);
	lx_json_key_string(&json, "a", "q\"\\\n\t\x01");
	lx_json_key_integer(&json, "b", INT64_MIN);
	lx_json_key(&json, "c");
	lx_json_open_array(&json);
	lx_json_bool(&json, true);
	lx_json_null(&json);
	lx_json_open_object(&json);
	lx_json_close_object(&json);
	lx_json_close_array(&json);
	lx_json_key_string(&json, "d", NULL);
	lx_json_key_string(&json, "e", "\xff\xc3\xa4");
	lx_json_close_object(&json);
	assert_string_equal(lx_buffer_text(&out), "{\"a\":\"q\\\"\\\\\\n\\t\\u0001\",\"b\":-9223372036854775808,"
						  "\"c\":[true,null,{}],\"d\":null,\"e\":\"\xef\xbf\xbd\xc3\xa4\"}");
	lx_buffer_free(&out);
}

static void failures(void **state)
{
	(void)state;
	struct lx_fail failed = {0};
	assert_int_equal(lx_fail(&failed, LX_CHECKSUM, "L0301", "first %d", 1), LX_CHECKSUM);
	assert_int_equal(lx_fail(&failed, LX_LOCKED, "L0401", "second"), LX_LOCKED);
	assert_string_equal(failed.message, "first 1"); /* the cause stays */
	assert_string_equal(failed.code, "L0301");
	assert_int_equal(failed.status, LX_CHECKSUM);
	assert_int_equal(lx_fail(NULL, LX_FAILED, "L0105", "nobody listens"), LX_FAILED);
	struct lx_fail cut = {0};
	char longest[2000];
	memset(longest, 'x', sizeof longest);
	memcpy(longest + sizeof cut.message - 2, "\xc3\xa4", 2); /* would be cut in the middle */
	longest[sizeof longest - 1] = 0;
	lx_fail(&cut, LX_FAILED, "L0105", "%s", longest);
	assert_int_equal(strlen(cut.message), sizeof cut.message - 2);
	assert_int_equal(lx_utf8_valid(cut.message, strlen(cut.message)), strlen(cut.message));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(arena), cmocka_unit_test(arena_limit), cmocka_unit_test(buffer),
	    cmocka_unit_test(vec),   cmocka_unit_test(map),         cmocka_unit_test(utf8),
	    cmocka_unit_test(json),  cmocka_unit_test(failures),
	};
	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
