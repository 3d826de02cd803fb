/* Values to the wire and back; wrong bytes; memory that runs out at every place.
 * SPDX-License-Identifier: Apache-2.0 */
#include <limits.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

#include "wire_fixture.h"

static const lexo_str labels[] = {{"a", 1}, {"ab", 2}, {"a b", 3}};
static const lexo_enum letters = {"public", "letters", labels, 3};

static lexo_column column_of(uint8_t codec, unsigned flags)
{
	static const uint32_t oids[LEXO_CODEC_COUNT] = {0,    16,   21,   23,   20,   26,   700,  701,
							2950, 1082, 1184, 0,    25,   17,   114,  3802,
							1083, 1186, 869,  3904, 3926, 3912, 3910, 1700};
	lexo_column column = {.name = "x", .oid = oids[codec], .element_oid = oids[codec], .codec = codec};
	column.flags = (uint16_t)flags;
	column.type.labels = codec == LEXO_CODEC_ENUM ? &letters : NULL;
	return column;
}

/* VALUE goes out and comes back the same, as a value, an opt and an array of two; every truncation is refused. */
static void round_trip(struct fixture *fixture, uint8_t codec, const void *value)
{
	lexo_column column = column_of(codec, 0);
	const lexo_layout *info = &lx_codec(codec)->layout;
	size_t length;
	const char *bytes = encoded(fixture, &column, value, &length);
	assert_int_equal(decode(&column, bytes, length, fixture->arena, fixture->field), LX_DECODED);
	assert_memory_equal(fixture->field, value, info->size);
	for (size_t cut = 0; cut < length; cut++) { /* two bytes of four are a narrower column */
		bool is_narrower = codec == LEXO_CODEC_I32 && cut == 2;
		assert_int_equal(decode(&column, bytes, cut, fixture->arena, fixture->field),
				 is_narrower ? LX_DECODED : LX_DECODE_BAD);
	}
	column.flags = LEXO_NULLABLE;
	assert_int_equal(decode(&column, bytes, length, fixture->arena, fixture->field), LX_DECODED);
	assert_memory_equal(fixture->field + info->opt_value, value, info->size);
	assert_true(fixture->field[0]);
	assert_int_equal(lx_decode(&column, NULL, -1, fixture->arena, fixture->field), LX_DECODED);
	for (size_t i = 0; i < info->opt_size; i++)
		assert_int_equal(fixture->field[i], 0);
	char two[2 * 16];
	memcpy(two, value, info->size);
	memcpy(two + info->size, value, info->size);
	struct lx_array array = {two, 2, NULL}, back;
	column.flags = LEXO_ARRAY;
	bytes = encoded(fixture, &column, &array, &length);
	assert_int_equal(decode(&column, bytes, length, fixture->arena, &back), LX_DECODED);
	assert_int_equal(back.len, 2);
	assert_memory_equal(back.items, two, 2 * info->size);
	assert_null(back.nulls);
	for (size_t cut = 0; cut < length; cut++)
		assert_int_equal(decode(&column, bytes, cut, fixture->arena, &back), LX_DECODE_BAD);
}

#define TRIP(codec, type, ...)                                                                                         \
	do {                                                                                                           \
		const type values_[] = {__VA_ARGS__};                                                                  \
		for (size_t i_ = 0; i_ < sizeof values_ / sizeof values_[0]; i_++)                                     \
			round_trip(fixture, codec, &values_[i_]);                                                      \
	} while (0)

static void test_fixed_sizes(void **state)
{
	struct fixture *fixture = *state;
	TRIP(LEXO_CODEC_BOOL, bool, true, false);
	TRIP(LEXO_CODEC_I16, int16_t, 0, 1, -1, INT16_MIN, INT16_MAX);
	TRIP(LEXO_CODEC_I32, int32_t, 0, 1, -1, INT32_MIN, INT32_MAX);
	TRIP(LEXO_CODEC_U32, uint32_t, 0, 1, UINT32_MAX);
	TRIP(LEXO_CODEC_F32, float, 0, -0.0f, 1.5f, 3.4e38f, 1e-45f, __builtin_inff(), __builtin_nanf(""));
	TRIP(LEXO_CODEC_UUID, lexo_uuid, {{0}}, {{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 255}});
	TRIP(LEXO_CODEC_DATE, lexo_date, {0}, {-1}, {INT32_MIN}, {INT32_MAX}, {2145042905}, {-2440588},
	     {INT32_MAX - 1});
}

