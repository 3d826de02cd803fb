/* SQL types to C types.
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/text.h"
#include "codegen/model.h"
#include "kinds/domain/domain.h"

/* Codecs as they are called in ir/types.def. */
static const struct row {
	const char *codec, *constant, *plain, *nullable, *array;
} codecs[] = {
    {"bool", "LEXO_CODEC_BOOL", "bool", "lexo_opt_bool", "lexo_bool_array"},
    {"i16", "LEXO_CODEC_I16", "int16_t", "lexo_opt_i16", "lexo_i16_array"},
    {"i32", "LEXO_CODEC_I32", "int32_t", "lexo_opt_i32", "lexo_i32_array"},
    {"i64", "LEXO_CODEC_I64", "int64_t", "lexo_opt_i64", "lexo_i64_array"},
    {"u32", "LEXO_CODEC_U32", "uint32_t", "lexo_opt_u32", "lexo_u32_array"},
    {"f32", "LEXO_CODEC_F32", "float", "lexo_opt_f32", "lexo_f32_array"},
    {"f64", "LEXO_CODEC_F64", "double", "lexo_opt_f64", "lexo_f64_array"},
    {"text", "LEXO_CODEC_TEXT", "lexo_str", "lexo_str", "lexo_str_array"},
    {"bytes", "LEXO_CODEC_BYTES", "lexo_bytes", "lexo_bytes", "lexo_bytes_array"},
    {"uuid", "LEXO_CODEC_UUID", "lexo_uuid", "lexo_opt_uuid", "lexo_uuid_array"},
    {"date", "LEXO_CODEC_DATE", "lexo_date", "lexo_opt_date", "lexo_date_array"},
    {"timestamp", "LEXO_CODEC_TS", "lexo_ts", "lexo_opt_ts", "lexo_ts_array"},
    {"json", "LEXO_CODEC_JSON", "lexo_json", "lexo_json", "lexo_json_array"},
    {"jsonb", "LEXO_CODEC_JSONB", "lexo_json", "lexo_json", "lexo_json_array"},
    {"time", "LEXO_CODEC_TIME", "lexo_time", "lexo_opt_time", "lexo_time_array"},
    {"interval", "LEXO_CODEC_INTERVAL", "lexo_interval", "lexo_opt_interval", "lexo_interval_array"},
    {"inet", "LEXO_CODEC_INET", "lexo_inet", "lexo_opt_inet", "lexo_inet_array"},
    {"i32_range", "LEXO_CODEC_I32_RANGE", "lexo_i32_range", "lexo_opt_i32_range", "lexo_i32_range_array"},
    {"i64_range", "LEXO_CODEC_I64_RANGE", "lexo_i64_range", "lexo_opt_i64_range", "lexo_i64_range_array"},
    {"date_range", "LEXO_CODEC_DATE_RANGE", "lexo_date_range", "lexo_opt_date_range", "lexo_date_range_array"},
    {"ts_range", "LEXO_CODEC_TS_RANGE", "lexo_ts_range", "lexo_opt_ts_range", "lexo_ts_range_array"},
    {"num_range", "LEXO_CODEC_NUM_RANGE", "lexo_num_range", "lexo_opt_num_range", "lexo_num_range_array"},
    {"numeric", "LEXO_CODEC_NUMERIC", "lexo_str", "lexo_str", "lexo_str_array"},
};
/* Built-in types without a btree operator class. */
static const char *const unordered[] = {"json", "xml",     "point",         "line",       "lseg",
					"box",  "path",    "polygon",       "circle",     "record",
					"void", "trigger", "event_trigger", "anyelement", "regproc"};

static bool is_ordered(const struct lx_builtin *builtin)
{
	for (size_t i = 0; i < sizeof unordered / sizeof unordered[0]; i++) {
		if (lx_text_is(builtin->name, unordered[i]))
			return false;
	}
	return true;
}

/* Those that LIKE takes. */
static bool is_textual(const char *name)
{
	static const char *const names[] = {"text", "varchar", "char", "name", "citext"};
	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
		if (lx_text_is(name, names[i]))
			return true;
	}
	return false;
}

