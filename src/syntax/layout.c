/* SPDX-License-Identifier: Apache-2.0 */
#include "syntax/layout.h"

#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "model_parser.h"
#include "syntax/literal.h"

/* A line that begins with one of these goes on with the item of the line before. */
static bool is_clause(const struct model_lexer *lexer)
{
	static const char *const words[] = {"as", "for", "include", "on", "to", "using", "where", "with"};
	const struct lx_node *node = lexer->node;
	if (node->kind != LX_NODE_WORD || node->length < 2 || node->length > 7)
		return false;
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (lx_text_is(words[i], node->text)) {
			const unsigned char *p = lexer->cursor;
			while (*p == ' ' || *p == '\t')
				p++;
			return *p != ':'; /* "to: 1" is a pair of a row, never a clause */
		}
	return false;
}

static bool is_in_line_group(const struct lx_layout *layout)
{
	return layout->depth > 0 && layout->groups[layout->depth - 1].close != '}';
}

/* --- comments --------------------------------------------------------------------------------------------------- */

static void add_comment(struct lx_layout *layout, struct lx_span span, bool is_own_line)
{
	struct lx_file *file = layout->file;
	if (file->comment_count == layout->comment_room) {
		layout->comment_room = layout->comment_room ? layout->comment_room * 2 : 16;
		struct lx_comment *room = LX_NEW_ARRAY(layout->lexer.arena, struct lx_comment, layout->comment_room);
		if (file->comment_count)
			memcpy(room, file->comments, file->comment_count * sizeof *room);
		file->comments = room;
	}
	const char *text = (const char *)layout->lexer.start;
	while (span.end > span.start && (text[span.end - 1] == '\r' || text[span.end - 1] == ' '))
		span.end--;
	file->comments[file->comment_count++] = (struct lx_comment){span, is_own_line};
}

static void report_doc(struct lx_layout *layout, struct lx_span span, const char *why)
{
	struct lx_diags *diags = layout->lexer.diags;
	if (diags->warnings >= layout->lexer.most_warnings)
		return;
	struct lx_diag *diag = lx_report(diags, LX_W0101, span, "%s", why);
	lx_diag_help(diags, diag, "put it on the line above what it documents, or begin it with // to make it private");
}

/* A doc comment that has no item keeps its text as a comment. */
static void lose_docs(struct lx_layout *layout, const char *why)
{
	const struct lx_span *first = layout->docs.items[0], *last = layout->docs.items[layout->docs.length - 1];
	report_doc(layout, lx_span_join(*first, *last), why);
	LX_EACH (const struct lx_span *, span, &layout->docs)
		add_comment(layout, *span, true);
	layout->docs.length = 0;
}

static void add_doc(struct lx_layout *layout)
{
	struct lx_span *span = LX_NEW(layout->lexer.arena, struct lx_span);
	*span = lx_literal_span(&layout->lexer);
	if (layout->is_line_blank) {
		lx_vec_push(layout->lexer.arena, &layout->docs, span);
		return;
	}
	report_doc(layout, *span, "a doc comment stands before what it documents");
	add_comment(layout, *span, false);
}

static const struct lx_doc *take_docs(struct lx_layout *layout)
{
	const char *source = (const char *)layout->lexer.start;
	const struct lx_span *first = layout->docs.items[0], *last = layout->docs.items[layout->docs.length - 1];
	size_t room = 0, length = 0;
	LX_EACH (const struct lx_span *, span, &layout->docs)
		room += span->end - span->start;
	char *text = lx_arena_alloc(layout->lexer.arena, room + 1);
	LX_EACH (const struct lx_span *, span, &layout->docs) {
		uint32_t from = span->start + 3, to = span->end;
		from += from < to && source[from] == ' ';
		while (to > from && (source[to - 1] == ' ' || source[to - 1] == '\t' || source[to - 1] == '\r'))
			to--;
		if (span != first)
			text[length++] = '\n';
		memcpy(text + length, source + from, to - from);
		length += to - from;
	}
	struct lx_doc *doc = LX_NEW(layout->lexer.arena, struct lx_doc);
	doc->text = text;
	doc->span = lx_span_join(*first, *last);
	layout->docs.length = 0;
	return doc;
}

/* --- brackets --------------------------------------------------------------------------------------------------- */

static char opener_of(char close)
{
	return close == '}' ? '{' : close == ']' ? '[' : '(';
}

/* Reports the COUNT innermost groups, which end before WHERE (no file: at the end of the file), and closes them. */
static void close_forgotten(struct lx_layout *layout, int count, struct lx_span where, const char *why)
{
	enum { MOST_SHOWN = 3 };
	if (!layout->lexer.is_recovering) {
		layout->lexer.must_recover = true;
		return;
	}
	for (int i = 0; i < count && i < MOST_SHOWN; i++) {
		const struct lx_layout_group *group = &layout->groups[layout->depth - 1 - i];
		struct lx_diag *diag = lx_report(layout->lexer.diags, LX_E0120, group->open,
						 "this '%c' is never closed", opener_of(group->close));
		if (where.file)
			lx_diag_label(layout->lexer.diags, diag, where, "%s", why);
		lx_diag_help(layout->lexer.diags, diag, "add the missing '%c'", group->close);
	}
	layout->closing = count;
}

