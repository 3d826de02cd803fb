/* From C to the wire: parameters in the form that libpq takes.  Text, bytes and json are passed in place; the rest is
 * written into the handle's scratch bytes, whose addresses are filled in when all parameters are there.
 * SPDX-License-Identifier: Apache-2.0 */
#include <limits.h>

#include "runtime/codec.h"
#include "runtime/parameters.h"

enum { FORMAT_TEXT = 0, FORMAT_BINARY = 1 };

/* An address in scratch while it may move: the offset plus one, marked by IN_SCRATCH in formats. */
enum { IN_SCRATCH = 2 };

void lx_parameters_clear(lexo_db *db)
{
	db->parameters.count = 0;
	db->parameters.used = 0;
}

void lx_parameters_free(lexo_db *db)
{
	struct lx_parameters *parameters = &db->parameters;
	lx_db_alloc(db, parameters->values, 0);
	lx_db_alloc(db, parameters->lengths, 0);
	lx_db_alloc(db, parameters->formats, 0);
	lx_db_alloc(db, parameters->types, 0);
	lx_db_alloc(db, parameters->scratch, 0);
	*parameters = (struct lx_parameters){0};
}

void lx_parameters_place(lexo_db *db)
{
	struct lx_parameters *parameters = &db->parameters;
	for (uint32_t i = 0; i < parameters->count; i++) {
		if (!(parameters->formats[i] & IN_SCRATCH))
			continue;
		parameters->values[i] = parameters->scratch + ((uintptr_t)parameters->values[i] - 1);
		parameters->formats[i] &= ~IN_SCRATCH;
	}
}

static bool grow(lexo_db *db)
{
	struct lx_parameters *parameters = &db->parameters;
	uint32_t capacity = parameters->capacity ? parameters->capacity * 2 : 16;
	char **values = lx_db_alloc(db, parameters->values, capacity * sizeof *values);
	if (values)
		parameters->values = values;
	int *lengths = lx_db_alloc(db, parameters->lengths, capacity * sizeof *lengths);
	if (lengths)
		parameters->lengths = lengths;
	int *formats = lx_db_alloc(db, parameters->formats, capacity * sizeof *formats);
	if (formats)
		parameters->formats = formats;
	Oid *types = lx_db_alloc(db, parameters->types, capacity * sizeof *types);
	if (types)
		parameters->types = types;
	if (!values || !lengths || !formats || !types)
		return false;
	parameters->capacity = capacity;
	return true;
}

static enum lx_encoded add(lexo_db *db, uint32_t type, const char *value, size_t length, int format)
{
	struct lx_parameters *parameters = &db->parameters;
	if (length > INT_MAX)
		return LX_ENCODE_LONG;
	if (parameters->count == parameters->capacity && !grow(db))
		return LX_ENCODE_NOMEM;
	uint32_t i = parameters->count++;
	/* libpq takes pointers to const */
	parameters->values[i] = (char *)(uintptr_t)value;
	parameters->lengths[i] = (int)length;
	parameters->formats[i] = format;
	parameters->types[i] = type;
	return LX_ENCODED;
}

/* LENGTH more bytes at the end of scratch, or NULL. */
static inline char *scratch(lexo_db *db, size_t length)
{
	struct lx_parameters *parameters = &db->parameters;
	if (length > SIZE_MAX / 4 - parameters->used)
		return NULL;
	size_t need = parameters->used + length;
	if (need > parameters->scratch_capacity) {
		size_t capacity = parameters->scratch_capacity ? parameters->scratch_capacity : 256;
		while (capacity < need)
			capacity *= 2;
		char *bytes = lx_db_alloc(db, parameters->scratch, capacity);
		if (!bytes)
			return NULL;
		parameters->scratch = bytes;
		parameters->scratch_capacity = capacity;
	}
	char *at = parameters->scratch + parameters->used;
	parameters->used = need;
	return at;
}

/* The bytes in scratch from START to its end become a parameter. */
static enum lx_encoded add_scratch(lexo_db *db, uint32_t type, size_t start, int format)
{
	const struct lx_parameters *parameters = &db->parameters;
	size_t length = parameters->used - start - (format == FORMAT_TEXT ? 1 : 0); /* text ends with a NUL */
	return add(db, type, (const char *)(start + 1), length, format | IN_SCRATCH);
}

static enum lx_encoded append(lexo_db *db, const char *bytes, size_t length)
{
	char *at = scratch(db, length);
	if (!at)
		return LX_ENCODE_NOMEM;
	if (length)
		memcpy(at, bytes, length);
	return LX_ENCODED;
}

enum lx_encoded lx_encode_null(lexo_db *db, const lexo_column *column)
{
	return add(db, column->oid, NULL, 0, column->flags & LEXO_AS_TEXT ? FORMAT_TEXT : FORMAT_BINARY);
}

enum lx_encoded lx_encode_i64(lexo_db *db, int64_t value)
{
	size_t start = db->parameters.used;
	char *at = scratch(db, 8);
	if (!at)
		return LX_ENCODE_NOMEM;
	lx_put64(at, (uint64_t)value);
	return add_scratch(db, 20 /* int8 */, start, FORMAT_BINARY);
}

