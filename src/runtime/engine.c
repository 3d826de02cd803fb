/* SPDX-License-Identifier: Apache-2.0 */
#include "runtime/engine.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "runtime/engine_private.h"

void lx_engine_emit(struct lx_engine *engine, const struct lx_event *event)
{
	if (engine->options.on_event)
		engine->options.on_event(engine->options.context, event);
}

enum lx_status lx_engine_no_memory(struct lx_fail *fail)
{
	return lx_fail(fail, LX_FAILED, "L0105", "out of memory");
}

enum lx_status lx_engine_part_done(struct lx_fail *fail)
{
	lx_fail(fail, LX_PARTIAL, "L0408", "a revision is part applied");
	lx_fail_help(fail, "finish it first: lexo upgrade head goes on at the statement where it stopped");
	return LX_PARTIAL;
}

bool lx_engine_is_stopped(void *context)
{
	const struct lx_engine *engine = context;
	return engine->options.stop && engine->options.stop(engine->options.context);
}

/* Notices become events; nothing reaches stderr by itself. */
static void receive_notice(void *argument, const PGresult *result)
{
	char text[1024], line[1100];
	const char *message = PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
	const char *severity = PQresultErrorField(result, PG_DIAG_SEVERITY);
	lx_pg_clean(text, sizeof text, message ? message : PQresultErrorMessage(result));
	snprintf(line, sizeof line, "%s: %s", severity ? severity : "NOTICE", text);
	lx_engine_emit(argument, &(struct lx_event){.kind = LX_EVENT_NOTICE, .text = line});
}

static void fill_defaults(struct lx_engine_options *options)
{
	if (!options->version_schema || !*options->version_schema)
		options->version_schema = "lexo";
	if (!options->search_path || !*options->search_path)
		options->search_path = "public, pg_temp";
	if (!options->lock_timeout_ms)
		options->lock_timeout_ms = 3000;
	if (!options->lock_wait_ms)
		options->lock_wait_ms = 60000;
	if (!options->attempts)
		options->attempts = 10;
}

enum lx_status lx_engine_open(PGconn *conn, const struct lx_engine_options *options, struct lx_engine **out,
			      struct lx_fail *fail)
{
	struct lx_engine *engine = calloc(1, sizeof *engine);
	*out = NULL;
	if (!engine)
		return lx_engine_no_memory(fail);
	engine->conn = conn;
	if (options)
		engine->options = *options;
	fill_defaults(&engine->options);
	const char *schema = engine->options.version_schema;
	engine->schema = PQescapeIdentifier(conn, schema, strlen(schema));
	if (!engine->schema || !lx_pg_lock_key(schema, &engine->lock_key)) {
		lx_engine_close(engine);
		return lx_engine_no_memory(fail);
	}
	engine->former_receiver = PQsetNoticeReceiver(conn, receive_notice, engine);
	*out = engine;
	return LX_OK;
}

void lx_engine_close(struct lx_engine *engine)
{
	if (!engine)
		return;
	if (!lx_pg_lost(engine->conn))
		lx_engine_rollback(engine);
	if (engine->has_lock && !lx_pg_lost(engine->conn)) {
		lx_pg_unlock(engine->conn, engine->lock_key);
		PQclear(PQexec(engine->conn, engine->is_prepared ? "DEALLOCATE lexo_record; RESET ALL" : "RESET ALL"));
	}
	if (engine->former_receiver)
		PQsetNoticeReceiver(engine->conn, engine->former_receiver, engine->former_argument);
	lx_state_free(&engine->state);
	PQfreemem(engine->schema);
	free(engine);
}

enum lx_status lx_engine_execute(struct lx_engine *engine, const char *sql, const char *doing, struct lx_fail *fail)
{
	PGresult *result = PQexec(engine->conn, sql);
	ExecStatusType kind = PQresultStatus(result);
	enum lx_status status = LX_OK;
	if (kind != PGRES_COMMAND_OK && kind != PGRES_TUPLES_OK) {
		bool is_denied = strcmp(lx_pg_sqlstate(result), "42501") == 0;
		status = lx_pg_fail(fail, LX_FAILED, is_denied ? "L0414" : "L0418", engine->conn, result, doing);
		if (is_denied)
			lx_fail_help(
			    fail,
			    "the role needs the right to do this: CREATE on the database, or be given the tables by "
			    "their owner");
	}
	PQclear(result);
	return status;
}

void lx_engine_rollback(struct lx_engine *engine)
{
	PGTransactionStatusType state = PQtransactionStatus(engine->conn);
	if (state == PQTRANS_INTRANS || state == PQTRANS_INERROR)
		PQclear(PQexec(engine->conn, "ROLLBACK"));
}

enum lx_status lx_engine_ensure(struct lx_engine *engine, struct lx_fail *fail)
{
	enum lx_status status = lx_engine_state(engine, &engine->state, fail);
	return status != LX_OK || engine->state.has_tables ? status : lx_session_run(engine, NULL, NULL, fail);
}

enum lx_status lx_engine_refuse_part(const struct lx_former *former, struct lx_fail *fail)
{
	lx_fail(fail, LX_REVISION, "L0440", "the database is at revision %s, in the middle of what %s replaces",
		former->id, former->revision->id);
	lx_fail_where(fail, "%s", former->revision->path);
	lx_fail_help(
	    fail, "take the files of before the squash (version control has them) and bring the database to the end of "
		  "what was brought together, or down to before it; then go on with these");
	return LX_REVISION;
}

