/* SPDX-License-Identifier: Apache-2.0 */
#include "runtime/execute.h"

#include <string.h>

#include "runtime/batch.h"
#include "runtime/parameters.h"

static lexo_rc run_whole(struct lx_run *run)
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
	lexo_rc rc = lx_take(run, result);
	PQclear(result);
	return rc;
}

/* One PGresult of a statement in single-row mode. */
static lexo_rc take_streamed(struct lx_run *run, const PGresult *result, struct lx_growing *growing)
{
	ExecStatusType status = PQresultStatus(result);
	if (status != PGRES_SINGLE_TUPLE && status != PGRES_TUPLES_OK)
		return lx_db_fail_result(run->db, result, run->statement->sql);
	if (!run->statement->is_verified) {
		lexo_rc rc = lx_statement_verify(run->db, run->statement, result, 1);
		if (rc != LEXO_OK)
			return rc;
	}
	if (status == PGRES_TUPLES_OK) /* the end, without a row */
		return LEXO_OK;
	char *row = lx_growing_add(run->arena, growing, run->statement->model->row_size);
	if (!row)
		return lx_db_nomem(run->db);
	run->rows++;
	return lx_take_row(run, result, 0, row);
}

static lexo_rc run_streamed(struct lx_run *run)
{
	PGconn *pg = run->db->pg;
	lexo_rc rc = lx_statement_send_rows(run->db, run->statement);
	if (rc != LEXO_OK)
		return rc;
	struct lx_growing growing = {0};
	for (PGresult *result; (result = PQgetResult(pg)) != NULL; PQclear(result)) {
		if (rc == LEXO_OK) /* else only drain what is left */
			rc = take_streamed(run, result, &growing);
		lx_settle(pg, result);
	}
	if (rc != LEXO_OK) {
		lx_growing_drop(run->arena, &growing);
		return rc;
	}
	struct lx_rows *rows = run->out.at;
	rows->items = lx_growing_finish(run->arena, &growing);
	rows->len = run->rows;
	return LEXO_OK;
}

static lexo_rc run_once(struct lx_run *run)
{
	lexo_rc rc = lx_statement_ready(run->db, run->statement);
	run->rows = 0;
	if (rc == LEXO_OK)
		rc = run->how == LX_STREAM ? run_streamed(run) : run_whole(run);
	if (run->db->no_prepare)
		run->statement->is_verified = false; /* nothing says that it will be the same next time */
	return rc;
}

lexo_rc lx_execute(lexo_db *db, const struct lx_request *request, enum lx_how how, lexo_arena *arena, struct lx_out out)
{
	struct lx_run run = {.db = db, .how = how, .arena = arena, .out = out, .has_version = request->has_version};
	run.statement = lx_statement_find(db, request);
	if (!run.statement)
		return LEXO_E_NOMEM;
	lx_parameters_place(db);
	if (how == LX_WHOLE || how == LX_STREAM)
		memset(out.at, 0, sizeof(struct lx_rows));
	if (lx_batch_is_open(db))
		return lx_batch_add(&run);
	db->catalog = request->model->catalog;
	db->has_secrets = run.statement->has_secrets;
	uint64_t start = lx_event_start(db);
	lexo_rc rc = run_once(&run);
	for (int tries = 1; tries < LX_TRIES && lx_statement_again(db, run.statement, &rc); tries++)
		rc = run_once(&run);
	if (rc != LEXO_OK)
		lx_take_nothing(&run);
	lx_event_send(db, run.statement, rc, start, run.rows);
	return rc;
}
