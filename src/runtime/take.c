/* Results into what the caller wants of them: a row, rows, places, groups, a number.  SPDX-License-Identifier: Apache-2.0
 */
#include <string.h>

#include "runtime/execute.h"

lexo_rc lx_take_row(struct lx_run *run, const PGresult *result, int number, char *row)
{
	const lexo_column *column = NULL;
	enum lx_decoded decoded = lx_decode_row(run->statement->model, lx_statement_omits(run->statement), result,
						number, run->arena, row, false, &column);
	return decoded == LX_DECODED ? LEXO_OK : lx_statement_undecoded(run->db, run->statement, column, decoded);
}

/* Room for COUNT rows; NULL: out of memory (reported). */
static char *take_room(const struct lx_run *run, size_t count)
{
	size_t size = run->statement->model->row_size;
	/* the server cannot send so many rows, but the product must not wrap */
	char *items = count > SIZE_MAX / size ? NULL : lx_memory_take(run->arena, count * size, 16);
	if (!items)
		lx_db_nomem(run->db);
	return items;
}

static lexo_rc take_one(struct lx_run *run, PGresult *result)
{
	int rows = PQntuples(result);
	if (rows > 1)
		return lx_db_fail_at(run->db, LEXO_E_SCHEMA_MISMATCH, "several rows where there can be one", NULL,
				     run->statement->sql);
	run->rows = (uint64_t)rows;
	return rows ? lx_take_row(run, result, 0, run->out.at) : LEXO_NOT_FOUND;
}

static lexo_rc take_all(struct lx_run *run, PGresult *result)
{
	size_t size = run->statement->model->row_size, count = (size_t)PQntuples(result);
	struct lx_rows *rows = run->out.at;
	if (!count)
		return LEXO_OK;
	char *items = take_room(run, count);
	if (!items)
		return LEXO_E_NOMEM;
	for (size_t i = 0; i < count; i++) {
		lexo_rc rc = lx_take_row(run, result, (int)i, items + i * size);
		if (rc != LEXO_OK)
			return rc;
	}
	rows->items = items;
	rows->len = run->rows = count;
	return LEXO_OK;
}

static lexo_rc append(struct lx_run *run, PGresult *result)
{
	struct lx_rows *rows = run->out.at;
	size_t count = (size_t)PQntuples(result), size = run->statement->model->row_size;
	if (count > run->out.len)
		return lx_db_fail_at(run->db, LEXO_E_SCHEMA_MISMATCH, "more rows than were inserted", NULL,
				     run->statement->sql);
	for (size_t i = 0; i < count; i++) {
		lexo_rc rc = lx_take_row(run, result, (int)i, (char *)rows->items + (rows->len + i) * size);
		if (rc != LEXO_OK)
			return rc;
	}
	rows->len += count;
	run->rows = count;
	return LEXO_OK;
}

/* The value behind the columns of the model; false unless it is LENGTH bytes. */
static bool extra(const PGresult *result, int row, int length, const char **bytes)
{
	int field = PQnfields(result) - 1;
	*bytes = PQgetvalue(result, row, field);
	return PQgetlength(result, row, field) == length;
}

static lexo_rc bad_extra(struct lx_run *run)
{
	return lx_db_fail_at(run->db, LEXO_E_DECODE, "the last column has a value that it cannot have", NULL,
			     run->statement->sql);
}

static lexo_rc take_places(struct lx_run *run, PGresult *result)
{
	size_t size = run->statement->model->row_size, count = (size_t)PQntuples(result);
	char *items = take_room(run, count), *places = run->out.at;
	if (!items)
		return LEXO_E_NOMEM;
	for (size_t i = 0; i < count; i++) {
		const char *bytes;
		lexo_rc rc = lx_take_row(run, result, (int)i, items + i * size);
		if (rc != LEXO_OK)
			return rc;
		uint64_t place = extra(result, (int)i, 8, &bytes) ? lx_get64(bytes) : 0;
		if (place == 0 || place > run->out.len)
			return bad_extra(run);
		const void *row = items + i * size;
		/* the caller's pointers have another type */
		memcpy(places + (place - 1) * sizeof row, &row, sizeof row);
	}
	run->rows = count;
	return LEXO_OK;
}

