/* SPDX-License-Identifier: Apache-2.0 */
#include "history/sum.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/conflict.h"
#include "history/history.h"
#include "history/revision.h"

static const char first_line[] = "lexo.sum 1\n";

static enum lx_status bad_form(struct lx_fail *fail, const char *path, size_t line, size_t column, const char *problem)
{
	lx_fail(fail, LX_CHECKSUM, "L0307", "%s is not in its exact form: %s", path, problem);
	lx_fail_where(fail, "%s:%zu:%zu", path, line, column);
	lx_fail_help(
	    fail,
	    "lexo writes this file; restore it from version control, or look over the revisions and run: lexo hash");
	return LX_CHECKSUM;
}

/* Reads TAG and 64 digits at *P, steps over them. */
static bool read_hash(const char **p, const char *end, const char *tag, char hex[LX_SHA256_HEX])
{
	size_t length = strlen(tag);
	if ((size_t)(end - *p) < length + 64 || memcmp(*p, tag, length) != 0)
		return false;
	*p += length;
	for (size_t i = 0; i < 64; i++) {
		char c = (*p)[i];
		if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f')))
			return false;
		hex[i] = c;
	}
	hex[64] = 0;
	*p += 64;
	return true;
}

/* *P is at the line's start; on failure it is at the culprit. */
static const char *read_row(struct lx_arena *arena, const char **p, const char *end, struct lx_sum_row *row)
{
	const char *why, *space = memchr(*p, ' ', (size_t)(end - *p));
	size_t length = space ? (size_t)(space - *p) : 0;
	if (!space || !lx_revision_id_ok(*p, length, &why))
		return "a line begins with a revision id and a space";
	char *id = lx_arena_try_alloc(arena, length + 1);
	if (!id)
		return "out of memory";
	memcpy(id, *p, length);
	row->id = id;
	*p = space;
	if (!read_hash(p, end, " raw:", row->raw) || !read_hash(p, end, " tok:", row->tok) ||
	    !read_hash(p, end, " chain:", row->chain))
		return "behind the id stand raw:, tok: and chain:, each with 64 digits of lower-case hex";
	return *p == end ? NULL : "more text behind chain:";
}

static enum lx_status read_rows(struct lx_arena *arena, struct lx_sum *sum, const char *text, const char *end,
				struct lx_fail *fail)
{
	for (size_t line = 2; text < end; line++) {
		const char *newline = memchr(text, '\n', (size_t)(end - text)), *p = text;
		if (!newline)
			return bad_form(fail, sum->path, line, (size_t)(end - text) + 1,
					"the last line has no newline; it was cut");
		struct lx_sum_row *row = &sum->rows[sum->count];
		const char *problem = read_row(arena, &p, newline, row);
		if (problem)
			return bad_form(fail, sum->path, line, (size_t)(p - text) + 1, problem);
		row->line = line;
		sum->count++;
		text = newline + 1;
	}
	return LX_OK;
}

static int by_id(const void *a, const void *b)
{
	const struct lx_sum_row *left = a, *right = b;
	int order = strcmp(left->id, right->id);
	return order ? order : (left->line > right->line) - (left->line < right->line);
}

/* lexo writes the lines sorted; version control that joins two branches' lines (merge=union) may not. */
static enum lx_status sort_rows(struct lx_sum *sum, struct lx_fail *fail)
{
	qsort(sum->rows, sum->count, sizeof *sum->rows, by_id);
	for (size_t i = 1; i < sum->count; i++)
		if (strcmp(sum->rows[i - 1].id, sum->rows[i].id) == 0)
			return bad_form(fail, sum->path, sum->rows[i].line, 1, "this revision stands here twice");
	return LX_OK;
}

enum lx_status lx_sum_parse(struct lx_arena *arena, const char *path, const char *text, size_t length,
			    struct lx_sum **out, struct lx_fail *fail)
{
	size_t lines = 1;
	for (size_t i = 0; i < length; i++)
		lines += text[i] == '\n';
	struct lx_sum *sum = lx_arena_try_alloc(arena, sizeof *sum);
	char *shown = lx_arena_try_alloc(arena, strlen(path) + 1);
	if (!sum || !shown || !(sum->rows = lx_arena_try_alloc(arena, lines * sizeof *sum->rows)))
		return lx_fail(fail, LX_FAILED, "L0105", "out of memory");
	memcpy(shown, path, strlen(path));
	sum->path = shown;
	char *copy = lx_arena_try_alloc(arena, length + 1);
	if (!copy)
		return lx_fail(fail, LX_FAILED, "L0105", "out of memory");
	memcpy(copy, text, length);
	sum->text = copy;
	sum->length = length;
	*out = sum;
	const char *conflict = lx_conflict_find(text, length);
	if (conflict) {
		size_t line = 1;
		for (const char *p = text; p < conflict; p++)
			line += *p == '\n';
		lx_fail(fail, LX_CHECKSUM, "L0307", "%s holds a merge conflict", path);
		lx_fail_where(fail, "%s:%zu:1", path, line);
		lx_fail_help(fail, "both sides are right when both revisions stay: look them over and run: lexo hash");
		return LX_CHECKSUM;
	}
	if (length < sizeof first_line - 1 || memcmp(text, first_line, sizeof first_line - 1) != 0)
		return bad_form(fail, path, 1, 1, "the first line is not \"lexo.sum 1\"");
	enum lx_status status = read_rows(arena, sum, text + sizeof first_line - 1, text + length, fail);
	return status == LX_OK ? sort_rows(sum, fail) : status;
}

