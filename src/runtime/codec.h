/* Values between C and PostgreSQL's binary protocol.  Decoders trust no byte: a value comes out, or false.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_RUNTIME_CODEC_H
#define LX_RUNTIME_CODEC_H
#include <string.h>

#include <lexo/bind.h>

#include "runtime/arena.h"

struct lx_parameters;

struct lx_codec {
	lexo_layout layout; /* a composite has its own */
	uint16_t bound;     /* of a range: the codec of its bounds; 0: it is none */
};
extern const struct lx_codec lx_codecs[LEXO_CODEC_COUNT];
static inline const struct lx_codec *lx_codec(uint16_t codec) /* NULL: not a codec */
{
	return codec > 0 && codec < LEXO_CODEC_COUNT ? &lx_codecs[codec] : NULL;
}
static inline const lexo_layout *lx_layout(const lexo_column *column)
{
	return column->codec == LEXO_CODEC_COMPOSITE ? &column->type.composite->layout
						     : &lx_codecs[column->codec].layout;
}

/* Layout of every lexo_…_array. */
struct lx_array {
	const void *items;
	size_t len;
	const bool *nulls;
};
/* Layout of lexo_str, lexo_json and lexo_bytes. */
struct lx_slice {
	const char *ptr;
	size_t len;
};

/* True when a result column of type OID can be decoded as COLUMN; USER_OID is that of its enum, its composite or the
 * array of its composite in this database. */
enum { LX_ANY_USER_OID = 1 }; /* of the members of a composite nobody knows, but their bytes are looked at as closely */
bool lx_codec_accepts(const lexo_column *column, uint32_t oid, uint32_t user_oid);

/* The same for one value of the builtin type OID. */
bool lx_codec_reads(uint16_t codec, uint32_t oid);

enum lx_decoded { LX_DECODED, LX_DECODE_BAD, LX_DECODE_NULL, LX_DECODE_NOMEM };
/* BYTES[0..LENGTH) into the field at FIELD, in the form of COLUMN's row field.  LENGTH -1: SQL NULL (BYTES is not
 * read); other negative lengths are bad. */
enum lx_decoded lx_decode(const lexo_column *column, const char *bytes, int64_t length, lexo_arena *arena, void *field);
/* Row NUMBER of RESULT, whose columns were verified, into ROW, without those of the mask OMITS (NULL: all are there);
 * IS_BORROWED: texts and bytes stay in RESULT.  *CULPRIT:
 * the column that could not be decoded; LX_DECODE_NULL: because it is NULL. */
struct pg_result;
enum lx_decoded lx_decode_row(const lexo_model *model, const uint64_t *omits, const struct pg_result *result,
			      int number, lexo_arena *arena, char *row, bool is_borrowed, const lexo_column **culprit);

/* composite.c: into the struct of COMPOSITE. */
enum lx_decoded lx_decode_composite(const lexo_composite *composite, const char *bytes, size_t length,
				    lexo_arena *arena, void *field);
/* decode_wide.c: a value of several parts, all of one size, into its plain form. */
bool lx_decode_wide(uint16_t codec, const char *bytes, size_t length, void *field);

/* The same for a row of COPY's binary format, BYTES[0..LENGTH), where texts and bytes stay, each with a NUL behind it:
 * BYTES are changed, and one more is there behind them.  *CULPRIT NULL: it is no such row. */
enum lx_decoded lx_decode_copied(const lexo_model *model, const uint64_t *omits, char *bytes, size_t length,
				 lexo_arena *arena, char *row, const lexo_column **culprit);

/* value.c: DAYS since 1970-01-01 as "0044-03-15"; true: before Christ. */
bool lx_date_text(int64_t days, char *out);

/* numeric.c: the binary form of a number from decimal digits and back.  The length of the text, without a NUL, and of
 * the bytes is told before they are written; 0: it is no number.  IS_RANGE: it is one that PostgreSQL cannot hold. */
size_t lx_numeric_text_size(const char *bytes, size_t length);
void lx_numeric_text(const char *bytes, char *text);
size_t lx_numeric_size(const char *text, size_t length, bool *is_range);
void lx_numeric_bytes(const char *text, size_t length, char *bytes);

/* How every lexo_…_range is laid out: its two bounds in the form of a nullable field, then three bools; and what
 * range_send() in PostgreSQL writes in front of the bounds. */
enum lx_range_mark { LX_RANGE_LOWER_INC, LX_RANGE_UPPER_INC, LX_RANGE_IS_EMPTY };
enum { LX_RANGE_EMPTY = 1, LX_RANGE_LB_INC = 2, LX_RANGE_UB_INC = 4, LX_RANGE_LB_INF = 8, LX_RANGE_UB_INF = 16 };
/* Families of addresses in inet_send(): PGSQL_AF_INET is that of the server's system, and the next number. */
enum { LX_INET_4 = 2, LX_INET_6 = 3 };
/* Of a day: time_send() gives up to this one. */
#define LX_DAY_US INT64_C(86400000000)

