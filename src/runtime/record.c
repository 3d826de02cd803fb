/* The bookkeeping of one revision, in its transaction.
 * SPDX-License-Identifier: Apache-2.0 */
#include "runtime/engine_private.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <lexo/lexo.h>

static const char statement_name[] = "lexo_record";
enum { RECONNECTS = 20, RECONNECT_PAUSE_MS = 500 };

static void add_netstring(struct lx_buffer *out, const char *text)
{
	lx_buffer_printf(out, "%zu:", strlen(text));
	lx_buffer_string(out, text);
	lx_buffer_char(out, ',');
}

bool lx_record_hash(const struct lx_record *record, int64_t seq, const char *previous, char hash[65])
{
	struct lx_buffer text = LX_BUFFER_INIT;
	char number[24];
	snprintf(number, sizeof number, "%lld", (long long)seq);
	const char *fields[] = {"lexo-history-1", previous,
				number,           record->event,
				record->revision, record->message,
				record->raw,      record->tok,
				record->chain,    record->downgrade_sql ? record->downgrade_sql : ""};
	for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
		add_netstring(&text, fields[i]);
	bool ok = lx_buffer_ok(&text) && lx_sha256_hex(lx_buffer_text(&text), text.length, hash);
	lx_buffer_free(&text);
	return ok;
}

/* {"a","b"}: ids hold no quotes and no backslashes. */
static void add_array(struct lx_buffer *out, const char *const *items)
{
	lx_buffer_char(out, '{');
	for (size_t i = 0; items[i]; i++)
		lx_buffer_printf(out, "%s\"%s\"", i ? "," : "", items[i]);
	lx_buffer_char(out, '}');
}

static void print_statement(struct lx_buffer *sql, const char *schema)
{
	lx_buffer_printf(
	    sql,
	    "WITH swapped AS (UPDATE %s.head SET seq = seq OPERATOR(pg_catalog.+) 1, hash = $1, "
	    "signature = greatest(signature, $19::bigint) "
	    "WHERE hash OPERATOR(pg_catalog.=) $2 AND "
	    "pg_catalog.pg_current_xact_id()::pg_catalog.text OPERATOR(pg_catalog.=) $3 RETURNING seq), "
	    "gone AS (DELETE FROM %s.revision WHERE version_num OPERATOR(pg_catalog.=) ANY ($4::pg_catalog.text[]) "
	    "AND EXISTS (SELECT FROM swapped)), "
	    "come AS (INSERT INTO %s.revision SELECT pg_catalog.unnest($5::pg_catalog.text[]) FROM swapped), "
	    "finished AS (DELETE FROM %s.step WHERE revision OPERATOR(pg_catalog.=) $7 "
	    "AND EXISTS (SELECT FROM swapped)) "
	    "INSERT INTO %s.history (seq, event, revision, message, raw, tok, chain, downgrade_sql, statements, "
	    "duration_ms, lock_wait_ms, os_user, host, lexo_version, previous_hash, hash) "
	    "SELECT seq, $6, $7, $8, $9, $10, $11, $12, $13::bigint, $14::bigint, $15::bigint, $16, $17, $18, $2, $1 "
	    "FROM swapped",
	    schema, schema, schema, schema, schema);
}

static PGresult *send(struct lx_engine *engine, const struct lx_record *record, const char *xid, const char *hash,
		      const char *gone, const char *come)
{
	char statements[24], duration[24], wait[24], signature[24], user[64] = "", host[256] = "";
	struct lx_buffer sql = LX_BUFFER_INIT;
	snprintf(statements, sizeof statements, "%zu", record->statements);
	snprintf(duration, sizeof duration, "%ld", record->duration_ms);
	snprintf(wait, sizeof wait, "%ld", engine->lock_wait_ms);
	snprintf(signature, sizeof signature, "%llu", (unsigned long long)engine->signature);
	if (getlogin_r(user, sizeof user) != 0)
		snprintf(user, sizeof user, "uid %lu", (unsigned long)getuid());
	gethostname(host, sizeof host - 1);
	const char *values[] = {hash,
				engine->state.hash,
				xid,
				gone,
				come,
				record->event,
				record->revision,
				record->message,
				record->raw,
				record->tok,
				record->chain,
				record->downgrade_sql,
				statements,
				duration,
				wait,
				user,
				host,
				lexo_version(),
				signature};
	int count = sizeof values / sizeof *values;
	PGresult *result = NULL;
	if (engine->is_prepared)
		return PQexecPrepared(engine->conn, statement_name, count, values, NULL, NULL, 0);
	print_statement(&sql, engine->schema);
	if (lx_buffer_ok(&sql))
		result = PQexecParams(engine->conn, lx_buffer_text(&sql), count, NULL, values, NULL, NULL, 0);
	/* with many revisions to come planning it once pays */
	if (PQresultStatus(result) == PGRES_COMMAND_OK && !engine->never_prepares && ++engine->records == 2) {
		PGresult *prepared = PQprepare(engine->conn, statement_name, lx_buffer_text(&sql), count, NULL);
		engine->is_prepared = PQresultStatus(prepared) == PGRES_COMMAND_OK;
		PQclear(prepared);
	}
	lx_buffer_free(&sql);
	return result;
}

