/* SPDX-License-Identifier: Apache-2.0 */
#include "base/conflict.h"

#include <stdbool.h>
#include <string.h>

enum { MARK = 7 };

static bool is_mark(const char *line, const char *end, const char *mark)
{
	return end - line >= MARK && memcmp(line, mark, MARK) == 0 &&
	       (end - line == MARK || strchr(" \r\n", line[MARK]));
}

static const char *next_line(const char *line, const char *end)
{
	const char *newline = memchr(line, '\n', (size_t)(end - line));
	return newline ? newline + 1 : end;
}

const char *lx_conflict_find(const char *text, size_t length)
{
	const char *end = text + length;
	for (const char *line = text; line < end; line = next_line(line, end))
		if (is_mark(line, end, "<<<<<<<") || is_mark(line, end, ">>>>>>>"))
			return line;
	return NULL;
}

const char *lx_conflict_end(const char *start, const char *end)
{
	for (const char *line = start; line < end; line = next_line(line, end))
		if (is_mark(line, end, ">>>>>>>"))
			return next_line(line, end);
	return end;
}
