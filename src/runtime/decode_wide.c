/* Values of several parts from the wire to C: times of day, intervals, addresses, ranges.
 * SPDX-License-Identifier: Apache-2.0 */
#include "runtime/codec.h"

static bool decode_time(const char *bytes, size_t length, lexo_time *out)
{
	if (length != 8)
		return false;
	out->us = (int64_t)lx_get64(bytes);
	return out->us >= 0 && out->us <= LX_DAY_US;
}

static bool decode_interval(const char *bytes, size_t length, lexo_interval *out)
{
	if (length != 16)
		return false;
	out->us = (int64_t)lx_get64(bytes);
	out->days = (int32_t)lx_get32(bytes + 8);
	out->months = (int32_t)lx_get32(bytes + 12);
	return true;
}

/* network_send(): family, bits, whether it is cidr, how many bytes follow. */
static bool decode_inet(const char *bytes, size_t length, lexo_inet *out)
{
	enum { HEADER = 4 };
	if (length < HEADER)
		return false;
	size_t size = bytes[0] == LX_INET_6 ? 16 : 4;
	unsigned bits = (unsigned char)bytes[1];
	if ((bytes[0] != LX_INET_4 && bytes[0] != LX_INET_6) || bits > size * 8 || (bytes[2] & ~1) ||
	    (size_t)(unsigned char)bytes[3] != size || length != HEADER + size)
		return false;
	*out = (lexo_inet){.family = size == 16 ? 6 : 4, .bits = (uint8_t)bits, .is_network = bytes[2] != 0};
	memcpy(out->addr, bytes + HEADER, size);
	return true;
}

/* range_send(): flags, then the bounds that there are, each with its length. */
static bool decode_range(const struct lx_codec *codec, const char *bytes, size_t length, char *field)
{
	static const int absent[] = {LX_RANGE_EMPTY | LX_RANGE_LB_INF, LX_RANGE_EMPTY | LX_RANGE_UB_INF};
	const struct lx_codec *bound = lx_codec(codec->bound);
	const lexo_column column = {.codec = codec->bound, .flags = LEXO_NULLABLE};
	int flags = length ? (unsigned char)bytes[0] : 256;
	if (!bound || flags > (LX_RANGE_UB_INF << 1) - 1)
		return false;
	memset(field, 0, codec->layout.size);
	const char *at = bytes + 1, *limit = bytes + length;
	for (size_t i = 0; i < 2; i++) {
		if (flags & absent[i])
			continue;
		int32_t size = limit - at < 4 ? -1 : (int32_t)lx_get32(at);
		if (size < 0 || size > limit - at - 4 ||
		    lx_decode(&column, at + 4, size, NULL, field + i * bound->layout.opt_size) != LX_DECODED)
			return false;
		at += 4 + size;
	}
	bool *marks = (bool *)(field + (size_t)2 * bound->layout.opt_size);
	marks[LX_RANGE_LOWER_INC] = flags & LX_RANGE_LB_INC;
	marks[LX_RANGE_UPPER_INC] = flags & LX_RANGE_UB_INC;
	marks[LX_RANGE_IS_EMPTY] = flags & LX_RANGE_EMPTY;
	return at == limit;
}

bool lx_decode_wide(uint16_t codec, const char *bytes, size_t length, void *field)
{
	switch (codec) {
	case LEXO_CODEC_TIME:
		return decode_time(bytes, length, field);
	case LEXO_CODEC_INTERVAL:
		return decode_interval(bytes, length, field);
	case LEXO_CODEC_INET:
		return decode_inet(bytes, length, field);
	default:
		return decode_range(lx_codec(codec), bytes, length, field);
	}
}
