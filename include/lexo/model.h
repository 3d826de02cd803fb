/* clang-format off */
/* What generated headers are made of: setters of a patch, and typed predicates.  A generated header expands these macros
 * once for each column that a query can ask about:
 *   app_user_where_email_eq(v) _ne _lt _le _gt _ge           compare as PostgreSQL does; v is never NULL
 *   app_user_where_email_in(items, count)                    one of these; the items are borrowed
 *   app_user_where_email_is_null() _is_not_null()            of columns that can be NULL
 *   app_user_where_email_like(v) _ilike(v) _prefix(v)        of text; prefix takes v as it is, without % and _
 *   app_document_where_tags_contains(v) _contained_by _overlaps, _eq _ne      of arrays
 *   app_document_where_metadata_contains(v) _has_key(v)                       of jsonb
 *   app_document_where_period_contains(range) _contained_by _overlaps _holds(value)      of ranges, and of multiranges
 *   app_user_where_any_of(list, count) _all_of _none_of      of predicates, which are borrowed
 * A predicate is of its model's type: one of another model does not compile.
 * SPDX-License-Identifier: Apache-2.0 */
/* clang-format on */
#ifndef LEXO_MODEL_H
#define LEXO_MODEL_H
#include <lexo/lexo.h>

enum {
	LEXO_OP_EQ = 1,
	LEXO_OP_NE,
	LEXO_OP_LT,
	LEXO_OP_LE,
	LEXO_OP_GT,
	LEXO_OP_GE,
	LEXO_OP_IN,
	LEXO_OP_IS_NULL,
	LEXO_OP_IS_NOT_NULL,
	LEXO_OP_LIKE,
	LEXO_OP_ILIKE,
	LEXO_OP_PREFIX,
	LEXO_OP_CONTAINS,
	LEXO_OP_CONTAINED_BY,
	LEXO_OP_OVERLAPS,
	LEXO_OP_HAS_KEY,
	LEXO_OP_HOLDS,
	LEXO_OP_ANY_OF,
	LEXO_OP_ALL_OF,
	LEXO_OP_NONE_OF,
	LEXO_OP_COUNT
};

typedef struct lexo_list {
	const void *items;
	size_t len;
	const bool *nulls;
} lexo_list;

typedef union lexo_value {
	lexo_list list; /* first, so that {{0}} is all of it */
	bool v_bool;
	int16_t v_i16;
	int32_t v_i32;
	int64_t v_i64;
	uint32_t v_u32;
	float v_f32;
	double v_f64;
	lexo_uuid v_uuid;
	lexo_date v_date;
	lexo_ts v_ts;
	lexo_time v_time;
	lexo_interval v_interval;
	lexo_inet v_inet;
	lexo_i32_range v_i32_range;
	lexo_i64_range v_i64_range;
	lexo_date_range v_date_range;
	lexo_ts_range v_ts_range;
	lexo_num_range v_num_range;
	uint32_t v_label;
	lexo_str v_str;
	lexo_json v_json;
	lexo_bytes v_bytes;
} lexo_value;

typedef struct lexo_pred {
	uint16_t column; /* its number in the model */
	uint16_t op;
	lexo_value value;
} lexo_pred;

/* app_user_patch_email(&patch, value): what an update sets. */
/* clang-format off */
#define LEXO_PATCH(type, field, value_type, bit) \
	static inline void type##_##field(type *patch, value_type value) \
	{ \
		patch->set |= bit; \
		patch->field = value; \
	}
#define LEXO_PATCH_WORD(type, field, value_type, word, bit) \
	static inline void type##_##field(type *patch, value_type value) \
	{ \
		patch->set[word] |= UINT64_C(1) << bit; \
		patch->field = value; \
	}
/* clang-format on */

/* Of a query: .where and .where_count from an array. */
#define LEXO_WHERE(array) .where = (array), .where_count = sizeof(array) / sizeof *(array)

/* clang-format off */
#define LEXO_WHERE_OP_(type, name, number, operation, parameter, member, expression) \
	static inline type name(parameter) \
	{ \
		type where = {{number, operation, {{NULL, 0, NULL}}}}; \
		where.p.value.member = expression; \
		return where; \
	}
#define LEXO_WHERE_LIST_(type, name, number, operation, item) \
	static inline type name(const item *items, size_t count) \
	{ \
		type where = {{number, operation, {{items, count, NULL}}}}; \
		return where; \
	}
#define LEXO_WHERE_ARRAY_OP_(type, name, number, operation, array) \
	static inline type name(array v) \
	{ \
		type where = {{number, operation, {{v.items, v.len, v.nulls}}}}; \
		return where; \
	}
#define LEXO_WHERE_PLAIN_(type, name, number, operation) \
	static inline type name(void) \
	{ \
		type where = {{number, operation, {{NULL, 0, NULL}}}}; \
		return where; \
	}
