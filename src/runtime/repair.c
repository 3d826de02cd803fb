/* Putting right what is known to be meant: an applied revision that was edited and reviewed, indexes that were left
 * INVALID, a runner that hangs.  Each is a row of the history.
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "runtime/engine_private.h"

/* --- an edit that is accepted --------------------------------------------------------------------------------------
 */

struct repair {
	struct lx_engine *engine;
	const struct lx_history *history;
	const struct lx_revision_set *accepted;
	const char *reason;
	struct lx_record *records;
	size_t count;
};

static enum lx_status not_edited(const struct lx_revision *revision, const char *problem, struct lx_fail *fail)
{
	lx_fail(fail, LX_REVISION, "L0451", "there is no edit of revision %s to accept: %s", revision->id, problem);
	lx_fail_help(fail, "lexo verify --db says which revision is not what was applied");
	return LX_REVISION;
}

static enum lx_status not_accepted(const struct lx_revision *revision, struct lx_fail *fail)
{
	lx_fail(fail, LX_CHECKSUM, "L0410", "revision %s was edited too, and is not among those to accept",
		revision->id);
	lx_fail_where(fail, "%s", revision->path);
	lx_fail_help(fail, "nothing was changed; restore the file, or when its edit was reviewed as well, name it too");
	return LX_CHECKSUM;
}

static bool is_among(const struct lx_revision_set *set, const struct lx_revision *revision)
{
	for (size_t i = 0; i < set->count; i++)
		if (set->items[i] == revision)
			return true;
	return false;
}

/* An edit changes the chain of what stands on it too: that is brought along. */
static enum lx_status add_record(struct repair *repair, const struct lx_revision *revision, const PGresult *rows,
				 struct lx_fail *fail)
{
	int row = lx_keep_find_row(rows, revision->id);
	bool is_named = is_among(repair->accepted, revision);
	bool is_same = row < 0 || strcmp(PQgetvalue(rows, row, LX_RECORD_CHAIN), revision->chain) == 0;
	bool is_edited = !is_same && strcmp(PQgetvalue(rows, row, LX_RECORD_TOK), revision->tok) != 0;
	if (is_named && !is_edited)
		return not_edited(
		    revision,
		    row < 0 ? "no row of the history says what was applied" : "its file says what was applied", fail);
	if (is_edited && !is_named)
		return not_accepted(revision, fail);
	if (is_same)
		return LX_OK;
	struct lx_record *record = &repair->records[repair->count++];
	char *former = lx_arena_try_alloc(repair->history->arena, 65);
	*record = lx_record_base("repair");
	if (!former || !lx_keep_record(repair->history, revision, record))
		return lx_engine_no_memory(fail);
	snprintf(former, 65, "%s", PQgetvalue(rows, row, LX_RECORD_CHAIN));
	record->former_chain = former;
	record->reason = is_edited ? repair->reason : "stands on an edit that was accepted";
	return LX_OK;
}

static enum lx_status collect(struct repair *repair, const PGresult *rows, struct lx_fail *fail)
{
	const struct lx_history *history = repair->history;
	const struct lx_state *state = &repair->engine->state;
	unsigned char *applied = lx_arena_try_alloc(history->arena, history->count + 1);
	repair->records = lx_arena_try_alloc(history->arena, (history->count + 1) * sizeof *repair->records);
	repair->count = 0;
	if (!applied || !repair->records)
		return lx_engine_no_memory(fail);
	for (size_t i = 0; i < state->head_count; i++) {
		struct lx_revision *head = lx_history_applied(history, state->heads[i].id);
		if (!head)
			return lx_fail(fail, LX_REVISION, "L0411",
				       "the database is at revision %s, which no file is: nothing was accepted",
				       state->heads[i].id);
		lx_history_mark(history, &(struct lx_revision_set){&head, 1}, applied);
	}
	for (size_t i = 0; i < repair->accepted->count; i++)
		if (!applied[repair->accepted->items[i]->index])
			return not_edited(repair->accepted->items[i], "it is not applied", fail);
	enum lx_status status = LX_OK;
	for (size_t i = 0; status == LX_OK && i < history->count; i++)
		if (applied[i])
			status = add_record(repair, history->revisions[i], rows, fail);
	return status;
}

