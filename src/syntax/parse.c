/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/conflict.h"
#include "base/utf8.h"
#include "model_parser.h"
#include "syntax/ast.h"
#include "syntax/layout.h"

static int by_place(const void *a, const void *b)
{
	const struct lx_comment *one = a, *other = b;
	return one->span.start < other->span.start ? -1 : one->span.start > other->span.start;
}

void lx_layout_finish(struct lx_layout *layout, struct lx_items items)
{
	struct lx_file *file = layout->file;
	file->items = items.first;
	/* doc comments that turned out to document nothing were added late */
	if (file->comment_count)
		qsort(file->comments, file->comment_count, sizeof *file->comments, by_place);
}

/* Length of the prefix of TEXT that is printable ASCII, tabs and line ends. */
static size_t plain_prefix(const char *text, size_t length)
{
	size_t i = 0;
	for (; i < length; i++) {
		unsigned char c = (unsigned char)text[i];
		if (c >= 0x7f || (c < 0x20 && c != '\n' && c != '\t'))
			break;
	}
	return i;
}

static void report_control(struct lx_diags *diags, uint32_t file, uint32_t offset, unsigned char c)
{
	struct lx_span span = {file, offset, offset + 1};
	if (c == '\r') {
		struct lx_diag *diag = lx_report(diags, LX_E0111, span, "a carriage return that does not end a line");
		lx_diag_help(diags, diag, "lines end with a line feed, or a carriage return and a line feed");
		return;
	}
	struct lx_diag *diag = lx_report(diags, LX_E0111, span, "control character 0x%02X at byte %u", c, offset);
	if (c)
		lx_diag_help(diags, diag, "remove it; in SQL it can be written as an escape: `E'\\x%02X'`", c);
	else
		lx_diag_help(diags, diag, "remove it; PostgreSQL cannot keep it in text either");
}

