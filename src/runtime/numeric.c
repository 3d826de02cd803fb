/* Numbers of any length: numeric_send() in PostgreSQL's numeric.c gives how many digits of base 10,000 there are, the
 * power of the first one, the sign, how many decimal digits are behind the point, and the digits.
 * SPDX-License-Identifier: Apache-2.0 */
#include "runtime/codec.h"

enum { HEADER = 8, BASE = 10000, GROUP = 4 };
enum { POSITIVE = 0, NEGATIVE = 0x4000, NAN_SIGN = 0xc000, INFINITE = 0xd000, MINUS_INFINITE = 0xf000 };
/* Of PostgreSQL: the weight is an int16, and 14 bits hold the scale. */
enum { LONGEST_SCALE = 0x3fff, LONGEST_WEIGHT = INT16_MAX };

static const struct special {
	const char *name;
	unsigned sign;
} specials[] = {
    {"NaN", NAN_SIGN},       {"Infinity", INFINITE}, {"-Infinity", MINUS_INFINITE},
    {"+Infinity", INFINITE}, {"inf", INFINITE},      {"-inf", MINUS_INFINITE},
    {"+inf", INFINITE},
};

/* --- to text ------------------------------------------------------------------------------------------------------ */

struct number {
	unsigned count, sign, scale;
	int weight;
	const char *digits;
};

static struct number number_of(const char *bytes)
{
	return (struct number){.count = lx_get16(bytes),
			       .weight = (int16_t)lx_get16(bytes + 2),
			       .sign = lx_get16(bytes + 4),
			       .scale = lx_get16(bytes + 6),
			       .digits = bytes + HEADER};
}

static const char *special_of(unsigned sign)
{
	for (size_t i = 0; i < 3; i++)
		if (specials[i].sign == sign)
			return specials[i].name;
	return NULL;
}

size_t lx_numeric_text_size(const char *bytes, size_t length)
{
	if (length < HEADER)
		return 0;
	struct number number = number_of(bytes);
	if (length != HEADER + (size_t)2 * number.count || number.scale > LONGEST_SCALE)
		return 0;
	const char *special = special_of(number.sign);
	if (special)
		return strlen(special);
	if (number.sign != POSITIVE && number.sign != NEGATIVE)
		return 0;
	for (unsigned i = 0; i < number.count; i++)
		if (lx_get16(number.digits + (size_t)2 * i) >= BASE)
			return 0;
	size_t whole = 1;
	if (number.weight >= 0) {
		unsigned first = number.count ? lx_get16(number.digits) : 0;
		whole = (size_t)number.weight * GROUP + (first < 10 ? 1 : first < 100 ? 2 : first < 1000 ? 3 : 4);
	}
	return (number.sign == NEGATIVE) + whole + (number.scale ? 1 + number.scale : 0);
}

/* Digit AT of base 10,000, counted from the first one. */
static unsigned digit(const struct number *number, int at)
{
	return at >= 0 && at < (int)number->count ? lx_get16(number->digits + (ptrdiff_t)2 * at) : 0;
}

void lx_numeric_text(const char *bytes, char *text)
{
	static const unsigned powers[GROUP] = {1000, 100, 10, 1};
	struct number number = number_of(bytes);
	const char *special = special_of(number.sign);
	if (special) {
		memcpy(text, special, strlen(special));
		return;
	}
	if (number.sign == NEGATIVE)
		*text++ = '-';
	if (number.weight < 0)
		*text++ = '0';
	for (int at = 0; at <= number.weight; at++) {
		unsigned value = digit(&number, at);
		for (int i = 0; i < GROUP; i++)
			if (at > 0 || value >= powers[i] || i == GROUP - 1)
				*text++ = (char)('0' + value / powers[i] % 10);
	}
	if (number.scale)
		*text++ = '.';
	for (unsigned i = 0; i < number.scale; i++)
		*text++ = (char)('0' + digit(&number, number.weight + 1 + (int)(i / GROUP)) / powers[i % GROUP] % 10);
}

/* --- from text ---------------------------------------------------------------------------------------------------- */

/* What numeric_in() takes: white space, a sign, digits with a point, an exponent. */
struct decimal {
	const char *digits, *end; /* with the point among them, without zeroes ahead or behind */
	unsigned sign;
	long before; /* how many digits are ahead of the point; negative: so many zeroes behind it come first */
	long scale;
	size_t significant;
};

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