#define LEXO_WHERE_EQUAL_(type, name, number, parameter, member, expression, item) \
	LEXO_WHERE_OP_(type, name##_eq, number, LEXO_OP_EQ, parameter, member, expression) \
	LEXO_WHERE_OP_(type, name##_ne, number, LEXO_OP_NE, parameter, member, expression) \
	LEXO_WHERE_LIST_(type, name##_in, number, LEXO_OP_IN, item)

/* TYPE: of the predicates, which all functions begin with; ITEM: the C type of a value; MEMBER: of lexo_value */
#define LEXO_WHERE_VALUE(type, field, number, item, member) \
	LEXO_WHERE_EQUAL_(type, type##_##field, number, item v, member, v, item) \
	LEXO_WHERE_OP_(type, type##_##field##_lt, number, LEXO_OP_LT, item v, member, v) \
	LEXO_WHERE_OP_(type, type##_##field##_le, number, LEXO_OP_LE, item v, member, v) \
	LEXO_WHERE_OP_(type, type##_##field##_gt, number, LEXO_OP_GT, item v, member, v) \
	LEXO_WHERE_OP_(type, type##_##field##_ge, number, LEXO_OP_GE, item v, member, v)
/* What ranges have besides: ELEMENT and ELEMENT_MEMBER of one of its values */
#define LEXO_WHERE_RANGE(type, field, number, item, member, element, element_member) \
	LEXO_WHERE_OP_(type, type##_##field##_contains, number, LEXO_OP_CONTAINS, item v, member, v) \
	LEXO_WHERE_OP_(type, type##_##field##_contained_by, number, LEXO_OP_CONTAINED_BY, item v, member, v) \
	LEXO_WHERE_OP_(type, type##_##field##_overlaps, number, LEXO_OP_OVERLAPS, item v, member, v) \
	LEXO_WHERE_HOLDS(type, field, number, element, element_member)
#define LEXO_WHERE_HOLDS(type, field, number, element, element_member) \
	LEXO_WHERE_OP_(type, type##_##field##_holds, number, LEXO_OP_HOLDS, element v, element_member, v)
#define LEXO_WHERE_LABEL(type, field, number, item) \
	LEXO_WHERE_EQUAL_(type, type##_##field, number, item v, v_label, (uint32_t)v, item) \
	LEXO_WHERE_OP_(type, type##_##field##_lt, number, LEXO_OP_LT, item v, v_label, (uint32_t)v) \
	LEXO_WHERE_OP_(type, type##_##field##_gt, number, LEXO_OP_GT, item v, v_label, (uint32_t)v)
#define LEXO_WHERE_NULL(type, field, number) \
	LEXO_WHERE_PLAIN_(type, type##_##field##_is_null, number, LEXO_OP_IS_NULL) \
	LEXO_WHERE_PLAIN_(type, type##_##field##_is_not_null, number, LEXO_OP_IS_NOT_NULL)
#define LEXO_WHERE_TEXT(type, field, number) \
	LEXO_WHERE_OP_(type, type##_##field##_like, number, LEXO_OP_LIKE, lexo_str v, v_str, v) \
	LEXO_WHERE_OP_(type, type##_##field##_ilike, number, LEXO_OP_ILIKE, lexo_str v, v_str, v) \
	LEXO_WHERE_OP_(type, type##_##field##_prefix, number, LEXO_OP_PREFIX, lexo_str v, v_str, v)
#define LEXO_WHERE_ARRAY(type, field, number, array) \
	LEXO_WHERE_ARRAY_OP_(type, type##_##field##_eq, number, LEXO_OP_EQ, array) \
	LEXO_WHERE_ARRAY_OP_(type, type##_##field##_ne, number, LEXO_OP_NE, array) \
	LEXO_WHERE_ARRAY_OP_(type, type##_##field##_contains, number, LEXO_OP_CONTAINS, array) \
	LEXO_WHERE_ARRAY_OP_(type, type##_##field##_contained_by, number, LEXO_OP_CONTAINED_BY, array) \
	LEXO_WHERE_ARRAY_OP_(type, type##_##field##_overlaps, number, LEXO_OP_OVERLAPS, array)
#define LEXO_WHERE_JSONB(type, field, number) \
	LEXO_WHERE_OP_(type, type##_##field##_eq, number, LEXO_OP_EQ, lexo_json v, v_json, v) \
	LEXO_WHERE_OP_(type, type##_##field##_ne, number, LEXO_OP_NE, lexo_json v, v_json, v) \
	LEXO_WHERE_OP_(type, type##_##field##_contains, number, LEXO_OP_CONTAINS, lexo_json v, v_json, v) \
	LEXO_WHERE_OP_(type, type##_##field##_contained_by, number, LEXO_OP_CONTAINED_BY, lexo_json v, v_json, v) \
	LEXO_WHERE_OP_(type, type##_##field##_has_key, number, LEXO_OP_HAS_KEY, lexo_str v, v_str, v)
#define LEXO_WHERE_GROUPS(type) \
	LEXO_WHERE_LIST_(type, type##_any_of, 0, LEXO_OP_ANY_OF, type) \
	LEXO_WHERE_LIST_(type, type##_all_of, 0, LEXO_OP_ALL_OF, type) \
	LEXO_WHERE_LIST_(type, type##_none_of, 0, LEXO_OP_NONE_OF, type)
/* clang-format on */
#endif
