/* PostgreSQL's scan.l, as far as token boundaries go (standard_conforming_strings on; numbers and white space as of
 * version 16).  re2c finds where a token starts and what it is; the inside of literals and comments is skipped by hand,
 * since nothing in it but its end matters here.
 * SPDX-License-Identifier: Apache-2.0 */
#include "history/sql_scan.h"

#include <string.h>

void lx_sql_scan_init(struct lx_sql_scanner *scanner, const char *text, size_t length)
{
	*scanner = (struct lx_sql_scanner){.text = text, .cursor = text, .limit = text + length, .marker = text};
}

enum form {
	BITS,	/* B'' X'': no way to have a quote inside */
	PLAIN,	/* '' N'' U&'' "": a doubled quote is part of the text */
	ESCAPED /* E'': so is any byte behind a backslash */
};

/* Behind the closing QUOTE, or NULL. */
static const char *quote_end(const char *p, const char *limit, char quote, enum form form)
{
	for (; p < limit; p++) {
		if (*p == quote) {
			if (form == BITS || p + 1 == limit || p[1] != quote)
				return p + 1;
			p++;
		} else if (*p == '\\' && form == ESCAPED) {
			if (p + 1 == limit)
				return NULL;
			p++;
		}
	}
	return NULL;
}

/* Behind the quote that continues a string on a later line ('a' newline 'b' is one literal), or NULL.  The white space
 * between must have a newline, and -- comments count as white space (whitespace_with_newline in scan.l). */
static const char *string_continuation(const char *p, const char *limit)
{
	bool has_newline = false;
	while (p < limit) {
		if (*p == '\n' || *p == '\r') {
			has_newline = true;
			p++;
		} else if (*p == ' ' || *p == '\t' || *p == '\f' || *p == '\v') {
			p++;
		} else if (*p == '-' && p + 1 < limit && p[1] == '-') {
			while (p < limit && *p != '\n' && *p != '\r')
				p++;
			/* behind the first newline a comment counts only when its own newline is there */
			if (p == limit)
				return NULL;
		} else {
			break;
		}
	}
	return has_newline && p < limit && *p == '\'' ? p + 1 : NULL;
}

static enum lx_sql_token_kind broken(struct lx_sql_scanner *scanner, struct lx_sql_token *token, const char *end,
				     const char *problem)
{
	scanner->cursor = end;
	token->kind = LX_SQL_BROKEN;
	token->length = (size_t)(end - token->start);
	token->problem = problem;
	return LX_SQL_BROKEN;
}

static enum lx_sql_token_kind string(struct lx_sql_scanner *scanner, enum form form, struct lx_sql_token *token)
{
	const char *p = scanner->cursor, *next;
	for (;;) {
		p = quote_end(p, scanner->limit, '\'', form);
		if (!p)
			return broken(scanner, token, scanner->limit, "unterminated string");
		scanner->cursor = p;
		next = string_continuation(p, scanner->limit);
		if (!next)
			return LX_SQL_STRING;
		p = next;
	}
}

static enum lx_sql_token_kind quoted_name(struct lx_sql_scanner *scanner, struct lx_sql_token *token)
{
	const char *end = quote_end(scanner->cursor, scanner->limit, '"', PLAIN);
	if (!end)
		return broken(scanner, token, scanner->limit, "unterminated quoted name");
	if (end - scanner->cursor == 1)
		return broken(scanner, token, end, "empty quoted name");
	scanner->cursor = end;
	return LX_SQL_QUOTED;
}

/* The cursor is behind the opening $tag$. */
static enum lx_sql_token_kind dollar_body(struct lx_sql_scanner *scanner, struct lx_sql_token *token)
{
	size_t length = (size_t)(scanner->cursor - token->start);
	const char *end = memmem(scanner->cursor, (size_t)(scanner->limit - scanner->cursor), token->start, length);
	if (!end)
		return broken(scanner, token, scanner->limit, "unterminated dollar-quoted string");
	scanner->cursor = end + length;
	return LX_SQL_DOLLAR;
}

/* Skips a comment whose opening is behind the cursor; they nest.  False: unterminated. */
static bool skip_comment(struct lx_sql_scanner *scanner)
{
	const char *p = scanner->cursor, *limit = scanner->limit;
	for (size_t depth = 1; limit - p >= 2;) {
		if (p[0] == '*' && p[1] == '/') {
			p += 2;
			if (--depth == 0) {
				scanner->cursor = p;
				return true;
			}
		} else if (p[0] == '/' && p[1] == '*') {
			p += 2;
			depth++;
		} else {
			p++;
		}
	}
	scanner->cursor = limit;
	return false;
}

/* Cuts the run of operator characters just read to one operator: a comment may begin inside it, and a trailing + or -
 * belongs to it only when one of ~ ! @ # % ^ & | ` ? is in it too. */
