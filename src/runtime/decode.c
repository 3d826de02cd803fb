/* From the wire to C.
 * SPDX-License-Identifier: Apache-2.0 */
#include "runtime/codec.h"

enum { /* fixed in PostgreSQL's pg_type.dat */
       OID_BOOL = 16,
       OID_BYTEA = 17,
       OID_NAME = 19,
       OID_INT8 = 20,
       OID_INT2 = 21,
       OID_INT4 = 23,
       OID_TEXT = 25,
       OID_OID = 26,
       OID_JSON = 114,
       OID_FLOAT4 = 700,
       OID_FLOAT8 = 701,
       OID_BPCHAR = 1042,
       OID_VARCHAR = 1043,
       OID_DATE = 1082,
       OID_TIMESTAMP = 1114,
       OID_TIMESTAMPTZ = 1184,
       OID_UUID = 2950,
       OID_JSONB = 3802
};

#define PLAIN(type, opt)                                                                                               \
	{                                                                                                              \
		sizeof(type), _Alignof(type), offsetof(opt, v), sizeof(opt)                                            \
	}
#define SLICE(type)                                                                                                    \
	{                                                                                                              \
		sizeof(type), _Alignof(type), 0, sizeof(type)                                                          \
	}
static const struct lx_codec codecs[LEXO_CODEC_COUNT] = {
    [LEXO_CODEC_BOOL] = PLAIN(bool, lexo_opt_bool),
    [LEXO_CODEC_I16] = PLAIN(int16_t, lexo_opt_i16),
    [LEXO_CODEC_I32] = PLAIN(int32_t, lexo_opt_i32),
    [LEXO_CODEC_I64] = PLAIN(int64_t, lexo_opt_i64),
    [LEXO_CODEC_U32] = PLAIN(uint32_t, lexo_opt_u32),
    [LEXO_CODEC_F32] = PLAIN(float, lexo_opt_f32),
    [LEXO_CODEC_F64] = PLAIN(double, lexo_opt_f64),
    [LEXO_CODEC_UUID] = PLAIN(lexo_uuid, lexo_opt_uuid),
    [LEXO_CODEC_DATE] = PLAIN(lexo_date, lexo_opt_date),
    [LEXO_CODEC_TS] = PLAIN(lexo_ts, lexo_opt_ts),
    [LEXO_CODEC_ENUM] = SLICE(uint32_t),
    [LEXO_CODEC_TEXT] = SLICE(lexo_str),
    [LEXO_CODEC_BYTES] = SLICE(lexo_bytes),
    [LEXO_CODEC_JSON] = SLICE(lexo_json),
    [LEXO_CODEC_JSONB] = SLICE(lexo_json),
};

/* What each codec can read, besides enums; narrower integers and floats are widened. */
static const uint32_t readable[LEXO_CODEC_COUNT][4] = {
    [LEXO_CODEC_BOOL] = {OID_BOOL},
    [LEXO_CODEC_I16] = {OID_INT2},
    [LEXO_CODEC_I32] = {OID_INT4, OID_INT2},
    [LEXO_CODEC_I64] = {OID_INT8, OID_INT4, OID_INT2},
    [LEXO_CODEC_U32] = {OID_OID},
    [LEXO_CODEC_F32] = {OID_FLOAT4},
    [LEXO_CODEC_F64] = {OID_FLOAT8, OID_FLOAT4},
    [LEXO_CODEC_UUID] = {OID_UUID},
    [LEXO_CODEC_DATE] = {OID_DATE},
    [LEXO_CODEC_TS] = {OID_TIMESTAMPTZ, OID_TIMESTAMP},
    [LEXO_CODEC_ENUM] = {OID_TEXT, OID_VARCHAR},
    [LEXO_CODEC_TEXT] = {OID_TEXT, OID_VARCHAR, OID_BPCHAR, OID_NAME},
    [LEXO_CODEC_BYTES] = {OID_BYTEA},
    [LEXO_CODEC_JSON] = {OID_JSON},
    [LEXO_CODEC_JSONB] = {OID_JSONB},
};
static const struct {
	uint32_t element, array;
} arrays[] = {
    {OID_BOOL, 1000},   {OID_BYTEA, 1001},  {OID_NAME, 1003},        {OID_INT8, 1016}, {OID_INT2, 1005},
    {OID_INT4, 1007},   {OID_TEXT, 1009},   {OID_OID, 1028},         {OID_JSON, 199},  {OID_FLOAT4, 1021},
    {OID_FLOAT8, 1022}, {OID_BPCHAR, 1014}, {OID_VARCHAR, 1015},     {OID_DATE, 1182}, {OID_TIMESTAMP, 1115},
    {OID_UUID, 2951},   {OID_JSONB, 3807},  {OID_TIMESTAMPTZ, 1185},
};

const struct lx_codec *lx_codec(uint8_t codec)
{
	return codec > 0 && codec < LEXO_CODEC_COUNT ? &codecs[codec] : NULL;
}

