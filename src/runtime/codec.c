/* What a codec is in C, and which of the server's types it can read.
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
       OID_JSONB = 3802,
       OID_TIME = 1083,
       OID_INTERVAL = 1186,
       OID_INET = 869,
       OID_CIDR = 650,
       OID_INT4RANGE = 3904,
       OID_TSRANGE = 3908,
       OID_TSTZRANGE = 3910,
       OID_DATERANGE = 3912,
       OID_INT8RANGE = 3926,
       OID_NUMRANGE = 3906,
       OID_NUMERIC = 1700,
       FIRST_USER_OID = 16384 /* FirstNormalObjectId in transam.h */
};

#define PLAIN(type, opt)                                                                                               \
	{                                                                                                              \
		{sizeof(type), _Alignof(type), sizeof(opt), offsetof(opt, v)}, 0                                       \
	}
#define SLICE(type)                                                                                                    \
	{                                                                                                              \
		{sizeof(type), _Alignof(type), sizeof(type), 0}, 0                                                     \
	}
#define RANGE(type, opt, bound)                                                                                        \
	{                                                                                                              \
		{sizeof(type), _Alignof(type), sizeof(opt), offsetof(opt, v)}, bound                                   \
	}
const struct lx_codec lx_codecs[LEXO_CODEC_COUNT] = {
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
    [LEXO_CODEC_TIME] = PLAIN(lexo_time, lexo_opt_time),
    [LEXO_CODEC_INTERVAL] = PLAIN(lexo_interval, lexo_opt_interval),
    [LEXO_CODEC_INET] = PLAIN(lexo_inet, lexo_opt_inet),
    [LEXO_CODEC_I32_RANGE] = RANGE(lexo_i32_range, lexo_opt_i32_range, LEXO_CODEC_I32),
    [LEXO_CODEC_I64_RANGE] = RANGE(lexo_i64_range, lexo_opt_i64_range, LEXO_CODEC_I64),
    [LEXO_CODEC_DATE_RANGE] = RANGE(lexo_date_range, lexo_opt_date_range, LEXO_CODEC_DATE),
    [LEXO_CODEC_TS_RANGE] = RANGE(lexo_ts_range, lexo_opt_ts_range, LEXO_CODEC_TS),
    [LEXO_CODEC_NUMERIC] = SLICE(lexo_str),
    [LEXO_CODEC_NUM_RANGE] = RANGE(lexo_num_range, lexo_opt_num_range, LEXO_CODEC_NUMERIC),
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
    [LEXO_CODEC_TIME] = {OID_TIME},
    [LEXO_CODEC_INTERVAL] = {OID_INTERVAL},
    [LEXO_CODEC_INET] = {OID_INET, OID_CIDR},
    [LEXO_CODEC_I32_RANGE] = {OID_INT4RANGE},
    [LEXO_CODEC_I64_RANGE] = {OID_INT8RANGE},
    [LEXO_CODEC_DATE_RANGE] = {OID_DATERANGE},
    [LEXO_CODEC_TS_RANGE] = {OID_TSTZRANGE, OID_TSRANGE},
    [LEXO_CODEC_NUMERIC] = {OID_NUMERIC},
    [LEXO_CODEC_NUM_RANGE] = {OID_NUMRANGE},
};
struct pair {
	uint32_t element, whole;
};
static const struct pair arrays[] = {
    {OID_BOOL, 1000},      {OID_BYTEA, 1001},       {OID_NAME, 1003},      {OID_INT8, 1016},      {OID_INT2, 1005},
    {OID_INT4, 1007},      {OID_TEXT, 1009},        {OID_OID, 1028},       {OID_JSON, 199},       {OID_FLOAT4, 1021},
    {OID_FLOAT8, 1022},    {OID_BPCHAR, 1014},      {OID_VARCHAR, 1015},   {OID_DATE, 1182},      {OID_TIMESTAMP, 1115},
    {OID_TIME, 1183},      {OID_INTERVAL, 1187},    {OID_INET, 1041},      {OID_CIDR, 651},       {OID_INT4RANGE, 3905},
    {OID_INT8RANGE, 3927}, {OID_TSRANGE, 3909},     {OID_TSTZRANGE, 3911}, {OID_DATERANGE, 3913}, {OID_UUID, 2951},
    {OID_JSONB, 3807},     {OID_TIMESTAMPTZ, 1185}, {OID_NUMERIC, 1231},   {OID_NUMRANGE, 3907},
};

static const struct pair multiranges[] = {{OID_INT4RANGE, 4451}, {OID_INT8RANGE, 4536}, {OID_TSRANGE, 4533},
					  {OID_TSTZRANGE, 4534}, {OID_DATERANGE, 4535}, {OID_NUMRANGE, 4532}};
static const struct pair ranges[] = {{OID_INT4, OID_INT4RANGE},        {OID_INT8, OID_INT8RANGE},
				     {OID_DATE, OID_DATERANGE},        {OID_TIMESTAMP, OID_TSRANGE},
				     {OID_TIMESTAMPTZ, OID_TSTZRANGE}, {OID_NUMERIC, OID_NUMRANGE}};

#define ELEMENT(pairs, oid) element_of(pairs, sizeof(pairs) / sizeof *(pairs), oid)
static uint32_t element_of(const struct pair *pairs, size_t count, uint32_t whole)
{
	for (size_t i = 0; i < count; i++) {
		if (pairs[i].whole == whole)
			return pairs[i].element;
	}
	return 0;
}

bool lx_codec_reads(uint16_t codec, uint32_t oid)
{
	for (size_t i = 0; i < 4; i++) {
		if (oid && readable[codec][i] == oid)
			return true;
	}
	return false;
}

bool lx_codec_accepts(const lexo_column *column, uint32_t oid, uint32_t user_oid)
{
	if (!lx_codec(column->codec))
		return false;
	if (user_oid == LX_ANY_USER_OID ? oid >= FIRST_USER_OID : user_oid && oid == user_oid)
		return true;
	if (column->flags & LEXO_MULTIRANGE)
		oid = ELEMENT(multiranges, oid);
	else if (column->flags & LEXO_ARRAY)
		oid = ELEMENT(arrays, oid);
	return lx_codec_reads(column->codec, oid);
}

uint32_t lx_codec_array(uint32_t oid)
{
	for (size_t i = 0; i < sizeof arrays / sizeof arrays[0]; i++) {
		if (arrays[i].element == oid)
			return arrays[i].whole;
	}
	return 0;
}

uint32_t lx_codec_bound(uint32_t oid)
{
	uint32_t range = ELEMENT(multiranges, oid);
	return ELEMENT(ranges, range ? range : oid);
}
