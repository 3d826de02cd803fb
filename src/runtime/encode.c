/* From C to the wire: parameters in the form that libpq takes.  Text, bytes and json are passed in place; the rest is
 * written into the handle's scratch bytes.
 * SPDX-License-Identifier: Apache-2.0 */
#include "runtime/encode.h"

#include <limits.h>

#include "runtime/parameters.h"

enum lx_encoded lx_encode_null(lexo_db *db, const lexo_column *column)
{
	return lx_parameters_add(db, column->oid, NULL, 0,
				 column->flags & LEXO_AS_TEXT ? LX_FORMAT_TEXT : LX_FORMAT_BINARY);
}

enum lx_encoded lx_encode_i64(lexo_db *db, int64_t value)
{
	size_t start = db->parameters.used;
	char *at = lx_scratch(db, 8);
	if (!at)
		return LX_ENCODE_NOMEM;
	lx_put64(at, (uint64_t)value);
	return lx_parameters_add_scratch(db, 20 /* int8 */, start, LX_FORMAT_BINARY);
}

/* Values that are not in place as bytes; returns how many, 0 when out of range. */
static inline size_t fixed_bytes(uint16_t codec, const void *field, char *bytes)
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

size_t lx_encode_fixed(uint16_t codec, const void *field, char *bytes)
{
	return fixed_bytes(codec, field, bytes);
}

/* Those of any other but the long ones, at the end of scratch behind BEFORE bytes that are left for the caller. */
static inline enum lx_encoded append_fixed(lexo_db *db, const lexo_column *column, const void *field, size_t before,
					   size_t *length)
{
	char *at = lx_scratch(db, before + LX_LONGEST);
	if (!at)
		return LX_ENCODE_NOMEM;
	*length = fixed_bytes(column->codec, field, at + before);
	db->parameters.used -= LX_LONGEST - *length;
	return *length ? LX_ENCODED : LX_ENCODE_RANGE;
}

/* Of an array: 0 is NULL. */
static bool is_no_label(const lexo_column *column, const void *item)
{
	uint32_t label = 1;
	if (column->codec == LEXO_CODEC_ENUM)
		memcpy(&label, item, sizeof label);
	return !label;
}

static bool is_null_number(const lexo_column *column, const void *field)
{
	struct lx_slice slice = {"", 0};
	if (column->codec == LEXO_CODEC_NUMERIC)
		memcpy(&slice, field, sizeof slice);
	return !slice.ptr;
}

static enum lx_encoded append_long(lexo_db *db, const lexo_column *column, const void *field)
{
	struct lx_slice slice;
	bool is_range;
	if (column->codec == LEXO_CODEC_COMPOSITE)
		return lx_encode_composite(db, column->type.composite, field);
	if (column->codec != LEXO_CODEC_NUMERIC)
		return lx_encode_range(db, column->codec, field);
	memcpy(&slice, field, sizeof slice);
	size_t size = lx_numeric_size(slice.ptr, slice.len, &is_range);
	if (!size || is_range)
		return is_range ? LX_ENCODE_RANGE : LX_ENCODE_NUMBER;
	char *at = lx_scratch(db, size);
	if (!at)
		return LX_ENCODE_NOMEM;
	lx_numeric_bytes(slice.ptr, slice.len, at);
	return LX_ENCODED;
}

static void put_length(lexo_db *db, size_t at, size_t length)
{
	lx_put32(db->parameters.scratch + at, (uint32_t)length);
}

/* --- one value with its length in front, at the end of scratch ---------------------------------------------------- */

static enum lx_encoded append_null(lexo_db *db)
{
	return lx_scratch_append(db, "\377\377\377\377", 4);
}

static enum lx_encoded append_long_element(lexo_db *db, const lexo_column *column, const void *item)
{
	size_t start = db->parameters.used;
	enum lx_encoded done = append_null(db);
	if (done != LX_ENCODED || is_null_number(column, item))
		return done;
	done = append_long(db, column, item);
	size_t length = db->parameters.used - start - 4;
	if (done == LX_ENCODED && length > INT_MAX)
		return LX_ENCODE_LONG;
	if (done == LX_ENCODED)
		put_length(db, start, length);
	return done;
}

