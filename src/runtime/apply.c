/* One revision, up or down.
 * SPDX-License-Identifier: Apache-2.0 */
#include "runtime/engine_private.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "history/statements.h"

enum { FIRST_PAUSE_MS = 250, LONGEST_PAUSE_MS = 8000 };

const struct lx_section *lx_run_section(const struct lx_run *run)
{
	return run->is_downgrade ? &run->revision->downgrade : &run->revision->upgrade;
}

static const char *verb(const struct lx_run *run)
{
	return run->is_downgrade ? "downgrade" : "upgrade";
}

static void emit(struct lx_engine *engine, const struct lx_run *run, enum lx_event_kind kind, const char *text, long ms)
{
	lx_engine_emit(engine, &(struct lx_event){.kind = kind,
						  .verb = verb(run),
						  .revision = run->revision->id,
						  .from = run->from,
						  .to = run->to,
						  .message = run->revision->message,
						  .text = text,
						  .number = run->number,
						  .total = run->total,
						  .milliseconds = ms});
}

/* What to do about the usual refusals, by SQLSTATE; what the server says about the row stands behind it. */
static const struct {
	const char *sqlstate, *help;
} refusals[] = {
    {"22001", "shorten the values first, with an UPDATE in front of this statement"},
    {"22003", "make the values fit first, with an UPDATE in front of this statement"},
    {"22P02", "a value cannot be read as that type: mend it first, or say how it converts, with USING"},
    {"23502", "give the rows a value first, with an UPDATE in front of this statement"},
    {"23503", "remove or complete the rows without a counterpart first, in front of this statement"},
    {"23505", "make the values unique first, in front of this statement"},
    {"23514", "make the rows pass the check first, with an UPDATE in front of this statement"},
    {"23P01", "remove what excludes each other first, in front of this statement"},
    {"25001", "this statement cannot run in a transaction: put it behind a line  -- lexo:step transaction=none"},
    {"2BP01", "drop what depends on it first; lexo knows only what the models say, not what was made by hand"},
    {"42501", "connect as a role that may do this, mostly the owner of the database"},
    {"42710", "it was made by hand or by another tool: drop it, or tell lexo what is there already: lexo stamp"},
    {"42P06", "it was made by hand or by another tool: drop it, or tell lexo what is there already: lexo stamp"},
    {"42P07", "it was made by hand or by another tool: drop it, or tell lexo what is there already: lexo stamp"},
    {"55006", "a transaction or trigger still uses it; run the command again, or split the revision in two"},
};

static void advise(struct lx_fail *fail, enum lx_status status)
{
	char said[sizeof fail->help];
	memcpy(said, fail->help, sizeof said);
	for (size_t i = 0; i < sizeof refusals / sizeof *refusals; i++) {
		if (strcmp(refusals[i].sqlstate, fail->sqlstate) == 0) {
			lx_fail_help(fail, *said ? "%s (server: %s)" : "%s", refusals[i].help, said);
			return;
		}
	}
	if (!*said && status == LX_ROLLED_BACK)
		lx_fail_help(fail, "nothing was changed; correct the revision, run lexo hash, then this command again");
}

enum lx_status lx_run_failed(struct lx_engine *engine, const struct lx_run *run, enum lx_status status,
			     const char *code, const PGresult *result, size_t number, const char *at,
			     struct lx_fail *fail)
{
	char doing[400];
	unsigned line, column;
	snprintf(doing, sizeof doing, "%s of revision %s failed at statement %zu", verb(run), run->revision->id,
		 number);
	status = lx_pg_fail(fail, status, code, engine->conn, result, doing);
	lx_revision_position(run->revision, at, &line, &column);
	if (run->revision->is_kept) /* nobody has seen that text */
		lx_fail_where(fail, "%s", run->revision->path);
	else
		lx_fail_where(fail, "%s:%u:%u", run->revision->path, line, column);
	if (fail)
		advise(fail, status);
	return status;
}

/* The start of statement NUMBER (1-based) of STEP. */
static const char *statement_start(const struct lx_step *step, size_t number)
{
	struct lx_splitter splitter;
	struct lx_sql_statement statement;
	const char *start = step->sql;
	lx_split_init(&splitter, step->sql, step->length);
	for (size_t i = 0; i < number && lx_split_next(&splitter, &statement); i++)
		start = statement.start;
	return start;
}

