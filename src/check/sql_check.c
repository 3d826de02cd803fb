/* SPDX-License-Identifier: Apache-2.0 */
#include "check/sql_check.h"

#include <pg_query.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/utf8.h"
#include "check/declare.h"
#include "history/sql_scan.h"

/* libpg_query 15: the newest grammar that Debian 12 has. */
enum { GRAMMAR_VERSION = 15 };
enum {
	LONGEST_EXPR = 64 * 1024,
	LONGEST_BODY = 1024 * 1024,
	DEEPEST = 256,
	/* The server's analyser recurses once an operator and gives up at its stack limit; PostgreSQL's parser would
	   not. */
	MOST_OPERATORS = 4096
};

struct verdict {
	bool is_good;
	enum lx_code code;
	const char *message;
	const char *help;
	size_t offset, length; /* in the text */
};

/* What the tokens alone say.  It closes the holes of "wrap it and parse it": text that leaves the wrapper. */
struct tokens {
	int depth, deepest, operators, count;
	size_t first_comma, first_semicolon, first_close; /* offset + 1; 0: none */
	struct lx_sql_token broken, transaction;
	struct lx_sql_token only; /* the first one */
};

static bool is_punct(const struct lx_sql_token *token, char c)
{
	return token->kind == LX_SQL_PUNCT && token->length == 1 && *token->start == c;
}

static bool is_transaction_control(const struct lx_sql_token *token)
{
	static const char *const words[] = {"begin",   "commit", "rollback", "savepoint",
					    "release", "abort",  "start",    "end"};
	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
		if (lx_sql_token_is(token, words[i]))
			return true;
	}
	return false;
}

static void remember(size_t *place, const char *text, const struct lx_sql_token *token)
{
	if (!*place)
		*place = (size_t)(token->start - text) + 1;
}

static void look_at_punct(struct tokens *tokens, const char *text, const struct lx_sql_token *token)
{
	switch (*token->start) {
	case '(':
	case '[':
		if (++tokens->depth > tokens->deepest)
			tokens->deepest = tokens->depth;
		break;
	case ')':
	case ']':
		if (--tokens->depth < 0)
			remember(&tokens->first_close, text, token);
		break;
	case ',':
		if (tokens->depth == 0)
			remember(&tokens->first_comma, text, token);
		break;
	case ';':
		remember(&tokens->first_semicolon, text, token);
		break;
	default:
		break;
	}
}

static struct tokens look_at_tokens(const char *text, size_t length, bool wants_named)
{
	struct tokens tokens = {0};
	struct lx_sql_scanner scanner;
	struct lx_sql_token token;
	bool is_start = true;
	lx_sql_scan_init(&scanner, text, length);
	scanner.wants_named = wants_named;
	while (lx_sql_scan(&scanner, &token) != LX_SQL_END) {
		if (tokens.count++ == 0)
			tokens.only = token;
		if (token.kind == LX_SQL_BROKEN || token.kind == LX_SQL_BACKSLASH) {
			tokens.broken = token;
			break;
		}
		if (is_start && tokens.depth == 0 && !tokens.transaction.start && is_transaction_control(&token))
			tokens.transaction = token;
		is_start = is_punct(&token, ';');
		/* Words are counted too: AND, OR, NOT and CASE nest like operators. */
		tokens.operators += token.kind == LX_SQL_OPERATOR || token.kind == LX_SQL_WORD;
		if (token.kind == LX_SQL_PUNCT)
			look_at_punct(&tokens, text, &token);
	}
	return tokens;
}

static size_t token_length(const char *text, size_t length, size_t offset)
{
	struct lx_sql_scanner scanner;
	struct lx_sql_token token;
	if (offset >= length)
		return 0;
	lx_sql_scan_init(&scanner, text + offset, length - offset);
	if (lx_sql_scan(&scanner, &token) == LX_SQL_END || token.start != text + offset)
		return 1;
	return token.kind == LX_SQL_BROKEN ? 1 : token.length;
}