/* The head row did not swap: is it another transaction, or did the revision itself change the row?  Nobody else can,
 * as it is locked since the transaction began. */
static enum lx_status not_swapped(struct lx_engine *engine, const struct lx_record *record, const char *xid,
				  struct lx_fail *fail)
{
	const char *values[] = {xid};
	PGresult *result = PQexecParams(
	    engine->conn, "SELECT pg_catalog.pg_current_xact_id()::pg_catalog.text OPERATOR(pg_catalog.=) $1", 1, NULL,
	    values, NULL, NULL, 0);
	bool is_ours = PQresultStatus(result) == PGRES_TUPLES_OK && *PQgetvalue(result, 0, 0) == 't';
	PQclear(result);
	if (!is_ours) {
		lx_fail(fail, LX_PARTIAL, "L0417",
			"revision %s left the transaction it ran in: part of it is committed", record->revision);
		lx_fail_help(
		    fail, "look at what it did, undo or complete it by hand, and take COMMIT and ROLLBACK out of it");
		return LX_PARTIAL;
	}
	lx_fail(fail, LX_ROLLED_BACK, "L0416", "revision %s changes lexo's own head row, and was rolled back",
		record->revision);
	lx_fail_help(fail, "take out of it what touches the schema of lexo's tables");
	return LX_ROLLED_BACK;
}

enum lx_status lx_record_write(struct lx_engine *engine, const struct lx_record *record, const char *xid, char hash[65],
			       struct lx_fail *fail)
{
	struct lx_buffer gone = LX_BUFFER_INIT, come = LX_BUFFER_INIT;
	add_array(&gone, record->gone);
	add_array(&come, record->come);
	if (!lx_record_hash(record, engine->state.seq + 1, engine->state.hash, hash) || !lx_buffer_ok(&gone) ||
	    !lx_buffer_ok(&come)) {
		lx_buffer_free(&gone);
		lx_buffer_free(&come);
		return lx_engine_no_memory(fail);
	}
	PGresult *result = send(engine, record, xid, hash, lx_buffer_text(&gone), lx_buffer_text(&come));
	enum lx_status status = LX_OK;
	/* a revision may have thrown away all prepared statements: it is run again without ours */
	if (strcmp(lx_pg_sqlstate(result), "26000") == 0) {
		engine->is_prepared = false;
		engine->never_prepares = true;
	}
	if (PQresultStatus(result) != PGRES_COMMAND_OK)
		status =
		    lx_pg_fail(fail, LX_ROLLED_BACK, "L0418", engine->conn, result, "cannot write the version tables");
	else if (strcmp(PQcmdTuples(result), "1") != 0)
		status = not_swapped(engine, record, xid, fail);
	PQclear(result);
	lx_buffer_free(&gone);
	lx_buffer_free(&come);
	return status;
}

static bool is_in(const char *const *list, const char *id)
{
	for (; *list; list++)
		if (strcmp(*list, id) == 0)
			return true;
	return false;
}

static int by_id(const void *a, const void *b)
{
	return strcmp(((const struct lx_applied *)a)->id, ((const struct lx_applied *)b)->id);
}

enum lx_status lx_record_apply(struct lx_engine *engine, const struct lx_record *record, const char hash[65],
			       struct lx_fail *fail)
{
	struct lx_state *state = &engine->state;
	size_t kept = 0, more = 0;
	while (record->come[more])
		more++;
	struct lx_applied *heads = realloc(state->heads, (state->head_count + more + 1) * sizeof *heads);
	if (!heads)
		return lx_engine_no_memory(fail);
	state->heads = heads;
	for (size_t i = 0; i < state->head_count; i++) {
		if (is_in(record->gone, heads[i].id))
			free(heads[i].id);
		else
			heads[kept++] = heads[i];
	}
	state->head_count = kept;
	for (size_t i = 0; i < more; i++) {
		struct lx_applied *head = &heads[state->head_count];
		*head = (struct lx_applied){.id = strdup(record->come[i])};
		if (!head->id)
			return lx_engine_no_memory(fail);
		state->head_count++;
	}
	qsort(heads, state->head_count, sizeof *heads, by_id);
	state->seq++;
	state->open_steps = 0;
	memcpy(state->hash, hash, sizeof state->hash);
	return LX_OK;
}

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
