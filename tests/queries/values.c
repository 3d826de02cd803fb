/* SPDX-License-Identifier: Apache-2.0 */
#include "values.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static bool is_in_row;
static char text[200]; /* of the value at hand */

static void put(const char *value)
{
	printf("%s%s", is_in_row ? "|" : "", value ? value : "\\N");
	is_in_row = true;
}

void end_row(void)
{
	putchar('\n');
	is_in_row = false;
}

/* An element of an array, in quotes where PostgreSQL has them. */
static void put_element(const char *value, bool is_first)
{
	if (!is_first)
		putchar(',');
	if (!value) {
		printf("NULL");
	} else if (*value && !strpbrk(value, "{},\"\\ \t\n") && strcasecmp(value, "null") != 0) {
		printf("%s", value);
	} else {
		putchar('"');
		for (; *value; value++)
			printf(*value == '"' || *value == '\\' ? "\\%c" : "%c", *value);
		putchar('"');
	}
}

static const char *text_of_date(lexo_date value)
{
	int year, month, day;
	lexo_date_format(value, text);
	if (sscanf(text, "-%d-%d-%d", &year, &month, &day) == 3)
		snprintf(text, sizeof text, "%04d-%02d-%02d BC", year + 1, month, day);
	return text;
}

/* Zeroes at the end of a fraction go, and the point when nothing is left. */
static void shorten(char *at)
{
	char *end = at + strlen(at);
	if (!strchr(at, '.'))
		return;
	while (end[-1] == '0')
		*--end = '\0';
	if (end[-1] == '.')
		*--end = '\0';
}

static const char *text_of_timestamp(lexo_ts value)
{
	lexo_ts_format(value, text);
	char *t = strchr(text, 'T'), *z = strchr(text, 'Z');
	if (t && z) {
		*t = ' ';
		*z = '\0';
		shorten(text);
	}
	return text;
}

static const char *text_of_timestamptz(lexo_ts value)
{
	text_of_timestamp(value);
	return strchr(text, ' ') ? strcat(text, "+00") : text;
}

static const char *text_of_time(lexo_time value)
{
	lexo_time_format(value, text);
	shorten(text);
	return text;
}

static const char *text_of_interval(lexo_interval value)
{
	lexo_interval_format(value, text);
	return text;
}

static const char *text_of_inet(lexo_inet value)
{
	lexo_inet_format(&value, text);
	return text;
}

static const char *text_of_uuid(lexo_uuid value)
{
	lexo_uuid_format(value, text);
	return text;
}

static const char *text_of_bool(bool value)
{
	return value ? "t" : "f";
}

static const char *text_of_i64(int64_t value)
{
	snprintf(text, sizeof text, "%" PRId64, value);
	return text;
}

static const char *text_of_i32(int32_t value)
{
	return text_of_i64(value);
}

static const char *text_of_i16(int16_t value)
{
	return text_of_i64(value);
}

/* The shortest digits that give the same value. */
static const char *text_of_f64(double value)
{
	if (isnan(value))
		return "NaN";
	if (isinf(value))
		return value < 0 ? "-Infinity" : "Infinity";
	for (int digits = 1; digits <= 17; digits++) {
		snprintf(text, sizeof text, "%.*g", digits, value);
		double back = strtod(text, NULL);
		if (memcmp(&back, &value, sizeof back) == 0)
			break;
	}
	if (strchr(text, 'e') && value < 1e15 && value > -1e15)
		snprintf(text, sizeof text, "%.15g", value);
	return text;
}

static const char *text_of_f32(float value)
{
	for (int digits = 1; digits <= 9; digits++) {
		snprintf(text, sizeof text, "%.*g", digits, (double)value);
		float back = strtof(text, NULL);
		if (memcmp(&back, &value, sizeof back) == 0)
			break;
	}
	return text;
}

static const char *text_of_i32_range(lexo_i32_range value)
{
	char low[20] = "", high[20] = "";
	if (value.is_empty)
		return "empty";
	if (value.lower.has)
		snprintf(low, sizeof low, "%" PRId32, value.lower.v);
	if (value.upper.has)
		snprintf(high, sizeof high, "%" PRId32, value.upper.v);
	snprintf(text, sizeof text, "%c%s,%s%c", value.lower_inc ? '[' : '(', low, high, value.upper_inc ? ']' : ')');
	return text;
}