/* BEFORE: what stands in front of the bytes, and is of the value. */
static inline enum lx_encoded append_slice(lexo_db *db, const lexo_column *column, const void *field,
					   const char *before, size_t before_length)
{
	struct lx_slice slice;
	enum lx_encoded done = lx_bytes_of(column, field, &slice);
	if (done != LX_ENCODED)
		return done;
	if (!slice.ptr)
		return append_null(db);
	if (slice.len > INT_MAX - before_length)
		return LX_ENCODE_LONG;
	char *at = lx_scratch(db, 4 + before_length + slice.len);
	if (!at)
		return LX_ENCODE_NOMEM;
	lx_put32(at, (uint32_t)(before_length + slice.len));
	memcpy(at + 4, before, before_length);
	memcpy(at + 4 + before_length, slice.ptr, slice.len);
	return LX_ENCODED;
}

static enum lx_encoded append_in_place(lexo_db *db, const lexo_column *column, const void *field)
{
	return append_slice(db, column, field, "", 0);
}

/* The version of the format in front. */
static enum lx_encoded append_jsonb(lexo_db *db, const lexo_column *column, const void *field)
{
	return append_slice(db, column, field, "\1", 1);
}

static enum lx_encoded append_fixed_element(lexo_db *db, const lexo_column *column, const void *field)
{
	size_t length, start = db->parameters.used;
	enum lx_encoded done = append_fixed(db, column, field, 4, &length);
	if (done == LX_ENCODED)
		put_length(db, start, length);
	return done;
}

/* How values of each codec are written; those that are not here are of one size. */
static lx_appender *const appenders[LEXO_CODEC_COUNT] = {
    [LEXO_CODEC_TEXT] = append_in_place,          [LEXO_CODEC_JSON] = append_in_place,
    [LEXO_CODEC_BYTES] = append_in_place,         [LEXO_CODEC_JSONB] = append_jsonb,
    [LEXO_CODEC_ENUM] = append_in_place,          [LEXO_CODEC_I32_RANGE] = append_long_element,
    [LEXO_CODEC_I64_RANGE] = append_long_element, [LEXO_CODEC_DATE_RANGE] = append_long_element,
    [LEXO_CODEC_TS_RANGE] = append_long_element,  [LEXO_CODEC_NUM_RANGE] = append_long_element,
    [LEXO_CODEC_NUMERIC] = append_long_element,   [LEXO_CODEC_COMPOSITE] = append_long_element,
};
static lx_appender *element_appender(const lexo_column *column)
{
	lx_appender *appender = lx_codec(column->codec) ? appenders[column->codec] : NULL;
	return appender ? appender : append_fixed_element;
}

/* As array_recv() reads it, at the end of scratch. */
static enum lx_encoded append_array(lexo_db *db, const lexo_column *column, const void *field)
{
	const lexo_layout *layout = lx_layout(column);
	struct lx_array array;
	memcpy(&array, field, sizeof array);
	if (!array.items)
		array.len = 0;
	if (array.len > INT_MAX)
		return LX_ENCODE_LONG;
	bool has_null = false;
	for (size_t i = 0; array.nulls && layout->opt_value && i < array.len; i++)
		has_null = has_null || array.nulls[i];
	char header[20];
	size_t size = array.len ? 20 : 12;
	lx_put32(header, array.len ? 1 : 0);
	lx_put32(header + 4, has_null || !layout->opt_value); /* only a hint to the server */
	lx_put32(header + 8, column->element_oid);
	lx_put32(header + 12, (uint32_t)array.len);
	lx_put32(header + 16, 1);
	if (column->flags & LEXO_MULTIRANGE) { /* has the number alone, and knows no NULL */
		lx_put32(header, (uint32_t)array.len);
		size = 4;
		if (has_null)
			return LX_ENCODE_RANGE;
	}
	enum lx_encoded done = lx_scratch_append(db, header, size);
	lx_appender *append = element_appender(column);
	for (size_t i = 0; i < array.len && done == LX_ENCODED; i++) {
		const char *item = (const char *)array.items + i * layout->size;
		bool is_null = (has_null && array.nulls[i]) || is_no_label(column, item);
		done = is_null ? append_null(db) : append(db, column, item);
	}
	return done;
}

