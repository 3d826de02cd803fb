/* SPDX-License-Identifier: Apache-2.0 */
#include <stdbool.h>
#include <string.h>

#include "base/buffer.h"
#include "history/revision.h"

/* One line, whatever is in TEXT. */
static void add_line(struct lx_buffer *out, const char *word, const char *text)
{
	lx_buffer_printf(out, "-- lexo:%-8s ", word);
	for (; *text; text++)
		lx_buffer_char(out, (unsigned char)*text < ' ' || *text == 127 ? ' ' : *text);
	while (out->length && lx_buffer_ok(out) && out->data[out->length - 1] == ' ')
		lx_buffer_truncate(out, out->length - 1);
	lx_buffer_char(out, '\n');
}

static void add_names(struct lx_buffer *out, const char *word, const char *const *names, const char *none)
{
	if (!names || !*names) {
		if (none)
			add_line(out, word, none);
		return;
	}
	lx_buffer_printf(out, "-- lexo:%-8s", word);
	for (; *names; names++)
		lx_buffer_printf(out, " %s", *names);
	lx_buffer_char(out, '\n');
}

static void add_section(struct lx_buffer *out, const char *word, const char *sql)
{
	size_t length = strlen(sql);
	lx_buffer_printf(out, "\n-- lexo:%s\n", word);
	lx_buffer_add(out, sql, length);
	if (length && sql[length - 1] != '\n')
		lx_buffer_char(out, '\n');
}

void lx_revision_print(struct lx_buffer *out, const struct lx_revision_draft *draft)
{
	add_line(out, "revision", draft->id);
	add_names(out, "revises", draft->revises, "<base>");
	add_line(out, "message", draft->message ? draft->message : "");
	if (draft->created)
		add_line(out, "created", draft->created);
	if (draft->state)
		add_line(out, "state", draft->state);
	add_names(out, "beside", draft->beside, NULL);
	add_names(out, "depends-on", draft->depends_on, NULL);
	add_names(out, "branch", draft->labels, NULL);
	if (draft->replaces)
		add_line(out, "replaces", draft->replaces);
	if (draft->irreversible)
		add_line(out, "irreversible", draft->irreversible);
	add_section(out, "upgrade", draft->upgrade ? draft->upgrade : "");
	if (draft->downgrade)
		add_section(out, "downgrade", draft->downgrade);
}

/* --- one line --------------------------------------------------------------------------------------------------------
 */

static bool begins(const char *line, const char *word)
{
	return strncmp(line, word, strlen(word)) == 0;
}

static const char *next_line(const char *line)
{
	line += strcspn(line, "\n");
	return *line ? line + 1 : line;
}

/* The header's line of WORD, or where a new one goes: behind the last directive. */
static const char *find_line(const char *text, const char *word, bool *is_there)
{
	static const char prefix[] = "-- lexo:", bom[] = "\xef\xbb\xbf";
	size_t length = strlen(word);
	const char *place = text, *line = begins(text, bom) ? text + sizeof bom - 1 : text;
	*is_there = false;
	for (; *line && !begins(line, "-- lexo:upgrade"); line = next_line(line)) {
		const char *own = line + sizeof prefix - 1;
		if (!begins(line, prefix))
			continue;
		*is_there = begins(own, word) && strchr(" \t\r\n", own[length]);
		if (*is_there)
			return line;
		place = next_line(line);
	}
	return place;
}

void lx_revision_print_line(struct lx_buffer *out, const char *text, const char *word, const char *value)
{
	bool is_there;
	const char *place = find_line(text, word, &is_there), *rest = is_there ? next_line(place) : place;
	lx_buffer_add(out, text, (size_t)(place - text));
	if (value) {
		const char *end = strchr(text, '\n');
		lx_buffer_printf(out, "-- lexo:%-8s %s%s", word, value, end > text && end[-1] == '\r' ? "\r\n" : "\n");
	}
	lx_buffer_string(out, rest);
}
