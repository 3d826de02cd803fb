/* What a history row keeps of a revision, and a revision made of it again: so that a checkout that does not have the
 * file can still take it back.
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "runtime/engine_private.h"

static char *copy(const struct lx_history *history, struct lx_buffer *text)
{
	char *copy = lx_buffer_ok(text) ? lx_arena_try_alloc(history->arena, text->length + 1) : NULL;
	if (copy && text->length)
		memcpy(copy, text->data, text->length);
	lx_buffer_free(text);
	return copy;
}

/* --- keeping -------------------------------------------------------------------------------------------------------
 */

static const char *join_ids(const struct lx_history *history, struct lx_revision *const *items, size_t count)
{
	struct lx_buffer text = LX_BUFFER_INIT;
	for (size_t i = 0; i < count; i++)
		lx_buffer_printf(&text, "%s%s", i ? " " : "", items[i]->id);
	return copy(history, &text);
}

static const char *join_names(const struct lx_history *history, const struct lx_names *names)
{
	struct lx_buffer text = LX_BUFFER_INIT;
	for (size_t i = 0; i < names->count; i++)
		lx_buffer_printf(&text, "%s%s", i ? " " : "", names->items[i]);
	return copy(history, &text);
}

/* As lexo squash writes the line. */
static const char *join_replaced(const struct lx_history *history, const struct lx_revision *revision)
{
	struct lx_buffer text = LX_BUFFER_INIT;
	for (size_t i = 0; i < revision->replaced_count; i++) {
		const struct lx_replaced *replaced = &revision->replaced[i];
		lx_buffer_printf(&text, "%s%s%s%s", i ? " " : "", replaced->id, replaced->chain ? ":" : "",
				 replaced->chain ? replaced->chain : "");
	}
	return copy(history, &text);
}

/* The section as text again. */
static const char *section_text(const struct lx_history *history, const struct lx_section *section)
{
	struct lx_buffer text = LX_BUFFER_INIT;
	for (size_t i = 0; i < section->step_count; i++) {
		if (!section->steps[i].is_transactional)
			lx_buffer_string(&text, "-- lexo:step transaction=none\n");
		lx_buffer_add(&text, section->steps[i].sql, section->steps[i].length);
	}
	return copy(history, &text);
}

struct lx_record lx_record_base(const char *event)
{
	static const char *const none[] = {NULL};
	return (struct lx_record){.event = event,
				  .revision = LX_BASE_ID,
				  .message = "",
				  .raw = "",
				  .tok = "",
				  .chain = "",
				  .upgrade_tok = "",
				  .revises = "",
				  .depends_on = "",
				  .labels = "",
				  .gone = none,
				  .come = none};
}

bool lx_keep_record(const struct lx_history *history, const struct lx_revision *revision, struct lx_record *record)
{
	const char *downgrade = section_text(history, &revision->downgrade);
	record->revision = revision->id;
	record->message = revision->message;
	record->raw = revision->raw;
	record->tok = revision->tok;
	record->chain = revision->chain;
	record->upgrade_tok = revision->upgrade.tok;
	record->revises = join_ids(history, revision->parents, revision->revises.count);
	record->depends_on = join_ids(history, revision->dependencies, revision->depends_on.count);
	record->labels = join_names(history, &revision->labels);
	const char *replaces = join_replaced(history, revision);
	record->replaces = revision->replaced_count ? replaces : NULL;
	record->irreversible = revision->irreversible;
	record->downgrade_sql = revision->downgrade.is_present ? downgrade : NULL;
	return downgrade && replaces && record->revises && record->depends_on && record->labels;
}

/* --- and made of it again ------------------------------------------------------------------------------------------
 */

struct keep {
	struct lx_history *history;
	const PGresult *rows;
	const char **wanted; /* ids */
	size_t wanted_count, capacity;
};

int lx_keep_find_row(const PGresult *rows, const char *id)
{
	for (int i = PQntuples(rows); i-- > 0;)
		if (strcmp(PQgetvalue(rows, i, LX_RECORD_REVISION), id) == 0 &&
		    strcmp(PQgetvalue(rows, i, LX_RECORD_EVENT), "downgrade") != 0)
			return i;
	return -1;
}

/* Among them those that are not linked yet, which lx_history_get() does not find. */
static bool is_known(const struct lx_history *history, const char *id)
{
	for (size_t i = 0; i < history->count; i++)
		if (strcmp(history->revisions[i]->id, id) == 0)
			return true;
	return lx_history_former(history, id) != NULL;
}

static bool push(struct keep *keep, const char *id)
{
	if (keep->wanted_count == keep->capacity) {
		size_t capacity = keep->capacity ? 2 * keep->capacity : 16;
		const char **wanted = realloc(keep->wanted, capacity * sizeof *wanted);
		if (!wanted)
			return false;
		keep->wanted = wanted;
		keep->capacity = capacity;
	}
	keep->wanted[keep->wanted_count++] = id;
	return true;
}

/* The words of TEXT, NULL-terminated, in the history's memory; NULL: out of memory. */
static const char **split(const struct lx_history *history, const char *text)
{
	size_t length = strlen(text), count = 0;
	char *words = lx_arena_try_alloc(history->arena, length + 1), *rest = NULL;
	const char **items = lx_arena_try_alloc(history->arena, (length / 2 + 2) * sizeof *items);
	if (!words || !items)
		return NULL;
	memcpy(words, text, length);
	for (char *word = strtok_r(words, " ", &rest); word; word = strtok_r(NULL, " ", &rest))
		items[count++] = word;
	return items;
}

static const char *column(const PGresult *rows, int row, enum lx_record_column which)
{
	return PQgetisnull(rows, row, (int)which) ? NULL : PQgetvalue(rows, row, (int)which);
}

