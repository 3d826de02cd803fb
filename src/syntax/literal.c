/* SPDX-License-Identifier: Apache-2.0 */
#include "syntax/literal.h"

#include <string.h>

#include "base/arena.h"
#include "base/utf8.h"

struct lx_span lx_literal_span(const struct model_lexer *lexer)
{
	return (struct lx_span){lexer->file, (uint32_t)(lexer->token - lexer->start),
				(uint32_t)(lexer->cursor - lexer->start)};
}

/* A node over the token with room for LENGTH bytes of text behind it: one allocation a token. */
static char *new_node(struct model_lexer *lexer, enum lx_node_kind kind, size_t length)
{
	struct lx_node *node = lx_arena_alloc(lexer->arena, sizeof *node + length + 1);
	char *text = (char *)(node + 1);
	node->kind = kind;
	node->span = lx_literal_span(lexer);
	node->text = text;
	node->length = (uint32_t)length;
	lexer->node = node;
	return text;
}

/* Errors that come without a token have to stop the reading themselves. */
static void stop_when_enough(struct model_lexer *lexer)
{
	if (lexer->diags->errors >= lexer->most_errors)
		lexer->cursor = lexer->limit;
}

static size_t token_length(const struct model_lexer *lexer)
{
	return (size_t)(lexer->cursor - lexer->token);
}

enum model_raw lx_literal_plain(struct model_lexer *lexer, enum lx_node_kind kind)
{
	size_t length = token_length(lexer);
	memcpy(new_node(lexer, kind, length), lexer->token, length);
	return MODEL_RAW_LEAF;
}

enum model_raw lx_literal_punct(struct model_lexer *lexer, char punct)
{
	lx_literal_plain(lexer, LX_NODE_PUNCT);
	lexer->node->punct = punct;
	return MODEL_RAW_LEAF;
}

enum model_raw lx_literal_open(struct model_lexer *lexer, enum lx_node_kind kind)
{
	new_node(lexer, kind, 0);
	return MODEL_RAW_OPEN;
}

/* Copies [from, to) without the doubling of QUOTE and with \n for \r\n.  QUOTE 0: nothing is doubled. */
static void decode(struct model_lexer *lexer, enum lx_node_kind kind, const unsigned char *from,
		   const unsigned char *to, unsigned char quote)
{
	char *text = new_node(lexer, kind, (size_t)(to - from));
	size_t length = 0;
	for (const unsigned char *p = from; p < to; p++) {
		if (*p == '\r' && p + 1 < to && p[1] == '\n')
			continue;
		text[length++] = (char)*p;
		p += quote && *p == quote; /* the second one of a pair */
	}
	text[length] = 0;
	lexer->node->inner = (uint32_t)(from - lexer->start);
	lexer->node->length = (uint32_t)length;
}

static const unsigned char *line_end(const unsigned char *p, const unsigned char *limit)
{
	const unsigned char *end = memchr(p, '\n', (size_t)(limit - p));
	return end ? end : limit;
}

/* While recovering: the text of a literal cannot go on into a line that closes a block or begins a declaration. */
static bool is_lost_at(const struct model_lexer *lexer, const unsigned char *line)
{
	return line < lexer->limit && (*line == '}' || model_is_declaration(line));
}

static const unsigned char *find_quote(struct model_lexer *lexer, unsigned char quote)
{
	for (const unsigned char *p = lexer->cursor; p < lexer->limit; p++) {
		if (*p == quote) {
			if (p[1] != quote)
				return p;
			p++;
		} else if (lexer->is_recovering && *p == '\n' && (quote != '`' || is_lost_at(lexer, p + 1)))
			return NULL;
	}
	return NULL;
}

static void report_unclosed(struct model_lexer *lexer, enum lx_node_kind kind, struct lx_span open)
{
	if (kind == LX_NODE_STRING)
		lx_diag_help(lexer->diags, lx_report(lexer->diags, LX_E0116, open, "this string is not closed"),
			     "end it with a single quote; a quote inside is written twice: 'it''s'");
	else if (kind == LX_NODE_QUOTED)
		lx_diag_help(lexer->diags, lx_report(lexer->diags, LX_E0117, open, "this quoted name is not closed"),
			     "end it with a double quote; a quote inside is written twice");
	else
		lx_diag_help(lexer->diags, lx_report(lexer->diags, LX_E0118, open, "this SQL is not closed"),
			     "end it with a back-quote; a back-quote inside is written twice");
}

enum model_raw lx_literal_quoted(struct model_lexer *lexer, enum lx_node_kind kind)
{
	const unsigned char *from = lexer->cursor, *to = find_quote(lexer, *lexer->token);
	if (to) {
		lexer->cursor = to + 1;
		decode(lexer, kind, from, to, *lexer->token);
		if (kind == LX_NODE_QUOTED && !lexer->node->length)
			lx_report(lexer->diags, LX_E0126, lexer->node->span, "a name cannot be empty");
		return MODEL_RAW_LEAF;
	}
	if (!lexer->is_recovering)
		lexer->must_recover = true;
	struct lx_span open = lx_literal_span(lexer);
	lexer->cursor = line_end(lexer->cursor, lexer->limit);
	decode(lexer, kind, from, lexer->cursor, *lexer->token);
	report_unclosed(lexer, kind, open);
	return MODEL_RAW_LEAF;
}