/* Counts first: the rows of a group become neighbours, in the order in which they came. */
static lexo_rc take_groups(struct lx_run *run, PGresult *result)
{
	size_t size = run->statement->model->row_size, count = (size_t)PQntuples(result), before = 0;
	struct lx_rows *groups = run->out.at;
	char *items = take_room(run, count);
	const char *bytes;
	if (!items)
		return LEXO_E_NOMEM;
	for (size_t i = 0; i < count; i++) {
		uint64_t group = extra(result, (int)i, 8, &bytes) ? lx_get64(bytes) : 0;
		if (group == 0 || group > run->out.len)
			return bad_extra(run);
		groups[group - 1].len++;
	}
	for (size_t i = 0; i < run->out.len; i++) {
		groups[i].items = groups[i].len ? items + before * size : NULL;
		before += groups[i].len;
		groups[i].len = 0;
	}
	for (size_t i = 0; i < count; i++) {
		extra(result, (int)i, 8, &bytes);
		struct lx_rows *rows = &groups[lx_get64(bytes) - 1];
		lexo_rc rc = lx_take_row(run, result, (int)i, (char *)rows->items + rows->len * size);
		if (rc != LEXO_OK)
			return rc;
		rows->len++;
	}
	run->rows = count;
	return LEXO_OK;
}

static lexo_rc take_upserted(struct lx_run *run, PGresult *result)
{
	const char *bytes;
	if (PQntuples(result) == 0)
		return LEXO_NOT_FOUND; /* a trigger swallowed the row */
	lexo_rc rc = lx_take_row(run, result, 0, run->out.at);
	if (rc != LEXO_OK)
		return rc;
	if (!extra(result, 0, 1, &bytes))
		return bad_extra(run);
	*run->out.is_new = *bytes != 0;
	run->rows = 1;
	return LEXO_OK;
}

static lexo_rc take_number(struct lx_run *run, PGresult *result)
{
	const char *bytes;
	if (PQntuples(result) != 1 || PQnfields(result) != 1 || !extra(result, 0, 8, &bytes))
		return bad_extra(run);
	*(int64_t *)run->out.at = (int64_t)lx_get64(bytes);
	run->rows = 1;
	return LEXO_OK;
}

static lexo_rc take_count(struct lx_run *run, PGresult *result)
{
	for (const char *at = PQcmdTuples(result); *at >= '0' && *at <= '9'; at++)
		run->rows = run->rows * 10 + (uint64_t)(*at - '0');
	if (run->how == LX_COUNT && run->out.at)
		*(int64_t *)run->out.at = (int64_t)run->rows;
	return run->how == LX_FOUND && !run->rows ? LEXO_NOT_FOUND : LEXO_OK;
}

static lexo_rc (*const takes[])(struct lx_run *run, PGresult *result) = {
    [LX_COUNT] = take_count,   [LX_FOUND] = take_count,   [LX_ONE] = take_one,       [LX_WHOLE] = take_all,
    [LX_APPEND] = append,      [LX_PLACES] = take_places, [LX_GROUPS] = take_groups, [LX_UPSERT] = take_upserted,
    [LX_NUMBER] = take_number, [LX_STREAM] = take_all,
};

lexo_rc lx_take(struct lx_run *run, PGresult *result)
{
	struct lx_statement *statement = run->statement;
	ExecStatusType status = PQresultStatus(result);
	lexo_rc rc = LEXO_OK;
	run->rows = 0;
	if (status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK)
		return lx_db_fail_result(run->db, result, statement->sql);
	if (statement->has_rows && !statement->is_verified && run->how != LX_COUNT && run->how != LX_FOUND)
		rc = lx_statement_verify(run->db, statement, result, 1);
	return rc == LEXO_OK ? takes[run->how](run, result) : rc;
}

void lx_take_nothing(const struct lx_run *run)
{
	static const size_t sizes[] = {
	    [LX_COUNT] = sizeof(int64_t),  [LX_WHOLE] = sizeof(struct lx_rows),
	    [LX_NUMBER] = sizeof(int64_t), [LX_STREAM] = sizeof(struct lx_rows),
	    [LX_PLACES] = sizeof(void *),  [LX_GROUPS] = sizeof(struct lx_rows),
	};
	size_t size = 0, count = 1;
	if (run->how == LX_ONE || run->how == LX_UPSERT)
		size = run->statement->model->row_size;
	else if (run->how < sizeof sizes / sizeof sizes[0])
		size = sizes[run->how];
	if (run->how == LX_PLACES || run->how == LX_GROUPS)
		count = run->out.len;
	if (run->out.at && size)
		memset(run->out.at, 0, count * size);
	if (run->out.is_new)
		*run->out.is_new = false;
}
