/* SPDX-License-Identifier: Apache-2.0 */
#include "history/revision.h"

#include <string.h>

#include "base/arena.h"
#include "base/conflict.h"
#include "base/utf8.h"
#include "history/checksum.h"
#include "history/directive.h"
#include "history/statements.h"

void lx_revision_position(const struct lx_revision *revision, const char *at, unsigned *line, unsigned *column)
{
	const char *start = revision->text;
	*line = 1;
	for (const char *p = revision->text; p < at; p++)
		if (*p == '\n' || (*p == '\r' && p[1] != '\n')) {
			++*line;
			start = p + 1;
		}
	*column = 1;
	for (const char *p = start; p < at; ++*column)
		p += lx_utf8_step(p, (size_t)(revision->text + revision->length - p), NULL);
}

static enum lx_status no_memory(struct lx_fail *fail)
{
	return lx_fail(fail, LX_FAILED, "L0105", "out of memory");
}

bool lx_revision_id_ok(const char *id, size_t length, const char **why)
{
	static const char *const reserved[] = {"head", "heads", "base", "current"};
	*why = NULL;
	if (length == 0 || length > LX_REVISION_ID_LIMIT)
		*why = "an id has 1 to 128 bytes";
	for (size_t i = 0; !*why && i < length; i++) {
		unsigned char c = (unsigned char)id[i];
		if (c <= ' ' || c == 127 || strchr("@-+:,/\\<>\"'", c))
			*why = "white space, control characters and @ - + : , / \\ < > have a meaning of their own in "
			       "identifiers";
	}
	for (size_t i = 0; !*why && i < sizeof reserved / sizeof *reserved; i++)
		if (length == strlen(reserved[i]) && memcmp(id, reserved[i], length) == 0)
			*why = "head, heads, base and current are words of their own";
	return !*why;
}

static bool is_newline(char c)
{
	return c == '\n' || c == '\r';
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\f' || c == '\v';
}

/* "lexo:" in any case. */
static bool begins_like_directive(const char *text, const char *end)
{
	static const char word[] = "lexo:";
	size_t i = 0;
	while (word[i] && text + i < end && (text[i] | 0x20) == word[i])
		i++;
	return !word[i];
}

/* The line comment at START runs to END.  A directive is one that begins its line with "-- lexo:"; what only looks like
 * one is refused, since a misspelt directive must not be taken for a remark. */
static enum lx_status read_comment(struct lx_revision_parser *parser, const char *start, const char *end,
				   const char *limit)
{
	static const char prefix[] = "-- lexo:";
	const char *text = parser->revision->text, *p = start + 2;
	while (p < end && (is_blank(*p) || *p == '-'))
		p++;
	if (!begins_like_directive(p, end))
		return LX_OK;
	bool at_line_start = start == text || is_newline(start[-1]) || (start == text + 3 && start[-1] == (char)0xbf);
	if (!at_line_start || strncmp(start, prefix, sizeof prefix - 1) != 0) {
		lx_fail(parser->fail, LX_FAILED, "L0301", "this comment looks like a directive but is none");
		return lx_revision_place(parser, start,
					 "a directive begins its line with \"-- lexo:\", written exactly so");
	}
	struct lx_directive directive = {.start = start, .word = start + sizeof prefix - 1, .end = end};
	for (p = directive.word; p < end && !is_blank(*p); p++)
		directive.word_length++;
	while (p < end && is_blank(*p))
		p++;
	directive.value = p;
	directive.value_length = (size_t)(end - p);
	while (directive.value_length && is_blank(p[directive.value_length - 1]))
		directive.value_length--;
	if (directive.end < limit && *directive.end == '\r')
		directive.end++;
	if (directive.end < limit && *directive.end == '\n')
		directive.end++;
	return lx_directive_read(parser, &directive);
}

/* Behind the block comment at P, which the scanner has found to end. */
static const char *skip_block(const char *p, const char *end)
{
	size_t depth = 0;
	for (; end - p >= 2; p++) {
		if (p[0] == '/' && p[1] == '*') {
			depth++;
			p++;
		} else if (p[0] == '*' && p[1] == '/') {
			p++;
			if (--depth == 0)
				return p + 1;
		}
	}
	return end;
}