/* Groups that the first token of a line says were forgotten: a declaration in column 1 ends everything; a line that is
 * not deeper than the one with the '(' ends that. */
static void check_line_start(struct lx_layout *layout)
{
	const struct model_lexer *lexer = &layout->lexer;
	struct lx_span here = lx_literal_span(lexer);
	uint32_t indent = here.start - layout->line_start;
	if (indent == 0 && model_is_declaration(lexer->token)) {
		close_forgotten(layout, layout->depth, here, "this looks like the next declaration");
		return;
	}
	int count = 0;
	while (count < layout->depth) {
		const struct lx_layout_group *group = &layout->groups[layout->depth - 1 - count];
		if (group->close == '}' || group->indent < indent)
			break;
		count++;
	}
	if (count)
		close_forgotten(layout, count, here, "this looks like the next item");
}

/* A closing bracket that does not fit.  False: it is to be skipped. */
static bool check_close(struct lx_layout *layout)
{
	struct model_lexer *lexer = &layout->lexer;
	struct lx_span here = lx_literal_span(lexer);
	char close = (char)*lexer->token;
	int depth = layout->depth;
	while (depth > 0 && layout->groups[depth - 1].close != close)
		depth--;
	if (depth > 0) {
		if (depth < layout->depth)
			close_forgotten(layout, layout->depth - depth, here, "it must be closed before this");
		return true;
	}
	if (!lexer->is_recovering) {
		lexer->must_recover = true;
		return false;
	}
	if (!is_in_line_group(layout)) {
		struct lx_diag *diag =
		    lx_report(lexer->diags, LX_E0121, here, "there is no '%c' that this could close", opener_of(close));
		lx_diag_fix(lexer->diags, diag, here, "", "remove it");
		return false;
	}
	const struct lx_layout_group *group = &layout->groups[layout->depth - 1];
	const char text[] = {group->close, 0};
	struct lx_diag *diag =
	    lx_report(lexer->diags, LX_E0122, here, "'%c' cannot close '%c'", close, opener_of(group->close));
	lx_diag_label(lexer->diags, diag, group->open, "opened here");
	lx_diag_fix(lexer->diags, diag, here, text, "close it with the bracket that fits");
	return true; /* taken for the right one */
}

static void open_group(struct lx_layout *layout, const struct lx_node *node)
{
	static const char closers[] = {[LX_NODE_PAREN] = ')', [LX_NODE_BRACKET] = ']', [LX_NODE_BRACE] = '}'};
	const char *line = (const char *)layout->lexer.start + layout->line_start;
	struct lx_layout_group *group = &layout->groups[layout->depth++];
	group->close = closers[node->kind];
	group->open = node->span;
	group->indent = (uint32_t)strspn(line, " \t");
}

static bool is_too_deep(struct lx_layout *layout)
{
	if (layout->depth < LX_SYNTAX_NESTING)
		return false;
	struct lx_diag *diag = lx_report(layout->lexer.diags, LX_E0123, lx_literal_span(&layout->lexer),
					 "more than %d brackets are open here", LX_SYNTAX_NESTING);
	lx_diag_note(layout->lexer.diags, diag, "the rest of the file was not read");
	layout->is_stopped = true;
	return true;
}

/* --- tokens ----------------------------------------------------------------------------------------------------- */

/* Reads on to the next token that is not a line end or a comment. */
static enum model_raw read_significant(struct lx_layout *layout)
{
	struct model_lexer *lexer = &layout->lexer;
	for (;;) {
		enum model_raw raw = model_lex(lexer);
		if (raw == MODEL_RAW_LINE) {
			layout->is_new_line = layout->is_line_blank = true;
			layout->line_start = (uint32_t)(lexer->cursor - lexer->start);
		} else if (raw == MODEL_RAW_COMMENT)
			add_comment(layout, lx_literal_span(lexer), layout->is_line_blank);
		else if (raw == MODEL_RAW_DOC)
			add_doc(layout);
		else
			return raw;
	}
}

static void read_raw(struct lx_layout *layout)
{
	struct model_lexer *lexer = &layout->lexer;
	bool is_kept;
	do {
		layout->raw = read_significant(layout);
		is_kept = true;
		if (layout->raw == MODEL_RAW_CLOSE)
			is_kept = check_close(layout);
		else if (layout->raw == MODEL_RAW_END && layout->depth)
			close_forgotten(layout, layout->depth, LX_NO_SPAN, "");
		else if (layout->raw == MODEL_RAW_OPEN || layout->raw == MODEL_RAW_CALL)
			is_too_deep(layout);
		if (lexer->is_recovering && layout->is_line_blank && layout->depth && !layout->closing &&
		    layout->raw != MODEL_RAW_CLOSE && layout->raw != MODEL_RAW_END)
			check_line_start(layout);
		layout->is_line_blank = false;
		if (lexer->diags->errors >= lexer->most_errors && !lexer->must_recover)
			layout->is_stopped = true;
	} while (!is_kept && !layout->is_stopped && !lexer->must_recover);
	layout->has_raw = true;
}