static enum lx_status accept(void *context, struct lx_fail *fail)
{
	struct repair *repair = context;
	PGresult *rows = NULL;
	if (repair->engine->state.open_steps)
		return lx_engine_part_done(fail);
	enum lx_status status = lx_rows_read(repair->engine, &rows, fail);
	if (status == LX_OK)
		status = collect(repair, rows, fail);
	PQclear(rows);
	return status == LX_OK ? lx_record_alone(repair->engine, repair->records, repair->count, "the repair", fail)
			       : status;
}

enum lx_status lx_engine_accept(struct lx_engine *engine, const struct lx_history *history,
				const struct lx_revision_set *revisions, const char *reason, size_t *rows,
				struct lx_fail *fail)
{
	struct repair repair = {.engine = engine, .history = history, .accepted = revisions, .reason = reason};
	enum lx_status status = lx_history_verify(history, NULL, NULL, fail);
	if (status == LX_OK)
		status = lx_session_run(engine, accept, &repair, fail);
	*rows = status == LX_OK ? repair.count : 0;
	return status;
}

/* --- indexes -------------------------------------------------------------------------------------------------------
 */

struct rebuild {
	struct lx_engine *engine;
	const char *reason;
	size_t *count;
};

enum { INDEX_NAME, INDEX_IS_LEFTOVER, INDEX_BUILDER };

/* What a failed build left behind; *_ccnew and *_ccold are of a REINDEX CONCURRENTLY.  An index whose parts on
 * partitions are not all attached is not one of them. */
static PGresult *list_invalid(struct lx_engine *engine)
{
	return PQexec(
	    engine->conn,
	    "SELECT pg_catalog.format('%I.%I', n.nspname, c.relname), c.relname ~ '_cc(new|old)[0-9]*$', p.pid "
	    "FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid "
	    "JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace "
	    "LEFT JOIN pg_catalog.pg_stat_progress_create_index p ON p.index_relid = i.indexrelid "
	    "WHERE NOT (i.indisvalid AND i.indisready) AND c.relkind = 'i' AND c.relpersistence <> 't' "
	    "AND n.nspname <> 'pg_toast' ORDER BY 1");
}

static enum lx_status run_statement(struct lx_engine *engine, const char *what, const char *name, struct lx_fail *fail)
{
	struct lx_buffer sql = LX_BUFFER_INIT;
	PGresult *error = NULL, *result;
	lx_buffer_printf(&sql, "%s INDEX CONCURRENTLY %s", what, name);
	int sent = lx_buffer_ok(&sql) ? PQsendQuery(engine->conn, lx_buffer_text(&sql)) : 0;
	lx_buffer_free(&sql);
	while (sent && (result = lx_pg_result(engine->conn, lx_engine_is_stopped, engine))) {
		if (!error && PQresultStatus(result) != PGRES_COMMAND_OK)
			error = result;
		else
			PQclear(result);
	}
	if (sent && !error && !lx_pg_lost(engine->conn))
		return LX_OK;
	char doing[256];
	snprintf(doing, sizeof doing, "cannot %s index %s", *what == 'D' ? "drop" : "rebuild", name);
	enum lx_status status = lx_pg_fail(fail, LX_FAILED, "L0452", engine->conn, error, doing);
	if (fail && !*fail->help)
		lx_fail_help(fail,
			     "mend the cause and run the command again; it goes on with the indexes that are left");
	PQclear(error);
	return status;
}

static enum lx_status note(struct rebuild *rebuild, const char *name, const char *done, struct lx_fail *fail)
{
	struct lx_record record = lx_record_base("repair");
	char message[256];
	snprintf(message, sizeof message, "index %s %s", name, done);
	record.message = message;
	record.reason = rebuild->reason;
	enum lx_status status = lx_record_alone(rebuild->engine, &record, 1, "the repair", fail);
	if (status == LX_OK)
		++*rebuild->count;
	lx_engine_emit(rebuild->engine, &(struct lx_event){.kind = LX_EVENT_REPAIRED, .text = message});
	return status;
}

