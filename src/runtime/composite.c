/* Composite types: record_send() and record_recv() in PostgreSQL's rowtypes.c have the number of members, and each with
 * its type, its length and its bytes.
 * SPDX-License-Identifier: Apache-2.0 */
#include "runtime/bind_private.h"
#include "runtime/parameters.h"

enum lx_decoded lx_decode_composite(const lexo_composite *composite, const char *bytes, size_t length,
				    lexo_arena *arena, void *field)
{
	enum { MEMBER = 8 };
	const char *at = bytes + 4, *limit = bytes + length;
	if (length < 4 || lx_get32(bytes) != composite->field_count)
		return LX_DECODE_BAD;
	for (uint32_t i = 0; i < composite->field_count; i++) {
		const lexo_column *column = &composite->fields[i];
		if (limit - at < MEMBER)
			return LX_DECODE_BAD;
		uint32_t oid = lx_get32(at);
		int32_t size = (int32_t)lx_get32(at + 4);
		at += MEMBER;
		if (size < -1 || size > limit - at || !lx_codec_accepts(column, oid, LX_ANY_USER_OID))
			return LX_DECODE_BAD;
		enum lx_decoded decoded = lx_decode(column, at, size, arena, (char *)field + column->row);
		if (decoded != LX_DECODED)
			return decoded;
		at += size > 0 ? size : 0;
	}
	return at == limit ? LX_DECODED : LX_DECODE_BAD;
}

enum lx_encoded lx_encode_composite(lexo_db *db, const lexo_composite *composite, const void *field)
{
	char number[4];
	lx_put32(number, composite->field_count);
	enum lx_encoded done = lx_scratch_append(db, number, sizeof number);
	for (uint32_t i = 0; i < composite->field_count && done == LX_ENCODED; i++) {
		const lexo_column *column = &composite->fields[i];
		const void *value = lx_bind_member(column, (const char *)field + column->row);
		/* 0 for a type that is not builtin: the server knows better */
		lx_put32(number, column->oid);
		done = lx_scratch_append(db, number, sizeof number);
		if (done == LX_ENCODED)
			done = lx_encode_copy(db, column, value);
	}
	return done;
}
