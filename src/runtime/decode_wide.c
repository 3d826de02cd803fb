/* Values of several parts from the wire to C: times of day, intervals, addresses.
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
		return false;
	}
}