/* Characters that make text look different from what it is: embeddings, overrides and isolates of direction. */
static bool is_direction(uint32_t c)
{
	return (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
}

/* Where two changes met, what stands there twice and half would be reported as much else. */
static bool check_conflicts(struct lx_diags *diags, uint32_t file, const struct lx_source *source)
{
	const char *text = source->text, *end = text + source->length, *at = lx_conflict_find(text, source->length);
	if (!at)
		return true;
	while (at) {
		uint32_t offset = (uint32_t)(at - text);
		struct lx_diag *diag = lx_report(diags, LX_E0130, (struct lx_span){file, offset, offset + 7},
						 "a merge conflict that is not resolved");
		lx_diag_help(diags, diag, "decide between the two versions and remove the lines of the marks");
		at = lx_conflict_end(at, end);
		at = lx_conflict_find(at, (size_t)(end - at));
	}
	return false;
}

/* Reports what is not text.  False: the file is not to be read at all. */
static bool check_text(struct lx_diags *diags, uint32_t file, const struct lx_source *source)
{
	enum { MOST_SHOWN = 10 };
	size_t valid = lx_utf8_valid(source->text, source->length);
	if (valid < source->length) {
		struct lx_span span = {file, (uint32_t)valid, (uint32_t)valid + 1};
		struct lx_diag *diag = lx_report(diags, LX_E0110, span, "byte 0x%02X at offset %zu is not UTF-8",
						 (unsigned)(unsigned char)source->text[valid], valid);
		lx_diag_help(diags, diag, "save the file as UTF-8");
		return false;
	}
	if (!check_conflicts(diags, file, source))
		return false;
	int shown = 0;
	for (uint32_t i = 0; i < source->length && shown < MOST_SHOWN;) {
		i += (uint32_t)plain_prefix(source->text + i, source->length - i);
		if (i >= source->length)
			break;
		uint32_t c, step = (uint32_t)lx_utf8_step(source->text + i, source->length - i, &c);
		if (is_direction(c)) {
			lx_report(diags, LX_W0102, (struct lx_span){file, i, i + step},
				  "an invisible character (U+%04X) changes the direction of the text", c);
			shown++;
		} else if (c <= 0x7f && !(c == '\r' && source->text[i + 1] == '\n')) {
			report_control(diags, file, i, (unsigned char)c);
			shown++;
		}
		i += step;
	}
	return true;
}

static void read_file(struct lx_layout *layout, struct lx_arena *arena, struct lx_diags *diags, struct lx_file *file,
		      const struct lx_source *source, bool is_recovering)
{
	static const char mark[] = "\xef\xbb\xbf"; /* of byte order: some editors write it */
	bool has_mark = source->length >= 3 && memcmp(source->text, mark, 3) == 0;
	const unsigned char *text = (const unsigned char *)source->text;
	*file = (struct lx_file){.file = file->file};
	*layout = (struct lx_layout){
	    .lexer = {.start = text,
		      .limit = text + source->length,
		      .cursor = text + (has_mark ? 3 : 0),
		      .arena = arena,
		      .diags = diags,
		      .file = file->file,
		      .bad_end = UINT32_MAX,
		      .most_errors = diags->errors + LX_DIAG_CAP,
		      .most_warnings = diags->warnings + LX_DIAG_CAP,
		      .is_recovering = is_recovering},
	    .file = file,
	    .is_line_blank = true,
	    .line_start = has_mark ? 3 : 0,
	};
	model_yyparse(layout);
}

struct lx_file *lx_parse(struct lx_arena *arena, struct lx_diags *diags, uint32_t file)
{
	struct lx_file *result = LX_NEW(arena, struct lx_file);
	result->file = file;
	const struct lx_source *source = lx_diags_source_of(diags, file);
	if (!source)
		return result;
	if (source->length > LX_SYNTAX_SIZE) {
		struct lx_diag *diag = lx_report(diags, LX_E0112, (struct lx_span){file, 0, 0},
						 "the file is larger than %d MiB", LX_SYNTAX_SIZE >> 20);
		lx_diag_help(diags, diag, "split it and import the parts");
		result->is_refused = true;
		return result;
	}
	if (!check_text(diags, file, source)) {
		result->is_refused = true;
		return result;
	}
	struct lx_layout *layout = LX_NEW(arena, struct lx_layout);
	struct lx_diags before = *diags;
	read_file(layout, arena, diags, result, source, false);
	if (layout->lexer.must_recover) {
		/* Something is not closed.  A plain reading would blame the end of the file, so forget what it said and
		 * read again with guesses from the layout of the lines. */
		*diags = before;
		read_file(layout, arena, diags, result, source, true);
	}
	return result;
}

bool lx_file_check_version(struct lx_diags *diags, const struct lx_file *file)
{
	if (file->is_refused)
		return false;
	const struct lx_item *item = file->items;
	const struct lx_node *word = item ? item->first : NULL;
	if (!word || word->kind != LX_NODE_WORD || strcmp(word->text, "lexo") != 0) {
		struct lx_span place = item ? item->span : (struct lx_span){file->file, 0, 0};
		if (item && item->doc)
			place.start = item->doc_span.start;
		struct lx_diag *diag =
		    lx_report(diags, LX_E0124, (struct lx_span){file->file, place.start, place.start},
			      "the first line must be 'lexo 1'");
		lx_diag_help(diags, diag, "it says which version of the language the file is written in");
		lx_diag_fix(diags, diag, (struct lx_span){file->file, place.start, place.start}, "lexo 1\n\n",
			    "insert the version line");
		return false;
	}
	const struct lx_node *number = word->next;
	if (!number || number->kind != LX_NODE_NUMBER || strcmp(number->text, "1") != 0) {
		struct lx_span place =
		    number ? number->span : (struct lx_span){file->file, word->span.end, word->span.end};
		struct lx_diag *diag = lx_report(diags, LX_E0125, place,
						 "this is not a version of the language that "
						 "lexo %s can read",
						 "0.1");
		lx_diag_help(diags, diag, "this lexo reads version 1; write 'lexo 1', or use a newer lexo");
		return false;
	}
	if (number->next) {
		struct lx_diag *diag = lx_report(diags, LX_E0102, number->next->span, "nothing can follow the version");
		lx_diag_help(diags, diag, "the first line is: lexo 1");
		return false;
	}
	return true;
}
