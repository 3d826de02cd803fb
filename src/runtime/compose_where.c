/* The WHERE clause of a query.  The parameters stand in the order in which where.c and bind_query.c add them.
 * SPDX-License-Identifier: Apache-2.0 */
#include "runtime/compose.h"
#include "runtime/where.h"

/* What stands before and behind the parameter; behind NULL: there is none. */
static const struct {
	const char *before, *behind;
} operators[LEXO_OP_COUNT] = {
    [LEXO_OP_EQ] = {" = ", ""},
    [LEXO_OP_NE] = {" <> ", ""},
    [LEXO_OP_LT] = {" < ", ""},
    [LEXO_OP_LE] = {" <= ", ""},
    [LEXO_OP_GT] = {" > ", ""},
    [LEXO_OP_GE] = {" >= ", ""},
    [LEXO_OP_IN] = {" = ANY (", ")"},
    [LEXO_OP_IS_NULL] = {" IS NULL", NULL},
    [LEXO_OP_IS_NOT_NULL] = {" IS NOT NULL", NULL},
    [LEXO_OP_LIKE] = {" LIKE ", ""},
    [LEXO_OP_ILIKE] = {" ILIKE ", ""},
    [LEXO_OP_PREFIX] = {" LIKE ", ""},
    [LEXO_OP_CONTAINS] = {" @> ", ""},
    [LEXO_OP_CONTAINED_BY] = {" <@ ", ""},
    [LEXO_OP_OVERLAPS] = {" && ", ""},
    [LEXO_OP_HAS_KEY] = {" ? ", ""},
    [LEXO_OP_HOLDS] = {" @> ", ""},
};

static void put_column(struct lx_text *text, const lexo_model *model, uint32_t column)
{
	lx_text_put(text, "t.");
	lx_text_put(text, model->columns[column].name);
}

static const uint32_t *put_predicate(struct lx_text *text, const lexo_model *model, const uint32_t *word);

/* An empty group is what its words say: none of nothing holds, any of nothing does not. */
static const uint32_t *put_group(struct lx_text *text, const lexo_model *model, const uint32_t *word)
{
	uint32_t op = lx_where_op(*word), count = lx_where_rest(*word);
	word++;
	if (!count) {
		lx_text_put(text, op == LEXO_OP_ANY_OF ? "false" : "true");
		return word;
	}
	/* NOT of an unknown is unknown: what is none of these is so where none can be said to be true */
	lx_text_put(text, op == LEXO_OP_NONE_OF ? "((" : "(");
	for (uint32_t i = 0; i < count; i++) {
		lx_text_put(text, !i ? "" : op == LEXO_OP_ALL_OF ? " AND " : " OR ");
		word = put_predicate(text, model, word);
	}
	lx_text_put(text, op == LEXO_OP_NONE_OF ? ") IS NOT TRUE)" : ")");
	return word;
}

static const uint32_t *put_predicate(struct lx_text *text, const lexo_model *model, const uint32_t *word)
{
	uint32_t op = lx_where_op(*word);
	if (!operators[op].before)
		return put_group(text, model, word);
	put_column(text, model, lx_where_rest(*word));
	lx_text_put(text, operators[op].before);
	if (operators[op].behind) {
		lx_text_parameter(text);
		lx_text_put(text, operators[op].behind);
	}
	return word + 1;
}

static void put_either(struct lx_text *text, const struct lx_request *request, uint32_t column, bool is_parameter)
{
	if (is_parameter)
		lx_text_compared(text, &request->model->columns[column]);
	else
		put_column(text, request->model, column);
}

/* "(a, b": the columns of the key but COLUMN, which stands first where IS_FIRST, or parameters for them. */
static void put_list(struct lx_text *text, const struct lx_request *request, uint32_t column, bool is_first,
		     bool is_parameter)
{
	const lexo_key *key = request->model->primary_key;
	const char *separator = "(";
	if (is_first) {
		lx_text_put(text, separator);
		put_either(text, request, column, is_parameter);
		separator = ", ";
	}
	for (uint32_t i = 0; i < key->column_count; i++) {
		if (key->columns[i] == column)
			continue;
		lx_text_put(text, separator);
		put_either(text, request, key->columns[i], is_parameter);
		separator = ", ";
	}
}

/* (a, b) > ($1, $2): an index serves that. */
static void put_key_after(struct lx_text *text, const struct lx_request *request, uint32_t column, bool is_first,
			  bool is_descending)
{
	put_list(text, request, column, is_first, false);
	lx_text_put(text, is_descending ? ") < " : ") > ");
	put_list(text, request, column, is_first, true);
	lx_text_put(text, ")");
}

/* Behind a row whose column of the order is NULL: the greatest value, as PostgreSQL has it. */
static void put_after_null(struct lx_text *text, const struct lx_request *request, uint32_t column, bool is_descending)
{
	if (is_descending) {
		put_column(text, request->model, column);
		lx_text_put(text, " IS NOT NULL OR ");
	}
	put_column(text, request->model, column);
	lx_text_put(text, " IS NULL AND ");
	put_key_after(text, request, column, false, is_descending);
}

static void put_after_value(struct lx_text *text, const struct lx_request *request, uint32_t column, bool is_descending)
{
	put_column(text, request->model, column);
	lx_text_put(text, is_descending ? " < " : " > ");
	lx_text_parameter(text);
	if (!is_descending) {
		lx_text_put(text, " OR ");
		put_column(text, request->model, column);
		lx_text_put(text, " IS NULL");
	}
	lx_text_put(text, " OR ");
	put_column(text, request->model, column);
	lx_text_put(text, " = ");
	lx_text_parameter(text);
	lx_text_put(text, " AND ");
	put_key_after(text, request, column, false, is_descending);
}

static void put_after(struct lx_text *text, const struct lx_request *request)
{
	uint32_t column = (request->order - 1) / 2;
	bool is_descending = request->order % 2 == 0;
	lx_text_put(text, "(");
	if (request->after & LX_AFTER_NULL)
		put_after_null(text, request, column, is_descending);
	else if (request->model->columns[column].flags & LEXO_NULLABLE)
		put_after_value(text, request, column, is_descending);
	else
		put_key_after(text, request, column, true, is_descending);
	lx_text_put(text, ")");
}

void lx_text_where(struct lx_text *text, const struct lx_request *request)
{
	const uint32_t *word = request->where, *end = word + request->where_count;
	const char *separator = " WHERE ";
	while (word < end) {
		lx_text_put(text, separator);
		word = put_predicate(text, request->model, word);
		separator = " AND ";
	}
	if (!request->after)
		return;
	lx_text_put(text, separator);
	put_after(text, request);
}
