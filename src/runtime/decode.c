/* From the wire to C.
 * SPDX-License-Identifier: Apache-2.0 */
#include "runtime/codec.h"

#include <libpq-fe.h>

/* Integers of any width that fits: the type was verified, the length says which it is. */
static inline bool decode_integer(const char *bytes, size_t length, size_t widest, int64_t *out)
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

static inline bool decode_double(const char *bytes, size_t length, double *out)
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

static inline bool decode_word(const char *bytes, size_t length, void *out)
{
	uint32_t word = length == 4 ? lx_get32(bytes) : 0;
	memcpy(out, &word, sizeof word);
	return length == 4;
}

static inline bool decode_uuid(const char *bytes, size_t length, lexo_uuid *out)
{
	if (length == sizeof *out)
		memcpy(out, bytes, sizeof *out);
	return length == sizeof *out;
}

static inline bool decode_ts(const char *bytes, size_t length, lexo_ts *out)
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

static inline bool decode_date(const char *bytes, size_t length, lexo_date *out)
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

/* BORROWED: the bytes are used where they are; libpq ends every value with a NUL. */
static inline enum lx_decoded decode_slice(uint16_t codec, const char *bytes, size_t length, lexo_arena *arena,
					   bool is_borrowed, void *field)
{
	if (codec == LEXO_CODEC_JSONB) { /* the version of the format */
		if (length < 1 || bytes[0] != 1)
			return LX_DECODE_BAD;
		bytes++;
		length--;
	}
	struct lx_slice slice = {bytes, length};
	if (!is_borrowed) {
		char *copy = lx_memory_take(arena, length + 1, 1);
		if (!copy)
			return LX_DECODE_NOMEM;
		if (length)
			memcpy(copy, bytes, length);
		copy[length] = 0;
		slice.ptr = copy;
	}
	memcpy(field, &slice, sizeof slice);
	return LX_DECODED;
}

static enum lx_decoded decode_numeric(const char *bytes, size_t length, lexo_arena *arena, void *field)
{
	struct lx_slice slice = {.len = lx_numeric_text_size(bytes, length)};
	if (!slice.len)
		return LX_DECODE_BAD;
	char *text = lx_memory_take(arena, slice.len + 1, 1);
	if (!text)
		return LX_DECODE_NOMEM;
	lx_numeric_text(bytes, text);
	text[slice.len] = 0;
	slice.ptr = text;
	memcpy(field, &slice, sizeof slice);
	return LX_DECODED;
}

