/* Steps outside a transaction: each statement is written down before (intent) and after (done), so that a later run
 * goes on at the exact statement.  An open intent is resolved by looking at the catalog, never by running again
 * blindly. SPDX-License-Identifier: Apache-2.0 */
#include "runtime/engine_private.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "history/checksum.h"
#include "runtime/probe.h"

static const char *direction(const struct lx_run *run)
{
	return run->is_downgrade ? "downgrade" : "upgrade";
}

/* One statement of the journal's own; %s in FORMAT is the schema.  The values are revision, direction, and up to three
 * more. */
static PGresult *query(struct lx_engine *engine, const struct lx_run *run, const char *before, const char *after,
		       const char *const *more, int more_count)
{
	const char *values[5] = {run->revision->id, direction(run)};
	struct lx_buffer sql = LX_BUFFER_INIT;
	for (int i = 0; i < more_count; i++)
		values[2 + i] = more[i];
	lx_buffer_printf(&sql, "%s%s.step%s", before, engine->schema, after);
	PGresult *result = lx_buffer_ok(&sql) ? PQexecParams(engine->conn, lx_buffer_text(&sql), 2 + more_count, NULL,
							     values, NULL, NULL, 0)
					      : NULL;
	lx_buffer_free(&sql);
	return result;
}

static enum lx_status write_row(struct lx_engine *engine, const struct lx_run *run, const char *before,
				const char *after, size_t step, size_t number, const char *hash, struct lx_fail *fail)
{
	char step_text[24], number_text[24];
	const char *more[] = {step_text, number_text, hash};
	snprintf(step_text, sizeof step_text, "%zu", step);
	snprintf(number_text, sizeof number_text, "%zu", number);
	PGresult *result = query(engine, run, before, after, more, hash ? 3 : 2);
	enum lx_status status = LX_OK;
	if (PQresultStatus(result) != PGRES_COMMAND_OK)
		status = lx_pg_fail(fail, LX_PARTIAL, "L0418", engine->conn, result, "cannot write the journal");
	PQclear(result);
	return status;
}

enum lx_status lx_journal_note(struct lx_engine *engine, const struct lx_run *run, struct lx_fail *fail)
{
	return write_row(
	    engine, run, "INSERT INTO ",
	    " (revision, direction, step, statement, hash, state, finished_at) VALUES ($1, $2, $3::integer, "
	    "$4::integer, $5, 'done', pg_catalog.clock_timestamp())",
	    0, 0, lx_run_section(run)->tok, fail);
}

static enum lx_status edited(const struct lx_run *run, struct lx_fail *fail)
{
	lx_fail(fail, LX_CHECKSUM, "L0410", "revision %s is part applied, and its file was changed since",
		run->revision->id);
	lx_fail_where(fail, "%s", run->revision->path);
	lx_fail_help(fail, "restore the file as it was; then the command goes on where it stopped");
	return LX_CHECKSUM;
}

enum lx_status lx_journal_check(struct lx_engine *engine, const struct lx_run *run, bool *is_started,
				struct lx_fail *fail)
{
	PGresult *rows = query(engine, run,
			       "SELECT revision, direction, revision OPERATOR(pg_catalog.=) $1 AND direction "
			       "OPERATOR(pg_catalog.=) $2, statement, hash FROM ",
			       " ORDER BY statement", NULL, 0);
	enum lx_status status = LX_OK;
	if (PQresultStatus(rows) != PGRES_TUPLES_OK)
		status = lx_pg_fail(fail, LX_FAILED, "L0414", engine->conn, rows, "cannot read the version tables");
	for (int i = 0; status == LX_OK && i < PQntuples(rows); i++) {
		*is_started = true;
		if (*PQgetvalue(rows, i, 2) != 't') {
			lx_fail(fail, status = LX_PARTIAL, "L0408", "the %s of revision %s is part done",
				PQgetvalue(rows, i, 1), PQgetvalue(rows, i, 0));
			lx_fail_help(fail, "finish it first: lexo %s %s", PQgetvalue(rows, i, 1),
				     *PQgetvalue(rows, i, 1) == 'u' ? PQgetvalue(rows, i, 0) : "-1");
		} else if (strcmp(PQgetvalue(rows, i, 3), "0") == 0 &&
			   strcmp(PQgetvalue(rows, i, 4), lx_run_section(run)->tok) != 0) {
			status = edited(run, fail);
		}
	}
	PQclear(rows);
	return status;
}

struct work {
	struct lx_engine *engine;
	struct lx_run *run;
	size_t step, number;
	struct lx_sql_statement statement;
	char hash[LX_SHA256_HEX];
	bool *is_started;
	struct lx_fail *fail;
};

