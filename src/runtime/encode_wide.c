/* Values of several parts from C to the wire: times of day, intervals, addresses, ranges.
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

static size_t range_bytes(const struct lx_codec *codec, const char *field, char *bytes)
{
	static const int infinite[] = {LX_RANGE_LB_INF, LX_RANGE_UB_INF};
	const struct lx_codec *bound = codec ? lx_codec(codec->bound) : NULL;
	if (!bound)
		return 0;
	const bool *marks = (const bool *)(field + (size_t)2 * bound->layout.opt_size);
	int flags =
	    (marks[LX_RANGE_LOWER_INC] ? LX_RANGE_LB_INC : 0) | (marks[LX_RANGE_UPPER_INC] ? LX_RANGE_UB_INC : 0);
	size_t used = 1;
	bytes[0] = LX_RANGE_EMPTY;
	if (marks[LX_RANGE_IS_EMPTY])
		return used;
	for (size_t i = 0; i < 2; i++) {
		const char *opt = field + i * bound->layout.opt_size;
		if (!((const lexo_opt_bool *)(const void *)opt)->has) {
			flags |= infinite[i];
			continue;
		}
		size_t length = lx_encode_fixed(codec->bound, opt + bound->layout.opt_value, bytes + used + 4);
		if (!length)
			return 0;
		lx_put32(bytes + used, (uint32_t)length);
		used += 4 + length;
	}
	bytes[0] = (char)flags;
	return used;
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
		return range_bytes(lx_codec(codec), field, bytes);
	}
}