static struct lx_c_type text_type(bool is_array)
{
	struct lx_c_type type = {.plain = "lexo_str", .codec = "LEXO_CODEC_TEXT", .is_as_text = true};
	if (is_array)
		type.plain = "lexo_str_array";
	type.nullable = type.plain;
	type.is_array = is_array;
	return type;
}

static struct lx_c_type enum_type(const struct lx_c_enum *labels, bool is_array)
{
	struct lx_c_type type = {.codec = "LEXO_CODEC_ENUM", .labels = labels, .is_ordered = true};
	type.plain = type.nullable = is_array ? labels->array : labels->type;
	/* the OID of an enum differs from database to database; an array of labels travels as text[] */
	type.is_array = type.is_as_text = is_array;
	return type;
}

static struct lx_c_type composite_type(const struct lx_c_composite *composite, bool is_array)
{
	struct lx_c_type type = {.codec = "LEXO_CODEC_COMPOSITE", .composite = composite, .is_array = is_array};
	type.plain = is_array ? composite->array : composite->type;
	type.nullable = is_array ? composite->array : composite->opt;
	return type;
}

/* In C an array of ranges; "i32_multirange" is one of "i32_range". */
static struct lx_c_type multirange_type(const struct lx_builtin *builtin, size_t length)
{
	struct lx_c_type type = {.oid = builtin->oid, .is_array = true, .is_multirange = true, .is_ordered = true};
	for (size_t i = 0; i < sizeof codecs / sizeof codecs[0]; i++) {
		const char *range = strstr(codecs[i].codec, "_range");
		if (!range || (size_t)(range - codecs[i].codec) != length ||
		    strncmp(codecs[i].codec, builtin->codec, length) != 0)
			continue;
		type.codec = codecs[i].constant;
		type.plain = type.nullable = codecs[i].array;
	}
	return type;
}

static struct lx_c_type builtin_type(const struct lx_builtin *builtin, bool is_array)
{
	const char *multirange = strstr(builtin->codec, "_multirange");
	if (multirange && !is_array)
		return multirange_type(builtin, (size_t)(multirange - builtin->codec));
	for (size_t i = 0; i < sizeof codecs / sizeof codecs[0]; i++) {
		const struct row *row = &codecs[i];
		if (!lx_text_is(row->codec, builtin->codec))
			continue;
		struct lx_c_type type = {.plain = row->plain, .nullable = row->nullable, .codec = row->constant};
		type.oid = builtin->oid;
		if (is_array) {
			type.plain = type.nullable = row->array;
			type.oid = builtin->array_oid;
			type.element_oid = builtin->oid;
		}
		type.is_array = is_array;
		type.is_ordered = is_ordered(builtin);
		type.is_textual = is_textual(builtin->name);
		return type;
	}
	struct lx_c_type type = text_type(is_array);
	type.is_ordered = is_ordered(builtin);
	type.is_textual = is_textual(builtin->name);
	return type;
}

struct lx_c_type lx_c_type_of(const struct lx_c_plan *plan, const struct lx_type *type)
{
	/* a domain's values are those of its type; an array of a domain is a type of its own and travels as text */
	while (type->user && type->user->kind == LX_KIND_DOMAIN && type->dimensions == 0)
		type = &((const struct lx_domain *)type->user)->type;
	bool is_array = type->dimensions == 1;
	if (type->dimensions > 1)
		return text_type(false);
	const struct lx_c_enum *labels = type->user ? lx_c_enum_of(plan, type->user) : NULL;
	if (labels)
		return enum_type(labels, is_array);
	const struct lx_c_composite *composite = type->user ? lx_c_composite_of(plan, type->user) : NULL;
	if (composite)
		return composite_type(composite, is_array);
	if (type->builtin)
		return builtin_type(type->builtin, is_array);
	struct lx_c_type text = text_type(is_array);
	/* of types that an extension brings this one is known to compare as text does */
	text.is_ordered = text.is_textual = !type->user && type->name && strcmp(type->name, "citext") == 0;
	return text;
}
