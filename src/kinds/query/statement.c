/* SPDX-License-Identifier: Apache-2.0 */
#include "kinds/query/statement.h"

#include <string.h>

#include "base/arena.h"
#include "history/sql_scan.h"
#include "kinds/composite/composite.h"
#include "kinds/query/query.h"
#include "sql/emit.h"

/* What may stand around a statement: of a SELECT it may be a sub-query, of one that changes rows a WITH query, and of
 * one that changes rows inside its own WITH nothing. */
enum frame { SUB_QUERY, WITH_QUERY, NONE };

static bool is_change(const struct lx_sql_token *token)
{
	static const char *const words[] = {"insert", "update", "delete", "merge"};
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (lx_sql_token_is(token, words[i]))
			return true;
	return false;
}

static enum frame frame_of(const struct lx_expr *body)
{
	struct lx_sql_scanner scanner;
	struct lx_sql_token token;
	enum frame frame = SUB_QUERY;
	unsigned depth = 0;
	bool is_begun = false, is_after_bracket = false;
	lx_sql_scan_init(&scanner, body->text, strlen(body->text));
	scanner.wants_named = true;
	while (lx_sql_scan(&scanner, &token) != LX_SQL_END && token.kind != LX_SQL_BROKEN) {
		bool is_word = token.kind == LX_SQL_WORD, is_punct = token.kind == LX_SQL_PUNCT;
		if (is_word && depth && is_after_bracket && is_change(&token))
			return NONE;
		if (is_word && !depth && !is_begun && is_change(&token))
			frame = WITH_QUERY;
		is_begun |= is_word && !depth && (is_change(&token) || lx_sql_token_is(&token, "select"));
		is_after_bracket = is_punct && *token.start == '(';
		if (is_after_bracket)
			depth++;
		else if (is_punct && *token.start == ')' && depth)
			depth--;
	}
	return frame;
}

static void put_parameter(struct lx_sql *sql, const struct lx_query *query, const struct lx_sql_token *token)
{
	LX_EACH (const struct lx_field *, field, &query->parameters) {
		if (strlen(field->name) != token->length - 1 ||
		    memcmp(field->name, token->start + 1, token->length - 1) != 0)
			continue;
		const char *value = field->default_value.text;
		lx_sql_raw(sql, value ? "(COALESCE($" : "($");
		lx_sql_integer(sql, (int64_t)field_i + 1);
		lx_sql_raw(sql, "::");
		lx_sql_type(sql, &field->type);
		if (value) {
			lx_sql_raw(sql, ", ");
			lx_sql_expr(sql, value);
			lx_sql_raw(sql, ")");
		}
		lx_sql_raw(sql, ")");
		return;
	}
}

static void put_piece(struct lx_sql *sql, const struct lx_query *query, struct lx_vec *pieces, const char *from,
		      const char *end)
{
	if (pieces) {
		struct lx_query_piece *piece = LX_NEW(sql->arena, struct lx_query_piece);
		piece->at = sql->text.length;
		piece->from = (size_t)(from - query->body.text);
		piece->length = (size_t)(end - from);
		lx_vec_push(sql->arena, pieces, piece);
	}
	lx_sql_checked(sql, from, (size_t)(end - from));
}

/* All of it but what ends it: a semicolon, and a comment that could swallow what follows. */
static void put_body(struct lx_sql *sql, const struct lx_query *query, struct lx_vec *pieces)
{
	struct lx_sql_scanner scanner;
	struct lx_sql_token token;
	const char *done = query->body.text;
	lx_sql_scan_init(&scanner, done, strlen(done));
	scanner.wants_named = true;
	bool is_first = true;
	while (lx_sql_scan(&scanner, &token) != LX_SQL_END && token.kind != LX_SQL_BROKEN) {
		bool is_end = token.kind == LX_SQL_PUNCT && *token.start == ';';
		if (is_first)
			done = token.start;
		if (token.kind == LX_SQL_NAMED) {
			put_piece(sql, query, pieces, done, token.start);
			put_parameter(sql, query, &token);
		} else if (!is_end) {
			put_piece(sql, query, pieces, done, token.start + token.length);
		}
		done = token.start + token.length;
		is_first = false;
	}
}

static void put_columns(struct lx_sql *sql, const struct lx_vec *columns)
{
	lx_sql_raw(sql, "SELECT ");
	LX_EACH (const struct lx_query_column *, column, columns) {
		lx_sql_raw(sql, column_i ? ", q." : "q.");
		lx_sql_name(sql, column->name);
		if (column->cast) {
			lx_sql_raw(sql, "::");
			lx_sql_raw(sql, column->cast);
		}
	}
}

bool lx_query_statement(struct lx_sql *sql, const struct lx_query *query, const struct lx_vec *columns,
			struct lx_vec *pieces)
{
	bool is_possible = true;
	enum frame frame = columns->length ? frame_of(&query->body) : NONE;
	if (frame == NONE) {
		LX_EACH (const struct lx_query_column *, column, columns)
			is_possible &= !column->cast;
		put_body(sql, query, pieces);
		return is_possible;
	}
	if (frame == WITH_QUERY) {
		lx_sql_raw(sql, "WITH q AS (");
		put_body(sql, query, pieces);
		lx_sql_raw(sql, ") ");
		put_columns(sql, columns);
		lx_sql_raw(sql, " FROM q");
		return true;
	}
	put_columns(sql, columns);
	lx_sql_raw(sql, " FROM (");
	put_body(sql, query, pieces);
	lx_sql_raw(sql, ") AS q");
	return true;
}