/* The closing TAG, or NULL; then *LOST is where the body is taken to end: before the next declaration. */
static const unsigned char *find_tag(const struct model_lexer *lexer, const unsigned char *tag, size_t length,
				     const unsigned char **lost)
{
	*lost = lexer->limit;
	if (!lexer->is_recovering)
		return memmem(lexer->cursor, (size_t)(lexer->limit - lexer->cursor), tag, length);
	for (const unsigned char *p = lexer->cursor; p < lexer->limit; p++) {
		if (*p == '$' && (size_t)(lexer->limit - p) >= length && memcmp(p, tag, length) == 0)
			return p;
		if (*p == '\n' && p + 1 < lexer->limit && model_is_declaration(p + 1)) {
			*lost = p;
			return NULL;
		}
	}
	return NULL;
}

enum model_raw lx_literal_body(struct model_lexer *lexer)
{
	enum { LONGEST_TAG = 70 };
	const unsigned char *from = lexer->cursor, *tag = lexer->token, *lost;
	size_t length = token_length(lexer);
	const unsigned char *to = find_tag(lexer, tag, length, &lost);
	if (to) {
		lexer->cursor = to + length;
		decode(lexer, LX_NODE_BODY, from, to, 0);
		return MODEL_RAW_LEAF;
	}
	if (!lexer->is_recovering)
		lexer->must_recover = true;
	struct lx_span open = lx_literal_span(lexer);
	lexer->cursor = lost;
	decode(lexer, LX_NODE_BODY, from, lost, 0);
	struct lx_diag *diag = lx_report(lexer->diags, LX_E0119, open, "this SQL body is not closed");
	lx_diag_help(lexer->diags, diag, "end it with %.*s, the same tag that opens it",
		     (int)(length < LONGEST_TAG ? length : LONGEST_TAG), (const char *)tag);
	return MODEL_RAW_LEAF;
}

enum model_raw lx_literal_annotation(struct model_lexer *lexer)
{
	size_t length = token_length(lexer) - 1;
	memcpy(new_node(lexer, LX_NODE_ANNOTATION, length), lexer->token + 1, length);
	const unsigned char *p = lexer->cursor;
	while (*p == ' ' || *p == '\t')
		p++;
	return *p == '(' ? MODEL_RAW_CALL : MODEL_RAW_LEAF;
}

enum model_raw lx_literal_odd_name(struct model_lexer *lexer)
{
	size_t length = token_length(lexer);
	char *text = new_node(lexer, LX_NODE_QUOTED, length);
	memcpy(text, lexer->token, length);
	struct lx_node *node = lexer->node;
	struct lx_diag *diag =
	    lx_report(lexer->diags, LX_E0114, node->span, "a plain name has only the letters a-z, A-Z, digits and _");
	lx_diag_help(lexer->diags, diag, "any other name works in double quotes");
	lx_diag_fix(lexer->diags, diag, node->span, lx_arena_printf(lexer->arena, "\"%s\"", text), "quote the name");
	return MODEL_RAW_LEAF;
}

enum model_raw lx_literal_bad_number(struct model_lexer *lexer)
{
	lx_literal_plain(lexer, LX_NODE_NUMBER);
	struct lx_diag *diag =
	    lx_report(lexer->diags, LX_E0115, lexer->node->span, "this is neither a number nor a name");
	lx_diag_help(lexer->diags, diag,
		     "a number is like 12, 1_000, 0.5 or 1e-3; a name that begins with a digit needs double quotes");
	return MODEL_RAW_LEAF;
}

enum model_raw lx_literal_foreign_comment(struct model_lexer *lexer)
{
	bool is_block = *lexer->token == '/';
	struct lx_span span = lx_literal_span(lexer);
	span.end = span.start + 2;
	struct lx_diag *diag;
	if (is_block) {
		const unsigned char *end = memmem(lexer->cursor, (size_t)(lexer->limit - lexer->cursor), "*/", 2);
		lexer->cursor = end ? end + 2 : line_end(lexer->cursor, lexer->limit);
		diag = lx_report(lexer->diags, LX_E0127, span, "block comments are not part of the language");
		lx_diag_help(lexer->diags, diag, "begin each line of a comment with //");
	} else {
		diag = lx_report(lexer->diags, LX_E0127, span, "a comment begins with //");
		lx_diag_fix(lexer->diags, diag, span, "//", "write //");
	}
	stop_when_enough(lexer);
	return MODEL_RAW_COMMENT;
}

/* What people mean when they write a character that the language does not have. */
static const char *advice(const unsigned char *text)
{
	switch (*text) {
	case ';':
		return "items end with their line; remove the semicolon";
	case '@':
		return "an annotation is @ and a word, without a blank between them";
	case '$':
		return "a body of SQL stands between $$ and $$";
	case '#':
		return "a comment begins with //";
	default:
		return "an SQL expression stands between back-quotes: `size > 0`";
	}
}

void lx_literal_bad_character(struct model_lexer *lexer)
{
	size_t left = (size_t)(lexer->limit - lexer->token),
	       step = lx_utf8_step((const char *)lexer->token, left, NULL);
	lexer->cursor = lexer->token + step;
	struct lx_span span = lx_literal_span(lexer);
	if (span.start != lexer->bad_end) {
		struct lx_diag *diag = lx_report(lexer->diags, LX_E0113, span, "unexpected character '%.*s'", (int)step,
						 (const char *)lexer->token);
		lx_diag_help(lexer->diags, diag, "%s", advice(lexer->token));
		if (*lexer->token == ';')
			lx_diag_fix(lexer->diags, diag, span, "", "remove the semicolon");
	}
	lexer->bad_end = span.end;
	stop_when_enough(lexer);
}
