/* Ranges: range_send() and range_recv() in PostgreSQL's rangetypes.c have flags, then the bounds that there are, each
 * with its length.
 * SPDX-License-Identifier: Apache-2.0 */
#include "runtime/bind_private.h"
#include "runtime/parameters.h"

enum { BOUNDS = 2 };

static const bool *marks_of(const struct lx_codec *codec, const void *field)
{
	return (const bool *)((const char *)field + (size_t)BOUNDS * lx_codecs[codec->bound].layout.opt_size);
}

const void *lx_range_bound(uint16_t codec, const void *field, size_t number)
{
	const lexo_layout *layout = &lx_codecs[lx_codecs[codec].bound].layout;
	const char *bound = (const char *)field + number * layout->opt_size;
	bool has = layout->opt_value ? ((const lexo_opt_bool *)(const void *)bound)->has : !lx_bind_is_null(bound);
	return has ? bound + layout->opt_value : NULL;
}

bool lx_range_is(uint16_t codec, const void *field, enum lx_range_mark mark)
{
	return marks_of(&lx_codecs[codec], field)[mark];
}

enum lx_decoded lx_decode_range(uint16_t number, const char *bytes, size_t length, lexo_arena *arena, void *field)
{
	static const int absent[BOUNDS] = {LX_RANGE_EMPTY | LX_RANGE_LB_INF, LX_RANGE_EMPTY | LX_RANGE_UB_INF};
	const struct lx_codec *codec = &lx_codecs[number];
	const lexo_column bound = {.codec = codec->bound, .flags = LEXO_NULLABLE};
	int flags = length ? (unsigned char)bytes[0] : 256;
	if (!codec->bound || flags > (LX_RANGE_UB_INF << 1) - 1)
		return LX_DECODE_BAD;
	memset(field, 0, codec->layout.size);
	const char *at = bytes + 1, *limit = bytes + length;
	for (size_t i = 0; i < BOUNDS; i++) {
		if (flags & absent[i])
			continue;
		int32_t size = limit - at < 4 ? -1 : (int32_t)lx_get32(at);
		if (size < 0 || size > limit - at - 4)
			return LX_DECODE_BAD;
		enum lx_decoded decoded =
		    lx_decode(&bound, at + 4, size, arena, (char *)field + i * lx_codecs[codec->bound].layout.opt_size);
		if (decoded != LX_DECODED)
			return decoded;
		at += 4 + size;
	}
	bool *marks = (bool *)(uintptr_t)marks_of(codec, field);
	marks[LX_RANGE_LOWER_INC] = flags & LX_RANGE_LB_INC;
	marks[LX_RANGE_UPPER_INC] = flags & LX_RANGE_UB_INC;
	marks[LX_RANGE_IS_EMPTY] = flags & LX_RANGE_EMPTY;
	return at == limit ? LX_DECODED : LX_DECODE_BAD;
}

enum lx_encoded lx_encode_range(lexo_db *db, uint16_t codec, const void *field)
{
	static const int infinite[BOUNDS] = {LX_RANGE_LB_INF, LX_RANGE_UB_INF};
	const lexo_column bound = {.codec = lx_codecs[codec].bound};
	if (lx_range_is(codec, field, LX_RANGE_IS_EMPTY))
		return lx_scratch_append(db, (char[]){LX_RANGE_EMPTY}, 1);
	int flags = (lx_range_is(codec, field, LX_RANGE_LOWER_INC) ? LX_RANGE_LB_INC : 0) |
		    (lx_range_is(codec, field, LX_RANGE_UPPER_INC) ? LX_RANGE_UB_INC : 0);
	for (size_t i = 0; i < BOUNDS; i++)
		flags |= lx_range_bound(codec, field, i) ? 0 : infinite[i];
	enum lx_encoded done = lx_scratch_append(db, (char[]){(char)flags}, 1);
	for (size_t i = 0; i < BOUNDS && done == LX_ENCODED; i++) {
		const void *value = lx_range_bound(codec, field, i);
		if (value)
			done = lx_encode_copy(db, &bound, value);
	}
	return done;
}
