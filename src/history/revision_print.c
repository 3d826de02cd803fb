/* SPDX-License-Identifier: Apache-2.0 */
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
	add_names(out, "depends-on", draft->depends_on, NULL);
	add_names(out, "branch", draft->labels, NULL);
	if (draft->irreversible)
		add_line(out, "irreversible", draft->irreversible);
	add_section(out, "upgrade", draft->upgrade ? draft->upgrade : "");
	if (draft->downgrade)
		add_section(out, "downgrade", draft->downgrade);
}