static struct verdict bad(enum lx_code code, const char *message, size_t offset, size_t length)
{
	return (struct verdict){false, code, message, NULL, offset, length};
}

static struct verdict good(void)
{
	return (struct verdict){.is_good = true};
}

/* --- PostgreSQL's parser ------------------------------------------------------------------------------------------ */

static const struct wrapper {
	const char *before, *after;
	bool is_one;  /* one expression, type or statement */
	bool is_part; /* of a statement: no semicolon, nothing that closes more than it opens */
} wrappers[] = {
    /* ROW takes expressions only: a bare SELECT in there is an error, which SELECT ( ) would let pass.  The newline
     * ends a comment at the end of the text. */
    [LX_SQL_IS_EXPR] = {"SELECT ROW(", "\n)", true, true},
    [LX_SQL_IS_TYPE] = {"CREATE CAST (", "\nAS text) WITHOUT FUNCTION", true, true},
    [LX_SQL_IS_GRANTABLE] = {"GRANT ALL ON ", "\nTO PUBLIC", true, true},
    [LX_SQL_IS_QUERY] = {"", "", true, false},
    [LX_SQL_IS_NAMED] = {"", "", true, false},
    [LX_SQL_IS_STATEMENTS] = {"", "", false, false},
    [LX_SQL_IS_FUNCTION] = {"", "", false, false},
    [LX_SQL_IS_PLPGSQL] = {"CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $lexo_check$", "$lexo_check$",
			   false, false},
};

/* libpg_query counts characters from 1; 0 means that it does not know. */
static size_t byte_of_character(const char *text, size_t length, int character)
{
	size_t at = 0;
	for (int i = 1; i < character && at < length; i++)
		at += lx_utf8_step(text + at, length - at, NULL);
	return at;
}

static struct verdict verdict_of_error(struct lx_arena *arena, const struct wrapper *wrapper, const char *text,
				       size_t length, const char *whole, const PgQueryError *error)
{
	size_t prefix = strlen(wrapper->before);
	size_t at = byte_of_character(whole, strlen(whole), error->cursorpos);
	if (error->cursorpos <= 0 || at < prefix)
		at = prefix;
	at -= prefix;
	if (at >= length) {
		const char *what = wrapper->is_part ? "the SQL ends too early" : "the statement ends too early";
		return bad(LX_E0401, what, length ? length - 1 : 0, 1);
	}
	return bad(LX_E0401, lx_arena_string(arena, error->message), at, token_length(text, length, at));
}

/* :name is no SQL for the parser: a parameter of the same width stands for it, so that places stay what they are. */
static void hide_names(char *text, size_t length)
{
	struct lx_sql_scanner scanner;
	struct lx_sql_token token;
	char *copy = text;
	lx_sql_scan_init(&scanner, text, length);
	scanner.wants_named = true;
	while (lx_sql_scan(&scanner, &token) != LX_SQL_END && token.kind != LX_SQL_BROKEN) {
		if (token.kind != LX_SQL_NAMED || token.length < 2)
			continue;
		char *at = copy + (token.start - text);
		memset(at, ' ', token.length);
		memcpy(at, "$1", 2);
	}
}

static struct verdict parse(struct lx_arena *arena, enum lx_sql_form form, const char *text, size_t length)
{
	const struct wrapper *wrapper = &wrappers[form];
	struct lx_buffer whole = LX_BUFFER_INIT;
	lx_buffer_string(&whole, wrapper->before);
	lx_buffer_add(&whole, text, length);
	lx_buffer_string(&whole, wrapper->after);
	if (!lx_buffer_ok(&whole))
		return bad(LX_E0403, "the SQL does not fit in memory", 0, 0);
	if (form == LX_SQL_IS_NAMED)
		hide_names(whole.data, whole.length);
	PgQuerySplitResult result = pg_query_split_with_parser(whole.data);
	struct verdict verdict = good();
	if (result.error)
		verdict = verdict_of_error(arena, wrapper, text, length, whole.data, result.error);
	else if (wrapper->is_one && !wrapper->is_part && result.n_stmts > 1)
		verdict = bad(LX_E0404, "there is a second statement", (size_t)result.stmts[1]->stmt_location, 0);
	else if (wrapper->is_part && result.n_stmts != 1)
		verdict = bad(LX_E0402, "this is not one expression", 0, length);
	pg_query_free_split_result(result);
	lx_buffer_free(&whole);
	return verdict;
}