static bool can_read(uint8_t codec, uint32_t oid)
{
	for (size_t i = 0; i < 4; i++) {
		if (oid && readable[codec][i] == oid)
			return true;
	}
	return false;
}

bool lx_codec_accepts(const lexo_column *column, uint32_t oid, uint32_t enum_oid)
{
	if (!lx_codec(column->codec))
		return false;
	if (!(column->flags & LEXO_ARRAY))
		return can_read(column->codec, oid) || (enum_oid && oid == enum_oid);
	for (size_t i = 0; i < sizeof arrays / sizeof arrays[0]; i++) {
		if (arrays[i].array == oid)
			return can_read(column->codec, arrays[i].element);
	}
	return false;
}

/* Integers of any width that fits: the type was verified, the length says which it is. */
static bool decode_integer(const char *bytes, size_t length, size_t widest, int64_t *out)
{
	if (length > widest)
		return false;
	switch (length) {
	case 2:
		*out = (int16_t)lx_get16(bytes);
		return true;
	case 4:
		*out = (int32_t)lx_get32(bytes);
		return true;
	case 8:
		*out = (int64_t)lx_get64(bytes);
		return true;
	default:
		return false;
	}
}

static bool decode_double(const char *bytes, size_t length, double *out)
{
	if (length == 4) {
		uint32_t bits = lx_get32(bytes);
		float narrow;
		memcpy(&narrow, &bits, sizeof narrow);
		*out = (double)narrow;
		return true;
	}
	if (length != 8)
		return false;
	uint64_t bits = lx_get64(bytes);
	memcpy(out, &bits, sizeof *out);
	return true;
}

static bool decode_ts(const char *bytes, size_t length, lexo_ts *out)
{
	if (length != 8)
		return false;
	int64_t us = (int64_t)lx_get64(bytes);
	if (us != INT64_MIN && us != INT64_MAX) {
		/* a sum that is INT64_MAX would be read as infinity */
		if (__builtin_add_overflow(us, LX_EPOCH_US, &us) || us == INT64_MAX)
			return false;
	}
	out->us = us;
	return true;
}

static bool decode_date(const char *bytes, size_t length, lexo_date *out)
{
	if (length != 4)
		return false;
	int32_t days = (int32_t)lx_get32(bytes);
	if (days != INT32_MIN && days != INT32_MAX) {
		if (__builtin_add_overflow(days, LX_EPOCH_DAYS, &days) || days == INT32_MAX)
			return false;
	}
	out->days = days;
	return true;
}

static bool decode_label(const lexo_enum *labels, const char *bytes, size_t length, uint32_t *out)
{
	for (uint32_t i = 0; labels && i < labels->label_count; i++) {
		if (labels->labels[i].len == length && memcmp(labels->labels[i].ptr, bytes, length) == 0) {
			*out = i + 1;
			return true;
		}
	}
	return false;
}

static enum lx_decoded decode_slice(uint8_t codec, const char *bytes, size_t length, lexo_arena *arena, void *field)
{
	if (codec == LEXO_CODEC_JSONB) { /* the version of the format */
		if (length < 1 || bytes[0] != 1)
			return LX_DECODE_BAD;
		bytes++;
		length--;
	}
	char *copy = lx_memory_take(arena, length + 1, 1);
	if (!copy)
		return LX_DECODE_NOMEM;
	if (length)
		memcpy(copy, bytes, length);
	copy[length] = 0;
	struct lx_slice slice = {copy, length};
	memcpy(field, &slice, sizeof slice);
	return LX_DECODED;
}

/* A value that is not NULL, into its plain form. */
static enum lx_decoded decode_value(const lexo_column *column, const char *bytes, size_t length, lexo_arena *arena,
				    void *field)
{
	int64_t integer = 0;
	uint32_t word = 0;
	bool is_good = false;
	switch (column->codec) {
	case LEXO_CODEC_BOOL:
		is_good = length == 1;
		*(bool *)field = is_good && bytes[0] != 0;
		break;
	case LEXO_CODEC_I16:
		is_good = decode_integer(bytes, length, 2, &integer);
		*(int16_t *)field = (int16_t)integer;
		break;
	case LEXO_CODEC_I32:
		is_good = decode_integer(bytes, length, 4, &integer);
		*(int32_t *)field = (int32_t)integer;
		break;
	case LEXO_CODEC_I64:
		is_good = decode_integer(bytes, length, 8, &integer);
		*(int64_t *)field = integer;
		break;
	case LEXO_CODEC_U32:
	case LEXO_CODEC_F32: /* the same four bytes */
		is_good = length == 4;
		word = is_good ? lx_get32(bytes) : 0;
		memcpy(field, &word, sizeof word);
		break;
	case LEXO_CODEC_F64:
		is_good = decode_double(bytes, length, field);
		break;
	case LEXO_CODEC_UUID:
		is_good = length == sizeof(lexo_uuid);
		if (is_good)
			memcpy(field, bytes, sizeof(lexo_uuid));
		break;
	case LEXO_CODEC_DATE:
		is_good = decode_date(bytes, length, field);
		break;
	case LEXO_CODEC_TS:
		is_good = decode_ts(bytes, length, field);
		break;
	case LEXO_CODEC_ENUM:
		is_good = decode_label(column->labels, bytes, length, field);
		break;
	case LEXO_CODEC_TEXT:
	case LEXO_CODEC_BYTES:
	case LEXO_CODEC_JSON:
	case LEXO_CODEC_JSONB:
		return decode_slice(column->codec, bytes, length, arena, field);
	default:
		break;
	}
	return is_good ? LX_DECODED : LX_DECODE_BAD;
}