static enum lx_status unknown_effect(const struct work *work)
{
	const char *schema = work->engine->schema;
	unsigned line, column;
	lx_revision_position(work->run->revision, work->statement.start, &line, &column);
	lx_fail(work->fail, LX_PARTIAL, "L0408",
		"revision %s stopped while statement %zu ran outside a transaction, and nobody can tell whether it "
		"took effect",
		work->run->revision->id, work->number);
	lx_fail_where(work->fail, "%s:%u:%u", work->run->revision->path, line, column);
	lx_fail_help(work->fail,
		     "look at the database. If it took effect: UPDATE %s.step SET state = 'done' WHERE state = "
		     "'intent'; if not: "
		     "DELETE FROM %s.step WHERE state = 'intent'; then run the command again",
		     schema, schema);
	return LX_PARTIAL;
}

static enum lx_status mark_done(const struct work *work)
{
	*work->is_started = true;
	return write_row(
	    work->engine, work->run, "UPDATE ",
	    " SET state = 'done', finished_at = pg_catalog.clock_timestamp() WHERE revision OPERATOR(pg_catalog.=) $1 "
	    "AND direction OPERATOR(pg_catalog.=) $2 AND step OPERATOR(pg_catalog.=) $3::integer AND statement "
	    "OPERATOR(pg_catalog.=) $4::integer",
	    work->step, work->number, NULL, work->fail);
}

/* The open intent that stays behind is something committed. */
static enum lx_status own_intent(const struct work *work)
{
	*work->is_started = true;
	return work->fail->status = LX_PARTIAL;
}

/* The server said no: the statement has had no effect, but for an index that it gave up building. */
static enum lx_status refused(const struct work *work, const PGresult *error)
{
	PGconn *conn = work->engine->conn;
	bool is_lost = lx_pg_lost(conn);
	*work->is_started |= is_lost;
	enum lx_status status = *work->is_started ? LX_PARTIAL : LX_ROLLED_BACK;
	lx_run_failed(work->engine, work->run, status, status == LX_PARTIAL ? "L0408" : "L0407", error, work->number,
		      work->statement.start, work->fail);
	work->fail->status = status;
	if (is_lost)
		return status;
	/* an index that cannot be dropped now stays an open intent: the next run drops it */
	if (lx_probe_builds_index(&work->statement) && lx_probe_statement(conn, &work->statement) == LX_PROBE_INVALID &&
	    !lx_probe_drop_invalid(conn, &work->statement))
		return own_intent(work);
	write_row(work->engine, work->run, "DELETE FROM ",
		  " WHERE revision OPERATOR(pg_catalog.=) $1 AND direction OPERATOR(pg_catalog.=) $2 AND step "
		  "OPERATOR(pg_catalog.=) $3::integer AND statement OPERATOR(pg_catalog.=) $4::integer",
		  work->step, work->number, NULL, NULL);
	if (status == LX_PARTIAL && !*work->fail->help)
		lx_fail_help(work->fail, "mend the cause; the same command then goes on at this statement");
	return status;
}

static enum lx_status execute(const struct work *work)
{
	PGconn *conn = work->engine->conn;
	char *sql = strndup(work->statement.start, work->statement.length);
	if (!sql)
		return lx_engine_no_memory(work->fail);
	int sent = PQsendQuery(conn, sql);
	free(sql);
	PGresult *error = NULL, *result;
	while (sent && (result = lx_pg_result(conn, lx_engine_is_stopped, work->engine))) {
		ExecStatusType kind = PQresultStatus(result);
		if (!error && kind != PGRES_COMMAND_OK && kind != PGRES_TUPLES_OK && kind != PGRES_EMPTY_QUERY)
			error = result;
		else
			PQclear(result);
		if (kind == PGRES_COPY_IN || kind == PGRES_COPY_OUT || kind == PGRES_COPY_BOTH)
			break;
	}
	enum lx_status status = error || !sent || lx_pg_lost(conn) ? refused(work, error) : LX_OK;
	PQclear(error);
	return status;
}

/* How the statement begins, for people who wait for it.  A literal can be a password: the text ends before the first.
 */
static void name_statement(const struct work *work, char *text, size_t size)
{
	const char *start = work->statement.start;
	size_t length = 0;
	while (length < work->statement.length && !strchr("\n\r'$", start[length]))
		length++;
	length = lx_utf8_clip(start, length, size - 1);
	while (length && start[length - 1] == ' ')
		length--;
	memcpy(text, start, length);
	text[length] = 0;
}

