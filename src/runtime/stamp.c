/* Writing down what is applied without running it, and checking what is written down.
 * SPDX-License-Identifier: Apache-2.0 */
#include "runtime/engine_private.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "history/path.h"

static const char base_id[] = "<base>";

static enum lx_status write_record(struct lx_engine *engine, const struct lx_record *record, struct lx_fail *fail)
{
	struct lx_buffer sql = LX_BUFFER_INIT;
	char xid[32] = "", hash[65];
	lx_session_begin(engine, &sql);
	PGresult *result = lx_buffer_ok(&sql) ? PQexec(engine->conn, lx_buffer_text(&sql)) : NULL;
	enum lx_status status = LX_OK;
	if (PQresultStatus(result) == PGRES_TUPLES_OK)
		snprintf(xid, sizeof xid, "%s", PQgetvalue(result, 0, 0));
	else
		status = lx_pg_fail(fail, LX_FAILED, "L0418", engine->conn, result, "cannot begin a transaction");
	PQclear(result);
	lx_buffer_free(&sql);
	if (status == LX_OK)
		status = lx_record_write(engine, record, xid, hash, fail);
	if (status == LX_OK)
		status = lx_record_commit(engine, xid, "the stamp", fail);
	if (status != LX_OK) {
		lx_engine_rollback(engine);
		return status;
	}
	return lx_record_apply(engine, record, hash, fail);
}

static void emit(struct lx_engine *engine, const char *from, const struct lx_revision *to)
{
	lx_engine_emit(engine, &(struct lx_event){.kind = LX_EVENT_RUNNING,
						  .verb = "stamp_revision",
						  .revision = to ? to->id : base_id,
						  .from = from,
						  .to = to ? to->id : "",
						  .message = to ? to->message : "",
						  .number = 1,
						  .total = 1});
}

static const struct lx_applied *find_applied(const struct lx_state *state, const struct lx_revision *revision)
{
	for (size_t i = 0; i < state->head_count; i++)
		if (strcmp(state->heads[i].id, revision->id) == 0)
			return &state->heads[i];
	return NULL;
}

static bool is_among(const struct lx_revision_set *set, const char *id)
{
	for (size_t i = 0; i < set->count; i++)
		if (strcmp(set->items[i]->id, id) == 0)
			return true;
	return false;
}

/* What a stamp changes. */
struct stamp {
	struct lx_revision_set tips; /* after it: first those that were named, then those that stay */
	size_t named;
	const char **gone; /* copies of ids, NULL-terminated: the state changes under way */
	const char *from;  /* the same for the log line */
};

static enum lx_status find_gone(const struct lx_engine *engine, const struct lx_history *history, struct stamp *stamp,
				struct lx_fail *fail)
{
	const struct lx_state *state = &engine->state;
	struct lx_buffer ids = LX_BUFFER_INIT;
	size_t count = 0;
	stamp->gone = lx_arena_try_alloc(history->arena, (state->head_count + 1) * sizeof *stamp->gone);
	for (size_t i = 0; stamp->gone && i < state->head_count; i++) {
		const char *id = state->heads[i].id;
		char *copy = is_among(&stamp->tips, id) ? NULL : lx_arena_try_alloc(history->arena, strlen(id) + 1);
		if (!copy)
			continue;
		lx_buffer_printf(&ids, "%s%s", count ? ", " : "", id);
		memcpy(copy, id, strlen(id));
		stamp->gone[count++] = copy;
	}
	char *from = lx_buffer_ok(&ids) ? lx_arena_try_alloc(history->arena, ids.length + 1) : NULL;
	if (from && ids.length)
		memcpy(from, ids.data, ids.length);
	lx_buffer_free(&ids);
	stamp->from = from;
	return stamp->gone && from ? LX_OK : lx_engine_no_memory(fail);
}

