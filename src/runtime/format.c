/* Times of day, intervals and addresses as text.  SPDX-License-Identifier: Apache-2.0 */
#include <arpa/inet.h>
#include <stdio.h>
#include <string.h>

#include <lexo/lexo.h>

void lexo_time_format(lexo_time time, char out[LEXO_TIME_TEXT])
{
	int64_t us = time.us < 0 ? 0 : time.us > INT64_C(86400000000) ? INT64_C(86400000000) : time.us;
	snprintf(out, LEXO_TIME_TEXT, "%02d:%02d:%02d.%06d", (int)(us / 3600000000), (int)(us / 60000000 % 60),
		 (int)(us / 1000000 % 60), (int)(us % 1000000));
}

/* " 5D" where there are any; returns how long it is. */
static size_t put_part(char *out, size_t room, int64_t value, char unit)
{
	return value ? (size_t)snprintf(out, room, "%lld%c", (long long)value, unit) : 0;
}

/* A sign in front of the whole second, which may be zero: "-0.5S". */
static size_t put_seconds(char *out, size_t room, int64_t us)
{
	int64_t second = us / 1000000, rest = us % 1000000;
	if (!us)
		return 0;
	size_t used =
	    (size_t)snprintf(out, room, "%s%lld", us < 0 ? "-" : "", (long long)(second < 0 ? -second : second));
	if (rest) {
		used += (size_t)snprintf(out + used, room - used, ".%06d", (int)(rest < 0 ? -rest : rest));
		while (out[used - 1] == '0')
			used--;
	}
	return used + (size_t)snprintf(out + used, room - used, "S");
}

void lexo_interval_format(lexo_interval interval, char out[LEXO_INTERVAL_TEXT])
{
	bool is_greatest = interval.us == INT64_MAX && interval.days == INT32_MAX && interval.months == INT32_MAX;
	bool is_least = interval.us == INT64_MIN && interval.days == INT32_MIN && interval.months == INT32_MIN;
	size_t used = 1, room = LEXO_INTERVAL_TEXT;
	if (is_greatest || is_least) {
		snprintf(out, room, "%s", is_least ? "-infinity" : "infinity");
		return;
	}
	memcpy(out, "P", 2);
	used += put_part(out + used, room - used, interval.months / 12, 'Y');
	used += put_part(out + used, room - used, interval.months % 12, 'M');
	used += put_part(out + used, room - used, interval.days, 'D');
	if (interval.us)
		out[used++] = 'T';
	used += put_part(out + used, room - used, interval.us / 3600000000, 'H');
	used += put_part(out + used, room - used, interval.us / 60000000 % 60, 'M');
	used += put_seconds(out + used, room - used, interval.us % 60000000);
	if (used == 1)
		used += (size_t)snprintf(out + used, room - used, "T0S");
	out[used] = 0;
}

void lexo_inet_format(const lexo_inet *inet, char out[LEXO_INET_TEXT])
{
	unsigned longest = inet->family == 6 ? 128 : 32;
	out[0] = 0;
	if (!inet_ntop(inet->family == 6 ? AF_INET6 : AF_INET, inet->addr, out, INET6_ADDRSTRLEN))
		return;
	size_t length = strlen(out);
	if (inet->is_network || inet->bits != longest)
		snprintf(out + length, LEXO_INET_TEXT - length, "/%u", inet->bits);
}

lexo_rc lexo_inet_parse(lexo_str text, lexo_inet *out)
{
	char address[INET6_ADDRSTRLEN];
	lexo_inet inet = {0};
	const char *slash = text.ptr ? memchr(text.ptr, '/', text.len) : NULL;
	size_t length = slash ? (size_t)(slash - text.ptr) : text.len;
	if (!text.ptr || length >= sizeof address || memchr(text.ptr, 0, length))
		return LEXO_E_MISUSE;
	memcpy(address, text.ptr, length);
	address[length] = 0;
	inet.family = strchr(address, ':') ? 6 : 4;
	unsigned longest = inet.family == 6 ? 128 : 32, bits = slash ? 0 : longest;
	if (inet_pton(inet.family == 6 ? AF_INET6 : AF_INET, address, inet.addr) != 1)
		return LEXO_E_MISUSE;
	if (slash && (slash + 1 == text.ptr + text.len || text.ptr + text.len - slash > 4))
		return LEXO_E_MISUSE;
	for (const char *at = slash ? slash + 1 : text.ptr + text.len; at < text.ptr + text.len; at++) {
		if (*at < '0' || *at > '9')
			return LEXO_E_MISUSE;
		bits = bits * 10 + (unsigned)(*at - '0');
	}
	if (bits > longest)
		return LEXO_E_MISUSE;
	inet.bits = (uint8_t)bits;
	*out = inet;
	return LEXO_OK;
}