static void cut_operator(struct lx_sql_scanner *scanner, const char *start)
{
	size_t length = (size_t)(scanner->cursor - start);
	bool is_special = false;
	for (size_t i = 0; i < length; i++) {
		if (i + 1 < length && ((start[i] == '/' && start[i + 1] == '*') || (start[i] == '-' && start[i + 1] == '-'))) {
			length = i;
			break;
		}
		/* the last character of the operator does not count: it is not + or - when it is one of these */
		if (strchr("~!@#^&|`?%", start[i]))
			is_special = true;
	}
	if (!is_special)
		while (length > 1 && (start[length - 1] == '+' || start[length - 1] == '-'))
			length--;
	scanner->cursor = start + length;
}

/* :name is no parameter behind another colon. */
static bool may_be_named(const struct lx_sql_scanner *scanner, const char *start)
{
	return scanner->wants_named && (start == scanner->text || start[-1] != ':');
}

/* The text may be a part of another one, so nothing is known about the byte at the limit. */
static inline unsigned char peek(const struct lx_sql_scanner *scanner)
{
	return scanner->cursor < scanner->limit ? (unsigned char)*scanner->cursor : 0;
}

static enum lx_sql_token_kind next(struct lx_sql_scanner *scanner, struct lx_sql_token *token)
{
again:
	token->start = scanner->cursor;
	/*!re2c
	re2c:define:YYCTYPE = "unsigned char";
	re2c:api = custom;
	re2c:api:style = free-form;
	re2c:define:YYPEEK = "peek(scanner)";
	re2c:define:YYSKIP = "scanner->cursor++;";
	re2c:define:YYBACKUP = "scanner->marker = scanner->cursor;";
	re2c:define:YYRESTORE = "scanner->cursor = scanner->marker;";
	re2c:define:YYLESSTHAN = "scanner->cursor >= scanner->limit";
	re2c:yyfill:enable = 0;
	re2c:eof = 0;

	space       = [ \t\n\r\f\v];
	start       = [A-Za-z_\x80-\xff];
	digit       = [0-9];
	word        = start (start | digit | "$")*;
	tag         = start (start | digit)*;
	integer     = digit ("_"? digit)*;
	based       = "0" ([xX] ("_"? [0-9A-Fa-f])+ | [oO] ("_"? [0-7])+ | [bB] ("_"? [01])+);
	decimal     = integer "." integer? | "." integer;
	real        = (integer | decimal) [eE] [-+]? integer;
	number      = integer | based | decimal | real;
	operator    = [-~!@#^&|`?+*/%<>=];

	space+                  { goto again; }
	"--" [^\n\r\x00]*       { goto line_comment; }
	"/*" operator*          {
		scanner->cursor = token->start + 2;
		if (!skip_comment(scanner))
			return broken(scanner, token, scanner->limit, "unterminated comment");
		goto again;
	}
	word                    { return LX_SQL_WORD; }
	[bBxX] "'"              { return string(scanner, BITS, token); }
	([nN] | [uU] "&")? "'"  { return string(scanner, PLAIN, token); }
	[eE] "'"                { return string(scanner, ESCAPED, token); }
	([uU] "&")? ["]         { return quoted_name(scanner, token); }
	"$" tag? "$"            { return dollar_body(scanner, token); }
	"$" digit+              { return LX_SQL_PARAMETER; }
	"$" digit+ start        { return broken(scanner, token, scanner->cursor, "trailing junk after parameter"); }
	number                  { return LX_SQL_NUMBER; }
	number start            { return broken(scanner, token, scanner->cursor, "trailing junk after number"); }
	integer ".."            {
		scanner->cursor -= 2;
		return LX_SQL_NUMBER;
	}
	"::" | ":=" | ".."      { return LX_SQL_PUNCT; }
	[()[\],;:.]             { return LX_SQL_PUNCT; }
	":" word                {
		if (may_be_named(scanner, token->start))
			return LX_SQL_NAMED;
		scanner->cursor = token->start + 1;
		return LX_SQL_PUNCT;
	}
	operator+               {
		cut_operator(scanner, token->start);
		return LX_SQL_OPERATOR;
	}
	"\\" [^\n\r\x00]*       { return LX_SQL_BACKSLASH; }
	[\x00]                  { return broken(scanner, token, scanner->cursor, "NUL byte"); }
	$                       { return LX_SQL_END; }
	*                       { return broken(scanner, token, scanner->cursor, "stray character"); }
	*/
line_comment:
	/* a NUL does not end the comment, the line does */
	while (scanner->cursor < scanner->limit && *scanner->cursor != '\n' && *scanner->cursor != '\r')
		scanner->cursor++;
	goto again;
}

enum lx_sql_token_kind lx_sql_scan(struct lx_sql_scanner *scanner, struct lx_sql_token *token)
{
	*token = (struct lx_sql_token){0};
	token->kind = next(scanner, token);
	token->length = (size_t)(scanner->cursor - token->start);
	return token->kind;
}

bool lx_sql_token_is(const struct lx_sql_token *token, const char *keyword)
{
	size_t i = 0;
	if (token->kind != LX_SQL_WORD)
		return false;
	for (; i < token->length && keyword[i]; i++) {
		char c = token->start[i];
		if ((c >= 'A' && c <= 'Z' ? (char)(c + 32) : c) != keyword[i])
			return false;
	}
	return i == token->length && keyword[i] == 0;
}