static size_t offset_of_line(const char *text, long line)
{
	const char *at = text;
	while (--line > 0 && strchr(at, '\n'))
		at = strchr(at, '\n') + 1;
	return (size_t)(at - text);
}

/* PL/pgSQL's own errors come with a line, and quote the word: near "SELCT". */
static struct verdict verdict_of_body(struct lx_arena *arena, const char *text, size_t length,
				      const PgQueryError *error)
{
	const char *line = error->context ? strstr(error->context, "near line ") : NULL;
	size_t at = line ? offset_of_line(text, strtol(line + strlen("near line "), NULL, 10)) : 0;
	const char *quote = strstr(error->message, "near \"");
	size_t word = quote ? strcspn(quote + 6, "\"") : 0;
	const char *found = NULL;
	if (word) {
		const char *name = lx_arena_copy(arena, quote + 6, word);
		found = strstr(text + at, name);
	}
	while (!found && at < length && (text[at] == ' ' || text[at] == '\t'))
		at++;
	if (found)
		at = (size_t)(found - text);
	return bad(LX_E0401, lx_arena_string(arena, error->message), at < length ? at : length, found ? word : 1);
}

/* Only what is wrong in every context counts: names and types of the schema are unknown here. */
static struct verdict parse_plpgsql(struct lx_arena *arena, const char *text, size_t length)
{
	const struct wrapper *wrapper = &wrappers[LX_SQL_IS_PLPGSQL];
	struct verdict verdict = good();
	if (strstr(text, wrapper->after))
		return verdict;
	const char *whole = lx_arena_printf(arena, "%s%s%s", wrapper->before, text, wrapper->after);
	PgQueryPlpgsqlParseResult result = pg_query_parse_plpgsql(whole);
	if (result.error && strncmp(result.error->message, "syntax error", strlen("syntax error")) == 0)
		verdict = verdict_of_body(arena, text, length, result.error);
	pg_query_free_plpgsql_parse_result(result);
	return verdict;
}

/* --- rules -------------------------------------------------------------------------------------------------------- */

static struct verdict check_part(const struct tokens *tokens, enum lx_sql_form form)
{
	struct verdict verdict = good();
	if (tokens->first_semicolon)
		verdict = bad(LX_E0402, "a semicolon cannot stand here", tokens->first_semicolon - 1, 1);
	else if (tokens->first_close)
		verdict = bad(LX_E0402, "this closes more than was opened", tokens->first_close - 1, 1);
	else if (tokens->first_comma)
		verdict = bad(LX_E0402,
			      form == LX_SQL_IS_TYPE   ? "this is more than one type"
			      : form == LX_SQL_IS_EXPR ? "this is more than one expression"
						       : "this is more than one object",
			      tokens->first_comma - 1, 1);
	return verdict;
}

static bool is_one_of(const struct lx_sql_token *token, const char *const *words)
{
	for (; *words; words++) {
		if (lx_sql_token_is(token, *words))
			return true;
	}
	return is_punct(token, '(');
}

static struct verdict check_statement(const struct tokens *tokens, enum lx_sql_form form, const char *text)
{
	static const char *const reading[] = {"select", "values", "table", "with", NULL};
	static const char *const any[] = {"select", "values", "table", "with", "insert",
					  "update", "delete", "merge", NULL};
	const struct lx_sql_token *first = &tokens->only;
	if (form == LX_SQL_IS_STATEMENTS && tokens->transaction.start)
		return bad(LX_E0407, "lexo controls the transaction", (size_t)(tokens->transaction.start - text),
			   tokens->transaction.length);
	if (!wrappers[form].is_one || is_one_of(first, form == LX_SQL_IS_QUERY ? reading : any))
		return good();
	return bad(LX_E0404,
		   form == LX_SQL_IS_QUERY
		       ? "a view needs SELECT, VALUES, TABLE or WITH"
		       : "a query needs SELECT, VALUES, TABLE, WITH, INSERT, UPDATE, DELETE or MERGE",
		   (size_t)(first->start - text), first->length);
}