/* Between two tokens there is white space and comments only. */
static enum lx_status read_gap(struct lx_revision_parser *parser, const char *p, const char *end)
{
	enum lx_status status = LX_OK;
	while (status == LX_OK && p < end) {
		if (end - p >= 2 && p[0] == '-' && p[1] == '-') {
			const char *stop = p;
			while (stop < end && !is_newline(*stop))
				stop++;
			status = read_comment(parser, p, stop, end);
			p = stop;
		} else if (end - p >= 2 && p[0] == '/' && p[1] == '*') {
			p = skip_block(p, end);
		} else {
			p++;
		}
	}
	return status;
}

static enum lx_status read_file(struct lx_revision_parser *parser, const char *text, size_t length)
{
	struct lx_sql_scanner scanner;
	struct lx_sql_token token;
	size_t bom = length >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
	const char *end = text + bom;
	lx_sql_scan_init(&scanner, text + bom, length - bom);
	for (;;) {
		lx_sql_scan(&scanner, &token);
		enum lx_status status = read_gap(parser, end, token.start);
		if (status != LX_OK)
			return status;
		if (token.kind == LX_SQL_END || (parser->is_outline && parser->part != LX_PART_HEADER))
			return lx_directive_close_step(parser, token.start);
		if (parser->part == LX_PART_HEADER) {
			lx_fail(parser->fail, LX_FAILED, "L0301", "SQL before -- lexo:upgrade");
			return lx_revision_place(
			    parser, token.start,
			    "a revision file begins with its header; SQL stands behind -- lexo:upgrade and -- "
			    "lexo:downgrade");
		}
		end = token.start + token.length;
	}
}

static enum lx_status refuse(const struct lx_revision_parser *parser, const struct lx_sql_statement *statement)
{
	const struct lx_sql_token *culprit = &statement->culprit;
	int length = (int)(culprit->length > 40 ? 40 : culprit->length);
	switch (statement->problem) {
	case LX_STATEMENT_FINE:
		return LX_OK;
	case LX_STATEMENT_BROKEN:
		lx_fail(parser->fail, LX_FAILED, "L0303", "the SQL cannot be read: %s", culprit->problem);
		return lx_revision_place(parser, culprit->start,
					 "complete the text; nothing of this history has been run");
	case LX_STATEMENT_BACKSLASH:
		lx_fail(parser->fail, LX_FAILED, "L0305", "psql commands cannot be run: %.*s", length, culprit->start);
		return lx_revision_place(
		    parser, culprit->start,
		    "a revision is sent to the server as it is; write what the command does as SQL, and put "
		    "the text of "
		    "included files here");
	case LX_STATEMENT_TRANSACTION:
		lx_fail(parser->fail, LX_FAILED, "L0304",
			"%.*s would leave the transaction that lexo runs this revision in", length, culprit->start);
		return lx_revision_place(
		    parser, culprit->start,
		    "remove it: lexo begins and commits by itself; what cannot run in a transaction goes behind a line "
		    "-- lexo:step transaction=none");
	case LX_STATEMENT_COPY:
		lx_fail(parser->fail, LX_FAILED, "L0306", "COPY from or to the client cannot be run in a revision");
		return lx_revision_place(parser, culprit->start,
					 "write the rows as INSERT … VALUES, or load them with psql afterwards");
	}
	return LX_FAILED;
}

/* Counts the statements, refuses what may not be there, drops empty steps. */
static enum lx_status check_section(const struct lx_revision_parser *parser, struct lx_section *section)
{
	size_t kept = 0;
	for (size_t i = 0; i < section->step_count; i++) {
		struct lx_step step = section->steps[i];
		struct lx_splitter splitter;
		struct lx_sql_statement statement;
		lx_split_init(&splitter, step.sql, step.length);
		while (lx_split_next(&splitter, &statement)) {
			enum lx_status status = refuse(parser, &statement);
			if (status != LX_OK)
				return status;
			step.statements++;
		}
		section->statements += step.statements;
		if (step.statements)
			section->steps[kept++] = step;
	}
	section->step_count = kept;
	return LX_OK;
}

