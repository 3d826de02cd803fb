/* COMMIT, and what became of it when the connection is lost meanwhile.
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <string.h>

#include "runtime/engine_private.h"

enum { RECONNECTS = 20, RECONNECT_PAUSE_MS = 500 };

/* What became of the transaction, from a new session: 'c'ommitted, 'a'borted, or 0 for nobody knows. */
static char fate(struct lx_engine *engine, const char *xid)
{
	for (int i = 0; i < RECONNECTS; i++) {
		if (lx_pg_lost(engine->conn)) {
			PQreset(engine->conn);
			engine->is_prepared = false;
		}
		const char *values[] = {xid};
		PGresult *result = lx_pg_lost(engine->conn)
				       ? NULL
				       : PQexecParams(engine->conn, "SELECT pg_catalog.pg_xact_status($1::xid8)", 1,
						      NULL, values, NULL, NULL, 0);
		char answer = 0;
		if (PQresultStatus(result) == PGRES_TUPLES_OK && !PQgetisnull(result, 0, 0))
			answer = *PQgetvalue(result, 0, 0);
		PQclear(result);
		if (answer == 'c' || answer == 'a')
			return answer;
		if (!lx_pg_pause(RECONNECT_PAUSE_MS, engine->options.stop, engine->options.context))
			break;
	}
	return 0;
}

/* The row that the transaction left. */
static bool has_proof(struct lx_engine *engine, const struct lx_commit *commit)
{
	struct lx_buffer sql = LX_BUFFER_INIT;
	lx_buffer_printf(&sql, "SELECT FROM %s.%s OPERATOR(pg_catalog.=) $1", engine->schema, commit->proof);
	PGresult *result = lx_buffer_ok(&sql) ? PQexecParams(engine->conn, lx_buffer_text(&sql), 1, NULL,
							     &commit->value, NULL, NULL, 0)
					      : NULL;
	bool is_there = PQresultStatus(result) == PGRES_TUPLES_OK && PQntuples(result) > 0;
	PQclear(result);
	lx_buffer_free(&sql);
	return is_there;
}

static enum lx_status resolve(struct lx_engine *engine, const char *xid, const struct lx_commit *commit,
			      struct lx_fail *fail)
{
	struct lx_fail ignored = {0};
	engine->has_lock = false;
	char answer = fate(engine, xid);
	if (answer == 'c' && has_proof(engine, commit)) {
		/* It stands.  Whether the rest of the run gets the lock again shows when the next revision begins. */
		if (!engine->is_pooled)
			lx_session_keep_lock(engine, 0, &ignored);
		return LX_OK;
	}
	if (answer == 'a') {
		lx_fail(fail, LX_ROLLED_BACK, "L0415",
			"the connection was lost at the commit of %s, which was rolled back", commit->doing);
		lx_fail_help(fail, "run the command again");
		return LX_ROLLED_BACK;
	}
	lx_fail(fail, LX_UNKNOWN_OUTCOME, "L0409",
		"the connection was lost at the commit of %s and the server cannot be asked what became of it",
		commit->doing);
	lx_fail_help(fail,
		     "when the server is back, lexo current says whether it is applied; running the command again is "
		     "safe");
	return LX_UNKNOWN_OUTCOME;
}

/* Like PQexec, but it can be stopped: a commit may wait for a trigger or for a standby. */
static PGresult *send_commit(struct lx_engine *engine)
{
	PGresult *last = NULL, *result;
	if (!PQsendQuery(engine->conn, "COMMIT"))
		return NULL;
	while ((result = lx_pg_result(engine->conn, lx_engine_is_stopped, engine))) {
		PQclear(last);
		last = result;
	}
	return last;
}

enum lx_status lx_record_commit(struct lx_engine *engine, const char *xid, const struct lx_commit *commit,
				struct lx_fail *fail)
{
	PGresult *result = send_commit(engine);
	bool is_done = PQresultStatus(result) == PGRES_COMMAND_OK && strcmp(PQcmdStatus(result), "COMMIT") == 0;
	enum lx_status status = LX_OK;
	if (!is_done && lx_pg_lost(engine->conn))
		status = resolve(engine, xid, commit, fail);
	else if (!is_done)
		status = lx_pg_fail(fail, LX_ROLLED_BACK, "L0407", engine->conn, result, commit->doing);
	PQclear(result);
	return status;
}

static enum lx_status begin(struct lx_engine *engine, char xid[32], struct lx_fail *fail)
{
	struct lx_buffer sql = LX_BUFFER_INIT;
	lx_session_begin(engine, &sql);
	PGresult *result = lx_buffer_ok(&sql) ? PQexec(engine->conn, lx_buffer_text(&sql)) : NULL;
	enum lx_status status = LX_OK;
	if (PQresultStatus(result) == PGRES_TUPLES_OK)
		snprintf(xid, 32, "%s", PQgetvalue(result, 0, 0));
	else if (lx_session_was_overtaken(engine, lx_pg_sqlstate(result)))
		status = lx_fail(fail, LX_LOCKED, "L0405", "another runner is at work on this database");
	else
		status = lx_pg_fail(fail, LX_FAILED, "L0418", engine->conn, result, "cannot begin a transaction");
	PQclear(result);
	lx_buffer_free(&sql);
	return status;
}

enum lx_status lx_record_alone(struct lx_engine *engine, const struct lx_record *records, size_t count,
			       const char *doing, struct lx_fail *fail)
{
	char xid[32] = "", hash[65] = "";
	enum lx_status status = begin(engine, xid, fail);
	for (size_t i = 0; status == LX_OK && i < count; i++) {
		status = lx_record_write(engine, &records[i], xid, hash, fail);
		if (status == LX_OK) /* the next one follows it */
			status = lx_record_apply(engine, &records[i], hash, fail);
	}
	if (status == LX_OK)
		status = lx_record_commit(engine, xid, &(struct lx_commit){doing, "history WHERE hash", hash}, fail);
	if (status != LX_OK)
		lx_engine_rollback(engine);
	return status;
}