static enum lx_status run_one(const struct work *work)
{
	PGconn *conn = work->engine->conn;
	char text[80];
	name_statement(work, text, sizeof text);
	lx_engine_emit(work->engine,
		       &(struct lx_event){.kind = LX_EVENT_STEP,
					  .verb = direction(work->run),
					  .revision = work->run->revision->id,
					  .text = text,
					  .number = work->number,
					  .total = lx_run_section(work->run)->steps[work->step].statements});
	enum lx_status status = execute(work);
	if (status != LX_OK)
		return status;
	/* IF NOT EXISTS is content with an index that is not valid */
	if (lx_probe_builds_index(&work->statement) && lx_probe_statement(conn, &work->statement) == LX_PROBE_INVALID) {
		if (!lx_probe_drop_invalid(conn, &work->statement))
			return unknown_effect(work);
		status = execute(work);
	}
	return status == LX_OK ? mark_done(work) : status;
}

/* STATE: "" when the journal knows nothing of the statement. */
static enum lx_status do_statement(const struct work *work, const char *state, const char *hash)
{
	if (*state && strcmp(hash, work->hash) != 0)
		return edited(work->run, work->fail);
	/* what the session is set to is gone with the session: whoever goes on sets it again */
	if (lx_probe_sets_session(&work->statement))
		return execute(work);
	enum lx_status locked = lx_session_keep_lock(work->engine, 0, work->fail);
	if (locked != LX_OK)
		return locked;
	if (strcmp(state, "done") == 0)
		return LX_OK;
	if (strcmp(state, "intent") == 0) {
		switch (lx_probe_statement(work->engine->conn, &work->statement)) {
		case LX_PROBE_UNKNOWN:
			return unknown_effect(work);
		case LX_PROBE_DONE:
			return mark_done(work);
		case LX_PROBE_INVALID:
			if (!lx_probe_drop_invalid(work->engine->conn, &work->statement))
				return unknown_effect(work);
			break;
		case LX_PROBE_NOT_DONE:
			break;
		}
	} else {
		enum lx_status status = write_row(work->engine, work->run, "INSERT INTO ",
						  " (revision, direction, step, statement, hash, state) VALUES ($1, "
						  "$2, $3::integer, $4::integer, $5, "
						  "'intent')",
						  work->step, work->number, work->hash, work->fail);
		if (status != LX_OK)
			return lx_pg_lost(work->engine->conn) ? own_intent(work) : status;
	}
	return run_one(work);
}

/* What the journal says of statement NUMBER. */
static void find_row(const PGresult *rows, size_t number, const char **state, const char **hash)
{
	*state = *hash = "";
	for (int i = 0; i < PQntuples(rows); i++)
		if (strtoul(PQgetvalue(rows, i, 0), NULL, 10) == number) {
			*state = PQgetvalue(rows, i, 1);
			*hash = PQgetvalue(rows, i, 2);
		}
}

static enum lx_status run_statements(struct work *work, const struct lx_step *step, const PGresult *rows)
{
	struct lx_splitter splitter;
	enum lx_status status = LX_OK;
	lx_split_init(&splitter, step->sql, step->length);
	while (status == LX_OK && lx_split_next(&splitter, &work->statement)) {
		const char *state, *hash;
		work->number++;
		if (!lx_checksum_sql(work->statement.start, work->statement.length, work->hash))
			return lx_engine_no_memory(work->fail);
		find_row(rows, work->number, &state, &hash);
		status = do_statement(work, state, hash);
	}
	return status;
}

enum lx_status lx_journal_run(struct lx_engine *engine, struct lx_run *run, const struct lx_step *step, size_t index,
			      bool *is_started, struct lx_fail *fail)
{
	struct lx_fail unused = {0};
	struct work work = {
	    .engine = engine, .run = run, .step = index, .is_started = is_started, .fail = fail ? fail : &unused};
	char step_text[24];
	const char *more[] = {step_text};
	snprintf(step_text, sizeof step_text, "%zu", index);
	long start = lx_pg_clock_ms();
	enum lx_status status = lx_session_pin(engine, work.fail);
	if (status != LX_OK)
		return status;
	PGresult *rows =
	    query(engine, run, "SELECT statement, state, hash FROM ",
		  " WHERE revision OPERATOR(pg_catalog.=) $1 AND direction OPERATOR(pg_catalog.=) $2 AND step "
		  "OPERATOR(pg_catalog.=) $3::integer AND statement OPERATOR(pg_catalog.>) 0",
		  more, 1);
	if (PQresultStatus(rows) == PGRES_TUPLES_OK)
		status = run_statements(&work, step, rows);
	else
		status =
		    lx_pg_fail(work.fail, LX_FAILED, "L0414", engine->conn, rows, "cannot read the version tables");
	PQclear(rows);
	run->record.duration_ms += lx_pg_clock_ms() - start;
	return status;
}
