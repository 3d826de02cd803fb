/* Ranges on the wire: what is sent comes back, in binary and as text; what is no range is refused, and what cannot be
 * sent, and no allocation that fails is overlooked.
 * SPDX-License-Identifier: Apache-2.0 */
#include <limits.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

#include "wire_fixture.h"

static const lexo_i32_range small[] = {{{true, -5}, {true, 7}, true, false, false},
				       {{true, INT32_MIN}, {false, 0}, false, false, false},
				       {{false, 0}, {true, INT32_MAX}, false, true, false},
				       {{false, 0}, {false, 0}, false, false, false},
				       {{false, 0}, {false, 0}, false, false, true}};
static const lexo_i64_range large = {{true, INT64_MIN}, {true, INT64_MAX}, true, true, false};
static const lexo_date_range days = {{true, {0}}, {true, {1}}, false, false, false};
static const lexo_ts_range times = {{true, {INT64_MIN}}, {true, {INT64_MAX}}, true, true, false};
static const lexo_num_range prices[] = {{{"0.10", 4}, {"99999999999999999999.5", 22}, true, true, false},
					{{NULL, 0}, {"Infinity", 8}, false, false, false},
					{{"-1", 2}, {NULL, 0}, true, false, false},
					{{NULL, 0}, {NULL, 0}, false, false, true}};

static const struct {
	lexo_column column;
	const void *value;
	const char *text;
} cases[] = {
    {{.name = "r", .oid = 3904, .codec = LEXO_CODEC_I32_RANGE}, &small[0], "[-5,7)"},
    {{.name = "r", .oid = 3904, .codec = LEXO_CODEC_I32_RANGE}, &small[1], "(-2147483648,)"},
    {{.name = "r", .oid = 3904, .codec = LEXO_CODEC_I32_RANGE}, &small[2], "(,2147483647]"},
    {{.name = "r", .oid = 3904, .codec = LEXO_CODEC_I32_RANGE}, &small[3], "(,)"},
    {{.name = "r", .oid = 3904, .codec = LEXO_CODEC_I32_RANGE}, &small[4], "empty"},
    {{.name = "r", .oid = 3926, .codec = LEXO_CODEC_I64_RANGE}, &large, "[-9223372036854775808,9223372036854775807]"},
    {{.name = "r", .oid = 3912, .codec = LEXO_CODEC_DATE_RANGE}, &days, "(1970-01-01,1970-01-02)"},
    {{.name = "r", .oid = 3910, .codec = LEXO_CODEC_TS_RANGE}, &times, "[-infinity,infinity]"},
    {{.name = "r", .oid = 3906, .codec = LEXO_CODEC_NUM_RANGE}, &prices[0], "[0.10,99999999999999999999.5]"},
    {{.name = "r", .oid = 3906, .codec = LEXO_CODEC_NUM_RANGE}, &prices[1], "(,Infinity)"},
    {{.name = "r", .oid = 3906, .codec = LEXO_CODEC_NUM_RANGE}, &prices[2], "[-1,)"},
    {{.name = "r", .oid = 3906, .codec = LEXO_CODEC_NUM_RANGE}, &prices[3], "empty"},
};
enum { CASES = sizeof cases / sizeof *cases };

static void assert_text(struct fixture *fixture, const lexo_column *column, const void *value, const char *text)
{
	lx_parameters_clear(&fixture->db);
	assert_int_equal(lx_encode_text(&fixture->db, column, value), LX_ENCODED);
	assert_int_equal(fixture->db.parameters.used, strlen(text));
	assert_memory_equal(fixture->db.parameters.scratch, text, strlen(text));
}

static void test_round_trips(void **state)
{
	struct fixture *fixture = *state;
	for (size_t i = 0; i < CASES; i++) {
		const lexo_column *column = &cases[i].column;
		_Alignas(16) char back[64];
		char first[128], second[129];
		size_t length, again;
		const char *bytes = encoded(fixture, column, cases[i].value, &length);
		assert_true(length < sizeof first);
		memcpy(first, bytes, length);
		memcpy(second, bytes, length);
		second[length] = 0;
		assert_int_equal(decode(column, first, length, fixture->arena, back), LX_DECODED);
		bytes = encoded(fixture, column, back, &again);
		assert_int_equal(again, length);
		assert_memory_equal(bytes, first, length);
		assert_text(fixture, column, cases[i].value, cases[i].text);
		assert_text(fixture, column, back, cases[i].text);
		for (size_t cut = 0; cut <= length + 1; cut++)
			assert_int_equal(decode(column, second, cut, fixture->arena, back) == LX_DECODED,
					 cut == length);
	}
}

