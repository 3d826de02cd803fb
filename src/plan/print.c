/* A plan as the text of a revision.
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/buffer.h"
#include "plan/plan.h"

/* Notes are lexo's own sentences, one a line. */
static void print_note(struct lx_buffer *out, const char *note)
{
	while (note && *note) {
		size_t length = strcspn(note, "\n");
		lx_buffer_string(out, "-- ");
		lx_buffer_add(out, note, length);
		lx_buffer_char(out, '\n');
		note += length + (note[length] == '\n');
	}
}

void lx_plan_print(struct lx_buffer *out, const struct lx_plan *plan)
{
	bool is_transactional = true;
	LX_EACH (const struct lx_statement_text *, statement, &plan->statements) {
		if (statement_i)
			lx_buffer_char(out, '\n');
		if (is_transactional && !statement->is_transactional)
			lx_buffer_string(out, "-- lexo:step transaction=none\n\n");
		is_transactional = statement->is_transactional;
		print_note(out, statement->note);
		lx_buffer_string(out, statement->sql);
		lx_buffer_string(out, ";\n");
	}
}