static enum lx_status rebuild_one(struct rebuild *rebuild, const PGresult *rows, int row, struct lx_fail *fail)
{
	const char *name = PQgetvalue(rows, row, INDEX_NAME);
	bool is_leftover = *PQgetvalue(rows, row, INDEX_IS_LEFTOVER) == 't';
	if (!PQgetisnull(rows, row, INDEX_BUILDER)) {
		char text[256];
		snprintf(text, sizeof text, "index %s is left alone: process %s is building it", name,
			 PQgetvalue(rows, row, INDEX_BUILDER));
		lx_engine_emit(rebuild->engine, &(struct lx_event){.kind = LX_EVENT_WARNING, .text = text});
		return LX_OK;
	}
	/* the transaction that wrote the row before has its own settings */
	enum lx_status status = lx_session_pin(rebuild->engine, fail);
	if (status == LX_OK)
		status = run_statement(rebuild->engine, is_leftover ? "DROP" : "REINDEX", name, fail);
	return status == LX_OK ? note(rebuild, name, is_leftover ? "dropped" : "rebuilt", fail) : status;
}

/* A rebuild that failed leaves a *_ccnew of its own. */
static void drop_leftovers(struct rebuild *rebuild)
{
	PGresult *rows = lx_pg_lost(rebuild->engine->conn) ? NULL : list_invalid(rebuild->engine);
	for (int i = 0; PQresultStatus(rows) == PGRES_TUPLES_OK && i < PQntuples(rows); i++)
		if (*PQgetvalue(rows, i, INDEX_IS_LEFTOVER) == 't')
			rebuild_one(rebuild, rows, i, NULL);
	PQclear(rows);
}

static enum lx_status rebuild_all(void *context, struct lx_fail *fail)
{
	struct rebuild *rebuild = context;
	struct lx_engine *engine = rebuild->engine;
	if (engine->is_pooled) {
		lx_fail(fail, LX_REFUSED, "L0420",
			"indexes are rebuilt outside a transaction, and this connection goes through a pooler");
		lx_fail_help(fail, "connect to the server itself; nothing was changed");
		return LX_REFUSED;
	}
	PGresult *rows = list_invalid(engine);
	enum lx_status status =
	    PQresultStatus(rows) == PGRES_TUPLES_OK
		? LX_OK
		: lx_pg_fail(fail, LX_FAILED, "L0418", engine->conn, rows, "cannot look for invalid indexes");
	for (int i = 0; status == LX_OK && i < PQntuples(rows); i++)
		status = rebuild_one(rebuild, rows, i, fail);
	PQclear(rows);
	if (status != LX_OK)
		drop_leftovers(rebuild);
	return status;
}

enum lx_status lx_engine_rebuild(struct lx_engine *engine, const char *reason, size_t *count, struct lx_fail *fail)
{
	struct rebuild rebuild = {engine, reason, count};
	*count = 0;
	return lx_session_run(engine, rebuild_all, &rebuild, fail);
}

/* --- a runner that hangs -------------------------------------------------------------------------------------------
 */

struct unlock {
	struct lx_engine *engine;
	const struct lx_record *record;
};

static enum lx_status note_unlock(void *context, struct lx_fail *fail)
{
	const struct unlock *unlock = context;
	return lx_record_alone(unlock->engine, unlock->record, 1, "the row about it", fail);
}

enum lx_status lx_engine_unlock(struct lx_engine *engine, int pid, const char *reason, struct lx_fail *fail)
{
	char holder[256], message[300];
	struct lx_fail problem = {0};
	enum lx_status status = lx_pg_lock_end(engine->conn, engine->lock_key, pid, holder, sizeof holder, fail);
	if (status != LX_OK)
		return status;
	snprintf(message, sizeof message, "ended %s", holder);
	struct lx_record record = lx_record_base("unlock");
	record.message = message;
	record.reason = reason;
	status = lx_session_run(engine, note_unlock, &(struct unlock){engine, &record}, &problem);
	if (status == LX_OK) {
		lx_engine_emit(engine, &(struct lx_event){.kind = LX_EVENT_REPAIRED, .text = message});
		return LX_OK;
	}
	lx_fail(fail, status, problem.code, "%s was ended, but no row of the history says so: %s", holder,
		problem.message);
	lx_fail_help(fail, "%s", problem.help);
	return status;
}
