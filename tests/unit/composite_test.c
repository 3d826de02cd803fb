/* Composite types and multiranges on the wire: what goes out comes back, and whatever else is refused.
 * SPDX-License-Identifier: Apache-2.0 */
#include <limits.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

#include "wire_fixture.h"

/* Layouts as they are generated. */
struct point {
	lexo_opt_i32 x;
	lexo_str name;
};
struct opt_point {
	bool has;
	struct point v;
};
struct points {
	const struct point *items;
	size_t len;
	const bool *nulls;
};
struct place {
	lexo_str amount;
	struct opt_point at;
	struct points path;
	uint32_t kind;
	lexo_i32_range_array hours;
	lexo_i64_array numbers;
};
struct opt_place {
	bool has;
	struct place v;
};

#define LAYOUT(type, opt)                                                                                              \
	{                                                                                                              \
		sizeof(type), _Alignof(type), sizeof(opt), offsetof(opt, v)                                            \
	}
static const lexo_str kind_texts[] = {{"home", 4}, {"work", 4}};
static const lexo_enum kinds = {"public", "kind", kind_texts, 2};
/* What a server says of types that are not builtin. */
enum { KIND = 16384, POINT, POINTS };
static const lexo_column point_fields[] = {
    {.name = "x", .oid = 23, .row = offsetof(struct point, x), .codec = LEXO_CODEC_I32, .flags = LEXO_NULLABLE},
    {.name = "name", .oid = 25, .row = offsetof(struct point, name), .codec = LEXO_CODEC_TEXT, .flags = LEXO_NULLABLE},
};
static const lexo_composite point = {"public",     "point", "public.point",
				     point_fields, 2,       LAYOUT(struct point, struct opt_point)};
static const lexo_column place_fields[] = {
    {"amount", {NULL}, 1700, 0, offsetof(struct place, amount), 0, 0, LEXO_CODEC_NUMERIC, LEXO_NULLABLE},
    {"at", {.composite = &point}, POINT, 0, offsetof(struct place, at), 0, 0, LEXO_CODEC_COMPOSITE, LEXO_NULLABLE},
    {"path",
     {.composite = &point},
     POINTS,
     POINT,
     offsetof(struct place, path),
     0,
     0,
     LEXO_CODEC_COMPOSITE,
     LEXO_NULLABLE | LEXO_ARRAY},
    {"kind", {&kinds}, KIND, 0, offsetof(struct place, kind), 0, 0, LEXO_CODEC_ENUM, LEXO_NULLABLE},
    {"hours",
     {NULL},
     4451,
     0,
     offsetof(struct place, hours),
     0,
     0,
     LEXO_CODEC_I32_RANGE,
     LEXO_NULLABLE | LEXO_ARRAY | LEXO_MULTIRANGE},
    {"numbers", {NULL}, 1016, 20, offsetof(struct place, numbers), 0, 0, LEXO_CODEC_I64, LEXO_NULLABLE | LEXO_ARRAY},
};
static const lexo_composite place = {"public",     "place", "public.place",
				     place_fields, 6,       LAYOUT(struct place, struct opt_place)};
static const lexo_column column = {.name = "p", .type = {.composite = &place}, .codec = LEXO_CODEC_COMPOSITE};
static const lexo_column spans = {
    .name = "s", .oid = 4451, .codec = LEXO_CODEC_I32_RANGE, .flags = LEXO_ARRAY | LEXO_MULTIRANGE};

static const struct point path[] = {{{true, 1}, {"one", 3}}, {{false, 0}, {NULL, 0}}, {{true, -3}, {"", 0}}};
static const bool path_nulls[] = {false, true, false};
static const lexo_i32_range hours[] = {{{true, 8}, {true, 12}, true, false, false},
				       {{true, 14}, {false, 0}, true, false, false}};
static const int64_t numbers[] = {1, -2};
static const struct place full = {.amount = {"12.50", 5},
				  .at = {true, {{true, 7}, {"seven", 5}}},
				  .path = {path, 3, path_nulls},
				  .kind = 2,
				  .hours = {hours, 2, NULL},
				  .numbers = {numbers, 2, NULL}};