static const char *text_of_date_range(lexo_date_range value)
{
	char low[LEXO_DATE_TEXT] = "", high[LEXO_DATE_TEXT] = "";
	if (value.is_empty)
		return "empty";
	if (value.lower.has)
		lexo_date_format(value.lower.v, low);
	if (value.upper.has)
		lexo_date_format(value.upper.v, high);
	snprintf(text, sizeof text, "%c%s,%s%c", value.lower_inc ? '[' : '(', low, high, value.upper_inc ? ']' : ')');
	return text;
}

void put_date_multirange(lexo_date_range_array value)
{
	put(value.items ? "{" : NULL);
	for (size_t i = 0; i < value.len; i++)
		printf("%s%s", i ? "," : "", text_of_date_range(value.items[i]));
	if (value.items)
		putchar('}');
}

#define DEFINE(name, type, opt, array)                                                                                 \
	void put_##name(type value)                                                                                    \
	{                                                                                                              \
		put(text_of_##name(value));                                                                            \
	}                                                                                                              \
	void put_opt_##name(opt value)                                                                                 \
	{                                                                                                              \
		put(value.has ? text_of_##name(value.v) : NULL);                                                       \
	}                                                                                                              \
	void put_##name##_array(array value)                                                                           \
	{                                                                                                              \
		put(value.items ? "{" : NULL);                                                                         \
		for (size_t i = 0; i < value.len; i++)                                                                 \
			put_element(value.nulls &&value.nulls[i] ? NULL : text_of_##name(value.items[i]), !i);         \
		if (value.items)                                                                                       \
			putchar('}');                                                                                  \
	}
DEFINE(date, lexo_date, lexo_opt_date, lexo_date_array)
DEFINE(timestamp, lexo_ts, lexo_opt_ts, lexo_ts_array)
DEFINE(timestamptz, lexo_ts, lexo_opt_ts, lexo_ts_array)
DEFINE(time, lexo_time, lexo_opt_time, lexo_time_array)
DEFINE(interval, lexo_interval, lexo_opt_interval, lexo_interval_array)
DEFINE(inet, lexo_inet, lexo_opt_inet, lexo_inet_array)
DEFINE(uuid, lexo_uuid, lexo_opt_uuid, lexo_uuid_array)
DEFINE(i32_range, lexo_i32_range, lexo_opt_i32_range, lexo_i32_range_array)
DEFINE(date_range, lexo_date_range, lexo_opt_date_range, lexo_date_range_array)
DEFINE(bool, bool, lexo_opt_bool, lexo_bool_array)
DEFINE(i16, int16_t, lexo_opt_i16, lexo_i16_array)
DEFINE(i32, int32_t, lexo_opt_i32, lexo_i32_array)
DEFINE(i64, int64_t, lexo_opt_i64, lexo_i64_array)
DEFINE(f32, float, lexo_opt_f32, lexo_f32_array)
DEFINE(f64, double, lexo_opt_f64, lexo_f64_array)
#undef DEFINE

void put_str(lexo_str value)
{
	put(value.ptr);
}

void put_json(lexo_json value)
{
	put(value.ptr);
}

void put_label(const char *value)
{
	put(*value ? value : NULL);
}

void put_bytes(lexo_bytes value)
{
	put(value.ptr ? "\\x" : NULL);
	for (size_t i = 0; i < value.len; i++)
		printf("%02x", value.ptr[i]);
}

#define DEFINE(name)                                                                                                   \
	void put_##name##_array(lexo_##name##_array value)                                                             \
	{                                                                                                              \
		put(value.items ? "{" : NULL);                                                                         \
		for (size_t i = 0; i < value.len; i++)                                                                 \
			put_element(value.items[i].ptr, !i);                                                           \
		if (value.items)                                                                                       \
			putchar('}');                                                                                  \
	}
DEFINE(str)
DEFINE(json)

lexo_date date_of(const char *value)
{
	static const int before[] = {0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334};
	int year = 1970, month = 1, day = 1;
	if (strstr(value, "infinity"))
		return (lexo_date){*value == '-' ? INT32_MIN : INT32_MAX};
	if (sscanf(value, "%d-%d-%d", &year, &month, &day) != 3 || month < 1 || month > 12)
		exit(9);
	if (strstr(value, " BC"))
		year = 1 - year;
	int last = (month > 2 ? year : year - 1) + 8000; /* whose leap day counts; 8000 years have 1940 of them */
	int leaps = last / 4 - last / 100 + last / 400 - 477 - 1940;
	return (lexo_date){(year - 1970) * 365 + leaps + before[month - 1] + day - 1};
}

lexo_time time_of(const char *value)
{
	int hour = 0, minute = 0;
	double second = 0;
	if (sscanf(value, "%d:%d:%lf", &hour, &minute, &second) < 2)
		exit(9);
	return (lexo_time){((int64_t)hour * 60 + minute) * 60000000 + (int64_t)(second * 1e6 + 0.5)};
}

lexo_ts ts_of(const char *value)
{
	const char *clock = strchr(value, ' ');
	if (strstr(value, "infinity"))
		return (lexo_ts){*value == '-' ? INT64_MIN : INT64_MAX};
	return (lexo_ts){date_of(value).days * INT64_C(86400000000) + (clock ? time_of(clock + 1).us : 0)};
}

lexo_interval interval_of(const char *value)
{
	lexo_interval interval = {0};
	char unit[20];
	int number, length;
	while (sscanf(value, "%d %19[a-z]%n", &number, unit, &length) == 2) {
		value += length;
		switch (unit[0] == 'm' && unit[1] == 'i' ? 'i' : unit[0]) {
		case 'y':
			interval.months += 12 * number;
			break;
		case 'm':
			interval.months += number;
			break;
		case 'w':
			interval.days += 7 * number;
			break;
		case 'd':
			interval.days += number;
			break;
		case 'h':
			interval.us += number * INT64_C(3600000000);
			break;
		case 'i':
			interval.us += number * INT64_C(60000000);
			break;
		case 's':
			interval.us += number * INT64_C(1000000);
			break;
		default:
			exit(9);
		}
	}
	value += strspn(value, " ");
	if (strchr(value, ':'))
		interval.us = (*value == '-' ? -1 : 1) * time_of(value + (*value == '-')).us;
	else if (*value)
		exit(9);
	return interval;
}

lexo_uuid uuid_of(const char *value)
{
	lexo_uuid uuid;
	if (lexo_uuid_parse(lexo_cstr(value), &uuid) != LEXO_OK)
		exit(9);
	return uuid;
}

/* The bounds of a range, which stand apart: its comma becomes the end of the lower one. */
static char *split(const char *value, char bounds[50])
{
	snprintf(bounds, 50, "%s", value);
	char *comma = strchr(bounds, ',');
	if (!comma || strlen(value) >= 50)
		exit(9);
	*comma = '\0';
	return comma + 1;
}

lexo_i32_range i32_range_of(const char *value)
{
	char bounds[50], *upper = split(value, bounds);
	lexo_i32_range range = {.lower_inc = *value == '[', .upper_inc = strchr(upper, ']') != NULL};
	range.lower = (lexo_opt_i32){bounds[1] != '\0', (int32_t)strtol(bounds + 1, NULL, 10)};
	range.upper = (lexo_opt_i32){*upper != ']' && *upper != ')', (int32_t)strtol(upper, NULL, 10)};
	return range;
}

lexo_date_range date_range_of(const char *value)
{
	char bounds[50], *upper = split(value, bounds);
	lexo_date_range range = {.lower_inc = *value == '[', .upper_inc = strchr(upper, ']') != NULL};
	if (bounds[1])
		range.lower = (lexo_opt_date){true, date_of(bounds + 1)};
	if (*upper != ']' && *upper != ')')
		range.upper = (lexo_opt_date){true, date_of(upper)};
	return range;
}

lexo_json json_of(const char *value)
{
	return (lexo_json){value, strlen(value)};
}
