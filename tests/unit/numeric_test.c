/* Numbers of any length: text to the wire and back, as numeric_in(), numeric_send() and numeric_out() have it.
 * SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

#include "runtime/codec.h"

/* The caller frees both; *LENGTH 0: it is no number, or out of range. */
static char *bytes_of(const char *text, size_t *length)
{
	bool is_range;
	size_t size = lx_numeric_size(text, strlen(text), &is_range);
	*length = is_range ? 0 : size;
	char *bytes = malloc(*length ? *length : 1);
	if (*length)
		lx_numeric_bytes(text, strlen(text), bytes);
	return bytes;
}

static char *text_of(const char *bytes, size_t length)
{
	size_t size = lx_numeric_text_size(bytes, length);
	char *text = malloc(size + 1);
	if (size)
		lx_numeric_text(bytes, text);
	text[size] = 0;
	return text;
}

static void check(const char *in, const char *out)
{
	size_t length;
	char *bytes = bytes_of(in, &length), *text = text_of(bytes, length);
	assert_string_equal(text, out);
	for (size_t cut = 0; cut < length; cut++)
		assert_int_equal(lx_numeric_text_size(bytes, cut), 0);
	free(text);
	free(bytes);
}

static void test_round_trip(void **state)
{
	static const char *const same[] = {"0",
					   "1",
					   "-1",
					   "10",
					   "9999",
					   "10000",
					   "10001",
					   "99999999",
					   "0.0",
					   "0.1",
					   "0.01",
					   "0.001",
					   "0.0001",
					   "0.00001",
					   "0.10000",
					   "-0.5",
					   "1.5",
					   "12.50",
					   "123.456",
					   "1234.5678",
					   "12345.67891",
					   "100000000.1",
					   "1.0000000",
					   "0.000100010",
					   "10.010",
					   "1000000",
					   "-99.99",
					   "NaN",
					   "Infinity",
					   "-Infinity",
					   "1.00010000000",
					   "123456789012345678901234567890.123456789012345678901234567890"};
	(void)state;
	for (size_t i = 0; i < sizeof same / sizeof *same; i++)
		check(same[i], same[i]);
}

static void test_other_spellings(void **state)
{
	static const char *const pairs[][2] = {{" 1 ", "1"},
					       {"+1", "1"},
					       {"007", "7"},
					       {".5", "0.5"},
					       {"5.", "5"},
					       {"-0", "0"},
					       {"-0.00", "0.00"},
					       {"1e3", "1000"},
					       {"1.5e1", "15"},
					       {"1.25e+1", "12.5"},
					       {"1e-3", "0.001"},
					       {"12.5E-2", "0.125"},
					       {"0e5", "0"},
					       {"0e-2", "0.00"},
					       {"nan", "NaN"},
					       {"inf", "Infinity"},
					       {"-INF", "-Infinity"},
					       {"+infinity", "Infinity"},
					       {"\t2\n", "2"},
					       {"0.00e2", "0"},
					       {"00.0010", "0.0010"},
					       {"1e8", "100000000"},
					       {"12345e-4", "1.2345"},
					       {"12345e-5", "0.12345"}};
	(void)state;
	for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
		check(pairs[i][0], pairs[i][1]);
}

static void test_no_numbers(void **state)
{
	static const char *const bad[] = {"",   " ",   ".",    "-",   "+-1", "1.2.3", "1e", "1e+",  "e5",    "x",
					  "1x", "1 2", "0x10", "1,5", "--1", "-NaN",  "in", "infi", "1e5.0", "\377"};
	static const char *const wide[] = {"1e131072", "1e-16384", "1e999999999999999999999", "0e-20000",
					   "1e-99999999"};
	bool is_range;
	(void)state;
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		assert_int_equal(lx_numeric_size(bad[i], strlen(bad[i]), &is_range), 0);
		assert_false(is_range);
	}
	for (size_t i = 0; i < sizeof wide / sizeof *wide; i++) {
		assert_true(lx_numeric_size(wide[i], strlen(wide[i]), &is_range) > 0);
		assert_true(is_range);
	}
	/* the largest that there is, in short and at length */
	char *longest = calloc(1, 131073);
	memset(longest, '0', 131072);
	longest[0] = '1';
	assert_int_equal(lx_numeric_size(longest, 131072, &is_range), 10);
	assert_false(is_range);
	free(longest);
	assert_true(lx_numeric_size("1e131071", 8, &is_range) > 0);
	assert_false(is_range);
}

static void test_bad_bytes(void **state)
{
	static const struct {
		const char *bytes;
		size_t length;
	} bad[] = {
	    {"", 0},
	    {"\0\0\0\0\0\0\0", 7},
	    {"\0\1\0\0\0\0\0\0", 8},          /* a digit is missing */
	    {"\0\0\0\0\0\0\0\0\0\1", 10},     /* one too many */
	    {"\0\1\0\0\0\0\0\0\47\20", 10},   /* 10000 */
	    {"\0\1\0\0\0\0\0\0\377\377", 10}, /* negative */
	    {"\0\1\0\0\1\0\0\0\0\1", 10},     /* no such sign */
	    {"\0\1\0\0\0\0\100\0\0\1", 10},   /* more than 16383 digits behind the point */
	    {"\177\377\0\0\0\0\0\0\0\1", 10}, /* a false count */
	    {"\377\377\0\0\0\0\0\0\0\1", 10},
	};
	(void)state;
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		char *exact = malloc(bad[i].length ? bad[i].length : 1);
		memcpy(exact, bad[i].bytes, bad[i].length);
		assert_int_equal(lx_numeric_text_size(exact, bad[i].length), 0);
		free(exact);
	}
}

/* What PostgreSQL would not send comes out as what it says, and in as many characters as were told. */
static void test_strange_bytes(void **state)
{
	static const struct {
		const char *bytes, *text;
		size_t length;
	} strange[] = {{"\0\2\0\1\0\0\0\0\0\0\0\5", "00005", 12},
		       {"\0\2\0\0\0\0\0\1\0\7\23\210", "7.5", 12},
		       {"\0\1\377\376\0\0\0\2\0\1", "0.00", 10},
		       {"\0\0\0\1\100\0\0\0", "-00000", 8}};
	(void)state;
	for (size_t i = 0; i < sizeof strange / sizeof *strange; i++) {
		char *text = text_of(strange[i].bytes, strange[i].length);
		assert_string_equal(text, strange[i].text);
		free(text);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_round_trip),    cmocka_unit_test(test_other_spellings),
	    cmocka_unit_test(test_no_numbers),    cmocka_unit_test(test_bad_bytes),
	    cmocka_unit_test(test_strange_bytes),
	};
	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