static enum lx_encoded encode_array(lexo_db *db, const lexo_column *column, const void *field)
{
	size_t start = db->parameters.used;
	bool is_text = column->flags & LEXO_AS_TEXT;
	enum lx_encoded done = (is_text ? lx_encode_text : append_array)(db, column, field);
	if (is_text && done == LX_ENCODED)
		done = lx_scratch_append(db, "", 1);
	return done == LX_ENCODED
		   ? lx_parameters_add_scratch(db, column->oid, start, is_text ? LX_FORMAT_TEXT : LX_FORMAT_BINARY)
		   : done;
}

static enum lx_encoded append_array_element(lexo_db *db, const lexo_column *column, const void *field)
{
	size_t start = db->parameters.used;
	enum lx_encoded done = lx_scratch_append(db, "\0\0\0\0", 4);
	if (done == LX_ENCODED)
		done = append_array(db, column, field);
	size_t length = db->parameters.used - start - 4;
	if (done == LX_ENCODED && length > INT_MAX)
		return LX_ENCODE_LONG;
	if (done == LX_ENCODED)
		put_length(db, start, length);
	return done;
}

lx_appender *lx_copy_appender(const lexo_column *column)
{
	return column->flags & LEXO_ARRAY ? append_array_element : element_appender(column);
}

enum lx_encoded lx_encode_copy(lexo_db *db, const lexo_column *column, const void *field)
{
	return field ? lx_copy_appender(column)(db, column, field) : append_null(db);
}

static enum lx_encoded encode_long(lexo_db *db, const lexo_column *column, const void *field)
{
	size_t start = db->parameters.used;
	if (is_null_number(column, field))
		return lx_encode_null(db, column);
	enum lx_encoded done = append_long(db, column, field);
	return done == LX_ENCODED ? lx_parameters_add_scratch(db, column->oid, start, LX_FORMAT_BINARY) : done;
}

enum lx_encoded lx_encode(lexo_db *db, const lexo_column *column, const void *field)
{
	struct lx_slice slice;
	size_t start = db->parameters.used, length;
	enum lx_encoded done;
	if (column->flags & LEXO_ARRAY)
		return encode_array(db, column, field);
	lx_appender *append = element_appender(column);
	if (append == append_long_element)
		return encode_long(db, column, field);
	if (append == append_fixed_element) {
		done = append_fixed(db, column, field, 0, &length);
		return done == LX_ENCODED ? lx_parameters_add_scratch(db, column->oid, start, LX_FORMAT_BINARY) : done;
	}
	done = lx_bytes_of(column, field, &slice);
	if (done != LX_ENCODED)
		return done;
	if (!slice.ptr)
		return lx_encode_null(db, column);
	if (column->flags & LEXO_AS_TEXT) {
		done = lx_scratch_append(db, slice.ptr, slice.len);
		if (done == LX_ENCODED)
			done = lx_scratch_append(db, "", 1);
		return done == LX_ENCODED ? lx_parameters_add_scratch(db, column->oid, start, LX_FORMAT_TEXT) : done;
	}
	if (append != append_jsonb)
		return lx_parameters_add(db, column->oid, slice.ptr, slice.len, LX_FORMAT_BINARY);
	done = lx_scratch_append(db, "\1", 1);
	if (done == LX_ENCODED)
		done = lx_scratch_append(db, slice.ptr, slice.len);
	return done == LX_ENCODED ? lx_parameters_add_scratch(db, column->oid, start, LX_FORMAT_BINARY) : done;
}