static enum lx_status check_text(const struct lx_revision_parser *parser)
{
	const struct lx_revision *revision = parser->revision;
	const char *nul = memchr(revision->text, 0, revision->length);
	size_t valid = lx_utf8_valid(revision->text, revision->length);
	if (nul) {
		lx_fail(parser->fail, LX_FAILED, "L0302", "NUL byte in a revision file");
		return lx_revision_place(parser, nul,
					 "the file was cut or written in UTF-16; restore it, or save it as UTF-8");
	}
	const char *conflict = lx_conflict_find(revision->text, revision->length);
	if (conflict) {
		lx_fail(parser->fail, LX_FAILED, "L0301", "the revision holds a merge conflict");
		return lx_revision_place(parser, conflict,
					 "decide between the two versions and remove the lines of the marks");
	}
	if (valid == revision->length)
		return LX_OK;
	lx_fail(parser->fail, LX_FAILED, "L0302", "the byte 0x%02x is no valid UTF-8",
		(unsigned)(unsigned char)revision->text[valid]);
	return lx_revision_place(parser, revision->text + valid, "save the file as UTF-8");
}

static enum lx_status check_whole(const struct lx_revision_parser *parser)
{
	const struct lx_revision *revision = parser->revision;
	const char *missing = !revision->id                                  ? "-- lexo:revision ID"
			      : !(parser->seen & 1u << LX_DIRECTIVE_REVISES) ? "-- lexo:revises PARENT (or <base>)"
			      : !revision->upgrade.is_present                ? "-- lexo:upgrade"
									     : NULL;
	if (!missing)
		return LX_OK;
	lx_fail(parser->fail, LX_FAILED, "L0301", "the line %s is missing", missing);
	return lx_revision_place(parser, revision->text,
				 "the file is no revision, or was cut; restore it from version control");
}

static enum lx_status parse(struct lx_arena *arena, const char *path, const char *text, size_t length, bool is_outline,
			    struct lx_revision **revision, struct lx_fail *fail)
{
	struct lx_fail unused = {0};
	struct lx_revision_parser parser = {.arena = arena, .fail = fail ? fail : &unused, .is_outline = is_outline};
	parser.revision = lx_arena_try_alloc(arena, sizeof **revision);
	char *shown = parser.revision ? lx_arena_try_alloc(arena, strlen(path) + 1) : NULL;
	if (!shown)
		return no_memory(fail);
	memcpy(shown, path, strlen(path));
	parser.revision->path = shown;
	parser.revision->text = text;
	parser.revision->length = length;
	parser.revision->message = "";
	enum lx_status status = check_text(&parser);
	if (status == LX_OK)
		status = read_file(&parser, text, length);
	if (status == LX_OK)
		status = check_whole(&parser);
	*revision = parser.revision;
	if (status != LX_OK || is_outline)
		return status;
	status = check_section(&parser, &parser.revision->upgrade);
	if (status == LX_OK)
		status = check_section(&parser, &parser.revision->downgrade);
	if (status == LX_OK && !lx_checksum_revision(arena, parser.revision))
		status = no_memory(fail);
	return status;
}

enum lx_status lx_revision_parse(struct lx_arena *arena, const char *path, const char *text, size_t length,
				 struct lx_revision **revision, struct lx_fail *fail)
{
	return parse(arena, path, text, length, false, revision, fail);
}

enum lx_status lx_revision_outline(struct lx_arena *arena, const char *path, const char *text, size_t length,
				   struct lx_revision **revision, struct lx_fail *fail)
{
	enum lx_status status = parse(arena, path, text, length, true, revision, fail);
	if (status != LX_OK)
		return status;
	(*revision)->text = NULL;
	(*revision)->length = 0;
	(*revision)->upgrade = (*revision)->downgrade = (struct lx_section){0};
	return LX_OK;
}