static struct verdict check(struct lx_arena *arena, enum lx_sql_form form, const char *text, size_t length)
{
	bool is_part = wrappers[form].is_part;
	if (length > (is_part ? LONGEST_EXPR : LONGEST_BODY))
		return bad(LX_E0403, is_part ? "an expression has at most 64 KiB" : "a body has at most 1 MiB", 0, 0);
	struct tokens tokens = look_at_tokens(text, length, form == LX_SQL_IS_NAMED);
	if (!tokens.count)
		return bad(LX_E0406, "there is no SQL in here", 0, length);
	if (tokens.broken.start)
		return bad(LX_E0401,
			   tokens.broken.kind == LX_SQL_BACKSLASH ? "psql's commands are not SQL"
								  : tokens.broken.problem,
			   (size_t)(tokens.broken.start - text), 1);
	if (tokens.deepest > DEEPEST)
		return bad(LX_E0403, "more than 256 levels of parentheses", 0, 0);
	if (is_part && tokens.operators > MOST_OPERATORS)
		return bad(LX_E0403, "more than 4096 operators and words", 0, 0);
	struct verdict verdict = is_part ? check_part(&tokens, form) : check_statement(&tokens, form, text);
	if (!verdict.is_good)
		return verdict;
	if (form == LX_SQL_IS_PLPGSQL)
		return parse_plpgsql(arena, text, length);
	bool is_literal = tokens.count == 1 && (tokens.only.kind == LX_SQL_NUMBER || tokens.only.kind == LX_SQL_STRING);
	return form == LX_SQL_IS_EXPR && is_literal ? good() : parse(arena, form, text, length);
}

/* The same few expressions stand in every model, so each text is judged once. */
static const struct verdict *judge(struct lx_declare *declare, enum lx_sql_form form, const char *text, size_t length)
{
	char *key = lx_arena_alloc(declare->arena, length + 2);
	key[0] = (char)('a' + (int)form);
	memcpy(key + 1, text, length);
	struct verdict *known = lx_map_get(&declare->checked, key, length + 1);
	if (known)
		return known;
	known = LX_NEW(declare->arena, struct verdict);
	*known = check(declare->arena, form, text, length);
	lx_map_put(declare->arena, &declare->checked, key, length + 1, known);
	return known;
}

static bool report(struct lx_declare *declare, const struct verdict *verdict, struct lx_span span)
{
	if (verdict->is_good)
		return true;
	if (verdict->code == LX_E0401 && declare->target_version > GRAMMAR_VERSION) {
		lx_report(declare->diags, LX_W0402, span, "%s (by the grammar of PostgreSQL %d)", verdict->message,
			  GRAMMAR_VERSION);
		return true;
	}
	lx_report(declare->diags, verdict->code, span, "%s", verdict->message);
	return false;
}

bool lx_sql_check_node(struct lx_declare *declare, const struct lx_node *node, enum lx_sql_form form)
{
	const struct verdict *verdict = judge(declare, form, node->text, node->length);
	if (verdict->is_good)
		return true;
	struct lx_span span = node->span;
	if (verdict->length)
		span = lx_node_place(declare->diags, node, verdict->offset, verdict->length);
	else if (verdict->offset)
		span = lx_node_place(declare->diags, node, verdict->offset, 1);
	return report(declare, verdict, span);
}

bool lx_sql_check_text(struct lx_declare *declare, const struct lx_node *node, const char *text)
{
	return report(declare, judge(declare, LX_SQL_IS_EXPR, text, strlen(text)), node->span);
}