/* A value that is not NULL, into its plain form. */
static inline enum lx_decoded decode_value(const lexo_column *column, const char *bytes, size_t length,
					   lexo_arena *arena, bool is_borrowed, void *field)
{
	int64_t integer = 0;
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
		is_good = decode_word(bytes, length, field);
		break;
	case LEXO_CODEC_F64:
		is_good = decode_double(bytes, length, field);
		break;
	case LEXO_CODEC_UUID:
		is_good = decode_uuid(bytes, length, field);
		break;
	case LEXO_CODEC_DATE:
		is_good = decode_date(bytes, length, field);
		break;
	case LEXO_CODEC_TS:
		is_good = decode_ts(bytes, length, field);
		break;
	case LEXO_CODEC_ENUM:
		is_good = decode_label(column->type.labels, bytes, length, field);
		break;
	case LEXO_CODEC_TEXT:
	case LEXO_CODEC_BYTES:
	case LEXO_CODEC_JSON:
	case LEXO_CODEC_JSONB:
		return decode_slice(column->codec, bytes, length, arena, is_borrowed, field);
	case LEXO_CODEC_NUMERIC:
		return decode_numeric(bytes, length, arena, field);
	case LEXO_CODEC_COMPOSITE:
		return lx_decode_composite(column->type.composite, bytes, length, arena, field);
	case LEXO_CODEC_TIME:
	case LEXO_CODEC_INTERVAL:
	case LEXO_CODEC_INET:
		is_good = lx_decode_wide(column->codec, bytes, length, field);
		break;
	default:
		return lx_decode_range(column->codec, bytes, length, arena, field);
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
	const lexo_layout *layout = lx_layout(column);
	if (count > SIZE_MAX / layout->size)
		return LX_DECODE_NOMEM;
	char *items = lx_memory_take(arena, count * layout->size, layout->alignment);
	bool *nulls = NULL;
	if (!items)
		return LX_DECODE_NOMEM;
	for (size_t i = 0; i < count; i++) {
		int32_t length;
		if (!take32(cursor, &length) || length < -1)
			return LX_DECODE_BAD;
		if (length == -1) {
			memset(items + i * layout->size, 0, layout->size);
			if (!layout->opt_value)
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
		    decode_value(column, cursor->at, (size_t)length, arena, false, items + i * layout->size);
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
	const lexo_column element = {.codec = column->codec};
	if (!lx_codec_accepts(&element, (uint32_t)type, LX_ANY_USER_OID) || dimensions < 0 || dimensions > 1 ||
	    flags < 0 || flags > 1)
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

/* multirange_send(): how many, then each as if by itself. */
static enum lx_decoded decode_multirange(const lexo_column *column, const char *bytes, size_t length, lexo_arena *arena,
					 void *field)
{
	struct cursor cursor = {bytes, length};
	struct lx_array array = {"", 0, NULL}; /* empty, not NULL */
	enum lx_decoded decoded = LX_DECODED;
	int32_t count;
	if (!take32(&cursor, &count) || count < 0 || (size_t)count > cursor.left / 4)
		return LX_DECODE_BAD;
	if (count)
		decoded = decode_elements(column, &cursor, (size_t)count, arena, &array);
	if (decoded == LX_DECODED && (cursor.left || array.nulls))
		decoded = LX_DECODE_BAD;
	if (decoded == LX_DECODED)
		memcpy(field, &array, sizeof array);
	return decoded;
}

/* FIELD is zeroed.  Inlined into both callers: a row has many fields. */
static inline enum lx_decoded decode_field(const lexo_column *column, const char *bytes, size_t length,
					   lexo_arena *arena, bool is_borrowed, char *field)
{
	if (column->flags & LEXO_MULTIRANGE)
		return decode_multirange(column, bytes, length, arena, field);
	if (column->flags & LEXO_ARRAY)
		return decode_array(column, bytes, length, arena, field);
	const lexo_layout *layout = lx_layout(column);
	if (column->flags & LEXO_NULLABLE && layout->opt_value) {
		((lexo_opt_bool *)(void *)field)->has = true; /* has is the first member of every opt */
		field += layout->opt_value;
	}
	return decode_value(column, bytes, length, arena, is_borrowed, field);
}

enum lx_decoded lx_decode(const lexo_column *column, const char *bytes, int64_t length, lexo_arena *arena, void *field)
{
	bool is_array = column->flags & LEXO_ARRAY, is_opt = column->flags & LEXO_NULLABLE;
	if (length < 0 && (length != -1 || !is_opt))
		return LX_DECODE_BAD;
	const lexo_layout *layout = lx_layout(column);
	memset(field, 0, is_array ? sizeof(struct lx_array) : is_opt ? layout->opt_size : layout->size);
	return length < 0 ? LX_DECODED : decode_field(column, bytes, (size_t)length, arena, false, field);
}

static bool is_omitted(const uint64_t *omits, size_t column)
{
	return omits[column / 64] >> (column % 64) & 1;
}

enum lx_decoded lx_decode_row(const lexo_model *model, const uint64_t *omits, const PGresult *result, int number,
			      lexo_arena *arena, char *row, bool is_borrowed, const lexo_column **culprit)
{
	int at = 0;
	memset(row, 0, model->row_size);
	for (const lexo_column *column = model->columns, *end = column + model->column_count; column < end; column++) {
		enum lx_decoded decoded;
		if (column->row == LEXO_NOWHERE || (omits && is_omitted(omits, (size_t)(column - model->columns))))
			continue;
		int length = PQgetlength(result, number, at);
		if (length < 0 || (length == 0 && PQgetisnull(result, number, at)))
			decoded = column->flags & LEXO_NULLABLE ? LX_DECODED : LX_DECODE_NULL;
		else
			decoded = decode_field(column, PQgetvalue(result, number, at), (size_t)length, arena,
					       is_borrowed, row + column->row);
		if (decoded != LX_DECODED) {
			*culprit = column;
			return decoded;
		}
		at++;
	}
	return LX_DECODED;
}

enum lx_decoded lx_decode_copied(const lexo_model *model, const uint64_t *omits, char *bytes, size_t length,
				 lexo_arena *arena, char *row, const lexo_column **culprit)
{
	char *end = NULL; /* of the field before, when its NUL is still to come */
	char *at = bytes + 2, *limit = bytes + length;
	uint32_t fields = length < 2 ? 0 : lx_get16(bytes);
	memset(row, 0, model->row_size);
	for (const lexo_column *column = model->columns, *last = column + model->column_count; column < last;
	     column++) {
		enum lx_decoded decoded;
		if (column->row == LEXO_NOWHERE || (omits && is_omitted(omits, (size_t)(column - model->columns))))
			continue;
		if (fields-- == 0 || limit - at < 4)
			return LX_DECODE_BAD;
		int32_t size = (int32_t)lx_get32(at);
		at += 4;
		if (end) /* where that length was */
			*end = 0;
		end = NULL;
		if (size < -1 || size > limit - at)
			return LX_DECODE_BAD;
		if (size == -1) {
			decoded = column->flags & LEXO_NULLABLE ? LX_DECODED : LX_DECODE_NULL;
		} else {
			decoded = decode_field(column, at, (size_t)size, arena, true, row + column->row);
			end = at += size;
		}
		if (decoded != LX_DECODED) {
			*culprit = column;
			return decoded;
		}
	}
	return fields || at != limit ? LX_DECODE_BAD : LX_DECODED;
}
