/* Checking what is written down: history rows, head row and heads against each other.
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "runtime/engine_private.h"

static enum lx_status damaged(struct lx_fail *fail, const char *seq, const char *problem)
{
	lx_fail(fail, LX_CHECKSUM, "L0422", "the history in the database was changed by hand: row %s %s", seq, problem);
	lx_fail_help(fail, "compare with a backup; what the tables of the application hold is not touched by this");
	return LX_CHECKSUM;
}

static enum lx_status verify_row(const PGresult *rows, int row, const char *previous, struct lx_fail *fail)
{
	char content[65], hash[65];
	const char *seq = PQgetvalue(rows, row, LX_ROW_SEQ), *values[LX_RECORD_COLUMNS];
	for (int i = 0; i < LX_RECORD_COLUMNS; i++)
		values[i] = PQgetisnull(rows, row, i) ? NULL : PQgetvalue(rows, row, i);
	if (strtoll(seq, NULL, 10) != row + 1)
		return damaged(fail, seq, "is not the next one: a row is missing");
	if (strcmp(PQgetvalue(rows, row, LX_ROW_PREVIOUS), previous) != 0)
		return damaged(fail, seq, "does not follow the one before it");
	if (!lx_record_content(values, seq, previous, content) ||
	    !lx_record_seal(content, PQgetvalue(rows, row, LX_ROW_AT), PQgetvalue(rows, row, LX_ROW_DB_USER), hash))
		return lx_engine_no_memory(fail);
	return strcmp(hash, PQgetvalue(rows, row, LX_ROW_HASH)) == 0 ? LX_OK
								     : damaged(fail, seq, "is not what lexo wrote");
}

static enum lx_status verify_rows(const struct lx_state *state, const PGresult *rows, struct lx_fail *fail)
{
	char zeros[65] = "0000000000000000000000000000000000000000000000000000000000000000";
	const char *previous = zeros;
	int count = PQntuples(rows);
	for (int i = 0; i < count; i++) {
		enum lx_status status = verify_row(rows, i, previous, fail);
		if (status != LX_OK)
			return status;
		previous = PQgetvalue(rows, i, LX_ROW_HASH);
	}
	/* the head row was read with the rows, so that a runner at work meanwhile does not make them differ */
	int64_t last = count ? strtoll(PQgetvalue(rows, 0, LX_ROW_HEAD_SEQ), NULL, 10) : state->seq;
	const char *hash = count ? PQgetvalue(rows, 0, LX_ROW_HEAD_HASH) : state->hash;
	return last == count && strcmp(hash, previous) == 0
		   ? LX_OK
		   : damaged(fail, "1", "to the last do not end where the head row says");
}

enum lx_status lx_rows_read(struct lx_engine *engine, PGresult **rows, struct lx_fail *fail)
{
	struct lx_buffer sql = LX_BUFFER_INIT;
	lx_buffer_string(&sql, "SELECT ");
	for (int i = 0; i < LX_RECORD_COLUMNS; i++)
		lx_buffer_printf(&sql, "x.%s, ", lx_record_names[i].name);
	lx_buffer_printf(&sql,
			 "x.seq, pg_catalog.to_char(pg_catalog.timezone('UTC', x.applied_at), '" LX_RECORD_TIME
			 "'), x.db_user, x.previous_hash, x.hash, h.seq, h.hash FROM %s.history x, %s.head h "
			 "ORDER BY x.seq",
			 engine->schema, engine->schema);
	*rows = lx_buffer_ok(&sql) ? PQexec(engine->conn, lx_buffer_text(&sql)) : NULL;
	lx_buffer_free(&sql);
	enum lx_status status =
	    PQresultStatus(*rows) == PGRES_TUPLES_OK
		? verify_rows(&engine->state, *rows, fail)
		: lx_pg_fail(fail, LX_FAILED, "L0414", engine->conn, *rows, "cannot read the version tables");
	if (status != LX_OK) {
		PQclear(*rows);
		*rows = NULL;
	}
	return status;
}

/* The heads are where the events since the last stamp lead: what went up last is applied, what came down is not. */
static enum lx_status verify_heads(const struct lx_history *history, const struct lx_revision_set *current,
				   const PGresult *rows, struct lx_fail *fail)
{
	unsigned char *applied = lx_arena_try_alloc(history->arena, history->count + 1);
	unsigned char *seen = lx_arena_try_alloc(history->arena, history->count + 1);
	if (!applied || !seen)
		return lx_engine_no_memory(fail);
	lx_history_mark(history, current, applied);
	bool is_stamp = false;
	for (int i = PQntuples(rows); i-- > 0 && !is_stamp;) {
		const struct lx_revision *revision =
		    lx_history_applied(history, PQgetvalue(rows, i, LX_RECORD_REVISION));
		bool is_downgrade = strcmp(PQgetvalue(rows, i, LX_RECORD_EVENT), "downgrade") == 0;
		is_stamp = strcmp(PQgetvalue(rows, i, LX_RECORD_EVENT), "stamp") == 0;
		if (!revision || seen[revision->index])
			continue;
		seen[revision->index] = 1;
		if (applied[revision->index] == is_downgrade)
			return damaged(fail, PQgetvalue(rows, i, LX_ROW_SEQ), "says otherwise than the table revision");
	}
	for (size_t i = 0; !is_stamp && i < history->count; i++)
		if (applied[i] && !seen[i])
			return damaged(fail, "1", "to the last do not name all that is applied");
	return LX_OK;
}

enum lx_status lx_engine_verify(struct lx_engine *engine, const struct lx_history *history, size_t *rows_out,
				struct lx_fail *fail)
{
	struct lx_revision_set current;
	PGresult *rows = NULL;
	*rows_out = 0;
	lx_state_free(&engine->state);
	enum lx_status status = lx_engine_state(engine, &engine->state, fail);
	if (status != LX_OK || !engine->state.has_tables)
		return status;
	status = lx_rows_read(engine, &rows, fail);
	if (status == LX_OK)
		status = lx_engine_match(engine, history, &engine->state, &current, fail);
	if (status == LX_OK)
		status = verify_heads(history, &current, rows, fail);
	*rows_out = status == LX_OK ? (size_t)PQntuples(rows) : 0;
	PQclear(rows);
	return status;
}