/* PostgreSQL counts characters in the whole message; PREFIX bytes of ASCII stand before the step's SQL. */
static const char *error_place(const struct lx_step *step, const PGresult *result, size_t prefix, size_t number)
{
	const char *field = PQresultErrorField(result, PG_DIAG_STATEMENT_POSITION);
	size_t position = field ? strtoul(field, NULL, 10) : 0;
	if (position <= prefix || position > prefix + step->length)
		return statement_start(step, number);
	const char *p = step->sql, *end = step->sql + step->length;
	for (position -= prefix + 1; position && p < end; position--)
		p += lx_utf8_step(p, (size_t)(end - p), NULL);
	return p;
}

/* A result that is no answer but a COPY: nothing is sent, nothing is kept. */
static void end_copy(PGconn *conn, ExecStatusType status)
{
	char *row;
	if (status == PGRES_COPY_IN || status == PGRES_COPY_BOTH)
		PQputCopyEnd(conn, "a revision cannot read from the client");
	while (status == PGRES_COPY_OUT && PQgetCopyData(conn, &row, 0) > 0)
		PQfreemem(row);
}

/* Reads all results of the message.  The first error (owned by the caller) is the answer, and how many statements went
 * well before it; XID is from the last statement of the prologue. */
static PGresult *collect(struct lx_engine *engine, size_t prologue, char xid[32], size_t *succeeded)
{
	PGresult *error = NULL, *result;
	*succeeded = 0;
	while ((result = lx_pg_result(engine->conn, lx_engine_is_stopped, engine))) {
		ExecStatusType status = PQresultStatus(result);
		if (status == PGRES_TUPLES_OK && *succeeded + 1 == prologue)
			snprintf(xid, 32, "%s", PQgetvalue(result, 0, 0));
		if (status == PGRES_COPY_IN || status == PGRES_COPY_OUT || status == PGRES_COPY_BOTH)
			end_copy(engine->conn, status);
		else if (status == PGRES_FATAL_ERROR || status == PGRES_BAD_RESPONSE) {
			if (!error) {
				error = result;
				continue;
			}
		} else if (!error) {
			++*succeeded;
		}
		PQclear(result);
		if (lx_pg_lost(engine->conn) && status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK)
			break;
	}
	return error;
}

static enum lx_status prologue_failed(struct lx_engine *engine, const struct lx_run *run, const PGresult *error,
				      struct lx_fail *fail)
{
	if (lx_session_was_overtaken(engine, lx_pg_sqlstate(error))) {
		lx_fail(fail, LX_LOCKED, "L0405", "another runner took the lock before revision %s", run->revision->id);
		lx_fail_help(fail,
			     "wait until it is done and run the command again; what was applied before stays applied");
		return LX_LOCKED;
	}
	/* read_only_sql_transaction; a standby before 14, which does not say what it is, refuses READ WRITE as a
	 * feature */
	if (strcmp(lx_pg_sqlstate(error), "25006") == 0 || strcmp(lx_pg_sqlstate(error), "0A000") == 0)
		return lx_pg_fail(fail, LX_NO_CONNECTION, "L0421", engine->conn, error,
				  "this server cannot be changed");
	return lx_pg_fail(fail, LX_ROLLED_BACK, "L0418", engine->conn, error, "cannot begin a transaction");
}