/* Of eight bytes, the first two and four are numbers too (a narrower column), so only other cuts are refused. */
static void test_wide_numbers(void **state)
{
	struct fixture *fixture = *state;
	const int64_t numbers[] = {0, 1, -1, INT64_MIN, INT64_MAX, INT64_C(0x0102030405060708)};
	lexo_column column = column_of(LEXO_CODEC_I64, 0);
	for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
		size_t length;
		int64_t back = 0;
		const char *bytes = encoded(fixture, &column, &numbers[i], &length);
		assert_int_equal(length, 8);
		assert_int_equal(decode(&column, bytes, 8, fixture->arena, &back), LX_DECODED);
		assert_true(back == numbers[i]);
		for (size_t cut = 0; cut < 8; cut++)
			assert_int_equal(decode(&column, bytes, cut, fixture->arena, &back),
					 cut == 2 || cut == 4 ? LX_DECODED : LX_DECODE_BAD);
	}
	int64_t wide = 0;
	assert_int_equal(decode(&column, "\377\376", 2, fixture->arena, &wide), LX_DECODED);
	assert_int_equal(wide, -2);
	double real = 0;
	column = column_of(LEXO_CODEC_F64, 0);
	assert_int_equal(decode(&column, "\077\300\0\0", 4, fixture->arena, &real), LX_DECODED);
	assert_true(real == 1.5);
}

static void test_times(void **state)
{
	struct fixture *fixture = *state;
	TRIP(LEXO_CODEC_TS, lexo_ts, {0}, {-1}, {INT64_MIN}, {INT64_MAX}, {INT64_C(-210866803200000000)},
	     {INT64_MAX - 1}, {INT64_MIN + LX_EPOCH_US + 1});
	lexo_column ts = column_of(LEXO_CODEC_TS, 0), date = column_of(LEXO_CODEC_DATE, 0);
	lexo_ts early = {INT64_MIN + LX_EPOCH_US};
	lexo_date first = {INT32_MIN + LX_EPOCH_DAYS};
	lx_parameters_clear(&fixture->db);
	assert_int_equal(lx_encode(&fixture->db, &ts, &early), LX_ENCODE_RANGE);
	assert_int_equal(lx_encode(&fixture->db, &date, &first), LX_ENCODE_RANGE);
	/* the server's last years do not fit behind our epoch */
	char late[8];
	lx_put64(late, (uint64_t)INT64_C(9223371331199999999));
	assert_int_equal(decode(&ts, late, 8, fixture->arena, fixture->field), LX_DECODE_BAD);
	lx_put64(late, (uint64_t)(INT64_MAX - LX_EPOCH_US));
	assert_int_equal(decode(&ts, late, 8, fixture->arena, fixture->field), LX_DECODE_BAD);
	lx_put32(late, INT32_MAX - LX_EPOCH_DAYS);
	assert_int_equal(decode(&date, late, 4, fixture->arena, fixture->field), LX_DECODE_BAD);
}

static void test_text(void **state)
{
	static const uint8_t codecs[] = {LEXO_CODEC_TEXT, LEXO_CODEC_BYTES, LEXO_CODEC_JSON, LEXO_CODEC_JSONB};
	struct fixture *fixture = *state;
	for (size_t i = 0; i < sizeof codecs; i++) {
		for (size_t length = 0; length < 3; length++) {
			lexo_column column = column_of(codecs[i], 0);
			lexo_str value = {"xy", length}, back = {0};
			size_t sent;
			const char *bytes = encoded(fixture, &column, &value, &sent);
			assert_int_equal(decode(&column, bytes, sent, fixture->arena, &back), LX_DECODED);
			assert_int_equal(back.len, length);
			assert_memory_equal(back.ptr, "xy", length);
			assert_int_equal(back.ptr[length], 0);
		}
	}
	lexo_column text = column_of(LEXO_CODEC_TEXT, 0), bytes = column_of(LEXO_CODEC_BYTES, 0);
	lexo_column jsonb = column_of(LEXO_CODEC_JSONB, 0);
	lexo_str nul = {"a\0b", 3}, back;
	lx_parameters_clear(&fixture->db);
	assert_int_equal(lx_encode(&fixture->db, &text, &nul), LX_ENCODE_NUL);
	assert_int_equal(lx_encode(&fixture->db, &bytes, &nul), LX_ENCODED);
	assert_int_equal(decode(&jsonb, "\2{}", 3, fixture->arena, &back), LX_DECODE_BAD);
	assert_int_equal(decode(&jsonb, "", 0, fixture->arena, &back), LX_DECODE_BAD);
}

