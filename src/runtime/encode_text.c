/* Values as text that PostgreSQL reads whatever the session's settings are, for COPY in text format: what a type that
 * has no binary form here needs, in the same row as the others.
 * SPDX-License-Identifier: Apache-2.0 */
#include "runtime/bind_private.h"
#include "runtime/encode.h"
#include "runtime/parameters.h"

static enum lx_encoded append_string(lexo_db *db, const char *text)
{
	return lx_scratch_append(db, text, strlen(text));
}

/* --- what stands inside of others --------------------------------------------------------------------------------- */

/* The bytes of scratch from START on, a backslash (or what stands for the character) before each of SPECIAL. */
static enum lx_encoded escape(lexo_db *db, size_t start, const char *special, const char *stands)
{
	struct lx_parameters *parameters = &db->parameters;
	size_t extra = 0, length = parameters->used - start;
	for (size_t i = 0; i < length; i++)
		extra += parameters->scratch[start + i] && strchr(special, parameters->scratch[start + i]);
	if (!extra)
		return LX_ENCODED;
	if (!lx_scratch(db, extra))
		return LX_ENCODE_NOMEM;
	char *from = parameters->scratch + start + length, *to = from + extra;
	while (to > from) { /* from the end, so that nothing is overwritten that is still to be read */
		char c = *--from;
		const char *found = c ? strchr(special, c) : NULL;
		*--to = found ? stands[found - special] : c;
		if (found)
			*--to = '\\';
	}
	return LX_ENCODED;
}

/* In double quotes, as array_in() and record_in() read it. */
static enum lx_encoded append_quoted(lexo_db *db, const lexo_column *column, const void *field)
{
	enum lx_encoded done = append_string(db, "\"");
	size_t start = db->parameters.used;
	if (done == LX_ENCODED)
		done = lx_encode_text(db, column, field);
	if (done == LX_ENCODED)
		done = escape(db, start, "\"\\", "\"\\");
	return done == LX_ENCODED ? append_string(db, "\"") : done;
}

/* Of arrays each element in quotes; of multiranges, which have none, as it is. */
static enum lx_encoded append_array(lexo_db *db, const lexo_column *column, const void *field)
{
	const lexo_layout *layout = lx_layout(column);
	lexo_column element = *column;
	struct lx_array array;
	bool is_multirange = column->flags & LEXO_MULTIRANGE;
	memcpy(&array, field, sizeof array);
	element.flags = 0;
	enum lx_encoded done = append_string(db, "{");
	for (size_t i = 0; array.items && i < array.len && done == LX_ENCODED; i++) {
		const char *item = (const char *)array.items + i * layout->size;
		bool is_null = (array.nulls && layout->opt_value && array.nulls[i]) ||
			       (!layout->opt_value && lx_bind_is_absent(&element, item, false));
		if (i)
			done = append_string(db, ",");
		if (done != LX_ENCODED)
			break;
		if (is_null)
			done = is_multirange ? LX_ENCODE_RANGE : append_string(db, "NULL");
		else
			done = (is_multirange ? lx_encode_text : append_quoted)(db, &element, item);
	}
	return done == LX_ENCODED ? append_string(db, "}") : done;
}

static enum lx_encoded append_composite(lexo_db *db, const lexo_composite *composite, const void *field)
{
	enum lx_encoded done = append_string(db, "(");
	for (uint32_t i = 0; i < composite->field_count && done == LX_ENCODED; i++) {
		const lexo_column *column = &composite->fields[i];
		const void *value = lx_bind_member(column, (const char *)field + column->row);
		if (i)
			done = append_string(db, ",");
		if (done == LX_ENCODED && value)
			done = append_quoted(db, column, value);
	}
	return done == LX_ENCODED ? append_string(db, ")") : done;
}

static enum lx_encoded append_range(lexo_db *db, uint16_t codec, const void *field)
{
	const lexo_column bound = {.codec = lx_codecs[codec].bound};
	if (lx_range_is(codec, field, LX_RANGE_IS_EMPTY))
		return append_string(db, "empty");
	enum lx_encoded done = append_string(db, lx_range_is(codec, field, LX_RANGE_LOWER_INC) ? "[" : "(");
	for (size_t i = 0; i < 2 && done == LX_ENCODED; i++) {
		const void *value = lx_range_bound(codec, field, i);
		if (i)
			done = append_string(db, ",");
		if (done == LX_ENCODED && value)
			done = lx_encode_text(db, &bound, value);
	}
	return done == LX_ENCODED ? append_string(db, lx_range_is(codec, field, LX_RANGE_UPPER_INC) ? "]" : ")") : done;
}