/* REVISION (NULL: base) becomes a tip, or is one whose checksum is to be taken as it is now; GONE go with it. */
static enum lx_status write_one(struct lx_engine *engine, const struct lx_revision *revision, const char *const *gone,
				const char *from, struct lx_fail *fail)
{
	bool is_new = revision && !find_applied(&engine->state, revision);
	const char *come[2] = {is_new ? revision->id : NULL, NULL};
	struct lx_record record = {.event = "stamp",
				   .revision = revision ? revision->id : base_id,
				   .message = revision ? revision->message : "",
				   .raw = revision ? revision->raw : "",
				   .tok = revision ? revision->tok : "",
				   .chain = revision ? revision->chain : "",
				   .gone = gone,
				   .come = come};
	emit(engine, from, revision);
	return write_record(engine, &record, fail);
}

/* One history row for each revision that comes; the first also takes away those that go. */
static enum lx_status write_stamp(struct lx_engine *engine, const struct stamp *stamp, struct lx_fail *fail)
{
	static const char *const none[] = {NULL};
	const char *const *gone = stamp->gone;
	const char *from = stamp->from;
	enum lx_status status = LX_OK;
	for (size_t i = 0; status == LX_OK && i < stamp->named; i++) {
		const struct lx_revision *revision = stamp->tips.items[i];
		const struct lx_applied *applied = find_applied(&engine->state, revision);
		if (applied && strcmp(applied->chain, revision->chain) == 0)
			continue;
		status = write_one(engine, revision, gone, from, fail);
		gone = none;
		from = "";
	}
	return status == LX_OK && gone[0] ? write_one(engine, NULL, gone, from, fail) : status;
}

static enum lx_status read_current(struct lx_engine *engine, const struct lx_history *history, bool purge,
				   struct lx_revision_set *current, struct lx_fail *fail)
{
	current->items = lx_arena_try_alloc(history->arena, (engine->state.head_count + 1) * sizeof *current->items);
	current->count = 0;
	if (!current->items)
		return lx_engine_no_memory(fail);
	for (size_t i = 0; !purge && i < engine->state.head_count; i++) {
		struct lx_revision *revision = lx_history_get(history, engine->state.heads[i].id);
		if (!revision) {
			lx_fail(fail, LX_REVISION, "L0411", "the database is at revision %s, which is not known here",
				engine->state.heads[i].id);
			lx_fail_help(
			    fail, "to forget it, if you are sure what the database holds: lexo stamp --purge REVISION");
			return LX_REVISION;
		}
		current->items[current->count++] = revision;
	}
	return LX_OK;
}

/* A part-applied revision is neither applied nor not: only a purge may drop the matter. */
static enum lx_status forget_journal(struct lx_engine *engine, bool purge, struct lx_fail *fail)
{
	struct lx_buffer sql = LX_BUFFER_INIT;
	if (!engine->state.open_steps)
		return LX_OK;
	if (!purge) {
		lx_fail(fail, LX_PARTIAL, "L0408", "a revision is part applied");
		lx_fail_help(
		    fail,
		    "finish it with lexo upgrade head; or, if you mended the database by hand, stamp with --purge");
		return LX_PARTIAL;
	}
	lx_buffer_printf(&sql, "DELETE FROM %s.step", engine->schema);
	enum lx_status status = lx_buffer_ok(&sql)
				    ? lx_engine_execute(engine, lx_buffer_text(&sql), "cannot clear the journal", fail)
				    : lx_engine_no_memory(fail);
	lx_buffer_free(&sql);
	return status;
}

