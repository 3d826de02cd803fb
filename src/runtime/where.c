/* SPDX-License-Identifier: Apache-2.0 */
#include "runtime/where.h"

#include <string.h>

#include "runtime/bind_private.h"

/* A text that says nothing of its type: the server takes it for what the operator wants. */
static const lexo_column any_text = {.name = "text", .codec = LEXO_CODEC_TEXT, .flags = LEXO_AS_TEXT};

static lexo_rc misuse(const struct lx_where *where, const char *message, const lexo_column *column)
{
	return lx_db_fail_at(where->db, LEXO_E_MISUSE, message, column ? column->name : NULL, NULL);
}

static lexo_rc add_value(const struct lx_where *where, const lexo_column *column, const lexo_pred *pred)
{
	const void *field = &pred->value;
	if (lx_bind_is_absent(column, field, false))
		return misuse(where, "a predicate compares with a value, never with NULL: use is_null", column);
	return lx_bind_encoded(where->db, column, lx_encode(where->db, column, field));
}

/* A value that a range may hold. */
static lexo_rc add_bound(const struct lx_where *where, const lexo_column *column, const lexo_pred *pred)
{
	const struct lx_codec *codec = lx_codec(column->codec);
	lexo_column bound = {
	    .name = column->name, .oid = lx_codec_bound(column->oid), .codec = codec ? codec->bound : 0};
	if (!bound.codec || (column->flags & LEXO_ARRAY && !(column->flags & LEXO_MULTIRANGE)))
		return misuse(where, "not a range", column);
	if (lx_bind_is_absent(&bound, &pred->value, false))
		return misuse(where, "a range holds values, never NULL", column);
	return lx_bind_encoded(where->db, column, lx_encode(where->db, &bound, &pred->value));
}

/* "= ANY ($1)", so that one statement serves all numbers of values. */
static lexo_rc add_list(const struct lx_where *where, const lexo_column *column, const lexo_pred *pred)
{
	lexo_column array = *column;
	struct lx_array values = {pred->value.list.items, pred->value.list.len, NULL};
	if (column->flags & LEXO_ARRAY)
		return misuse(where, "a list of arrays cannot be asked for", column);
	if (values.len && !values.items)
		return misuse(where, "no values", column);
	if (!values.len)
		values.items = ""; /* none: the empty array, and no row */
	array.flags = (uint16_t)(column->flags | LEXO_ARRAY | (column->oid ? 0 : LEXO_AS_TEXT));
	array.element_oid = column->oid;
	array.oid = column->oid ? lx_codec_array(column->oid) : 0;
	return lx_bind_encoded(where->db, column, lx_encode(where->db, &array, &values));
}

static lexo_rc add_text(const struct lx_where *where, const lexo_column *column, const lexo_pred *pred)
{
	if (!pred->value.v_str.ptr)
		return misuse(where, "a predicate compares with a value, never with NULL: use is_null", column);
	return lx_bind_encoded(where->db, column, lx_encode(where->db, &any_text, &pred->value.v_str));
}

/* As a pattern of LIKE, which can use an index. */
static lexo_rc add_prefix(const struct lx_where *where, const lexo_column *column, const lexo_pred *pred)
{
	const lexo_str *prefix = &pred->value.v_str;
	if (!prefix->ptr)
		return add_text(where, column, pred);
	char *pattern = prefix->len > SIZE_MAX / 2 - 1 ? NULL : lx_db_alloc(where->db, NULL, 2 * prefix->len + 1);
	size_t length = 0;
	if (!pattern)
		return lx_db_nomem(where->db);
	for (size_t i = 0; i < prefix->len; i++) {
		if (prefix->ptr[i] == '%' || prefix->ptr[i] == '_' || prefix->ptr[i] == '\\')
			pattern[length++] = '\\';
		pattern[length++] = prefix->ptr[i];
	}
	pattern[length++] = '%';
	const lexo_str text = {pattern, length};
	lexo_rc rc = lx_bind_encoded(where->db, column, lx_encode(where->db, &any_text, &text));
	lx_db_alloc(where->db, pattern, 0);
	return rc;
}

static lexo_rc add_nothing(const struct lx_where *where, const lexo_column *column, const lexo_pred *pred)
{
	(void)where;
	(void)column;
	(void)pred;
	return LEXO_OK;
}

typedef lexo_rc adder(const struct lx_where *where, const lexo_column *column, const lexo_pred *pred);
static adder *const adders[LEXO_OP_COUNT] = {
    [LEXO_OP_EQ] = add_value,       [LEXO_OP_NE] = add_value,           [LEXO_OP_LT] = add_value,
    [LEXO_OP_LE] = add_value,       [LEXO_OP_GT] = add_value,           [LEXO_OP_GE] = add_value,
    [LEXO_OP_IN] = add_list,        [LEXO_OP_IS_NULL] = add_nothing,    [LEXO_OP_IS_NOT_NULL] = add_nothing,
    [LEXO_OP_LIKE] = add_text,      [LEXO_OP_ILIKE] = add_text,         [LEXO_OP_PREFIX] = add_prefix,
    [LEXO_OP_CONTAINS] = add_value, [LEXO_OP_CONTAINED_BY] = add_value, [LEXO_OP_OVERLAPS] = add_value,
    [LEXO_OP_HAS_KEY] = add_text,   [LEXO_OP_HOLDS] = add_bound,
};

static bool is_group(uint16_t op)
{
	return op == LEXO_OP_ANY_OF || op == LEXO_OP_ALL_OF || op == LEXO_OP_NONE_OF;
}

static lexo_rc add_one(struct lx_where *where, const lexo_pred *pred, unsigned depth)
{
	if (is_group(pred->op)) {
		const lexo_list *list = &pred->value.list;
		if (depth == LX_WHERE_DEPTH || list->len > LX_WHERE_WORDS || (list->len && !list->items))
			return misuse(where, "a group of predicates is too deep, too long, or not there", NULL);
		where->words[where->count++] = lx_where_word(pred->op, (uint32_t)list->len);
		return lx_where_add(where, list->items, list->len, depth + 1);
	}
	if (pred->op >= LEXO_OP_COUNT || !adders[pred->op] || pred->column >= where->model->column_count)
		return misuse(where, "not a predicate of this model", NULL);
	where->words[where->count++] = lx_where_word(pred->op, pred->column);
	return adders[pred->op](where, &where->model->columns[pred->column], pred);
}

lexo_rc lx_where_add(struct lx_where *where, const lexo_pred *preds, size_t count, unsigned depth)
{
	lexo_rc rc = LEXO_OK;
	for (size_t i = 0; i < count && rc == LEXO_OK; i++) {
		if (where->count == LX_WHERE_WORDS)
			return misuse(where, "more than 256 predicates", NULL);
		rc = add_one(where, &preds[i], depth);
	}
	return rc;
}