/* --- numbers ------------------------------------------------------------------------------------------------------ */

static enum lx_encoded append_integer(lexo_db *db, bool is_negative, uint64_t size)
{
	char digits[24], *at = digits + sizeof digits;
	do
		*--at = (char)('0' + size % 10);
	while ((size /= 10) != 0);
	if (is_negative)
		*--at = '-';
	return lx_scratch_append(db, at, (size_t)(digits + sizeof digits - at));
}

static enum lx_encoded append_signed(lexo_db *db, int64_t value)
{
	return append_integer(db, value < 0, value < 0 ? 0 - (uint64_t)value : (uint64_t)value);
}

/* Exactly, in hexadecimal: "-0x1.8p+3" by the bits of IEEE 754.  PostgreSQL reads it with strtod(), which takes that
 * since C99, and with strtof(), so that a float stays one. */
static enum lx_encoded append_float(lexo_db *db, uint64_t bits, int fraction_bits, int exponent_bits)
{
	static const char hex[] = "0123456789abcdef";
	uint64_t fraction = bits & ((UINT64_C(1) << fraction_bits) - 1);
	int largest = (1 << exponent_bits) - 1, bias = largest >> 1;
	int exponent = (int)(bits >> fraction_bits) & largest;
	bool is_negative = bits >> (fraction_bits + exponent_bits) & 1;
	char text[32], *at = text;
	if (exponent == largest)
		return append_string(db, fraction ? "NaN" : is_negative ? "-Infinity" : "Infinity");
	if (is_negative)
		*at++ = '-';
	*at++ = '0';
	*at++ = 'x';
	*at++ = exponent ? '1' : '0';
	*at++ = '.';
	/* whole digits of four bits, the last one filled up */
	for (int left = fraction_bits; left > 0; left -= 4)
		*at++ = hex[(left >= 4 ? fraction >> (left - 4) : fraction << (4 - left)) & 15];
	*at++ = 'p';
	enum lx_encoded done = lx_scratch_append(db, text, (size_t)(at - text));
	return done == LX_ENCODED ? append_signed(db, exponent ? exponent - bias : 1 - bias) : done;
}

/* --- times -------------------------------------------------------------------------------------------------------- */

static enum lx_encoded append_day(lexo_db *db, int64_t days, const char *time)
{
	char text[LEXO_DATE_TEXT];
	bool is_bc = lx_date_text(days, text);
	enum lx_encoded done = append_string(db, text);
	if (done == LX_ENCODED)
		done = append_string(db, time);
	return done == LX_ENCODED && is_bc ? append_string(db, " BC") : done;
}

static enum lx_encoded append_date(lexo_db *db, lexo_date date)
{
	if (date.days == INT32_MIN || date.days == INT32_MAX)
		return append_string(db, date.days < 0 ? "-infinity" : "infinity");
	return append_day(db, date.days, "");
}

/* With the zone; timestamp without one ignores it. */
static enum lx_encoded append_ts(lexo_db *db, lexo_ts ts)
{
	char text[LEXO_TIME_TEXT + 4] = " ";
	if (ts.us == INT64_MIN || ts.us == INT64_MAX)
		return append_string(db, ts.us < 0 ? "-infinity" : "infinity");
	int64_t rest = ts.us % LX_DAY_US, days = ts.us / LX_DAY_US - (rest < 0);
	lexo_time_format((lexo_time){rest < 0 ? rest + LX_DAY_US : rest}, text + 1);
	memcpy(text + strlen(text), "+00", 4);
	return append_day(db, days, text);
}

/* --- all of them -------------------------------------------------------------------------------------------------- */

static enum lx_encoded append_bytes(lexo_db *db, const void *field)
{
	struct lx_slice slice;
	memcpy(&slice, field, sizeof slice);
	char *at = slice.len > SIZE_MAX / 4 ? NULL : lx_scratch(db, 2 + 2 * slice.len);
	if (!at)
		return LX_ENCODE_NOMEM;
	*at++ = '\\';
	*at++ = 'x';
	for (size_t i = 0; i < slice.len; i++) {
		*at++ = "0123456789abcdef"[(unsigned char)slice.ptr[i] >> 4];
		*at++ = "0123456789abcdef"[slice.ptr[i] & 15];
	}
	return LX_ENCODED;
}