static enum lx_status not_usable(const char *id, const char *problem, struct lx_fail *fail)
{
	lx_fail(fail, LX_CHECKSUM, "L0450", "revision %s is in no file, and what the database keeps of it %s", id,
		problem);
	lx_fail_help(fail, "nothing was run; bring the revision's file, for example from the branch that was deployed");
	return LX_CHECKSUM;
}

static enum lx_status add_text(struct keep *keep, int row, struct lx_buffer *text, struct lx_fail *fail)
{
	const char *id = PQgetvalue(keep->rows, row, LX_RECORD_REVISION);
	char path[LX_REVISION_ID_LIMIT + 64];
	snprintf(path, sizeof path, "row %s of the history in the database", PQgetvalue(keep->rows, row, LX_ROW_SEQ));
	char *shown = lx_arena_try_alloc(keep->history->arena, strlen(path) + 1);
	if (!shown || !lx_buffer_ok(text)) {
		lx_buffer_free(text);
		return lx_engine_no_memory(fail);
	}
	memcpy(shown, path, strlen(path));
	struct lx_fail problem = {0};
	if (lx_history_add(keep->history, shown, text->data, text->length, &problem) != LX_OK)
		return strcmp(problem.code, "L0105") == 0 ? lx_engine_no_memory(fail)
							  : not_usable(id, "cannot be read as a revision", fail);
	struct lx_revision *revision = keep->history->revisions[keep->history->count - 1];
	revision->is_kept = true;
	snprintf(revision->raw, sizeof revision->raw, "%s", PQgetvalue(keep->rows, row, LX_RECORD_RAW));
	snprintf(revision->tok, sizeof revision->tok, "%s", PQgetvalue(keep->rows, row, LX_RECORD_TOK));
	snprintf(revision->upgrade.tok, sizeof revision->upgrade.tok, "%s",
		 PQgetvalue(keep->rows, row, LX_RECORD_UPGRADE_TOK));
	return LX_OK;
}

static enum lx_status unknown(const char *id, struct lx_fail *fail)
{
	lx_fail(fail, LX_REVISION, "L0411",
		"the database is at revision %s, which no file is and no history row tells of", id);
	lx_fail_help(fail, "bring the revision's file; or, if you know what the database holds: lexo stamp --purge "
			   "REVISION");
	return LX_REVISION;
}

static enum lx_status make_revision(struct keep *keep, const char *id, struct lx_fail *fail)
{
	const PGresult *rows = keep->rows;
	int row = lx_keep_find_row(rows, id);
	if (row < 0)
		return unknown(id, fail);
	const char **revises = split(keep->history, PQgetvalue(rows, row, LX_RECORD_REVISES));
	const char **depends_on = split(keep->history, PQgetvalue(rows, row, LX_RECORD_DEPENDS_ON));
	const char **labels = split(keep->history, PQgetvalue(rows, row, LX_RECORD_LABELS));
	if (!revises || !depends_on || !labels)
		return lx_engine_no_memory(fail);
	struct lx_buffer text = LX_BUFFER_INIT;
	lx_revision_print(&text, &(struct lx_revision_draft){.id = id,
							     .revises = revises,
							     .depends_on = depends_on,
							     .labels = labels,
							     .replaces = column(rows, row, LX_RECORD_REPLACES),
							     .message = PQgetvalue(rows, row, LX_RECORD_MESSAGE),
							     .irreversible = column(rows, row, LX_RECORD_IRREVERSIBLE),
							     .downgrade = column(rows, row, LX_RECORD_DOWNGRADE_SQL)});
	for (const char **need = revises; *need; need++)
		if (!push(keep, *need))
			text.failed = true;
	for (const char **need = depends_on; *need; need++)
		if (!push(keep, *need))
			text.failed = true;
	return add_text(keep, row, &text, fail);
}

/* The chain that was applied covers id, parents, upgrade and downgrade: what is kept must lead to it again. */
static enum lx_status check_chains(const struct keep *keep, struct lx_fail *fail)
{
	for (size_t i = 0; i < keep->history->count; i++) {
		const struct lx_revision *revision = keep->history->revisions[i];
		int row = revision->is_kept ? lx_keep_find_row(keep->rows, revision->id) : -1;
		if (row >= 0 && strcmp(PQgetvalue(keep->rows, row, LX_RECORD_CHAIN), revision->chain) != 0)
			return not_usable(revision->id, "does not lead to the checksum that was applied", fail);
	}
	return LX_OK;
}

static enum lx_status make_all(struct keep *keep, struct lx_fail *fail)
{
	enum lx_status status = LX_OK;
	while (status == LX_OK && keep->wanted_count) {
		const char *id = keep->wanted[--keep->wanted_count];
		if (!is_known(keep->history, id))
			status = make_revision(keep, id, fail);
	}
	if (status == LX_OK)
		status = lx_history_link(keep->history, fail);
	return status == LX_OK ? check_chains(keep, fail) : status;
}

enum lx_status lx_keep_load(struct lx_engine *engine, struct lx_history *history, struct lx_fail *fail)
{
	struct keep keep = {.history = history};
	PGresult *rows = NULL;
	bool ok = true;
	for (size_t i = 0; i < engine->state.head_count; i++)
		if (!lx_history_applied(history, engine->state.heads[i].id))
			ok = ok && push(&keep, engine->state.heads[i].id);
	enum lx_status status = ok ? LX_OK : lx_engine_no_memory(fail);
	if (status == LX_OK && keep.wanted_count) {
		status = lx_rows_read(engine, &rows, fail);
		keep.rows = rows;
		if (status == LX_OK)
			status = make_all(&keep, fail);
	}
	PQclear(rows);
	free(keep.wanted);
	return status;
}