/* Sends prologue and SQL as one message.  Leaves an open transaction when all went well. */
static enum lx_status run_transaction(struct lx_engine *engine, const struct lx_run *run, const struct lx_step *step,
				      char xid[32], struct lx_fail *fail)
{
	struct lx_buffer sql = LX_BUFFER_INIT;
	enum lx_status status = lx_session_read_plainly(engine, fail);
	if (status != LX_OK)
		return status;
	size_t prologue = lx_session_begin(engine, &sql), prefix = sql.length, succeeded;
	if (step)
		lx_buffer_add(&sql, step->sql, step->length);
	bool is_ready = lx_buffer_ok(&sql);
	int sent = is_ready ? PQsendQuery(engine->conn, lx_buffer_text(&sql)) : 0;
	lx_buffer_free(&sql);
	if (!is_ready)
		return lx_engine_no_memory(fail);
	if (!sent)
		return lx_pg_fail(fail, LX_FAILED, "L0418", engine->conn, NULL, "cannot send the revision");
	PGresult *error = collect(engine, prologue, xid, &succeeded);
	if (error && (succeeded < prologue || !step)) {
		status = prologue_failed(engine, run, error, fail);
	} else if (error) {
		size_t number = succeeded - prologue + 1;
		status = lx_run_failed(engine, run, LX_ROLLED_BACK, "L0407", error, number,
				       error_place(step, error, prefix, number), fail);
	} else if (lx_pg_lost(engine->conn)) {
		status = lx_pg_fail(fail, LX_ROLLED_BACK, "L0415", engine->conn, NULL, "the connection was lost");
	} else if (PQtransactionStatus(engine->conn) != PQTRANS_INTRANS) {
		status =
		    lx_fail(fail, LX_PARTIAL, "L0417",
			    "revision %s left the transaction it ran in: part of it is committed", run->revision->id);
		lx_fail_help(
		    fail, "look at what it did, undo or complete it by hand, and take COMMIT and ROLLBACK out of it");
	}
	PQclear(error);
	return status;
}

/* The transactional part.  When it is all there is, the bookkeeping is in the same transaction. */
static enum lx_status run_part(struct lx_engine *engine, struct lx_run *run, const struct lx_step *step, bool is_last,
			       struct lx_fail *fail)
{
	char xid[32] = "", hash[65], doing[LX_REVISION_ID_LIMIT + 32];
	long start = lx_pg_clock_ms();
	enum lx_status status = run_transaction(engine, run, step, xid, fail);
	run->record.duration_ms += lx_pg_clock_ms() - start;
	if (status == LX_OK)
		status = is_last ? lx_record_write(engine, &run->record, xid, hash, fail)
				 : lx_journal_note(engine, run, fail);
	snprintf(doing, sizeof doing, "%s of revision %s", verb(run), run->revision->id);
	const struct lx_commit commit = {doing, is_last ? "history WHERE hash" : "step WHERE revision",
					 is_last ? hash : run->revision->id};
	if (status == LX_OK)
		status = lx_record_commit(engine, xid, &commit, fail);
	if (status != LX_OK) {
		lx_engine_rollback(engine);
		/* the server rolls back what it has not committed */
		if (status == LX_NO_CONNECTION && fail && strcmp(fail->code, "L0415") == 0)
			fail->status = status = LX_ROLLED_BACK;
		return status;
	}
	return is_last ? lx_record_apply(engine, &run->record, hash, fail) : LX_OK;
}

static bool is_worth_retrying(const struct lx_fail *fail)
{
	static const char *const states[] = {"55P03", "40P01", "40001", "26000"};
	for (size_t i = 0; i < sizeof states / sizeof *states; i++)
		if (strcmp(fail->sqlstate, states[i]) == 0)
			return true;
	return false;
}

static enum lx_status gave_up(const struct lx_engine *engine, const struct lx_fail *last, bool is_started,
			      struct lx_fail *fail)
{
	if (!fail)
		return is_started ? LX_PARTIAL : LX_LOCKED;
	*fail = *last;
	fail->status = is_started ? LX_PARTIAL : LX_LOCKED;
	snprintf(fail->code, sizeof fail->code, "%s", is_started ? "L0408" : "L0406");
	lx_fail_help(
	    fail,
	    "%s after %u attempts of %u ms each. Another session holds a lock on the object: end it (pg_stat_activity, "
	    "pg_blocking_pids), or run the command at a quieter time; trying again is safe",
	    is_started ? "the revision is part applied and stopped" : "nothing was changed", engine->options.attempts,
	    engine->options.lock_timeout_ms);
	return fail->status;
}

typedef enum lx_status attempt(struct lx_engine *engine, struct lx_run *run, const struct lx_step *step, size_t index,
			       bool *is_started, struct lx_fail *fail);

