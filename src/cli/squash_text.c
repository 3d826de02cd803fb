/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/squash.h"

#include <string.h>

#include "base/arena.h"
#include "history/checksum.h"
#include "history/sql_scan.h"

/* Does the SQL end with a semicolon?  One that another statement follows must. */
static bool is_closed(const struct lx_step *step)
{
	struct lx_sql_scanner scanner;
	struct lx_sql_token token;
	bool is_semicolon = false;
	lx_sql_scan_init(&scanner, step->sql, step->length);
	while (lx_sql_scan(&scanner, &token) != LX_SQL_END)
		is_semicolon = token.kind == LX_SQL_PUNCT && token.length == 1 && *token.start == ';';
	return is_semicolon;
}

static void add_step(struct lx_buffer *out, const struct lx_step *step)
{
	const char *sql = step->sql;
	size_t length = step->length;
	while (length && (*sql == '\n' || *sql == '\r')) {
		sql++;
		length--;
	}
	while (length && strchr(" \t\r\n", sql[length - 1]))
		length--;
	lx_buffer_add(out, sql, length);
	lx_buffer_string(out, is_closed(step) ? "\n" : "\n;\n"); /* behind a comment it would be a part of it */
}

/* After a step outside a transaction there is no way back into one. */
static void add_section(struct lx_buffer *out, const struct lx_revision *revision, const struct lx_section *section,
			bool *is_outside)
{
	lx_buffer_printf(out, "%s-- %s%s%s\n", out->length ? "\n" : "", revision->id, *revision->message ? ": " : "",
			 revision->message);
	for (size_t i = 0; i < section->step_count; i++) {
		*is_outside |= !section->steps[i].is_transactional;
		if (*is_outside)
			lx_buffer_string(out, "-- lexo:step transaction=none\n");
		add_step(out, &section->steps[i]);
	}
}

static void warn_outside(struct lx_cli *cli, const struct lx_revision *revision, const char *way)
{
	lx_cli_warn(cli, "lexo.squash", "%s: from %s on statements run outside a transaction, one by one", way,
		    revision->id);
}

static const char *find_irreversible(const struct lx_squash *squash)
{
	struct lx_arena *arena = squash->cli->arena;
	for (size_t i = 0; i < squash->members.count; i++) {
		const struct lx_revision *revision = squash->members.items[i];
		if (revision->irreversible)
			return lx_arena_printf(arena, "%s: %s", revision->id,
					       *revision->irreversible ? revision->irreversible : "it says so");
		if (!revision->downgrade.is_present)
			return lx_arena_printf(arena, "%s has no downgrade", revision->id);
	}
	return NULL;
}

void lx_squash_print(const struct lx_squash *squash, struct lx_buffer *upgrade, struct lx_buffer *downgrade,
		     const char **irreversible)
{
	const struct lx_revision_set *members = &squash->members;
	bool is_outside = false, was_outside = false;
	for (size_t i = 0; i < members->count; i++) {
		add_section(upgrade, members->items[i], &members->items[i]->upgrade, &is_outside);
		if (is_outside && !was_outside && i + 1 < members->count)
			warn_outside(squash->cli, members->items[i], "upgrade");
		was_outside = is_outside;
	}
	*irreversible = find_irreversible(squash);
	is_outside = was_outside = false;
	for (size_t i = members->count; !*irreversible && i-- > 0;) {
		add_section(downgrade, members->items[i], &members->items[i]->downgrade, &is_outside);
		if (is_outside && !was_outside && i)
			warn_outside(squash->cli, members->items[i], "downgrade");
		was_outside = is_outside;
	}
}

const char *lx_squash_replaces(const struct lx_squash *squash)
{
	struct lx_buffer line = LX_BUFFER_INIT;
	for (size_t i = 0; i < squash->members.count; i++) {
		const struct lx_revision *revision = squash->members.items[i];
		bool is_last = revision == squash->last;
		for (size_t j = 0; j < revision->replaced_count; j++) {
			const struct lx_replaced *replaced = &revision->replaced[j];
			bool is_whole = is_last && replaced->chain;
			lx_buffer_printf(&line, "%s%s%s%s", line.length ? " " : "", replaced->id, is_whole ? ":" : "",
					 is_whole ? replaced->chain : "");
		}
		lx_buffer_printf(&line, "%s%s%s%s", line.length ? " " : "", revision->id, is_last ? ":" : "",
				 is_last ? revision->chain : "");
	}
	const char *copy = lx_arena_string(squash->cli->arena, lx_buffer_text(&line));
	lx_buffer_free(&line);
	return copy;
}