static void test_round_trip(void **state)
{
	struct fixture *fixture = *state;
	struct place back;
	size_t length;
	const char *bytes = encoded(fixture, &column, &full, &length);
	assert_int_equal(decode(&column, bytes, length, fixture->arena, &back), LX_DECODED);
	assert_string_equal(back.amount.ptr, "12.50");
	assert_true(back.at.has && back.at.v.x.has);
	assert_int_equal(back.at.v.x.v, 7);
	assert_string_equal(back.at.v.name.ptr, "seven");
	assert_int_equal(back.path.len, 3);
	assert_memory_equal(back.path.nulls, path_nulls, sizeof path_nulls);
	assert_string_equal(back.path.items[0].name.ptr, "one");
	assert_int_equal(back.path.items[2].x.v, -3);
	assert_string_equal(back.path.items[2].name.ptr, "");
	assert_int_equal(back.kind, 2);
	assert_int_equal(back.hours.len, 2);
	assert_int_equal(back.hours.items[1].lower.v, 14);
	assert_false(back.hours.items[1].upper.has);
	assert_memory_equal(back.numbers.items, numbers, sizeof numbers);
}

static void test_nulls(void **state)
{
	static const struct place nothing = {0};
	struct fixture *fixture = *state;
	struct place back;
	size_t length;
	const char *bytes = encoded(fixture, &column, &nothing, &length);
	assert_int_equal(length, 4 + 6 * 8);
	assert_int_equal(decode(&column, bytes, length, fixture->arena, &back), LX_DECODED);
	assert_memory_equal(&back, &nothing, sizeof back);
	/* an opt says whether there is one at all */
	lexo_column nullable = column;
	struct opt_place opt;
	nullable.flags = LEXO_NULLABLE;
	assert_int_equal(decode(&nullable, bytes, length, fixture->arena, &opt), LX_DECODED);
	assert_true(opt.has);
	assert_int_equal(lx_decode(&nullable, NULL, -1, fixture->arena, &opt), LX_DECODED);
	assert_false(opt.has);
}

static void test_wrong_bytes(void **state)
{
	struct fixture *fixture = *state;
	struct place back;
	size_t length;
	const char *bytes = encoded(fixture, &column, &full, &length);
	char copy[512];
	assert_true(length < sizeof copy);
	for (size_t cut = 0; cut < length; cut++)
		assert_int_equal(decode(&column, bytes, cut, fixture->arena, &back), LX_DECODE_BAD);
	memcpy(copy, bytes, length);
	copy[length] = 0;
	assert_int_equal(decode(&column, copy, length + 1, fixture->arena, &back), LX_DECODE_BAD);
	/* the number of members, and the type of the first one */
	lx_put32(copy, 5);
	assert_int_equal(decode(&column, copy, length, fixture->arena, &back), LX_DECODE_BAD);
	lx_put32(copy, 6);
	lx_put32(copy + 4, 25);
	assert_int_equal(decode(&column, copy, length, fixture->arena, &back), LX_DECODE_BAD);
	/* every four bytes as a length or a number that is not so */
	for (size_t at = 0; at + 4 <= length; at++) {
		for (int64_t wrong = -2; wrong <= 18; wrong++) {
			memcpy(copy, bytes, length);
			lx_put32(copy + at, (uint32_t)(wrong == 17 ? INT_MIN : wrong == 18 ? INT_MAX : wrong));
			lexo_arena_reset(fixture->arena);
			decode(&column, copy, length, fixture->arena, &back);
			assert_true(lexo_arena_bytes(fixture->arena) < 1 << 20);
		}
	}
}

static void test_what_cannot_be_sent(void **state)
{
	static const bool first_null[] = {true, false};
	struct fixture *fixture = *state;
	struct place value = full;
	value.amount = (lexo_str){"much", 4};
	lx_parameters_clear(&fixture->db);
	assert_int_equal(lx_encode(&fixture->db, &column, &value), LX_ENCODE_NUMBER);
	value.amount = (lexo_str){"1e200000", 8};
	assert_int_equal(lx_encode(&fixture->db, &column, &value), LX_ENCODE_RANGE);
	value = full;
	value.kind = 3;
	assert_int_equal(lx_encode(&fixture->db, &column, &value), LX_ENCODE_LABEL);
	value = full;
	value.at.v.name = (lexo_str){"a\0b", 3};
	assert_int_equal(lx_encode(&fixture->db, &column, &value), LX_ENCODE_NUL);
	const lexo_i32_range_array with_null = {hours, 2, first_null};
	assert_int_equal(lx_encode(&fixture->db, &spans, &with_null), LX_ENCODE_RANGE);
}

