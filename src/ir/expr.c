/* SPDX-License-Identifier: Apache-2.0 */
#include "ir/expr.h"

#include <string.h>

#include "base/arena.h"
#include "history/sql_scan.h"

static bool same_word(const struct lx_sql_token *a, const struct lx_sql_token *b)
{
	for (size_t i = 0; i < a->length; i++) {
		char x = a->start[i], y = b->start[i];
		if (x >= 'A' && x <= 'Z')
			x = (char)(x + 32);
		if (y >= 'A' && y <= 'Z')
			y = (char)(y + 32);
		if (x != y)
			return false;
	}
	return true;
}

static bool same_token(const struct lx_sql_token *a, const struct lx_sql_token *b)
{
	if (a->kind != b->kind || a->length != b->length)
		return false;
	return a->kind == LX_SQL_WORD ? same_word(a, b) : memcmp(a->start, b->start, a->length) == 0;
}

bool lx_expr_equal(const char *a, const char *b)
{
	if (a == b)
		return true;
	if (!a || !b)
		return false;
	if (strcmp(a, b) == 0)
		return true;
	struct lx_sql_scanner in_a, in_b;
	struct lx_sql_token token_a, token_b;
	lx_sql_scan_init(&in_a, a, strlen(a));
	lx_sql_scan_init(&in_b, b, strlen(b));
	do {
		lx_sql_scan(&in_a, &token_a);
		lx_sql_scan(&in_b, &token_b);
		if (!same_token(&token_a, &token_b))
			return false;
	} while (token_a.kind != LX_SQL_END && token_a.kind != LX_SQL_BROKEN);
	return true;
}

const char *lx_expr_clause(const char *text, const char *from, const char *to, size_t *length)
{
	struct lx_sql_scanner scanner;
	struct lx_sql_token token;
	const char *start = NULL, *end = NULL;
	int depth = 0;
	bool is_inside = false;
	lx_sql_scan_init(&scanner, text, strlen(text));
	while (lx_sql_scan(&scanner, &token) != LX_SQL_END && token.kind != LX_SQL_BROKEN) {
		bool is_paren = token.kind == LX_SQL_PUNCT && token.length == 1;
		if (to && !depth && lx_sql_token_is(&token, to))
			break;
		if (is_inside) {
			start = start ? start : token.start;
			end = token.start + token.length;
		}
		is_inside |= !depth && lx_sql_token_is(&token, from);
		depth += is_paren && *token.start == '(';
		depth -= is_paren && *token.start == ')';
	}
	*length = (size_t)(end - start);
	return start;
}

/* The identifier as PostgreSQL sees it, or NULL when the token is none. */
static const char *identifier(struct lx_arena *scratch, const struct lx_sql_token *token)
{
	if (token->kind == LX_SQL_WORD) {
		char *name = lx_arena_copy(scratch, token->start, token->length);
		for (char *c = name; *c; c++)
			*c = *c >= 'A' && *c <= 'Z' ? (char)(*c + 32) : *c;
		return name;
	}
	if (token->kind != LX_SQL_QUOTED || token->start[0] != '"')
		return NULL;
	char *name = lx_arena_copy(scratch, token->start + 1, token->length - 2), *out = name;
	for (const char *c = name; *c; c++) {
		*out++ = *c;
		if (c[0] == '"' && c[1] == '"')
			c++;
	}
	*out = 0;
	return name;
}

static bool is_punct(const struct lx_sql_token *token, char c)
{
	return token->kind == LX_SQL_PUNCT && token->length == 1 && token->start[0] == c;
}

void lx_expr_names(struct lx_arena *scratch, const char *text,
		   void (*found)(void *context, const char *qualifier, const char *name, bool is_call), void *context)
{
	if (!text)
		return;
	struct lx_sql_scanner scanner;
	struct lx_sql_token token;
	const char *name = NULL, *qualifier = NULL;
	bool has_dot = false;
	lx_sql_scan_init(&scanner, text, strlen(text));
	do {
		lx_sql_scan(&scanner, &token);
		if (name && is_punct(&token, '.')) {
			found(context, qualifier, name, false);
			qualifier = name;
			name = NULL;
			has_dot = true;
			continue;
		}
		if (name)
			found(context, qualifier, name, is_punct(&token, '('));
		name = identifier(scratch, &token);
		if (!has_dot)
			qualifier = NULL;
		has_dot = false;
	} while (token.kind != LX_SQL_END && token.kind != LX_SQL_BROKEN);
}