enum lx_encoded {
	LX_ENCODED,
	LX_ENCODE_NUL,
	LX_ENCODE_RANGE,
	LX_ENCODE_LONG,
	LX_ENCODE_LABEL,
	LX_ENCODE_NUMBER,
	LX_ENCODE_NOMEM
};
/* Adds one parameter: the value at FIELD, which is in the plain form (no opt).  ELEMENT_OID: of an array's elements. */
enum lx_encoded lx_encode(lexo_db *db, const lexo_column *column, const void *field);
enum lx_encoded lx_encode_null(lexo_db *db, const lexo_column *column);
enum lx_encoded lx_encode_i64(lexo_db *db, int64_t value);
/* encode_wide.c: a value of several parts into BYTES, which has room for LX_LONGEST; how many those are, 0: out of
 * range. */
size_t lx_encode_wide(uint16_t codec, const void *field, char *bytes);
/* The same for every codec whose values are not in place. */
size_t lx_encode_fixed(uint16_t codec, const void *field, char *bytes);
/* For COPY in binary format: appends the length and the bytes of the value to scratch, no parameter.  FIELD NULL: SQL
 * NULL.  Not for columns that travel as text. */
enum lx_encoded lx_encode_copy(lexo_db *db, const lexo_column *column, const void *field);
/* What does that for values of COLUMN that are not NULL, so that it is looked for once and not for each row. */
typedef enum lx_encoded lx_appender(lexo_db *db, const lexo_column *column, const void *field);
lx_appender *lx_copy_appender(const lexo_column *column);
/* range.c: into the plain form of a codec of ranges and from it, at the end of scratch, without the length; one of the
 * two bounds of FIELD in its plain form (NULL: infinite), one of its marks. */
enum lx_decoded lx_decode_range(uint16_t codec, const char *bytes, size_t length, lexo_arena *arena, void *field);
enum lx_encoded lx_encode_range(lexo_db *db, uint16_t codec, const void *field);
const void *lx_range_bound(uint16_t codec, const void *field, size_t number);
bool lx_range_is(uint16_t codec, const void *field, enum lx_range_mark mark);
/* composite.c: the members of FIELD, as record_recv() reads them, at the end of scratch. */
enum lx_encoded lx_encode_composite(lexo_db *db, const lexo_composite *composite, const void *field);
/* encode_text.c: VALUE, which is not NULL, as PostgreSQL reads it, at the end of scratch, without a NUL; and the same
 * for a column of COPY in text format, where FIELD NULL is SQL NULL. */
enum lx_encoded lx_encode_text(lexo_db *db, const lexo_column *column, const void *field);
enum lx_encoded lx_encode_copy_text(lexo_db *db, const lexo_column *column, const void *field);
/* The OID of the values of a builtin range or multirange type; 0: it is none that codecs read. */
uint32_t lx_codec_bound(uint32_t oid);
/* The OID of arrays of a builtin type; 0: not one that codecs read. */
uint32_t lx_codec_array(uint32_t oid);

/* The network's byte order; compilers make one instruction of a swap and a copy, and four of four bytes. */
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
#define LX_SWAP(bits, value) __builtin_bswap##bits(value)
#else
#define LX_SWAP(bits, value) (value)
#endif
static inline uint16_t lx_get16(const char *p)
{
	uint16_t value;
	memcpy(&value, p, sizeof value);
	return LX_SWAP(16, value);
}
static inline uint32_t lx_get32(const char *p)
{
	uint32_t value;
	memcpy(&value, p, sizeof value);
	return LX_SWAP(32, value);
}
static inline uint64_t lx_get64(const char *p)
{
	uint64_t value;
	memcpy(&value, p, sizeof value);
	return LX_SWAP(64, value);
}
static inline void lx_put16(char *p, uint16_t value)
{
	value = LX_SWAP(16, value);
	memcpy(p, &value, sizeof value);
}
static inline void lx_put32(char *p, uint32_t value)
{
	value = LX_SWAP(32, value);
	memcpy(p, &value, sizeof value);
}
static inline void lx_put64(char *p, uint64_t value)
{
	value = LX_SWAP(64, value);
	memcpy(p, &value, sizeof value);
}

/* Between PostgreSQL's epoch (2000-01-01) and ours. */
#define LX_EPOCH_US INT64_C(946684800000000)
#define LX_EPOCH_DAYS 10957
#endif