enum lx_status lx_engine_stamp(struct lx_engine *engine, const struct lx_history *history, const char *const *targets,
			       size_t target_count, bool purge, struct lx_fail *fail)
{
	struct lx_revision_set current = {NULL, 0};
	struct stamp stamp = {0};
	enum lx_status status = lx_history_verify(history, NULL, NULL, fail);
	if (status == LX_OK)
		status = lx_session_lock(engine, fail);
	if (status == LX_OK && !engine->state.has_tables) {
		status = lx_tables_ensure(engine, fail);
		if (status == LX_OK)
			status = lx_engine_state(engine, &engine->state, fail);
	}
	if (status == LX_OK)
		status = read_current(engine, history, purge, &current, fail);
	if (status == LX_OK)
		status = lx_path_stamp(history, &current, targets, target_count, &stamp.tips, &stamp.named, fail);
	if (status == LX_OK)
		status = find_gone(engine, history, &stamp, fail);
	if (status == LX_OK)
		status = forget_journal(engine, purge, fail);
	return status == LX_OK ? write_stamp(engine, &stamp, fail) : status;
}

static enum lx_status damaged(struct lx_fail *fail, const char *seq, const char *problem)
{
	lx_fail(fail, LX_CHECKSUM, "L0422", "the history in the database was changed by hand: row %s %s", seq, problem);
	lx_fail_help(fail, "compare with a backup; what the tables of the application hold is not touched by this");
	return LX_CHECKSUM;
}

static enum lx_status verify_row(const PGresult *rows, int row, const char *previous, struct lx_fail *fail)
{
	char hash[65];
	const char *seq = PQgetvalue(rows, row, 0);
	struct lx_record record = {.event = PQgetvalue(rows, row, 1),
				   .revision = PQgetvalue(rows, row, 2),
				   .message = PQgetvalue(rows, row, 3),
				   .raw = PQgetvalue(rows, row, 4),
				   .tok = PQgetvalue(rows, row, 5),
				   .chain = PQgetvalue(rows, row, 6),
				   .downgrade_sql = PQgetvalue(rows, row, 7)};
	if (strtoll(seq, NULL, 10) != row + 1)
		return damaged(fail, seq, "is not the next one: a row is missing");
	if (strcmp(PQgetvalue(rows, row, 8), previous) != 0)
		return damaged(fail, seq, "does not follow the one before it");
	if (!lx_record_hash(&record, row + 1, previous, hash))
		return lx_engine_no_memory(fail);
	return strcmp(hash, PQgetvalue(rows, row, 9)) == 0 ? LX_OK : damaged(fail, seq, "is not what lexo wrote");
}

enum lx_status lx_engine_verify(struct lx_engine *engine, const struct lx_history *history, size_t *rows_out,
				struct lx_fail *fail)
{
	struct lx_revision_set current;
	struct lx_buffer sql = LX_BUFFER_INIT;
	*rows_out = 0;
	lx_state_free(&engine->state);
	enum lx_status status = lx_engine_state(engine, &engine->state, fail);
	if (status != LX_OK || !engine->state.has_tables)
		return status;
	lx_buffer_printf(
	    &sql,
	    "SELECT seq, event, revision, message, raw, tok, chain, downgrade_sql, previous_hash, hash FROM %s.history "
	    "ORDER BY seq",
	    engine->schema);
	PGresult *rows = lx_buffer_ok(&sql) ? PQexec(engine->conn, lx_buffer_text(&sql)) : NULL;
	lx_buffer_free(&sql);
	if (PQresultStatus(rows) != PGRES_TUPLES_OK)
		status = lx_pg_fail(fail, LX_FAILED, "L0414", engine->conn, rows, "cannot read the version tables");
	char zeros[65] = "0000000000000000000000000000000000000000000000000000000000000000";
	const char *previous = zeros;
	int count = status == LX_OK ? PQntuples(rows) : 0;
	for (int i = 0; status == LX_OK && i < count; i++) {
		status = verify_row(rows, i, previous, fail);
		previous = PQgetvalue(rows, i, 9);
	}
	if (status == LX_OK && (engine->state.seq != count || strcmp(engine->state.hash, previous) != 0))
		status = damaged(fail, "1", "to the last do not end where the head row says");
	*rows_out = (size_t)count;
	PQclear(rows);
	return status == LX_OK ? lx_engine_match(engine, history, &engine->state, &current, fail) : status;
}