static bool is_word(const char *text, const char *end, const char *word)
{
	for (; *word && text < end; word++, text++)
		if ((*text | 32) != (*word | 32))
			return false;
	return !*word && text == end;
}

static bool read_exponent(const char **text, const char *end, long *exponent)
{
	const char *at = *text;
	bool is_negative = at < end && *at == '-';
	if (at < end && (*at == '-' || *at == '+'))
		at++;
	if (at == end || !is_digit(*at))
		return false;
	for (; at < end && is_digit(*at); at++)
		if (*exponent < 1000000) /* more than there can be */
			*exponent = *exponent * 10 + (*at - '0');
	*exponent = is_negative ? -*exponent : *exponent;
	*text = at;
	return true;
}

static bool read_digits(const char **text, const char *end, struct decimal *out)
{
	bool has_point = false, has_digit = false;
	const char *at = *text;
	size_t count = 0;
	for (; at < end && (is_digit(*at) || (*at == '.' && !has_point)); at++) {
		if (*at == '.') {
			has_point = true;
			continue;
		}
		has_digit = true;
		out->scale += has_point;
		if (!out->digits && *at == '0') {
			out->before -= has_point;
			continue;
		}
		if (!out->digits)
			out->digits = at;
		out->before += !has_point;
		count++;
		if (*at == '0')
			continue;
		out->significant = count;
		out->end = at + 1;
	}
	*text = at;
	return has_digit;
}

static bool read(const char *text, size_t length, struct decimal *out)
{
	const char *end = text + length;
	long exponent = 0;
	*out = (struct decimal){.sign = POSITIVE};
	for (; text < end && is_space(*text); text++)
		;
	for (; end > text && is_space(end[-1]); end--)
		;
	for (size_t i = 0; i < sizeof specials / sizeof *specials; i++) {
		if (is_word(text, end, specials[i].name)) {
			out->sign = specials[i].sign;
			return true;
		}
	}
	if (text < end && (*text == '-' || *text == '+'))
		out->sign = *text++ == '-' ? NEGATIVE : POSITIVE;
	if (!read_digits(&text, end, out))
		return false;
	if (text < end && (*text == 'e' || *text == 'E')) {
		text++;
		if (!read_exponent(&text, end, &exponent))
			return false;
	}
	out->before += exponent;
	out->scale = out->scale > exponent ? out->scale - exponent : 0;
	if (!out->significant)
		out->sign = POSITIVE;
	return text == end;
}

/* Of the first digit of base 10,000, and how many zeroes are ahead of the first digit within it. */
static long weight_of(const struct decimal *decimal, size_t *ahead)
{
	long groups = decimal->before > 0 ? (decimal->before + GROUP - 1) / GROUP : -(-decimal->before / GROUP);
	*ahead = (size_t)(groups * GROUP - decimal->before);
	return groups - 1;
}

size_t lx_numeric_size(const char *text, size_t length, bool *is_range)
{
	struct decimal decimal;
	size_t ahead = 0;
	*is_range = false;
	if (!read(text, length, &decimal))
		return 0;
	*is_range = decimal.scale > LONGEST_SCALE;
	if (!decimal.significant)
		return HEADER;
	long weight = weight_of(&decimal, &ahead);
	size_t count = (decimal.significant + ahead + GROUP - 1) / GROUP;
	*is_range |= weight > LONGEST_WEIGHT || weight < INT16_MIN || count > INT16_MAX;
	return HEADER + 2 * count;
}

void lx_numeric_bytes(const char *text, size_t length, char *bytes)
{
	struct decimal decimal;
	size_t place = 0;
	unsigned value = 0, count = 0;
	read(text, length, &decimal);
	long weight = decimal.significant ? weight_of(&decimal, &place) : 0;
	for (const char *at = decimal.digits; decimal.significant && at < decimal.end; at++) {
		if (*at == '.')
			continue;
		value = value * 10 + (unsigned)(*at - '0');
		if (++place % GROUP == 0) {
			lx_put16(bytes + HEADER + (size_t)2 * count++, (uint16_t)value);
			value = 0;
		}
	}
	if (place % GROUP != 0) {
		for (; place % GROUP != 0; place++)
			value *= 10;
		lx_put16(bytes + HEADER + (size_t)2 * count++, (uint16_t)value);
	}
	lx_put16(bytes, (uint16_t)count);
	lx_put16(bytes + 2, (uint16_t)weight);
	lx_put16(bytes + 4, (uint16_t)decimal.sign);
	lx_put16(bytes + 6, (uint16_t)decimal.scale);
}