/* The longest value that is not in place: a range of two times. */
enum { LONGEST = 32 };

/* Values that are not in place as bytes; returns how many, 0 when out of range. */
static inline size_t fixed_bytes(uint8_t codec, const void *field, char *bytes)
{
	uint16_t half;
	uint32_t word;
	uint64_t both;
	int64_t us;
	int32_t days;
	switch (codec) {
	case LEXO_CODEC_BOOL:
		bytes[0] = *(const bool *)field ? 1 : 0;
		return 1;
	case LEXO_CODEC_I16:
		memcpy(&half, field, sizeof half);
		bytes[0] = (char)(half >> 8);
		bytes[1] = (char)half;
		return 2;
	case LEXO_CODEC_I32:
	case LEXO_CODEC_U32:
	case LEXO_CODEC_F32:
		memcpy(&word, field, sizeof word);
		lx_put32(bytes, word);
		return 4;
	case LEXO_CODEC_I64:
	case LEXO_CODEC_F64:
		memcpy(&both, field, sizeof both);
		lx_put64(bytes, both);
		return 8;
	case LEXO_CODEC_UUID:
		memcpy(bytes, field, 16);
		return 16;
	case LEXO_CODEC_DATE:
		days = ((const lexo_date *)field)->days;
		if (days != INT32_MIN && days != INT32_MAX &&
		    (__builtin_sub_overflow(days, LX_EPOCH_DAYS, &days) || days == INT32_MIN))
			return 0;
		lx_put32(bytes, (uint32_t)days);
		return 4;
	case LEXO_CODEC_TS:
		us = ((const lexo_ts *)field)->us;
		if (us != INT64_MIN && us != INT64_MAX &&
		    (__builtin_sub_overflow(us, LX_EPOCH_US, &us) || us == INT64_MIN))
			return 0;
		lx_put64(bytes, (uint64_t)us);
		return 8;
	default:
		return lx_encode_wide(codec, field, bytes);
	}
}

size_t lx_encode_fixed(uint8_t codec, const void *field, char *bytes)
{
	return fixed_bytes(codec, field, bytes);
}

static bool has_nul(uint8_t codec, const struct lx_slice *slice)
{
	return codec != LEXO_CODEC_BYTES && slice->len && memchr(slice->ptr, 0, slice->len);
}

/* What a value that is not NULL looks like: bytes in place, or in FIXED. */
static inline enum lx_encoded value_bytes(const lexo_column *column, const void *field, struct lx_slice *out,
					  char fixed[LONGEST])
{
	uint32_t label;
	switch (column->codec) {
	case LEXO_CODEC_TEXT:
	case LEXO_CODEC_BYTES:
	case LEXO_CODEC_JSON:
	case LEXO_CODEC_JSONB:
		memcpy(out, field, sizeof *out);
		return has_nul(column->codec, out) ? LX_ENCODE_NUL : LX_ENCODED;
	case LEXO_CODEC_ENUM:
		memcpy(&label, field, sizeof label);
		if (!column->labels || label == 0 || label > column->labels->label_count)
			return LX_ENCODE_LABEL;
		*out = (struct lx_slice){column->labels->labels[label - 1].ptr, column->labels->labels[label - 1].len};
		return LX_ENCODED;
	default:
		out->ptr = fixed;
		out->len = fixed_bytes(column->codec, field, fixed);
		return out->len ? LX_ENCODED : LX_ENCODE_RANGE;
	}
}

/* "{…}" with every element in double quotes, as array_in() reads it; for types that travel as text. */
static enum lx_encoded text_array(lexo_db *db, const lexo_column *column, const struct lx_array *array, size_t size)
{
	size_t start = db->parameters.used;
	char fixed[LONGEST];
	enum lx_encoded done = append(db, "{", 1);
	for (size_t i = 0; i < array->len && done == LX_ENCODED; i++) {
		const char *item = (const char *)array->items + i * size;
		struct lx_slice slice = {"", 0};
		if (i)
			done = append(db, ",", 1);
		uint32_t label = 0;
		if (column->codec == LEXO_CODEC_ENUM)
			memcpy(&label, item, sizeof label);
		if (column->codec != LEXO_CODEC_ENUM || label)
			done = value_bytes(column, item, &slice, fixed);
		if (done != LX_ENCODED)
			return done;
		if (!slice.ptr || (column->codec == LEXO_CODEC_ENUM && !label)) {
			done = append(db, "NULL", 4);
			continue;
		}
		if (slice.len > (SIZE_MAX - 2) / 2)
			return LX_ENCODE_LONG;
		char *at = scratch(db, slice.len * 2 + 2), *end = at;
		if (!at)
			return LX_ENCODE_NOMEM;
		*end++ = '"';
		for (size_t k = 0; k < slice.len; k++) {
			if (slice.ptr[k] == '"' || slice.ptr[k] == '\\')
				*end++ = '\\';
			*end++ = slice.ptr[k];
		}
		*end++ = '"';
		db->parameters.used = (size_t)(end - db->parameters.scratch);
	}
	if (done == LX_ENCODED)
		done = append(db, "}", 2); /* and the NUL */
	return done == LX_ENCODED ? add_scratch(db, column->oid, start, FORMAT_TEXT) : done;
}