static int give_close(struct lx_layout *layout, union model_value *value, uint32_t end)
{
	value->end = layout->last_end = end;
	layout->is_item_open = true;
	layout->joins_next = false;
	return layout->groups[--layout->depth].close;
}

static int give_leaf(struct lx_layout *layout, union model_value *value)
{
	static const int tokens[] = {
	    [LX_NODE_WORD] = MODEL_WORD,     [LX_NODE_QUOTED] = MODEL_QUOTED,
	    [LX_NODE_NUMBER] = MODEL_NUMBER, [LX_NODE_STRING] = MODEL_STRING,
	    [LX_NODE_SQL] = MODEL_SQL,       [LX_NODE_BODY] = MODEL_BODY,
	    [LX_NODE_PUNCT] = MODEL_PUNCT,   [LX_NODE_ANNOTATION] = MODEL_ANNOTATION,
	};
	struct lx_node *node = value->node = layout->lexer.node;
	layout->is_after_annotation = node->kind == LX_NODE_ANNOTATION && layout->raw != MODEL_RAW_CALL;
	layout->joins_next = node->punct == ',' || node->punct == '>' || node->punct == '=';
	return layout->raw == MODEL_RAW_CALL ? MODEL_CALL : tokens[node->kind];
}

static int give_raw(struct lx_layout *layout, union model_value *value)
{
	bool is_after_annotation = layout->is_after_annotation;
	layout->has_raw = layout->is_new_line = layout->is_after_annotation = false;
	uint32_t end = lx_literal_span(&layout->lexer).end;
	if (layout->raw == MODEL_RAW_END)
		return MODEL_YYEOF;
	if (layout->raw == MODEL_RAW_CLOSE)
		return give_close(layout, value, end);
	layout->last_end = end;
	layout->is_item_open = true;
	if (layout->raw != MODEL_RAW_OPEN)
		return give_leaf(layout, value);
	struct lx_node *node = value->node = layout->lexer.node;
	if (node->kind == LX_NODE_PAREN && is_after_annotation)
		lx_report(layout->lexer.diags, LX_E0101, node->span,
			  "the arguments of an annotation begin on its line");
	open_group(layout, node);
	layout->joins_next = false;
	layout->is_item_open = node->kind != LX_NODE_BRACE;
	return node->kind == LX_NODE_BRACE ? '{' : node->kind == LX_NODE_BRACKET ? '[' : '(';
}

/* Whether the line end before the token that was read closes the item. */
static bool ends_item(struct lx_layout *layout)
{
	if (!layout->is_item_open || !layout->is_new_line || layout->joins_next)
		return false;
	if (layout->raw == MODEL_RAW_END || layout->raw == MODEL_RAW_CLOSE)
		return false;
	const struct lx_node *node = layout->lexer.node;
	if (node->kind == LX_NODE_ANNOTATION || is_clause(&layout->lexer))
		return false;
	if (node->kind != LX_NODE_BRACE || layout->depth)
		return true;
	struct lx_diag *diag = lx_report(layout->lexer.diags, LX_E0128, node->span, "'{' stands on a line of its own");
	lx_diag_help(layout->lexer.diags, diag, "put it at the end of the line before: a line is an item");
	return false;
}

static int give_newline(struct lx_layout *layout)
{
	layout->is_item_open = layout->is_new_line = layout->joins_next = layout->is_after_annotation = false;
	return MODEL_NEWLINE;
}

int model_yylex(union model_value *value, struct lx_layout *layout)
{
	if (!layout->has_raw && !layout->is_stopped)
		read_raw(layout);
	if (layout->lexer.must_recover)
		return MODEL_YYEOF; /* this reading is thrown away */
	if (layout->is_stopped && !layout->closing) {
		layout->raw = MODEL_RAW_END;
		layout->closing = layout->depth;
	}
	if (layout->closing) {
		layout->closing--;
		return give_close(layout, value, layout->last_end);
	}
	bool is_node = layout->raw != MODEL_RAW_END && layout->raw != MODEL_RAW_CLOSE;
	if (is_in_line_group(layout)) {
		if (layout->docs.length)
			lose_docs(layout, "a doc comment cannot stand inside brackets");
		return give_raw(layout, value);
	}
	if (layout->docs.length && !is_node)
		lose_docs(layout, "nothing follows this doc comment");
	if (layout->docs.length) {
		if (layout->is_item_open)
			return give_newline(layout);
		layout->is_new_line = false;
		value->doc = take_docs(layout);
		return MODEL_DOC;
	}
	return ends_item(layout) ? give_newline(layout) : give_raw(layout, value);
}

void lx_layout_fail(struct lx_layout *layout)
{
	if (layout->lexer.must_recover)
		return;
	layout->is_stopped = true;
	lx_report(layout->lexer.diags, LX_E0123, lx_literal_span(&layout->lexer),
		  "the text is nested too deeply to be read");
}
