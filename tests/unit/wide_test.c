/* Values of several parts: what they look like as text, and what is refused on the wire.
 * SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

#include "runtime/encode.h"

static void test_times(void **state)
{
	static const struct {
		int64_t us;
		const char *text;
	} cases[] = {{0, "00:00:00.000000"},
		     {INT64_C(86399999999), "23:59:59.999999"},
		     {LX_DAY_US, "24:00:00.000000"},
		     {INT64_C(34200000007), "09:30:00.000007"},
		     {-1, "00:00:00.000000"}};
	char text[LEXO_TIME_TEXT];
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		lexo_time_format((lexo_time){cases[i].us}, text);
		assert_string_equal(text, cases[i].text);
	}
}

static void test_intervals(void **state)
{
	static const struct {
		lexo_interval interval;
		const char *text;
	} cases[] = {{{0, 0, 0}, "PT0S"},
		     {{INT64_C(14706700000), -3, 14}, "P1Y2M-3DT4H5M6.7S"},
		     {{-500000, 0, 0}, "PT-0.5S"},
		     {{-1, -2, -13}, "P-1Y-1M-2DT-0.000001S"},
		     {{INT64_C(3600000000), 0, 0}, "PT1H"},
		     {{0, 7, 0}, "P7D"},
		     {{INT64_MAX, INT32_MAX, INT32_MAX}, "infinity"},
		     {{INT64_MIN, INT32_MIN, INT32_MIN}, "-infinity"},
		     {{INT64_MIN, INT32_MIN, INT32_MIN + 1}, "P-178956970Y-7M-2147483648DT-2562047788H-54.775808S"}};
	char text[LEXO_INTERVAL_TEXT];
	(void)state;
	for (size_t i = 0; i + 1 < sizeof cases / sizeof *cases; i++) {
		lexo_interval_format(cases[i].interval, text);
		assert_string_equal(text, cases[i].text);
	}
	/* the longest that there is fits */
	lexo_interval_format(cases[sizeof cases / sizeof *cases - 1].interval, text);
	assert_true(strlen(text) < LEXO_INTERVAL_TEXT - 1);
	assert_memory_equal(text, "P-178956970Y-7M-2147483648DT-2562047788H", 40);
}

static void test_addresses(void **state)
{
	static const char *const same[] = {"192.0.2.7", "0.0.0.0/0",  "192.0.2.0/24",  "2001:db8::1",
					   "::/0",      "ff02::1/16", "::ffff:1.2.3.4"};
	static const char *const bad[] = {"",
					  "192.0.2",
					  "192.0.2.256",
					  "192.0.2.7/33",
					  "192.0.2.7/",
					  "192.0.2.7/x",
					  "2001:db8::1/129",
					  "2001:::1",
					  "::1/1000",
					  "1.2.3.4 ",
					  "/8"};
	char text[LEXO_INET_TEXT];
	lexo_inet inet;
	(void)state;
	for (size_t i = 0; i < sizeof same / sizeof *same; i++) {
		assert_int_equal(lexo_inet_parse(lexo_cstr(same[i]), &inet), LEXO_OK);
		lexo_inet_format(&inet, text);
		assert_string_equal(text, same[i]);
	}
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		assert_int_equal(lexo_inet_parse(lexo_cstr(bad[i]), &inet), LEXO_E_MISUSE);
	assert_int_equal(lexo_inet_parse((lexo_str){NULL, 0}, &inet), LEXO_E_MISUSE);
	assert_int_equal(lexo_inet_parse((lexo_str){"1.2\0.3.4", 8}, &inet), LEXO_E_MISUSE);
	assert_int_equal(lexo_inet_parse(LEXO_S("192.0.2.1"), &inet), LEXO_OK);
	inet.is_network = true;
	lexo_inet_format(&inet, text);
	assert_string_equal(text, "192.0.2.1/32");
}

/* VALUE goes out and comes back; every truncation and every longer one is refused. */
static void round_trip(uint8_t codec, const void *value)
{
	char bytes[LX_LONGEST + 1] = {0}; /* one more than any value is read below */
	_Alignas(16) char back[64];
	size_t length = lx_encode_wide(codec, value, bytes);
	assert_true(length > 0 && length <= LX_LONGEST);
	assert_true(lx_decode_wide(codec, bytes, length, back));
	char again[LX_LONGEST] = {0};
	assert_int_equal(lx_encode_wide(codec, back, again), length);
	assert_memory_equal(bytes, again, sizeof again);
	for (size_t cut = 0; cut <= length + 1; cut++) {
		char *exact = malloc(cut ? cut : 1);
		memcpy(exact, bytes, cut);
		assert_int_equal(lx_decode_wide(codec, exact, cut, back), cut == length);
		free(exact);
	}
}

static void test_round_trips(void **state)
{
	(void)state;
	round_trip(LEXO_CODEC_TIME, &(lexo_time){LX_DAY_US});
	round_trip(LEXO_CODEC_INTERVAL, &(lexo_interval){-1, 2, -3});
	round_trip(LEXO_CODEC_INET, &(lexo_inet){4, 24, true, {192, 0, 2}});
	round_trip(LEXO_CODEC_INET, &(lexo_inet){6, 128, false, {[15] = 1}});
}

static void test_refused(void **state)
{
	char bytes[LX_LONGEST];
	_Alignas(16) char back[64];
	(void)state;
	for (int family = 0; family < 256; family++)
		for (int bits = 0; bits < 256; bits++) {
			memcpy(bytes, "\0\0\0\4\1\2\3\4", 8);
			bytes[0] = (char)family;
			bytes[1] = (char)bits;
			assert_int_equal(lx_decode_wide(LEXO_CODEC_INET, bytes, 8, back),
					 family == LX_INET_4 && bits <= 32);
		}
	assert_false(lx_decode_wide(LEXO_CODEC_INET, "\2\10\2\4\1\2\3\4", 8, back));
	assert_false(lx_decode_wide(LEXO_CODEC_INET, "\2\10\0\5\1\2\3\4", 8, back));
	assert_false(lx_decode_wide(LEXO_CODEC_TIME, "\0\0\0\24\35\340\260\1", 8, back));
	assert_int_equal(lx_encode_wide(LEXO_CODEC_TIME, &(lexo_time){-1}, bytes), 0);
	assert_int_equal(lx_encode_wide(LEXO_CODEC_TIME, &(lexo_time){LX_DAY_US + 1}, bytes), 0);
	assert_int_equal(lx_encode_wide(LEXO_CODEC_INET, &(lexo_inet){0}, bytes), 0);
	assert_int_equal(lx_encode_wide(LEXO_CODEC_INET, &(lexo_inet){4, 33, false, {0}}, bytes), 0);
	assert_int_equal(lx_encode_wide(LEXO_CODEC_TEXT, &(lexo_time){1}, bytes), 0);
	assert_false(lx_decode_wide(LEXO_CODEC_TEXT, "\1", 1, back));
}

int main(void)
{
	cmocka_set_message_output(CM_OUTPUT_TAP);
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_times),       cmocka_unit_test(test_intervals), cmocka_unit_test(test_addresses),
	    cmocka_unit_test(test_round_trips), cmocka_unit_test(test_refused),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