static void test_labels(void **state)
{
	struct fixture *fixture = *state;
	lexo_column column = column_of(LEXO_CODEC_ENUM, 0);
	for (uint32_t value = 1; value <= 3; value++) {
		size_t length;
		uint32_t back = 0;
		const char *bytes = encoded(fixture, &column, &value, &length);
		assert_int_equal(decode(&column, bytes, length, fixture->arena, &back), LX_DECODED);
		assert_int_equal(back, value);
	}
	uint32_t back, none = 0, beyond = 4;
	assert_int_equal(decode(&column, "", 0, fixture->arena, &back), LX_DECODE_BAD);
	assert_int_equal(decode(&column, "ab\0", 3, fixture->arena, &back), LX_DECODE_BAD);
	assert_int_equal(decode(&column, "abc", 3, fixture->arena, &back), LX_DECODE_BAD);
	lx_parameters_clear(&fixture->db);
	assert_int_equal(lx_encode(&fixture->db, &column, &none), LX_ENCODE_LABEL);
	assert_int_equal(lx_encode(&fixture->db, &column, &beyond), LX_ENCODE_LABEL);
	assert_int_equal(lexo_bind_parse(&letters, LEXO_S("a b")), 3);
	assert_int_equal(lexo_bind_parse(&letters, (lexo_str){0}), 0);
	assert_string_equal(lexo_bind_label(&letters, 4), "");
}

static void test_null_where_none_may_be(void **state)
{
	struct fixture *fixture = *state;
	for (uint8_t codec = 1; codec < LEXO_CODEC_COMPOSITE; codec++) { /* the rest is in composite_test */
		lexo_column column = column_of(codec, 0);
		assert_int_equal(lx_decode(&column, NULL, -1, fixture->arena, fixture->field), LX_DECODE_BAD);
		column.flags = LEXO_NULLABLE;
		assert_int_equal(lx_decode(&column, NULL, -2, fixture->arena, fixture->field), LX_DECODE_BAD);
		assert_int_equal(lx_decode(&column, NULL, INT_MIN, fixture->arena, fixture->field), LX_DECODE_BAD);
	}
}

static void test_array_of_text_with_null(void **state)
{
	struct fixture *fixture = *state;
	const lexo_str items[] = {{"one", 3}, {NULL, 0}, {"", 0}, {"q\"\\,{}", 6}};
	lexo_str_array array = {items, 4, NULL}, back;
	lexo_column column = column_of(LEXO_CODEC_TEXT, LEXO_ARRAY);
	size_t length;
	const char *bytes = encoded(fixture, &column, &array, &length);
	assert_int_equal(decode(&column, bytes, length, fixture->arena, &back), LX_DECODED);
	assert_int_equal(back.len, 4);
	assert_string_equal(back.items[0].ptr, "one");
	assert_null(back.items[1].ptr);
	assert_non_null(back.items[2].ptr);
	assert_int_equal(back.items[2].len, 0);
	assert_string_equal(back.items[3].ptr, "q\"\\,{}");
	column.flags |= LEXO_AS_TEXT;
	bytes = encoded(fixture, &column, &array, &length);
	assert_string_equal(bytes, "{\"one\",NULL,\"\",\"q\\\"\\\\,{}\"}");
	assert_int_equal(length, strlen(bytes));
	assert_int_equal(fixture->db.parameters.formats[0], 0);
}

static void test_array_of_numbers_with_null(void **state)
{
	struct fixture *fixture = *state;
	const int32_t items[] = {7, 0, -7};
	const bool nulls[] = {false, true, false};
	lexo_i32_array array = {items, 3, nulls}, back;
	lexo_column column = column_of(LEXO_CODEC_I32, LEXO_ARRAY);
	size_t length;
	const char *bytes = encoded(fixture, &column, &array, &length);
	assert_int_equal(decode(&column, bytes, length, fixture->arena, &back), LX_DECODED);
	assert_memory_equal(back.items, items, sizeof items);
	assert_memory_equal(back.nulls, nulls, sizeof nulls);
	array = (lexo_i32_array){items, 0, NULL};
	bytes = encoded(fixture, &column, &array, &length);
	assert_int_equal(decode(&column, bytes, length, fixture->arena, &back), LX_DECODED);
	assert_non_null(back.items);
	assert_int_equal(back.len, 0);
}