static void test_digits(void **state)
{
	struct fixture *fixture = *state;
	const lexo_column *column = &cases[8].column;
	lexo_num_range back;
	size_t length;
	const char *bytes = encoded(fixture, column, &prices[0], &length);
	assert_int_equal(decode(column, bytes, length, fixture->arena, &back), LX_DECODED);
	assert_string_equal(back.lower.ptr, "0.10");
	assert_string_equal(back.upper.ptr, "99999999999999999999.5");
	assert_true(back.lower_inc && back.upper_inc && !back.is_empty);
	bytes = encoded(fixture, column, &prices[2], &length);
	assert_int_equal(decode(column, bytes, length, fixture->arena, &back), LX_DECODED);
	assert_string_equal(back.lower.ptr, "-1");
	assert_null(back.upper.ptr);
}

static void test_strange_bytes(void **state)
{
	static const char range[] = "\6\0\0\0\4\0\0\0\1\0\0\0\4\0\0\0\2";
	static const char *const lengths[] = {"\377\377\377\377", "\377\377\377\376", "\200\0\0\0",
					      "\177\377\377\377", "\0\0\0\0",         "\0\0\0\1",
					      "\0\0\0\3",         "\0\0\0\5",         "\0\0\0\10"};
	struct fixture *fixture = *state;
	const lexo_column *column = &cases[0].column;
	lexo_i32_range back;
	char bytes[17];
	assert_int_equal(decode(column, range, 17, fixture->arena, &back), LX_DECODED);
	for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++) {
		for (size_t slot = 1; slot <= 9; slot += 8) {
			memcpy(bytes, range, 17);
			memcpy(bytes + slot, lengths[i], 4);
			assert_int_equal(decode(column, bytes, 17, fixture->arena, &back), LX_DECODE_BAD);
		}
	}
	for (int flags = 0; flags < 256; flags++) {
		memcpy(bytes, range, 17);
		bytes[0] = (char)flags;
		bool has_both = flags < 32 && !(flags & (LX_RANGE_EMPTY | LX_RANGE_LB_INF | LX_RANGE_UB_INF));
		assert_int_equal(decode(column, bytes, 17, fixture->arena, &back),
				 has_both ? LX_DECODED : LX_DECODE_BAD);
	}
}

static void test_what_cannot_be_sent(void **state)
{
	static const lexo_date_range far = {{true, {INT32_MIN + 1}}, {false, {0}}, false, false, false};
	static const lexo_num_range much = {{"much", 4}, {NULL, 0}, false, false, false};
	static const lexo_num_range huge = {{NULL, 0}, {"1e200000", 8}, false, false, false};
	struct fixture *fixture = *state;
	assert_int_equal(lx_encode(&fixture->db, &cases[6].column, &far), LX_ENCODE_RANGE);
	assert_int_equal(lx_encode(&fixture->db, &cases[8].column, &much), LX_ENCODE_NUMBER);
	assert_int_equal(lx_encode(&fixture->db, &cases[8].column, &huge), LX_ENCODE_RANGE);
	assert_int_equal(lx_encode_text(&fixture->db, &cases[8].column, &much), LX_ENCODE_NUMBER);
}

/* Each allocation fails once, on the way out and on the way back. */
static void test_no_memory(void **state)
{
	struct fixture *fixture = *state;
	const lexo_column *column = &cases[8].column;
	enum lx_encoded result = LX_ENCODE_NOMEM;
	for (int left = 0; result != LX_ENCODED; left++) {
		lx_parameters_free(&fixture->db);
		fixture->left = left;
		result = lx_encode(&fixture->db, column, &prices[0]);
		assert_true(result == LX_ENCODED || result == LX_ENCODE_NOMEM);
		assert_true(left < 100);
	}
	fixture->left = -1;
	size_t length;
	const char *bytes = encoded(fixture, column, &prices[0], &length);
	enum lx_decoded decoded = LX_DECODE_NOMEM;
	for (int left = 0; decoded != LX_DECODED; left++) {
		lexo_num_range back;
		lexo_arena_free(fixture->arena);
		fixture->left = -1;
		fixture->arena = lexo_arena_new_with(0, counted, fixture);
		fixture->left = left;
		decoded = decode(column, bytes, length, fixture->arena, &back);
		assert_true(decoded == LX_DECODED || decoded == LX_DECODE_NOMEM);
		assert_true(left < 100);
	}
	fixture->left = -1;
}

int main(void)
{
	cmocka_set_message_output(CM_OUTPUT_TAP);
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(test_round_trips, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_digits, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_strange_bytes, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_what_cannot_be_sent, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_no_memory, setup, teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
