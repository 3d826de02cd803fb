/* SPDX-License-Identifier: Apache-2.0 */
#include "runtime/execute.h"

#include <string.h>
#include <time.h>

#include "runtime/codec.h"
#include "runtime/parameters.h"

struct run {
	lexo_db *db;
	struct lx_statement *statement;
	enum lx_how how;
	lexo_arena *arena;
	void *out;
	uint64_t rows;
};

static lexo_rc decode_row(struct run *run, const PGresult *result, int number, char *row)
{
	const lexo_column *column = NULL;
	enum lx_decoded decoded =
	    lx_decode_row(run->statement->model, result, number, run->arena, row, &column);
	if (decoded == LX_DECODED)
		return LEXO_OK;
	if (decoded == LX_DECODE_NOMEM)
		return lx_db_nomem(run->db);
	return lx_db_fail_at(run->db, LEXO_E_DECODE,
			     decoded == LX_DECODE_NULL
				 ? "NULL in a column that is declared NOT NULL"
				 : "a value that the column's type cannot have, or C cannot hold",
			     column->name, run->statement->sql);
}

static lexo_rc take_one(struct run *run, const PGresult *result)
{
	int rows = PQntuples(result);
	if (rows > 1)
		return lx_db_fail_at(run->db, LEXO_E_SCHEMA_MISMATCH, "several rows for a unique key", NULL,
				     run->statement->sql);
	run->rows = (uint64_t)rows;
	return rows ? decode_row(run, result, 0, run->out) : LEXO_NOT_FOUND;
}

static lexo_rc take_all(struct run *run, const PGresult *result)
{
	size_t size = run->statement->model->row_size, count = (size_t)PQntuples(result);
	struct lx_rows *rows = run->out;
	if (!count)
		return LEXO_OK;
	/* the server cannot send so many rows, but the product must not wrap */
	char *items = count > SIZE_MAX / size ? NULL : lx_memory_take(run->arena, count * size, 16);
	if (!items)
		return lx_db_nomem(run->db);
	for (size_t i = 0; i < count; i++) {
		lexo_rc rc = decode_row(run, result, (int)i, items + i * size);
		if (rc != LEXO_OK)
			return rc;
	}
	rows->items = items;
	rows->len = run->rows = count;
	return LEXO_OK;
}

static uint64_t affected(PGresult *result)
{
	uint64_t count = 0;
	for (const char *at = PQcmdTuples(result); *at >= '0' && *at <= '9'; at++)
		count = count * 10 + (uint64_t)(*at - '0');
	return count;
}

static lexo_rc fail(struct run *run, const PGresult *result)
{
	return lx_db_fail_result(run->db, result, run->statement->sql);
}

static lexo_rc run_whole(struct run *run)
{
	struct lx_statement *statement = run->statement;
	struct lx_parameters *p = &run->db->parameters;
	PGresult *result;
	if (run->db->no_prepare)
		result = PQexecParams(run->db->pg, statement->sql, (int)p->count, p->types,
				      (const char *const *)p->values, p->lengths, p->formats, 1);
	else
		result = PQexecPrepared(run->db->pg, statement->name, (int)p->count, (const char *const *)p->values,
					p->lengths, p->formats, 1);
	ExecStatusType status = PQresultStatus(result);
	lexo_rc rc = LEXO_OK;
	if (status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK)
		rc = fail(run, result);
	else if (run->how == LX_COUNT)
		*(uint64_t *)run->out = run->rows = affected(result);
	else if (!statement->is_verified)
		rc = lx_statement_verify(run->db, statement, result);
	if (rc == LEXO_OK && run->how == LX_ONE)
		rc = take_one(run, result);
	else if (rc == LEXO_OK && run->how == LX_WHOLE)
		rc = take_all(run, result);
	PQclear(result);
	return rc;
}

/* One PGresult of a statement in single-row mode. */
static lexo_rc take_streamed(struct run *run, const PGresult *result, struct lx_growing *growing)
{
	ExecStatusType status = PQresultStatus(result);
	if (status != PGRES_SINGLE_TUPLE && status != PGRES_TUPLES_OK)
		return fail(run, result);
	if (!run->statement->is_verified) {
		lexo_rc rc = lx_statement_verify(run->db, run->statement, result);
		if (rc != LEXO_OK)
			return rc;
	}
	if (status == PGRES_TUPLES_OK) /* the end, without a row */
		return LEXO_OK;
	char *row = lx_growing_add(run->arena, growing, run->statement->model->row_size);
	if (!row)
		return lx_db_nomem(run->db);
	run->rows++;
	return decode_row(run, result, 0, row);
}