static enum lx_encoded append_numeric(lexo_db *db, const void *field)
{
	struct lx_slice slice;
	bool is_range;
	memcpy(&slice, field, sizeof slice);
	if (!lx_numeric_size(slice.ptr, slice.len, &is_range) || is_range)
		return is_range ? LX_ENCODE_RANGE : LX_ENCODE_NUMBER;
	return lx_scratch_append(db, slice.ptr, slice.len);
}

static enum lx_encoded append_formatted(lexo_db *db, const lexo_column *column, const void *field)
{
	union {
		char uuid[37], time[LEXO_TIME_TEXT], interval[LEXO_INTERVAL_TEXT], inet[LEXO_INET_TEXT];
	} text;
	char checked[LX_LONGEST];
	if (!lx_encode_fixed(column->codec, field, checked))
		return LX_ENCODE_RANGE;
	switch (column->codec) {
	case LEXO_CODEC_UUID:
		lexo_uuid_format(*(const lexo_uuid *)field, text.uuid);
		break;
	case LEXO_CODEC_TIME:
		lexo_time_format(*(const lexo_time *)field, text.time);
		break;
	case LEXO_CODEC_INTERVAL:
		lexo_interval_format(*(const lexo_interval *)field, text.interval);
		break;
	default:
		lexo_inet_format(field, text.inet);
		break;
	}
	return append_string(db, text.uuid);
}

static enum lx_encoded append_number(lexo_db *db, const lexo_column *column, const void *field)
{
	uint32_t word;
	uint64_t both;
	switch (column->codec) {
	case LEXO_CODEC_I16:
		return append_signed(db, *(const int16_t *)field);
	case LEXO_CODEC_I32:
		return append_signed(db, *(const int32_t *)field);
	case LEXO_CODEC_I64:
		return append_signed(db, *(const int64_t *)field);
	case LEXO_CODEC_U32:
		return append_integer(db, false, *(const uint32_t *)field);
	case LEXO_CODEC_F32:
		memcpy(&word, field, sizeof word);
		return append_float(db, word, 23, 8);
	default:
		memcpy(&both, field, sizeof both);
		return append_float(db, both, 52, 11);
	}
}

enum lx_encoded lx_encode_text(lexo_db *db, const lexo_column *column, const void *field)
{
	struct lx_slice slice;
	enum lx_encoded done;
	if (column->flags & LEXO_ARRAY)
		return append_array(db, column, field);
	switch (column->codec) {
	case LEXO_CODEC_BOOL:
		return append_string(db, *(const bool *)field ? "t" : "f");
	case LEXO_CODEC_I16:
	case LEXO_CODEC_I32:
	case LEXO_CODEC_I64:
	case LEXO_CODEC_U32:
	case LEXO_CODEC_F32:
	case LEXO_CODEC_F64:
		return append_number(db, column, field);
	case LEXO_CODEC_DATE:
		return append_date(db, *(const lexo_date *)field);
	case LEXO_CODEC_TS:
		return append_ts(db, *(const lexo_ts *)field);
	case LEXO_CODEC_UUID:
	case LEXO_CODEC_TIME:
	case LEXO_CODEC_INTERVAL:
	case LEXO_CODEC_INET:
		return append_formatted(db, column, field);
	case LEXO_CODEC_BYTES:
		return append_bytes(db, field);
	case LEXO_CODEC_COMPOSITE:
		return append_composite(db, column->type.composite, field);
	case LEXO_CODEC_TEXT:
	case LEXO_CODEC_JSON:
	case LEXO_CODEC_JSONB:
	case LEXO_CODEC_ENUM:
		done = lx_bytes_of(column, field, &slice);
		return done == LX_ENCODED ? lx_scratch_append(db, slice.ptr, slice.len) : done;
	case LEXO_CODEC_NUMERIC:
		return append_numeric(db, field);
	default:
		return append_range(db, column->codec, field);
	}
}

enum lx_encoded lx_encode_copy_text(lexo_db *db, const lexo_column *column, const void *field)
{
	size_t start = db->parameters.used;
	bool is_slice =
	    !(column->flags & LEXO_ARRAY) && !lx_layout(column)->opt_value && column->codec != LEXO_CODEC_ENUM;
	if (!field || (is_slice && lx_bind_is_null(field)))
		return append_string(db, "\\N");
	enum lx_encoded done = lx_encode_text(db, column, field);
	return done == LX_ENCODED ? escape(db, start, "\\\n\r\t", "\\nrt") : done;
}
