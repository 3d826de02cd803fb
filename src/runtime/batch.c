/* Many calls in one round trip: libpq's pipeline mode, with one Sync at the end, so that outside a transaction they are
 * one.  PostgreSQL docs, "Pipeline Mode".
 * SPDX-License-Identifier: Apache-2.0 */
#include "runtime/batch.h"

#include <poll.h>
#include <string.h>

#include "runtime/parameters.h"

/* --- queueing ----------------------------------------------------------------------------------------------------- */

static void close_batch(lexo_db *db)
{
	db->batch->is_open = false;
	db->busy = (struct lx_busy){0};
}

static void drop(void *object)
{
	lexo_db *db = object;
	db->batch->count = 0;
	close_batch(db);
}

void lx_batch_free(lexo_db *db)
{
	struct lx_batch *batch = db->batch;
	if (!batch)
		return;
	lexo_arena_free(batch->arena);
	lx_db_alloc(db, batch->items, 0);
	lx_db_alloc(db, batch, 0);
	db->batch = NULL;
}

static bool make_batch(lexo_db *db)
{
	struct lx_batch *batch = lx_db_alloc(db, NULL, sizeof *batch);
	if (!batch)
		return false;
	*batch = (struct lx_batch){.arena = lexo_arena_new_with(0, db->alloc, db->alloc_context)};
	db->batch = batch;
	if (batch->arena)
		return true;
	lx_batch_free(db);
	return false;
}

lexo_rc lexo_batch_begin(lexo_db *db)
{
	if (!db)
		return LEXO_E_MISUSE;
	if (!db->pg || PQstatus(db->pg) != CONNECTION_OK)
		return lx_db_fail_result(db, NULL, NULL);
	lexo_rc rc = lx_db_check_free(db);
	if (rc != LEXO_OK)
		return rc;
	if (!db->batch && !make_batch(db))
		return lx_db_nomem(db);
	lexo_arena_reset(db->batch->arena);
	db->batch->count = 0;
	db->batch->is_open = true;
	db->busy = (struct lx_busy){"a batch is open on this handle: run or drop it first", drop, db};
	return LEXO_OK;
}

void lexo_batch_drop(lexo_db *db)
{
	if (db && lx_batch_is_open(db))
		drop(db);
}

size_t lexo_batch_len(const lexo_db *db)
{
	return db && db->batch ? db->batch->count : 0;
}

lexo_rc lexo_batch_rc(const lexo_db *db, size_t call)
{
	return call < lexo_batch_len(db) ? db->batch->items[call].rc : LEXO_E_MISUSE;
}

/* The arguments are borrowed for their call alone.  What travels as text ends with a NUL that is not counted. */
static bool copy_parameters(struct lx_batch *batch, const struct lx_parameters *from, struct lx_parameters *to)
{
	size_t count = from->count, size = count * (sizeof(char *) + 2 * sizeof(int) + sizeof(Oid));
	for (size_t i = 0; i < count; i++)
		size += from->values[i] ? (size_t)from->lengths[i] + 1 : 0;
	*to = (struct lx_parameters){.count = from->count};
	char *at = lx_memory_take(batch->arena, size, 16);
	if (!at || !count)
		return at;
	to->values = (char **)(void *)at;
	to->lengths = (int *)(void *)(to->values + count);
	to->formats = to->lengths + count;
	to->types = (Oid *)(to->formats + count);
	memcpy(to->lengths, from->lengths, count * sizeof(int));
	memcpy(to->formats, from->formats, count * sizeof(int));
	memcpy(to->types, from->types, count * sizeof(Oid));
	at = (char *)(to->types + count);
	for (size_t i = 0; i < count; i++) {
		size_t length = (size_t)from->lengths[i];
		to->values[i] = from->values[i] ? at : NULL;
		if (!from->values[i])
			continue;
		memcpy(at, from->values[i], length);
		at[length] = 0;
		at += length + 1;
	}
	return true;
}

lexo_rc lx_batch_add(const struct lx_run *run)
{
	lexo_db *db = run->db;
	struct lx_batch *batch = db->batch;
	lx_take_nothing(run);
	if (batch->count == batch->capacity) {
		size_t capacity = batch->capacity ? 2 * batch->capacity : 16;
		struct lx_queued *items = lx_db_alloc(db, batch->items, capacity * sizeof *items);
		if (!items)
			return lx_db_nomem(db);
		batch->items = items;
		batch->capacity = capacity;
	}
	struct lx_queued *item = &batch->items[batch->count];
	*item = (struct lx_queued){.run = *run, .rc = LEXO_QUEUED};
	if (!copy_parameters(batch, &db->parameters, &item->parameters))
		return lx_db_nomem(db);
	batch->count++;
	return LEXO_QUEUED;
}

/* --- sending ------------------------------------------------------------------------------------------------------ */

