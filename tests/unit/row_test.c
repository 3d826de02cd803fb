/* Rows of COPY's binary format: what is right comes out, and whatever else is refused.
 * SPDX-License-Identifier: Apache-2.0 */
#include <limits.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

#include "runtime/codec.h"

struct row {
	lexo_str name;
	lexo_opt_i32 number;
	lexo_bytes blob;
	lexo_str_array tags;
};
enum { NAME, NUMBER, HIDDEN, BLOB, TAGS, COLUMNS };
static const lexo_column columns[COLUMNS] = {
    {.name = "name", .row = offsetof(struct row, name), .codec = LEXO_CODEC_TEXT},
    {.name = "number", .row = offsetof(struct row, number), .codec = LEXO_CODEC_I32, .flags = LEXO_NULLABLE},
    {.name = "hidden", .row = LEXO_NOWHERE, .codec = LEXO_CODEC_TEXT},
    {.name = "blob", .row = offsetof(struct row, blob), .codec = LEXO_CODEC_BYTES, .flags = LEXO_NULLABLE},
    {.name = "tags", .row = offsetof(struct row, tags), .codec = LEXO_CODEC_TEXT, .flags = LEXO_ARRAY},
};
static const lexo_model model = {
    .name = "m", .columns = columns, .column_count = COLUMNS, .row_size = sizeof(struct row)};

/* 4 fields: 'ab', 7, '\xff' and {'x'}. */
static const char good[] = "\0\4"
			   "\0\0\0\2ab"
			   "\0\0\0\4\0\0\0\7"
			   "\0\0\0\1\377"
			   "\0\0\0\31\0\0\0\1\0\0\0\0\0\0\0\31\0\0\0\1\0\0\0\1\0\0\0\1x";
enum { LENGTH = sizeof good - 1, LAST = 2 + 6 + 8 + 5 }; /* where the last field begins */
static const size_t slots[] = {2, 8, 16, LAST, LAST + 4, LAST + 16, LAST + 24};

struct fixture {
	lexo_arena *arena;
	struct row row;
	const lexo_column *culprit;
};

static int setup(void **state)
{
	struct fixture *fixture = calloc(1, sizeof *fixture);
	fixture->arena = lexo_arena_new(0);
	*state = fixture;
	return 0;
}

static int teardown(void **state)
{
	struct fixture *fixture = *state;
	lexo_arena_free(fixture->arena);
	free(fixture);
	return 0;
}

/* From a block that ends where libpq's does: a NUL behind the row.  The caller frees it. */
static char *decode(struct fixture *fixture, const uint64_t *omits, const char *bytes, size_t length,
		    enum lx_decoded *decoded)
{
	char *exact = malloc(length + 1);
	memcpy(exact, bytes, length);
	exact[length] = 0;
	fixture->culprit = NULL;
	*decoded =
	    lx_decode_copied(&model, omits, exact, length, fixture->arena, (char *)&fixture->row, &fixture->culprit);
	return exact;
}

static enum lx_decoded outcome(struct fixture *fixture, const char *bytes, size_t length)
{
	enum lx_decoded decoded;
	free(decode(fixture, NULL, bytes, length, &decoded));
	return decoded;
}

static void test_row(void **state)
{
	struct fixture *fixture = *state;
	enum lx_decoded decoded;
	char *bytes = decode(fixture, NULL, good, LENGTH, &decoded);
	const struct row *row = &fixture->row;
	assert_int_equal(decoded, LX_DECODED);
	assert_int_equal(row->name.len, 2);
	assert_string_equal(row->name.ptr, "ab"); /* the NUL is put where the next length was */
	assert_true(row->number.has);
	assert_int_equal(row->number.v, 7);
	assert_int_equal(row->blob.len, 1);
	assert_memory_equal(row->blob.ptr, "\377", 2);
	assert_int_equal(row->tags.len, 1);
	assert_string_equal(row->tags.items[0].ptr, "x");
	free(bytes);
}

static void test_null_and_omitted(void **state)
{
	static const char nulls[] = "\0\4\0\0\0\2ab\377\377\377\377\377\377\377\377\0\0\0\14\0\0\0\0\0\0\0\0\0\0\0\31";
	static const char null_name[] = "\0\4\377\377\377\377\377\377\377\377\377\377\377\377\377\377\377\377";
	static const char few[] = "\0\2\0\0\0\2ab\377\377\377\377";
	static const uint64_t omits[] = {1u << BLOB | 1u << TAGS};
	struct fixture *fixture = *state;
	assert_int_equal(outcome(fixture, nulls, sizeof nulls - 1), LX_DECODED);
	assert_false(fixture->row.number.has);
	assert_null(fixture->row.blob.ptr);
	assert_int_equal(fixture->row.tags.len, 0);
	assert_int_equal(outcome(fixture, null_name, sizeof null_name - 1), LX_DECODE_NULL);
	assert_ptr_equal(fixture->culprit, &columns[NAME]);
	enum lx_decoded decoded;
	char *bytes = decode(fixture, omits, few, sizeof few - 1, &decoded);
	assert_int_equal(decoded, LX_DECODED);
	assert_string_equal(fixture->row.name.ptr, "ab");
	free(bytes);
	assert_int_equal(outcome(fixture, few, sizeof few - 1), LX_DECODE_BAD);
}

static void test_truncated(void **state)
{
	for (size_t cut = 0; cut < LENGTH; cut++)
		assert_int_equal(outcome(*state, good, cut), LX_DECODE_BAD);
	char more[LENGTH + 1];
	memcpy(more, good, sizeof more);
	assert_int_equal(outcome(*state, more, sizeof more), LX_DECODE_BAD);
}

/* Every number of fields, and in every place where a length stands each that could be false. */
static void test_wrong_numbers(void **state)
{
	char bytes[LENGTH];
	memcpy(bytes, good, LENGTH);
	for (int count = 0; count < 65536; count++) {
		bytes[0] = (char)(count >> 8);
		bytes[1] = (char)count;
		assert_int_equal(outcome(*state, bytes, LENGTH), count == 4 ? LX_DECODED : LX_DECODE_BAD);
	}
	for (size_t i = 0; i < sizeof slots / sizeof *slots; i++) {
		for (int value = -4; value <= 40; value++) {
			int32_t length = value == -4 ? INT_MIN : value == -3 ? INT_MAX : value;
			memcpy(bytes, good, LENGTH);
			bool is_same = (int32_t)lx_get32(bytes + slots[i]) == length;
			lx_put32(bytes + slots[i], (uint32_t)length);
			enum lx_decoded decoded = outcome(*state, bytes, LENGTH);
			assert_true(is_same ? decoded == LX_DECODED : decoded != LX_DECODE_NOMEM);
			if (!is_same && slots[i] != LAST + 24) /* -1 is NULL, of an element too */
				assert_true(decoded == LX_DECODE_BAD || (length == -1 && decoded == LX_DECODE_NULL));
		}
	}
}

int main(void)
{
	cmocka_set_message_output(CM_OUTPUT_TAP);
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(test_row, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_null_and_omitted, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_truncated, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_wrong_numbers, setup, teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
