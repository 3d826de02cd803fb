/* Values of several parts from C to the wire: times of day, intervals, addresses.
 * SPDX-License-Identifier: Apache-2.0 */
#include "runtime/codec.h"

/* As inet_recv() reads it. */
static size_t inet_bytes(const lexo_inet *inet, char *bytes)
{
	size_t length = inet->family == 6 ? 16 : 4;
	if ((inet->family != 4 && inet->family != 6) || inet->bits > length * 8)
		return 0;
	bytes[0] = inet->family == 6 ? LX_INET_6 : LX_INET_4;
	bytes[1] = (char)inet->bits;
	bytes[2] = inet->is_network ? 1 : 0;
	bytes[3] = (char)length;
	memcpy(bytes + 4, inet->addr, length);
	return 4 + length;
}

size_t lx_encode_wide(uint16_t codec, const void *field, char *bytes)
{
	const lexo_interval *interval = field;
	switch (codec) {
	case LEXO_CODEC_TIME:
		lx_put64(bytes, (uint64_t)((const lexo_time *)field)->us);
		return ((const lexo_time *)field)->us >= 0 && ((const lexo_time *)field)->us <= LX_DAY_US ? 8 : 0;
	case LEXO_CODEC_INTERVAL:
		lx_put64(bytes, (uint64_t)interval->us);
		lx_put32(bytes + 8, (uint32_t)interval->days);
		lx_put32(bytes + 12, (uint32_t)interval->months);
		return 16;
	case LEXO_CODEC_INET:
		return inet_bytes(field, bytes);
	default:
		return 0;
	}
}