/* What cannot be done within the pipeline: done before. */
static lexo_rc prepare(lexo_db *db, struct lx_queued *item)
{
	struct lx_statement *statement = item->run.statement;
	lexo_rc rc = LEXO_OK;
	if (statement->has_rows && !statement->is_verified)
		rc = lx_statement_types(db, statement);
	if (rc == LEXO_OK && statement->is_stale && !db->no_prepare)
		rc = lx_statement_prepare(db, statement, &item->parameters);
	return rc;
}

/* Statements that are not prepared yet are so in the same round trip; IS_COMING marks them meanwhile. */
static bool send(lexo_db *db, struct lx_queued *item)
{
	struct lx_statement *statement = item->run.statement;
	item->is_prepared_too = !db->no_prepare && !statement->is_prepared && !statement->is_coming &&
				!lx_statement_is_there(db, statement, &item->parameters);
	if (item->is_prepared_too && !lx_statement_send_prepare(db, statement, &item->parameters))
		return false;
	statement->is_coming |= item->is_prepared_too;
	return lx_statement_send(db, statement, &item->parameters);
}

/* Writes what libpq has gathered, and reads meanwhile: a server that cannot get rid of its answers does not listen. */
static bool flush(PGconn *pg)
{
	int left;
	while ((left = PQflush(pg)) == 1) {
		struct pollfd io = {.fd = PQsocket(pg), .events = POLLIN | POLLOUT};
		poll(&io, 1, -1);
		if (io.revents & (POLLIN | POLLERR | POLLHUP) && !PQconsumeInput(pg))
			return false;
	}
	return left == 0;
}

static lexo_rc send_all(lexo_db *db)
{
	struct lx_batch *batch = db->batch;
	/* libpq's single-row mode, when the statement before had it, is that of the first one in a pipeline, too; a
	 * Sync ahead of all ends it */
	bool is_sent = !db->is_by_row || PQpipelineSync(db->pg);
	for (size_t i = 0; i < batch->count; i++)
		batch->items[i].run.statement->is_coming = false;
	for (size_t i = 0; i < batch->count && is_sent; i++)
		is_sent = send(db, &batch->items[i]);
	is_sent = is_sent && PQpipelineSync(db->pg) && flush(db->pg);
	return is_sent ? LEXO_OK : lx_db_fail_result(db, NULL, NULL);
}

/* --- taking ------------------------------------------------------------------------------------------------------- */

static lexo_rc take_prepared(lexo_db *db, struct lx_queued *item)
{
	struct lx_statement *statement = item->run.statement;
	PGresult *result = PQgetResult(db->pg);
	ExecStatusType status = PQresultStatus(result);
	lexo_rc rc = LEXO_OK;
	if (status == PGRES_PIPELINE_ABORTED)
		rc = LEXO_E_SKIPPED;
	else if (status != PGRES_COMMAND_OK)
		rc = lx_db_fail_result(db, result, statement->sql);
	lx_settle(db->pg, result);
	PQclear(result);
	lx_drain(db->pg);
	statement->is_prepared = rc == LEXO_OK;
	return rc;
}

static lexo_rc take_item(lexo_db *db, struct lx_queued *item)
{
	struct lx_statement *statement = item->run.statement;
	db->catalog = statement->model->catalog;
	db->has_secrets = statement->has_secrets;
	lexo_rc rc = item->is_prepared_too ? take_prepared(db, item) : LEXO_OK;
	PGresult *result = PQgetResult(db->pg);
	if (rc == LEXO_OK && PQresultStatus(result) == PGRES_PIPELINE_ABORTED)
		rc = LEXO_E_SKIPPED;
	else if (rc == LEXO_OK)
		rc = lx_take(&item->run, result);
	lx_settle(db->pg, result);
	PQclear(result);
	lx_drain(db->pg);
	if (db->no_prepare)
		statement->is_verified = false;
	return rc == LEXO_NOT_FOUND && item->run.has_version ? LEXO_STALE : rc;
}

/* The transaction of the batch ends with the Sync: deferred constraints speak here. */
static lexo_rc take_end(lexo_db *db)
{
	lexo_rc rc = LEXO_OK;
	bool is_end = false;
	for (int nothing = 0; !is_end && nothing < 2;) {
		PGresult *result = PQgetResult(db->pg);
		ExecStatusType status = PQresultStatus(result);
		is_end = status == PGRES_PIPELINE_SYNC;
		nothing = result ? 0 : nothing + 1;
		if (result && !is_end && rc == LEXO_OK)
			rc = lx_db_fail_result(db, result, NULL);
		lx_settle(db->pg, result);
		PQclear(result);
	}
	return is_end || rc != LEXO_OK ? rc : lx_db_fail_result(db, NULL, NULL);
}

/* What went wrong first is what lexo_err() tells. */
struct first {
	lexo_rc rc;
	struct lx_error_slot error;
};

