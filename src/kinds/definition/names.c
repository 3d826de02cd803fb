/* What a definition's text makes, so that other texts that name it are known to need the definition.
 * SPDX-License-Identifier: Apache-2.0 */
#include "kinds/definition/names.h"

#include <string.h>

#include "base/arena.h"
#include "history/sql_scan.h"

/* Between CREATE and the name. */
static bool is_of_kind(const struct lx_sql_token *token)
{
	static const char *const words[] = {"or",     "replace",  "type",      "function", "procedure", "aggregate",
					    "text",   "search",   "parser",    "template", "operator",  "class",
					    "family", "language", "trusted",   "access",   "method",    "conversion",
					    "domain", "default",  "procedural"};
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (lx_sql_token_is(token, words[i]))
			return true;
	return false;
}

static bool is_name(const struct lx_sql_token *token)
{
	return token->kind == LX_SQL_WORD || token->kind == LX_SQL_QUOTED;
}

static bool is_sign(const struct lx_sql_token *token, char sign)
{
	return token->kind == LX_SQL_PUNCT && token->length == 1 && *token->start == sign;
}

/* As the catalog has it. */
static char *plain_name(struct lx_arena *arena, const struct lx_sql_token *token)
{
	bool is_quoted = token->kind == LX_SQL_QUOTED;
	char *name = lx_arena_copy(arena, token->start + is_quoted, token->length - 2 * (size_t)is_quoted), *to = name;
	for (const char *from = name; *from; from++) {
		bool is_capital = !is_quoted && *from >= 'A' && *from <= 'Z';
		*to++ = is_capital ? (char)(*from + 32) : *from;
		from += is_quoted && *from == '"'; /* doubled */
	}
	*to = 0;
	return name;
}

/* Behind CREATE: the last part of the name; TOKEN becomes what follows it. */
static const char *take_name(struct lx_arena *arena, struct lx_sql_scanner *scanner, struct lx_sql_token *token)
{
	const char *name = NULL;
	while (is_of_kind(token))
		lx_sql_scan(scanner, token);
	while (is_name(token)) {
		name = plain_name(arena, token);
		lx_sql_scan(scanner, token);
		if (!is_sign(token, '.'))
			break;
		lx_sql_scan(scanner, token);
	}
	return name;
}

struct lx_vec lx_definition_names(struct lx_arena *arena, const char *text)
{
	struct lx_vec names = {0};
	struct lx_sql_scanner scanner;
	struct lx_sql_token token;
	bool is_first = true;
	lx_sql_scan_init(&scanner, text, strlen(text));
	lx_sql_scan(&scanner, &token);
	while (token.kind != LX_SQL_END && token.kind != LX_SQL_BROKEN) {
		const char *name = NULL;
		bool is_create = is_first && lx_sql_token_is(&token, "create");
		is_first = is_sign(&token, ';');
		lx_sql_scan(&scanner, &token);
		if (is_create)
			name = take_name(arena, &scanner, &token);
		if (name)
			lx_vec_push(arena, &names, (void *)(uintptr_t)name);
	}
	return names;
}

const char *lx_definition_uses(struct lx_arena *arena, const char *text)
{
	char *copy = lx_arena_string(arena, text);
	struct lx_sql_scanner scanner;
	struct lx_sql_token token;
	bool is_behind_comma = false, is_behind_key = false;
	lx_sql_scan_init(&scanner, text, strlen(text));
	while (lx_sql_scan(&scanner, &token) != LX_SQL_END && token.kind != LX_SQL_BROKEN) {
		if (is_behind_key && token.length == 1 && *token.start == '=')
			copy[token.start - text] = ' ';
		is_behind_key = is_behind_comma && token.kind == LX_SQL_WORD;
		is_behind_comma = is_sign(&token, '(') || is_sign(&token, ',');
	}
	return copy;
}