static inline enum lx_encoded append_element(lexo_db *db, const lexo_column *column, const char *item, bool is_null)
{
	struct lx_slice slice = {NULL, 0};
	char fixed[LONGEST];
	enum lx_encoded done = is_null ? LX_ENCODED : value_bytes(column, item, &slice, fixed);
	if (done != LX_ENCODED)
		return done;
	size_t version = column->codec == LEXO_CODEC_JSONB ? 1 : 0;
	if (slice.len > INT_MAX - 1)
		return LX_ENCODE_LONG;
	char *at = scratch(db, 4 + (slice.ptr ? version + slice.len : 0));
	if (!at)
		return LX_ENCODE_NOMEM;
	lx_put32(at, slice.ptr ? (uint32_t)(slice.len + version) : UINT32_MAX);
	if (!slice.ptr)
		return LX_ENCODED;
	if (version)
		at[4] = 1;
	memcpy(at + 4 + version, slice.ptr, slice.len);
	return LX_ENCODED;
}

/* As array_recv() reads it, at the end of scratch. */
static enum lx_encoded append_array(lexo_db *db, const lexo_column *column, const void *field)
{
	const struct lx_codec *codec = lx_codec(column->codec);
	struct lx_array array;
	memcpy(&array, field, sizeof array);
	if (!array.items)
		array.len = 0;
	if (array.len > INT_MAX)
		return LX_ENCODE_LONG;
	bool has_null = false;
	for (size_t i = 0; array.nulls && codec->opt_value && i < array.len; i++)
		has_null = has_null || array.nulls[i];
	char header[20];
	lx_put32(header, array.len ? 1 : 0);
	lx_put32(header + 4, has_null || !codec->opt_value); /* only a hint to the server */
	lx_put32(header + 8, column->element_oid);
	lx_put32(header + 12, (uint32_t)array.len);
	lx_put32(header + 16, 1);
	enum lx_encoded done = append(db, header, array.len ? 20 : 12);
	for (size_t i = 0; i < array.len && done == LX_ENCODED; i++)
		done =
		    append_element(db, column, (const char *)array.items + i * codec->size, has_null && array.nulls[i]);
	return done;
}

static enum lx_encoded encode_array(lexo_db *db, const lexo_column *column, const void *field)
{
	size_t start = db->parameters.used;
	if (column->flags & LEXO_AS_TEXT) {
		struct lx_array array;
		memcpy(&array, field, sizeof array);
		if (!array.items)
			array.len = 0;
		return text_array(db, column, &array, lx_codec(column->codec)->size);
	}
	enum lx_encoded done = append_array(db, column, field);
	return done == LX_ENCODED ? add_scratch(db, column->oid, start, FORMAT_BINARY) : done;
}

enum lx_encoded lx_encode_bytes(lexo_db *db, const void *bytes, size_t length)
{
	return append(db, bytes, length);
}

enum lx_encoded lx_encode_copy(lexo_db *db, const lexo_column *column, const void *field)
{
	if (!(column->flags & LEXO_ARRAY) || !field)
		return append_element(db, column, field, !field);
	size_t start = db->parameters.used;
	enum lx_encoded done = append(db, "\0\0\0\0", 4);
	if (done == LX_ENCODED)
		done = append_array(db, column, field);
	size_t length = db->parameters.used - start - 4;
	if (done == LX_ENCODED && length > INT_MAX)
		return LX_ENCODE_LONG;
	if (done == LX_ENCODED)
		lx_put32(db->parameters.scratch + start, (uint32_t)length);
	return done;
}

enum lx_encoded lx_encode(lexo_db *db, const lexo_column *column, const void *field)
{
	char fixed[LONGEST];
	struct lx_slice slice;
	if (column->flags & LEXO_ARRAY)
		return encode_array(db, column, field);
	enum lx_encoded done = value_bytes(column, field, &slice, fixed);
	if (done != LX_ENCODED)
		return done;
	if (!slice.ptr)
		return lx_encode_null(db, column);
	size_t start = db->parameters.used;
	if (column->flags & LEXO_AS_TEXT) {
		done = append(db, slice.ptr, slice.len);
		if (done == LX_ENCODED)
			done = append(db, "", 1);
		return done == LX_ENCODED ? add_scratch(db, column->oid, start, FORMAT_TEXT) : done;
	}
	if (slice.ptr != fixed && column->codec != LEXO_CODEC_JSONB)
		return add(db, column->oid, slice.ptr, slice.len, FORMAT_BINARY);
	if (column->codec == LEXO_CODEC_JSONB)
		done = append(db, "\1", 1);
	if (done == LX_ENCODED)
		done = append(db, slice.ptr, slice.len);
	return done == LX_ENCODED ? add_scratch(db, column->oid, start, FORMAT_BINARY) : done;
}