static void test_multiranges(void **state)
{
	static const char null_inside[] = "\0\0\0\1\377\377\377\377";
	static const char many[] = "\177\377\377\377\0\0\0\1\1";
	struct fixture *fixture = *state;
	const lexo_i32_range_array both = {hours, 2, NULL}, none = {hours, 0, NULL};
	lexo_i32_range_array back;
	size_t length;
	const char *bytes = encoded(fixture, &spans, &both, &length);
	assert_int_equal(decode(&spans, bytes, length, fixture->arena, &back), LX_DECODED);
	assert_int_equal(back.len, 2);
	assert_memory_equal(back.items, hours, sizeof hours);
	for (size_t cut = 0; cut < length; cut++)
		assert_int_equal(decode(&spans, bytes, cut, fixture->arena, &back), LX_DECODE_BAD);
	bytes = encoded(fixture, &spans, &none, &length);
	assert_int_equal(length, 4);
	assert_int_equal(decode(&spans, bytes, length, fixture->arena, &back), LX_DECODED);
	assert_non_null(back.items);
	assert_int_equal(back.len, 0);
	assert_int_equal(decode(&spans, null_inside, sizeof null_inside - 1, fixture->arena, &back), LX_DECODE_BAD);
	assert_int_equal(decode(&spans, many, sizeof many - 1, fixture->arena, &back), LX_DECODE_BAD);
}

/* What stands inside of others is escaped once for each of them, and once more for COPY. */
static void test_text(void **state)
{
	static const struct point hostile = {{true, -7}, {"a\"b\\\tc\n", 7}};
	const struct place outer = {.at = {true, hostile}};
	const lexo_column inner = {.name = "i", .type = {.composite = &point}, .codec = LEXO_CODEC_COMPOSITE};
	static const char want[] = "(\"-7\",\"a\\\"b\\\\\tc\n\")";
	static const char want_copied[] = "(\"-7\",\"a\\\\\"b\\\\\\\\\\tc\\n\")";
	struct fixture *fixture = *state;
	const struct lx_parameters *parameters = &fixture->db.parameters;
	lx_parameters_clear(&fixture->db);
	assert_int_equal(lx_encode_text(&fixture->db, &inner, &hostile), LX_ENCODED);
	assert_int_equal(parameters->used, sizeof want - 1);
	assert_memory_equal(parameters->scratch, want, sizeof want - 1);
	lx_parameters_clear(&fixture->db);
	assert_int_equal(lx_encode_copy_text(&fixture->db, &inner, &hostile), LX_ENCODED);
	assert_int_equal(parameters->used, sizeof want_copied - 1);
	assert_memory_equal(parameters->scratch, want_copied, sizeof want_copied - 1);
	/* absent members are nothing at all */
	lx_parameters_clear(&fixture->db);
	assert_int_equal(lx_encode_text(&fixture->db, &column, &outer), LX_ENCODED);
	assert_memory_equal(parameters->scratch, "(,\"(\\\"-7\\\",", 11);
	assert_memory_equal(parameters->scratch + parameters->used - 5, ",,,,)", 5);
	lx_parameters_clear(&fixture->db);
	assert_int_equal(lx_encode_copy_text(&fixture->db, &inner, NULL), LX_ENCODED);
	assert_memory_equal(parameters->scratch, "\\N", 2);
	enum lx_encoded result = LX_ENCODE_NOMEM;
	for (int left = 0; result != LX_ENCODED; left++) {
		lx_parameters_free(&fixture->db);
		fixture->left = left;
		result = lx_encode_copy_text(&fixture->db, &column, &full);
		assert_true(result == LX_ENCODED || result == LX_ENCODE_NOMEM);
		assert_true(left < 100);
	}
	fixture->left = -1;
}

/* Each allocation fails once, on the way out and on the way back. */
static void test_no_memory(void **state)
{
	struct fixture *fixture = *state;
	struct place back;
	enum lx_encoded result = LX_ENCODE_NOMEM;
	for (int left = 0; result != LX_ENCODED; left++) {
		lx_parameters_free(&fixture->db);
		fixture->left = left;
		result = lx_encode(&fixture->db, &column, &full);
		assert_true(result == LX_ENCODED || result == LX_ENCODE_NOMEM);
		assert_true(left < 100);
	}
	fixture->left = -1;
	size_t length;
	const char *bytes = encoded(fixture, &column, &full, &length);
	enum lx_decoded decoded = LX_DECODE_NOMEM;
	for (int left = 0; decoded != LX_DECODED; left++) {
		lexo_arena_free(fixture->arena);
		fixture->left = -1;
		fixture->arena = lexo_arena_new_with(16, counted, fixture);
		fixture->left = left;
		decoded = lx_decode(&column, bytes, (int64_t)length, fixture->arena, &back);
		assert_true(decoded == LX_DECODED || decoded == LX_DECODE_NOMEM);
		assert_true(left < 100);
	}
	fixture->left = -1;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(test_round_trip, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_nulls, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_wrong_bytes, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_what_cannot_be_sent, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_multiranges, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_text, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_no_memory, setup, teardown),
	};
	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
