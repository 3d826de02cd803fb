/* Checking what is written down: history rows, head row and heads against each other.
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "runtime/engine_private.h"

enum column { SEQ, EVENT, REVISION, MESSAGE, RAW, TOK, CHAIN, DOWNGRADE, PREVIOUS, HASH };

static enum lx_status damaged(struct lx_fail *fail, const char *seq, const char *problem)
{
	lx_fail(fail, LX_CHECKSUM, "L0422", "the history in the database was changed by hand: row %s %s", seq, problem);
	lx_fail_help(fail, "compare with a backup; what the tables of the application hold is not touched by this");
	return LX_CHECKSUM;
}

static enum lx_status verify_row(const PGresult *rows, int row, const char *previous, struct lx_fail *fail)
{
	char hash[65];
	const char *seq = PQgetvalue(rows, row, SEQ);
	struct lx_record record = {.event = PQgetvalue(rows, row, EVENT),
				   .revision = PQgetvalue(rows, row, REVISION),
				   .message = PQgetvalue(rows, row, MESSAGE),
				   .raw = PQgetvalue(rows, row, RAW),
				   .tok = PQgetvalue(rows, row, TOK),
				   .chain = PQgetvalue(rows, row, CHAIN),
				   .downgrade_sql = PQgetvalue(rows, row, DOWNGRADE)};
	if (strtoll(seq, NULL, 10) != row + 1)
		return damaged(fail, seq, "is not the next one: a row is missing");
	if (strcmp(PQgetvalue(rows, row, PREVIOUS), previous) != 0)
		return damaged(fail, seq, "does not follow the one before it");
	if (!lx_record_hash(&record, row + 1, previous, hash))
		return lx_engine_no_memory(fail);
	return strcmp(hash, PQgetvalue(rows, row, HASH)) == 0 ? LX_OK : damaged(fail, seq, "is not what lexo wrote");
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
		previous = PQgetvalue(rows, i, HASH);
	}
	if (state->seq != count || strcmp(state->hash, previous) != 0)
		return damaged(fail, "1", "to the last do not end where the head row says");
	return LX_OK;
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
		const struct lx_revision *revision = lx_history_applied(history, PQgetvalue(rows, i, REVISION));
		bool is_downgrade = strcmp(PQgetvalue(rows, i, EVENT), "downgrade") == 0;
		is_stamp = strcmp(PQgetvalue(rows, i, EVENT), "stamp") == 0;
		if (!revision || seen[revision->index])
			continue;
		seen[revision->index] = 1;
		if (applied[revision->index] == is_downgrade)
			return damaged(fail, PQgetvalue(rows, i, SEQ), "says otherwise than the table revision");
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
	if (status == LX_OK)
		status = verify_rows(&engine->state, rows, fail);
	if (status == LX_OK)
		status = lx_engine_match(engine, history, &engine->state, &current, fail);
	if (status == LX_OK)
		status = verify_heads(history, &current, rows, fail);
	*rows_out = status == LX_OK ? (size_t)PQntuples(rows) : 0;
	PQclear(rows);
	return status;
}
