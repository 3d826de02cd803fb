/* Rows one after the other: memory for one row, however many come.  Texts and bytes of a row are those of libpq's
 * result, or of its copy, which lives until the next row.
 * SPDX-License-Identifier: Apache-2.0 */
#include "runtime/stream.h"

#include <string.h>

#include "runtime/bind_private.h"
#include "runtime/parameters.h"

static void cancel(PGconn *pg)
{
	char why[256];
	PGcancel *request = PQgetCancel(pg);
	if (request)
		PQcancel(request, why, sizeof why); /* refused: the rows are read to their end */
	PQfreeCancel(request);
}

/* The handle is free again. */
static lexo_rc finish(lexo_stream *stream, lexo_rc rc)
{
	lexo_db *db = stream->db;
	PQclear(stream->result);
	PQfreemem(stream->copied);
	stream->result = NULL;
	stream->copied = NULL;
	if (rc != LEXO_DONE && stream->is_cancelable && PQtransactionStatus(db->pg) == PQTRANS_ACTIVE)
		cancel(db->pg);
	lx_drain(db->pg);
	if (db->no_prepare)
		stream->statement->is_verified = false;
	db->busy = (struct lx_busy){0};
	stream->db = NULL;
	stream->rc = rc;
	lx_event_send(db, stream->statement, rc == LEXO_DONE ? LEXO_OK : rc, stream->start, stream->rows);
	return rc;
}

static void end(void *object)
{
	finish(object, LEXO_E_MISUSE);
}

/* Sends the statement and fetches the first answer. */
static lexo_rc start(lexo_stream *stream)
{
	lexo_db *db = stream->db;
	struct lx_statement *statement = stream->statement;
	if (stream->is_copy)
		return lx_copy_out_start(stream);
	lexo_rc rc = lx_statement_ready(db, statement);
	if (rc == LEXO_OK)
		rc = lx_statement_send_rows(db, statement);
	if (rc != LEXO_OK)
		return rc;
	stream->result = PQgetResult(db->pg);
	ExecStatusType status = PQresultStatus(stream->result);
	if (status != PGRES_SINGLE_TUPLE && status != PGRES_TUPLES_OK)
		rc = lx_db_fail_result(db, stream->result, statement->sql);
	else if (!statement->is_verified)
		rc = lx_statement_verify(db, statement, stream->result, 1);
	if (rc == LEXO_OK)
		return rc;
	PQclear(stream->result);
	stream->result = NULL;
	lx_drain(db->pg);
	return rc;
}

static lexo_stream *new_stream(lexo_db *db, const lexo_model *model)
{
	lexo_stream *stream = lx_db_alloc(db, NULL, sizeof *stream + model->row_size);
	if (!stream)
		return NULL;
	*stream = (lexo_stream){.db = db, .alloc = db->alloc, .alloc_context = db->alloc_context};
	stream->arena = lexo_arena_new_with(0, db->alloc, db->alloc_context);
	if (stream->arena)
		return stream;
	lx_db_alloc(db, stream, 0);
	return NULL;
}

lexo_rc lx_stream_open(lexo_db *db, const struct lx_request *request, lexo_stream **out)
{
	lexo_rc rc = lx_db_check_free(db); /* a batch has no streams */
	if (rc != LEXO_OK)
		return rc;
	lexo_stream *stream = new_stream(db, request->model);
	if (!stream)
		return lx_db_nomem(db);
	stream->is_copy = request->verb == LX_VERB_EXPORT;
	stream->statement = lx_statement_find(db, request);
	if (!stream->statement) {
		lexo_bind_stream_close(stream);
		return LEXO_E_NOMEM;
	}
	db->catalog = request->model->catalog;
	db->has_secrets = stream->statement->has_secrets;
	stream->is_cancelable = PQtransactionStatus(db->pg) == PQTRANS_IDLE;
	stream->start = lx_event_start(db);
	lx_parameters_place(db);
	rc = start(stream);
	for (int tries = 1; tries < LX_TRIES && lx_statement_again(db, stream->statement, &rc); tries++)
		rc = start(stream);
	if (rc != LEXO_OK) {
		finish(stream, rc);
		lexo_bind_stream_close(stream);
		return rc;
	}
	stream->is_ahead = !stream->is_copy;
	db->busy = (struct lx_busy){"a stream is open on this handle: close it first", end, stream};
	*out = stream;
	return LEXO_OK;
}

lexo_rc lexo_bind_stream(lexo_db *db, const lexo_model *model, const lexo_query *query, lexo_stream **out)
{
	struct lx_request request = {.model = model, .verb = LX_VERB_STREAM, .has_rows = true};
	uint32_t where[LX_WHERE_WORDS];
	*out = NULL;
	lexo_rc rc = lx_bind_check(db, model, NULL, NULL);
	if (rc == LEXO_OK)
		rc = lx_bind_add_query(db, &request, query, where);
	if (rc == LEXO_OK && !db->parameters.count && !request.lock)
		request.verb = LX_VERB_EXPORT;
	return rc == LEXO_OK ? lx_stream_open(db, &request, out) : rc;
}

/* The next row of the extended protocol, as lx_copy_out_next(). */
static lexo_rc next_row(lexo_stream *stream)
{
	const lexo_column *column = NULL;
	struct lx_statement *statement = stream->statement;
	if (!stream->is_ahead) {
		PQclear(stream->result);
		stream->result = PQgetResult(stream->db->pg);
	}
	stream->is_ahead = false;
	ExecStatusType status = PQresultStatus(stream->result);
	if (status == PGRES_TUPLES_OK)
		return LEXO_DONE;
	if (status != PGRES_SINGLE_TUPLE)
		return lx_db_fail_result(stream->db, stream->result, statement->sql);
	enum lx_decoded decoded = lx_decode_row(statement->model, lx_statement_omits(statement), stream->result, 0,
						stream->arena, stream->row, true, &column);
	return decoded == LX_DECODED ? LEXO_ROW : lx_statement_undecoded(stream->db, statement, column, decoded);
}

lexo_rc lexo_bind_stream_next(lexo_stream *stream, const void **row)
{
	*row = NULL;
	if (!stream)
		return LEXO_E_MISUSE;
	if (!stream->db)
		return stream->rc;
	lexo_arena_reset(stream->arena);
	lexo_rc rc = stream->is_copy ? lx_copy_out_next(stream) : next_row(stream);
	if (rc != LEXO_ROW)
		return finish(stream, rc);
	stream->rows++;
	*row = stream->row;
	return LEXO_ROW;
}

void lexo_bind_stream_close(lexo_stream *stream)
{
	if (!stream)
		return;
	if (stream->db && stream->db->busy.object == stream)
		finish(stream, LEXO_OK);
	lexo_arena_free(stream->arena);
	stream->alloc(stream->alloc_context, stream, 0);
}