static enum lx_status attempt_part(struct lx_engine *engine, struct lx_run *run, const struct lx_step *step,
				   size_t index, bool *is_started, struct lx_fail *fail)
{
	const struct lx_section *section = lx_run_section(run);
	bool is_last = !step || index + 1 == section->step_count;
	enum lx_status status = run_part(engine, run, step, is_last, fail);
	if (status == LX_OK && !is_last)
		*is_started = true;
	return status;
}

/* Tries TRY until something else than a lock is in the way. */
static enum lx_status run_with_retries(struct lx_engine *engine, struct lx_run *run, attempt *try,
				       const struct lx_step *step, size_t index, bool *is_started, struct lx_fail *fail)
{
	unsigned pause = FIRST_PAUSE_MS;
	for (unsigned left = engine->options.attempts;;
	     pause = pause * 2 < LONGEST_PAUSE_MS ? pause * 2 : LONGEST_PAUSE_MS) {
		struct lx_fail problem = {0};
		enum lx_status status = try(engine, run, step, index, is_started, &problem);
		if (status == LX_OK)
			return LX_OK;
		bool is_retried = is_worth_retrying(&problem) && !lx_pg_lost(engine->conn);
		if (is_retried && --left == 0)
			return gave_up(engine, &problem, *is_started, fail);
		if (is_retried)
			emit(engine, run, LX_EVENT_RETRY, problem.message, pause);
		if (!is_retried || !lx_pg_pause(pause, engine->options.stop, engine->options.context)) {
			if (fail && fail->status == LX_OK)
				*fail = problem;
			return status;
		}
	}
}

/* Something of the revision is committed: no status may say that nothing was changed. */
static enum lx_status own_up(enum lx_status status, struct lx_fail *fail)
{
	static const enum lx_status denials[] = {LX_ROLLED_BACK, LX_NO_CONNECTION, LX_LOCKED, LX_FAILED};
	for (size_t i = 0; i < sizeof denials / sizeof *denials; i++)
		if (status == denials[i])
			status = LX_PARTIAL;
	if (fail && status != LX_OK)
		fail->status = status;
	return status;
}

/* Statements outside a transaction need one session from the first to the last: without it none of the revision runs.
 */
static enum lx_status refuse_pooler(const struct lx_run *run, struct lx_fail *fail)
{
	lx_fail(fail, LX_REFUSED, "L0420",
		"revision %s has statements outside a transaction, and this connection goes through a pooler",
		run->revision->id);
	lx_fail_help(fail, "connect to the server itself for migrations; nothing of this revision was run");
	return LX_REFUSED;
}

enum lx_status lx_run_revision(struct lx_engine *engine, struct lx_run *run, struct lx_fail *fail)
{
	const struct lx_section *section = lx_run_section(run);
	const struct lx_step *first = section->step_count ? &section->steps[0] : NULL;
	bool is_plain = section->step_count == 0 || (section->step_count == 1 && first->is_transactional);
	bool is_started = false;
	run->record.statements = section->statements;
	if (!is_plain && engine->is_pooled)
		return refuse_pooler(run, fail);
	emit(engine, run, LX_EVENT_RUNNING, NULL, 0);
	long start = lx_pg_clock_ms();
	enum lx_status status = LX_OK;
	if (!is_plain || engine->state.open_steps)
		status = lx_journal_check(engine, run, &is_started, fail);
	for (size_t i = 0; status == LX_OK && !is_plain && i < section->step_count; i++) {
		const struct lx_step *step = &section->steps[i];
		if (!step->is_transactional)
			status = run_with_retries(engine, run, lx_journal_run, step, i, &is_started, fail);
		else if (!is_started)
			status = run_with_retries(engine, run, attempt_part, step, i, &is_started, fail);
	}
	/* the last transaction of a revision with steps outside is the bookkeeping alone */
	if (status == LX_OK)
		status = run_with_retries(engine, run, attempt_part, is_plain ? first : NULL, 0, &is_started, fail);
	if (status == LX_OK)
		emit(engine, run, LX_EVENT_DONE, NULL, lx_pg_clock_ms() - start);
	return is_started ? own_up(status, fail) : status;
}