/* Every four bytes of an array's encoding are replaced by every value that a length, count or flag must not blindly be
 * trusted with.  Whatever comes of it, nothing is read behind the end (the copy is exact) and nothing much is
 * allocated. */
static void test_wrong_lengths_in_arrays(void **state)
{
	static const uint8_t codecs[] = {LEXO_CODEC_I16,   LEXO_CODEC_I64,  LEXO_CODEC_TEXT,
					 LEXO_CODEC_JSONB, LEXO_CODEC_UUID, LEXO_CODEC_BOOL};
	struct fixture *fixture = *state;
	for (size_t i = 0; i < sizeof codecs; i++) {
		lexo_column column = column_of(codecs[i], LEXO_ARRAY);
		const lexo_layout *info = &lx_codec(codecs[i])->layout;
		lexo_str text[2] = {{"abc", 3}, {"defgh", 5}};
		char numbers[32] = {1, 0};
		struct lx_array array = {info->opt_value ? (void *)numbers : (void *)text, 2, NULL}, back;
		size_t length;
		const char *bytes = encoded(fixture, &column, &array, &length);
		for (size_t at = 0; at + 4 <= length; at++) {
			for (int64_t wrong = -2; wrong <= 18; wrong++) {
				char copy[128];
				int64_t value = wrong == 17 ? INT_MIN : wrong == 18 ? INT_MAX : wrong;
				memcpy(copy, bytes, length);
				lx_put32(copy + at, (uint32_t)value);
				lexo_arena_reset(fixture->arena);
				decode(&column, copy, length, fixture->arena, &back);
				assert_true(lexo_arena_bytes(fixture->arena) < 1 << 20);
			}
		}
	}
}

static void test_random_bytes(void **state)
{
	struct fixture *fixture = *state;
	uint32_t seed = 1;
	for (int round = 0; round < 200000; round++) {
		char bytes[48];
		size_t length = 0;
		seed = seed * 1664525 + 1013904223;
		size_t wanted = seed >> 8 & 47;
		for (; length < wanted; length++) {
			seed = seed * 1664525 + 1013904223;
			bytes[length] = (char)(seed >> 28 ? 0 : seed >> 20);
		}
		lexo_column column =
		    column_of((uint8_t)(1 + round % (LEXO_CODEC_COMPOSITE - 1)), round & 1 ? LEXO_ARRAY : 0);
		if (round & 1 && length >= 20) {
			lx_put32(bytes, 1);
			lx_put32(bytes + 4, 0);
			lx_put32(bytes + 8, column.element_oid);
		}
		if (round % 64 == 0)
			lexo_arena_reset(fixture->arena);
		enum lx_decoded decoded = decode(&column, bytes, length, fixture->arena, fixture->field);
		assert_true(decoded == LX_DECODED || decoded == LX_DECODE_BAD);
	}
}

static void test_memory_runs_out(void **state)
{
	struct fixture *fixture = *state;
	const lexo_str items[] = {{"one", 3}, {"two", 3}};
	lexo_str_array array = {items, 2, NULL}, back;
	lexo_column column = column_of(LEXO_CODEC_TEXT, LEXO_ARRAY);
	size_t length;
	char copy[128];
	const char *bytes = encoded(fixture, &column, &array, &length);
	memcpy(copy, bytes, length);
	for (long limit = 0;; limit++) {
		lx_parameters_free(&fixture->db);
		fixture->left = limit;
		enum lx_encoded result = lx_encode(&fixture->db, &column, &array);
		assert_true(result == LX_ENCODED || result == LX_ENCODE_NOMEM);
		if (result == LX_ENCODED)
			break;
		assert_true(limit < 10);
	}
	for (long limit = 0;; limit++) {
		fixture->left = -1;
		lexo_arena_free(fixture->arena);
		fixture->arena = lexo_arena_new_with(256, counted, fixture);
		fixture->left = limit;
		enum lx_decoded result = decode(&column, copy, length, fixture->arena, &back);
		assert_true(result == LX_DECODED || result == LX_DECODE_NOMEM);
		if (result == LX_DECODED)
			break;
		assert_true(limit < 10);
	}
}

int main(void)
{
	cmocka_set_message_output(CM_OUTPUT_TAP);
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(test_fixed_sizes, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_wide_numbers, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_times, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_text, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_labels, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_null_where_none_may_be, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_array_of_text_with_null, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_array_of_numbers_with_null, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_wrong_lengths_in_arrays, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_random_bytes, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_memory_runs_out, setup, teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