static void note(lexo_db *db, struct first *first, lexo_rc rc)
{
	if (rc < LEXO_E_FIRST || rc == LEXO_E_SKIPPED || first->rc != LEXO_OK)
		return;
	*first = (struct first){rc, db->error};
	db->error = (struct lx_error_slot){0};
	lx_error_clear(db, &db->error);
}

static lexo_rc take_all(lexo_db *db)
{
	struct lx_batch *batch = db->batch;
	struct first first = {0};
	if (db->is_by_row)
		PQclear(PQgetResult(db->pg));
	db->is_by_row = db->is_adopted; /* nobody knows what its owner does */
	for (size_t i = 0; i < batch->count; i++) {
		batch->items[i].rc = take_item(db, &batch->items[i]);
		note(db, &first, batch->items[i].rc);
	}
	note(db, &first, take_end(db));
	if (first.rc == LEXO_OK)
		return LEXO_OK;
	lx_db_alloc(db, db->error.texts, 0);
	db->error = first.error;
	return first.rc;
}

/* --- running ------------------------------------------------------------------------------------------------------ */

/* Out of the pipeline again, in every case in which the connection can be used.  When not all could be sent, something
 * that the server refuses comes before the Sync, which would commit the others. */
static void leave(PGconn *pg, bool was_nonblocking)
{
	if (PQexitPipelineMode(pg) != 1 && PQsendPrepare(pg, "", "given up", 0, NULL) && PQpipelineSync(pg) &&
	    flush(pg)) {
		PGresult *result = NULL;
		do {
			PQclear(result);
			result = PQgetResult(pg);
			if (!result)
				result = PQgetResult(pg);
			lx_settle(pg, result);
		} while (result && PQresultStatus(result) != PGRES_PIPELINE_SYNC);
		PQclear(result);
		PQexitPipelineMode(pg);
	}
	PQsetnonblocking(pg, was_nonblocking);
}

static lexo_rc run_once(lexo_db *db)
{
	bool was_nonblocking = PQisnonblocking(db->pg);
	for (size_t i = 0; i < db->batch->count; i++) {
		lexo_rc rc = prepare(db, &db->batch->items[i]);
		if (rc != LEXO_OK)
			return db->batch->items[i].rc = rc;
	}
	if (PQsetnonblocking(db->pg, 1) != 0 || !PQenterPipelineMode(db->pg))
		return lx_db_fail_result(db, NULL, NULL);
	lexo_rc rc = send_all(db);
	if (rc == LEXO_OK)
		rc = take_all(db);
	leave(db->pg, was_nonblocking);
	return rc;
}

/* After RC: true when statements were outdated on the server, or there already, or met others, and nothing is lost by
 * trying again. */
static bool again(lexo_db *db, lexo_rc *rc)
{
	const struct lx_batch *batch = db->batch;
	bool is_idle = PQtransactionStatus(db->pg) == PQTRANS_IDLE, is_of_use = false;
	bool is_there = *rc >= LEXO_E_FIRST && strcmp(db->error.error.sqlstate, "42P05") == 0;
	for (size_t i = 0; i < batch->count; i++) {
		struct lx_queued *item = &batch->items[i];
		if (is_there && item->is_prepared_too && item->rc != LEXO_E_SKIPPED)
			is_of_use = item->run.statement->is_prepared = is_idle;
		else if (lx_statement_again(db, item->run.statement, rc))
			is_of_use = true;
	}
	return is_of_use;
}

/* The server undid everything, whatever it had answered before: a call that did not fail is one that did not happen. */
static void undo(lexo_db *db)
{
	for (size_t i = 0; i < db->batch->count; i++) {
		struct lx_queued *item = &db->batch->items[i];
		lx_take_nothing(&item->run);
		if (item->rc < LEXO_E_FIRST)
			item->rc = LEXO_E_SKIPPED;
	}
}

lexo_rc lexo_batch_run(lexo_db *db)
{
	if (!db)
		return LEXO_E_MISUSE;
	if (!lx_batch_is_open(db))
		return lx_db_fail(db, LEXO_E_MISUSE, "no batch is open");
	struct lx_batch *batch = db->batch;
	close_batch(db);
	if (!batch->count)
		return LEXO_OK;
	uint64_t start = lx_event_start(db);
	lexo_rc rc = run_once(db);
	for (int tries = 1; tries < LX_TRIES && again(db, &rc); tries++)
		rc = run_once(db);
	bool is_refused = rc >= LEXO_E_FIRST && (db->error.error.sqlstate[0] || rc == LEXO_E_CONNECTION);
	for (size_t i = 0; i < batch->count; i++)
		if (batch->items[i].rc == LEXO_QUEUED) /* it did not come to sending */
			is_refused = true;
	if (is_refused)
		undo(db);
	for (size_t i = 0; i < batch->count; i++) {
		const struct lx_queued *item = &batch->items[i];
		lx_event_send(db, item->run.statement, item->rc, start, item->run.rows);
	}
	return rc;
}