/* What is left of a value. */
struct cursor {
	const char *at;
	size_t left;
};

static bool take32(struct cursor *cursor, int32_t *out)
{
	if (cursor->left < 4)
		return false;
	*out = (int32_t)lx_get32(cursor->at);
	cursor->at += 4;
	cursor->left -= 4;
	return true;
}

static enum lx_decoded decode_elements(const lexo_column *column, struct cursor *cursor, size_t count,
				       lexo_arena *arena, struct lx_array *array)
{
	const struct lx_codec *codec = &codecs[column->codec];
	char *items = lx_memory_take(arena, count * codec->size, codec->alignment);
	bool *nulls = NULL;
	if (!items)
		return LX_DECODE_NOMEM;
	for (size_t i = 0; i < count; i++) {
		int32_t length;
		if (!take32(cursor, &length) || length < -1)
			return LX_DECODE_BAD;
		if (length == -1) {
			memset(items + i * codec->size, 0, codec->size);
			if (!codec->opt_value)
				continue;
			if (!nulls && !(nulls = lx_memory_take(arena, count * sizeof *nulls, 1)))
				return LX_DECODE_NOMEM;
			if (!array->nulls)
				memset(nulls, 0, count * sizeof *nulls);
			array->nulls = nulls;
			nulls[i] = true;
			continue;
		}
		if ((size_t)length > cursor->left)
			return LX_DECODE_BAD;
		enum lx_decoded decoded =
		    decode_value(column, cursor->at, (size_t)length, arena, items + i * codec->size);
		if (decoded != LX_DECODED)
			return decoded;
		cursor->at += length;
		cursor->left -= (size_t)length;
	}
	array->items = items;
	array->len = count;
	return cursor->left == 0 ? LX_DECODED : LX_DECODE_BAD;
}

/* array_send(): dimensions, has-nulls flag, element type, then length and lower bound of each dimension, elements. */
static enum lx_decoded decode_array(const lexo_column *column, const char *bytes, size_t length, lexo_arena *arena,
				    void *field)
{
	struct cursor cursor = {bytes, length};
	struct lx_array array = {"", 0, NULL}; /* empty, not NULL */
	int32_t dimensions, flags, type, count, bound;
	enum lx_decoded decoded = LX_DECODED;
	if (!take32(&cursor, &dimensions) || !take32(&cursor, &flags) || !take32(&cursor, &type))
		return LX_DECODE_BAD;
	/* The type of an array's elements follows from the array's, which was verified, but bytes are not trusted. */
	if (!can_read(column->codec, (uint32_t)type) || dimensions < 0 || dimensions > 1 || flags < 0 || flags > 1)
		return LX_DECODE_BAD;
	if (dimensions == 1) {
		if (!take32(&cursor, &count) || !take32(&cursor, &bound) || count < 0)
			return LX_DECODE_BAD;
		/* every element takes four bytes, so a false count cannot make us allocate much */
		if ((size_t)count > cursor.left / 4)
			return LX_DECODE_BAD;
		if (count)
			decoded = decode_elements(column, &cursor, (size_t)count, arena, &array);
	}
	if (decoded == LX_DECODED && cursor.left)
		decoded = LX_DECODE_BAD;
	if (decoded == LX_DECODED)
		memcpy(field, &array, sizeof array);
	return decoded;
}

enum lx_decoded lx_decode(const lexo_column *column, const char *bytes, int64_t length, lexo_arena *arena, void *field)
{
	const struct lx_codec *codec = &codecs[column->codec];
	if (length < 0) {
		if (length != -1 || !(column->flags & LEXO_NULLABLE))
			return LX_DECODE_BAD;
		memset(field, 0, column->flags & LEXO_ARRAY ? sizeof(struct lx_array) : codec->opt_size);
		return LX_DECODED;
	}
	if (column->flags & LEXO_ARRAY)
		return decode_array(column, bytes, (size_t)length, arena, field);
	if (codec->opt_value && column->flags & LEXO_NULLABLE) {
		memset(field, 0, codec->opt_size);
		((lexo_opt_bool *)field)->has = true; /* has is the first member of every opt */
		field = (char *)field + codec->opt_value;
	}
	return decode_value(column, bytes, (size_t)length, arena, field);
}
