/* SPDX-License-Identifier: Apache-2.0 */
#include "runtime/execute.h"

#include <string.h>

#include "runtime/codec.h"
#include "runtime/parameters.h"

struct run {
	lexo_db *db;
	struct lx_statement *statement;
	enum lx_how how;
	lexo_arena *arena;
	void *out;
	uint64_t rows;
	uint32_t limit; /* of rows that may come */
};

static lexo_rc decode_row(struct run *run, const PGresult *result, int number, char *row)
{
	const lexo_column *column = NULL;
	enum lx_decoded decoded = lx_decode_row(run->statement->model, lx_statement_omits(run->statement), result,
						number, run->arena, row, false, &column);
	return decoded == LX_DECODED ? LEXO_OK : lx_statement_undecoded(run->db, run->statement, column, decoded);
}

static lexo_rc take_one(struct run *run, const PGresult *result)
{
	int rows = PQntuples(result);
	if (rows > 1)
		return lx_db_fail_at(run->db, LEXO_E_SCHEMA_MISMATCH, "several rows where there can be one", NULL,
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

static lexo_rc append(struct run *run, const PGresult *result)
{
	struct lx_rows *rows = run->out;
	int count = PQntuples(result);
	if ((uint32_t)count > run->limit)
		return lx_db_fail_at(run->db, LEXO_E_SCHEMA_MISMATCH, "more rows than were inserted", NULL,
				     run->statement->sql);
	for (int i = 0; i < count; i++) {
		lexo_rc rc =
		    decode_row(run, result, i, (char *)rows->items + rows->len * run->statement->model->row_size);
		if (rc != LEXO_OK)
			return rc;
		rows->len++;
		run->rows++;
	}
	return LEXO_OK;
}

/* The value behind the columns of the model; false unless it is LENGTH bytes. */
static bool extra(const PGresult *result, int row, int length, const char **bytes)
{
	int field = PQnfields(result) - 1;
	*bytes = PQgetvalue(result, row, field);
	return PQgetlength(result, row, field) == length;
}

static lexo_rc bad_extra(struct run *run)
{
	return lx_db_fail_at(run->db, LEXO_E_DECODE, "the last column has a value that it cannot have", NULL,
			     run->statement->sql);
}

static lexo_rc take_places(struct run *run, const PGresult *result)
{
	const struct lx_places *places = run->out;
	size_t size = run->statement->model->row_size, count = (size_t)PQntuples(result);
	char *items = count > SIZE_MAX / size ? NULL : lx_memory_take(run->arena, count * size, 16);
	if (!items)
		return lx_db_nomem(run->db);
	for (size_t i = 0; i < count; i++) {
		const char *bytes;
		lexo_rc rc = decode_row(run, result, (int)i, items + i * size);
		if (rc != LEXO_OK)
			return rc;
		uint64_t place = extra(result, (int)i, 8, &bytes) ? lx_get64(bytes) : 0;
		if (place == 0 || place > places->len)
			return bad_extra(run);
		const void *row = items + i * size;
		memcpy(&places->items[place - 1], &row, sizeof row); /* the caller's pointers have another type */
	}
	run->rows = count;
	return LEXO_OK;
}

/* Counts first: the rows of a group become neighbours, in the order in which they came. */
static lexo_rc take_groups(struct run *run, const PGresult *result)
{
	const struct lx_groups *groups = run->out;
	size_t size = run->statement->model->row_size, count = (size_t)PQntuples(result), before = 0;
	char *items = count > SIZE_MAX / size ? NULL : lx_memory_take(run->arena, count * size, 16);
	const char *bytes;
	if (!items)
		return lx_db_nomem(run->db);
	for (size_t i = 0; i < count; i++) {
		uint64_t group = extra(result, (int)i, 8, &bytes) ? lx_get64(bytes) : 0;
		if (group == 0 || group > groups->len)
			return bad_extra(run);
		groups->items[group - 1].len++;
	}
	for (size_t i = 0; i < groups->len; i++) {
		groups->items[i].items = groups->items[i].len ? items + before * size : NULL;
		before += groups->items[i].len;
		groups->items[i].len = 0;
	}
	for (size_t i = 0; i < count; i++) {
		extra(result, (int)i, 8, &bytes);
		struct lx_rows *rows = &groups->items[lx_get64(bytes) - 1];
		lexo_rc rc = decode_row(run, result, (int)i, (char *)rows->items + rows->len * size);
		if (rc != LEXO_OK)
			return rc;
		rows->len++;
	}
	run->rows = count;
	return LEXO_OK;
}

static lexo_rc take_upserted(struct run *run, const PGresult *result)
{
	struct lx_upserted *upserted = run->out;
	const char *bytes;
	if (PQntuples(result) == 0)
		return LEXO_NOT_FOUND; /* a trigger swallowed the row */
	lexo_rc rc = decode_row(run, result, 0, upserted->row);
	if (rc != LEXO_OK)
		return rc;
	if (!extra(result, 0, 1, &bytes))
		return bad_extra(run);
	upserted->is_inserted = *bytes != 0;
	run->rows = 1;
	return LEXO_OK;
}

static lexo_rc take_number(struct run *run, const PGresult *result)
{
	const char *bytes;
	if (PQntuples(result) != 1 || PQnfields(result) != 1 || !extra(result, 0, 8, &bytes))
		return bad_extra(run);
	*(int64_t *)run->out = (int64_t)lx_get64(bytes);
	run->rows = 1;
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

static lexo_rc (*const takes[])(struct run *run, const PGresult *result) = {
    [LX_ONE] = take_one,       [LX_WHOLE] = take_all,       [LX_APPEND] = append,      [LX_PLACES] = take_places,
    [LX_GROUPS] = take_groups, [LX_UPSERT] = take_upserted, [LX_NUMBER] = take_number, [LX_STREAM] = NULL,
};

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
	else if (statement->has_rows && !statement->is_verified)
		rc = lx_statement_verify(run->db, statement, result);
	if (rc == LEXO_OK && takes[run->how])
		rc = takes[run->how](run, result);
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
	PGconn *pg = run->db->pg;
	lexo_rc rc = lx_statement_send(run->db, run->statement);
	if (rc != LEXO_OK)
		return rc;
	struct lx_growing growing = {0};
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
	lexo_rc rc = lx_statement_ready(run->db, run->statement);
	run->rows = 0;
	if (rc == LEXO_OK)
		rc = run->how == LX_STREAM ? run_streamed(run) : run_whole(run);
	if (run->db->no_prepare)
		run->statement->is_verified = false; /* nothing says that it will be the same next time */
	return rc;
}

static size_t out_size(const struct run *run)
{
	static const size_t sizes[] = {
	    [LX_COUNT] = sizeof(uint64_t),
	    [LX_ONE] = 0,
	    [LX_WHOLE] = sizeof(struct lx_rows),
	    [LX_APPEND] = sizeof(struct lx_rows),
	    [LX_PLACES] = sizeof(struct lx_places),
	    [LX_GROUPS] = sizeof(struct lx_groups),
	    [LX_UPSERT] = sizeof(struct lx_upserted),
	    [LX_NUMBER] = sizeof(int64_t),
	    [LX_STREAM] = sizeof(struct lx_rows),
	};
	return run->how == LX_ONE ? run->statement->model->row_size : sizes[run->how];
}

lexo_rc lx_execute(lexo_db *db, const struct lx_request *request, enum lx_how how, lexo_arena *arena, void *out)
{
	struct run run = {.db = db, .how = how, .arena = arena, .out = out, .limit = request->row_count};
	run.statement = lx_statement_find(db, request);
	if (!run.statement)
		return LEXO_E_NOMEM;
	db->catalog = request->model->catalog;
	db->has_secrets = run.statement->has_secrets;
	lx_parameters_place(db);
	uint64_t start = lx_event_start(db);
	if (how == LX_WHOLE || how == LX_STREAM)
		memset(out, 0, sizeof(struct lx_rows));
	lexo_rc rc = run_once(&run);
	if (lx_statement_is_outdated(db, run.statement, rc)) {
		if (PQtransactionStatus(db->pg) == PQTRANS_IDLE)
			rc = run_once(&run);
		else if (strcmp(db->error.error.sqlstate, "0A000") == 0)
			rc = db->error.error.rc = LEXO_E_SCHEMA_MISMATCH;
	}
	if (rc != LEXO_OK)
		memset(out, 0, out_size(&run));
	lx_event_send(db, run.statement, rc, start, run.rows);
	return rc;
}
