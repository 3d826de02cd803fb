/* Values that need more than a struct: uuid and time as text.
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>
#include <time.h>

#include "runtime/codec.h"

lexo_str lexo_cstr(const char *text)
{
	return (lexo_str){text, text ? strlen(text) : 0};
}

static int hex_value(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

/* As string_to_uuid() in PostgreSQL: a hyphen may stand behind every fourth digit but the last. */
lexo_rc lexo_uuid_parse(lexo_str text, lexo_uuid *out)
{
	const char *at = text.ptr, *end = text.ptr ? text.ptr + text.len : NULL;
	lexo_uuid uuid;
	if (!at)
		return LEXO_E_MISUSE;
	bool braces = at < end && *at == '{';
	if (braces)
		at++;
	for (int i = 0; i < 16; i++) {
		if (end - at < 2)
			return LEXO_E_MISUSE;
		int high = hex_value(at[0]), low = hex_value(at[1]);
		if (high < 0 || low < 0)
			return LEXO_E_MISUSE;
		uuid.b[i] = (uint8_t)(high << 4 | low);
		at += 2;
		if (i % 2 == 1 && i < 15 && at < end && *at == '-')
			at++;
	}
	if (braces && (at == end || *at++ != '}'))
		return LEXO_E_MISUSE;
	if (at != end)
		return LEXO_E_MISUSE;
	*out = uuid;
	return LEXO_OK;
}

void lexo_uuid_format(lexo_uuid uuid, char out[37])
{
	static const char digits[] = "0123456789abcdef";
	for (int i = 0; i < 16; i++) {
		if (i == 4 || i == 6 || i == 8 || i == 10)
			*out++ = '-';
		*out++ = digits[uuid.b[i] >> 4];
		*out++ = digits[uuid.b[i] & 15];
	}
	*out = 0;
}

lexo_ts lexo_now(void)
{
	struct timespec now;
	clock_gettime(CLOCK_REALTIME, &now);
	return (lexo_ts){(int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000};
}

static char *put_digits(char *out, int64_t value, int width)
{
	for (int i = width - 1; i >= 0; i--) {
		out[i] = (char)('0' + value % 10);
		value /= 10;
	}
	return out + width;
}

static char *put_text(char *out, const char *text)
{
	size_t length = strlen(text);
	memcpy(out, text, length + 1);
	return out + length;
}

struct date {
	int64_t year, month, day;
};

/* Days since 1970-01-01 to the proleptic Gregorian calendar: https://howardhinnant.github.io/date_algorithms.html */
static struct date date_of(int64_t days)
{
	days += 719468;
	int64_t era = (days >= 0 ? days : days - 146096) / 146097;
	int64_t day_of_era = days - era * 146097;
	int64_t year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
	int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
	int64_t shifted = (5 * day_of_year + 2) / 153; /* months from March */
	struct date date = {.day = day_of_year - (153 * shifted + 2) / 5 + 1};
	date.month = shifted < 10 ? shifted + 3 : shifted - 9;
	date.year = year_of_era + era * 400 + (date.month <= 2 ? 1 : 0);
	return date;
}

static char *put_month_and_day(char *out, const struct date *date)
{
	*out++ = '-';
	out = put_digits(out, date->month, 2);
	*out++ = '-';
	return put_digits(out, date->day, 2);
}

/* ISO 8601, with a year 0. */
static char *put_date(char *out, int64_t days)
{
	struct date date = date_of(days);
	if (date.year < 0 || date.year > 9999) {
		*out++ = date.year < 0 ? '-' : '+';
		int64_t absolute = date.year < 0 ? -date.year : date.year;
		out = put_digits(out, absolute, absolute > 999999 ? 7 : 6);
	} else {
		out = put_digits(out, date.year, 4);
	}
	return put_month_and_day(out, &date);
}

bool lx_date_text(int64_t days, char *out)
{
	struct date date = date_of(days);
	bool is_bc = date.year <= 0; /* the year 1 BC is 0 */
	int64_t year = is_bc ? 1 - date.year : date.year;
	out = put_digits(out, year, year > 999999 ? 7 : year > 99999 ? 6 : year > 9999 ? 5 : 4);
	*put_month_and_day(out, &date) = 0;
	return is_bc;
}

void lexo_date_format(lexo_date date, char out[LEXO_DATE_TEXT])
{
	if (date.days == INT32_MIN || date.days == INT32_MAX)
		out = put_text(out, date.days < 0 ? "-infinity" : "infinity");
	else
		out = put_date(out, date.days);
	*out = 0;
}

void lexo_ts_format(lexo_ts ts, char out[LEXO_TS_TEXT])
{
	const int64_t day = INT64_C(86400) * 1000000;
	if (ts.us == INT64_MIN || ts.us == INT64_MAX) {
		put_text(out, ts.us < 0 ? "-infinity" : "infinity");
		return;
	}
	int64_t days = ts.us / day, rest = ts.us % day;
	if (rest < 0) {
		rest += day;
		days--;
	}
	out = put_date(out, days);
	*out++ = 'T';
	out = put_digits(out, rest / 3600000000, 2);
	*out++ = ':';
	out = put_digits(out, rest / 60000000 % 60, 2);
	*out++ = ':';
	out = put_digits(out, rest / 1000000 % 60, 2);
	*out++ = '.';
	out = put_digits(out, rest % 1000000, 6);
	put_text(out, "Z");
}