static lexo_rc run_streamed(struct run *run)
{
	struct lx_parameters *p = &run->db->parameters;
	PGconn *pg = run->db->pg;
	int sent;
	if (run->db->no_prepare)
		sent = PQsendQueryParams(pg, run->statement->sql, (int)p->count, p->types,
					 (const char *const *)p->values, p->lengths, p->formats, 1);
	else
		sent = PQsendQueryPrepared(pg, run->statement->name, (int)p->count, (const char *const *)p->values,
					   p->lengths, p->formats, 1);
	if (!sent)
		return fail(run, NULL);
	PQsetSingleRowMode(pg); /* if refused, the result comes whole and the loop below sees TUPLES_OK with rows */
	struct lx_growing growing = {0};
	lexo_rc rc = LEXO_OK;
	for (PGresult *result; (result = PQgetResult(pg)) != NULL; PQclear(result)) {
		if (rc == LEXO_OK) /* else only drain what is left */
			rc = take_streamed(run, result, &growing);
	}
	if (rc != LEXO_OK) {
		lx_growing_drop(run->arena, &growing);
		return rc;
	}
	struct lx_rows *rows = run->out;
	rows->items = lx_growing_finish(run->arena, &growing);
	rows->len = run->rows;
	return LEXO_OK;
}

static lexo_rc run_once(struct run *run)
{
	lexo_rc rc = LEXO_OK;
	run->rows = 0;
	if (run->statement->has_rows && !run->statement->is_verified)
		rc = lx_statement_types(run->db, run->statement);
	if (rc == LEXO_OK && !run->db->no_prepare)
		rc = lx_statement_prepare(run->db, run->statement);
	if (rc == LEXO_OK)
		rc = run->how == LX_STREAM ? run_streamed(run) : run_whole(run);
	if (run->db->no_prepare)
		run->statement->is_verified = false; /* nothing says that it will be the same next time */
	return rc;
}

/* True when the statement was outdated on the server and running it again may help. */
static bool is_outdated(struct run *run, lexo_rc rc)
{
	if (rc < LEXO_E_FIRST || run->db->no_prepare || !lx_statement_is_outdated(run->db->error.error.sqlstate))
		return false;
	bool was_verified = run->statement->is_verified;
	bool is_on_server = strcmp(run->db->error.error.sqlstate, "26000") != 0;
	lx_statement_forget(run->statement, is_on_server);
	return was_verified || !is_on_server || !run->statement->has_rows;
}

static uint64_t now_ns(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_sec * 1000000000 + (uint64_t)now.tv_nsec;
}

static size_t out_size(const struct run *run)
{
	if (run->how == LX_ONE)
		return run->statement->model->row_size;
	return run->how == LX_COUNT ? sizeof(uint64_t) : sizeof(struct lx_rows);
}

lexo_rc lx_execute(lexo_db *db, const struct lx_request *request, enum lx_how how, lexo_arena *arena, void *out)
{
	struct run run = {.db = db, .how = how, .arena = arena, .out = out};
	run.statement = lx_statement_find(db, request);
	if (!run.statement)
		return LEXO_E_NOMEM;
	db->catalog = request->model->catalog;
	db->has_secrets = run.statement->has_secrets;
	lx_parameters_place(db);
	uint64_t start = db->on_query ? now_ns() : 0;
	if (how == LX_WHOLE || how == LX_STREAM)
		memset(out, 0, sizeof(struct lx_rows));
	lexo_rc rc = run_once(&run);
	if (is_outdated(&run, rc)) {
		if (PQtransactionStatus(db->pg) == PQTRANS_IDLE)
			rc = run_once(&run);
		else if (strcmp(db->error.error.sqlstate, "0A000") == 0)
			rc = db->error.error.rc = LEXO_E_SCHEMA_MISMATCH;
	}
	if (rc != LEXO_OK)
		memset(out, 0, out_size(&run));
	if (db->on_query) {
		lexo_query_event event = {run.statement->label, run.statement->sql, rc, now_ns() - start, run.rows};
		db->on_query(db->on_query_context, &event);
	}
	return rc;
}