static bool is_id_byte(char c)
{
	return c && !strchr("_-.", c);
}

bool lx_sum_names(const struct lx_sum *sum, const char *name)
{
	for (size_t i = 0; i < sum->count; i++) {
		size_t length = strlen(sum->rows[i].id);
		for (const char *at = name; (at = strstr(at, sum->rows[i].id)); at++)
			if ((at == name || !is_id_byte(at[-1])) && !is_id_byte(at[length]))
				return true;
	}
	return false;
}

bool lx_sum_print(struct lx_buffer *out, const struct lx_history *history)
{
	lx_buffer_string(out, first_line);
	for (size_t i = 0; i < history->count; i++) {
		const struct lx_revision *revision = history->by_id[i];
		lx_buffer_printf(out, "%s raw:%s tok:%s chain:%s\n", revision->id, revision->raw, revision->tok,
				 revision->chain);
	}
	return lx_buffer_ok(out);
}

const struct lx_sum_row *lx_sum_find(const struct lx_sum *sum, const char *id)
{
	size_t low = 0, high = sum->count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		int order = strcmp(sum->rows[middle].id, id);
		if (order == 0)
			return &sum->rows[middle];
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return NULL;
}

static enum lx_status changed(const struct lx_sum *sum, const struct lx_revision *revision,
			      const struct lx_sum_row *row, struct lx_fail *fail)
{
	bool own = strcmp(row->tok, revision->tok) != 0;
	lx_fail(
	    fail, LX_CHECKSUM, "L0308",
	    own ? "%s is not what %s says: its SQL or its header was changed (tok:%s, expected tok:%s)"
		: "%s does not stand where %s says: another revision before it is meant (chain:%s, expected chain:%s)",
	    revision->path, sum->path, own ? revision->tok : revision->chain, own ? row->tok : row->chain);
	unsigned line = 1, column = 1;
	if (own && revision->upgrade.step_count)
		lx_revision_position(revision, revision->upgrade.steps[0].sql, &line, &column);
	lx_fail_where(fail, "%s:%u:%u", revision->path, line, column);
	lx_fail_help(
	    fail,
	    "nothing was run. If the change was not wanted, restore the file (git diff shows it). If it was, and no "
	    "database has this revision yet, run: lexo hash");
	return LX_CHECKSUM;
}

static enum lx_status verify_one(const struct lx_sum *sum, const struct lx_revision *revision, lx_sum_warning *warn,
				 void *context, struct lx_fail *fail)
{
	const struct lx_sum_row *row = lx_sum_find(sum, revision->id);
	if (!row) {
		lx_fail(fail, LX_CHECKSUM, "L0309", "%s is not in %s", revision->path, sum->path);
		lx_fail_where(fail, "%s:1:1", revision->path);
		lx_fail_help(fail, "look the file over, then run: lexo hash");
		return LX_CHECKSUM;
	}
	if (strcmp(row->tok, revision->tok) != 0 || strcmp(row->chain, revision->chain) != 0)
		return changed(sum, revision, row, fail);
	if (strcmp(row->raw, revision->raw) != 0 && warn)
		warn(context, revision->path,
		     "white space, comments, the message or the date changed since lexo.sum was written; the SQL did "
		     "not");
	return LX_OK;
}

enum lx_status lx_sum_verify(const struct lx_sum *sum, const struct lx_history *history, lx_sum_warning *warn,
			     void *context, struct lx_fail *fail)
{
	for (size_t i = 0; i < history->count; i++) {
		enum lx_status status = verify_one(sum, history->revisions[i], warn, context, fail);
		if (status != LX_OK)
			return status;
	}
	for (size_t i = 0; i < sum->count; i++) {
		if (lx_history_get(history, sum->rows[i].id))
			continue;
		lx_fail(fail, LX_CHECKSUM, "L0309", "the file of revision %s is missing: %s lists it", sum->rows[i].id,
			sum->path);
		lx_fail_where(fail, "%s:%zu:1", sum->path, i + 2);
		lx_fail_help(fail,
			     "restore the file from version control; if it was removed on purpose, run: lexo hash --force");
		return LX_CHECKSUM;
	}
	return LX_OK;
}