static enum lx_status unknown_revision(const struct lx_history *history, const char *id, struct lx_fail *fail)
{
	const struct lx_former *former = lx_history_former(history, id);
	if (former)
		return lx_engine_refuse_part(former, fail);
	lx_fail(fail, LX_REVISION, "L0411", "the database is at revision %s, which is not among the %zu known here", id,
		history->count);
	lx_fail_help(fail, "this checkout is older than the database, or the file was lost: bring the revision's file, "
			   "or go back: lexo "
			   "downgrade REVISION takes it back with the SQL that the database keeps. If it is gone for "
			   "good and you know "
			   "what the database holds: lexo stamp --purge REVISION");
	return LX_REVISION;
}

/* For each revision the chain that was applied last; the caller clears the rows. */
static PGresult *read_chains(struct lx_engine *engine)
{
	struct lx_buffer sql = LX_BUFFER_INIT;
	lx_buffer_printf(&sql,
			 "SELECT DISTINCT ON (revision) revision, chain FROM %s.history WHERE event <> 'downgrade' "
			 "ORDER BY revision, seq DESC",
			 engine->schema);
	PGresult *rows = lx_buffer_ok(&sql) ? PQexec(engine->conn, lx_buffer_text(&sql)) : NULL;
	lx_buffer_free(&sql);
	return rows;
}

/* Says which applied revision is not the one in the files: the first in the history's order. */
static enum lx_status name_edited(struct lx_engine *engine, const struct lx_history *history, struct lx_revision *head,
				  struct lx_fail *fail)
{
	unsigned char *marks = calloc(history->count + 1, 1);
	PGresult *rows = marks ? read_chains(engine) : NULL;
	const struct lx_revision *edited = head;
	if (marks)
		lx_history_mark(history, &(struct lx_revision_set){&head, 1}, marks);
	for (int i = 0; PQresultStatus(rows) == PGRES_TUPLES_OK && i < PQntuples(rows); i++) {
		const struct lx_revision *revision = lx_history_get(history, PQgetvalue(rows, i, 0));
		if (revision && marks[revision->index] && revision->index < edited->index &&
		    strcmp(PQgetvalue(rows, i, 1), revision->chain) != 0)
			edited = revision;
	}
	PQclear(rows);
	free(marks);
	lx_fail(fail, LX_CHECKSUM, "L0410", "revision %s is applied, but its file is not what was applied", edited->id);
	lx_fail_where(fail, "%s", edited->path);
	lx_fail_help(
	    fail,
	    "restore the file as it was (git log shows when it changed) and put the change into a new revision. If "
	    "the edit was reviewed and the database holds what the file says now: lexo repair %s --reason WHY",
	    edited->id);
	return LX_CHECKSUM;
}

/* What follows a revision that replaces others has its chain from before them, which says nothing of this file: so what
 * was applied is asked for. */
static enum lx_status check_replacing(struct lx_engine *engine, const struct lx_history *history,
				      const struct lx_revision_set *current, struct lx_fail *fail)
{
	if (!history->former_count || !current->count)
		return LX_OK;
	unsigned char *marks = lx_arena_try_alloc(history->arena, history->count + 1);
	if (!marks)
		return lx_engine_no_memory(fail);
	enum lx_status status = LX_OK;
	PGresult *rows = read_chains(engine);
	lx_history_mark(history, current, marks);
	for (int i = 0; status == LX_OK && PQresultStatus(rows) == PGRES_TUPLES_OK && i < PQntuples(rows); i++) {
		struct lx_revision *revision = lx_history_get(history, PQgetvalue(rows, i, 0));
		bool is_replacing = revision && revision->replaced_count && marks[revision->index];
		if (is_replacing && strcmp(PQgetvalue(rows, i, 1), revision->chain) != 0)
			status = name_edited(engine, history, revision, fail);
	}
	PQclear(rows);
	return status;
}

static int by_index(const void *a, const void *b)
{
	size_t left = (*(struct lx_revision *const *)a)->index, right = (*(struct lx_revision *const *)b)->index;
	return (left > right) - (left < right);
}

void lx_engine_set_signature(struct lx_engine *engine, uint64_t number)
{
	engine->signature = number;
}

enum lx_status lx_engine_check_signature(const struct lx_engine *engine, const struct lx_state *state,
					 struct lx_fail *fail)
{
	if (!engine->signature || engine->signature >= state->signature)
		return LX_OK;
	lx_fail(fail, LX_CHECKSUM, "L0327",
		"the signature of this history has number %llu, and the database has seen number %llu",
		(unsigned long long)engine->signature, (unsigned long long)state->signature);
	lx_fail_help(fail,
		     "nothing was run. The history is older than one that was run here: take the newest one.  If "
		     "it is meant,\nwhoever signs says so: lexo sign --number %llu",
		     (unsigned long long)state->signature);
	return LX_CHECKSUM;
}

enum lx_status lx_engine_match(struct lx_engine *engine, const struct lx_history *history, const struct lx_state *state,
			       struct lx_revision_set *current, struct lx_fail *fail)
{
	current->count = 0;
	enum lx_status status = lx_engine_check_signature(engine, state, fail);
	if (status != LX_OK)
		return status;
	current->items = lx_arena_try_alloc(history->arena, (state->head_count + 1) * sizeof *current->items);
	if (!current->items)
		return lx_engine_no_memory(fail);
	for (size_t i = 0; i < state->head_count; i++) {
		const struct lx_applied *head = &state->heads[i];
		struct lx_revision *revision = lx_history_applied(history, head->id);
		if (!revision)
			return unknown_revision(history, head->id, fail);
		const struct lx_former *former = lx_history_former(history, head->id);
		if (*head->chain && strcmp(head->chain, former ? former->chain : revision->chain) != 0)
			return name_edited(engine, history, revision, fail);
		current->items[current->count++] = revision;
	}
	qsort(current->items, current->count, sizeof *current->items, by_index);
	return check_replacing(engine, history, current, fail);
}
