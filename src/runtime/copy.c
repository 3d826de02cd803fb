/* COPY FROM STDIN: the fastest way in.  In binary format, or in text where a column has a type without a binary form
 * here.  What is to be sent gathers in the handle's scratch bytes.
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "runtime/bind_private.h"
#include "runtime/parameters.h"

enum { FLUSH = 64 * 1024 };

/* What is the same for a column of all rows, so that it is looked for once. */
struct step {
	const lexo_column *column;
	lx_appender *append; /* NULL: left to the database's default */
	enum lx_presence presence;
	uint32_t value; /* where its plain form is in an insert struct */
};

struct lexo_copy {
	lexo_db *db; /* NULL: it has ended */
	const lexo_model *model;
	lexo_alloc *alloc;
	void *alloc_context;
	char *sql;        /* NULL: no row yet, the server knows nothing of it */
	uint32_t columns; /* that are written */
	bool is_text;
	struct step *steps, *steps_end; /* one for each column that an insert has */
};

static const char no_copy[] = "a copy is open on this handle: end or abort it first";

/* Reads what the server says at the end; RC is what is known already. */
static lexo_rc take_end(lexo_copy *copy, lexo_rc rc, int64_t *count)
{
	lexo_db *db = copy->db;
	for (PGresult *result; (result = PQgetResult(db->pg)) != NULL; PQclear(result)) {
		ExecStatusType status = PQresultStatus(result);
		lx_settle(db->pg, result);
		if (rc != LEXO_OK)
			continue;
		if (status != PGRES_COMMAND_OK)
			rc = lx_db_fail_result(db, result, copy->sql);
		for (const char *at = PQcmdTuples(result); count && *at >= '0' && *at <= '9'; at++)
			*count = *count * 10 + (*at - '0');
	}
	if (rc == LEXO_OK && PQstatus(db->pg) != CONNECTION_OK)
		rc = lx_db_fail_result(db, NULL, copy->sql);
	return rc;
}

static void release(lexo_copy *copy)
{
	copy->db->busy = (struct lx_busy){0};
	lx_parameters_clear(copy->db);
	copy->db = NULL;
}

/* Nothing of what was sent stays. */
static void give_up(void *object)
{
	lexo_copy *copy = object;
	if (copy->sql && PQputCopyEnd(copy->db->pg, "given up by the program") == 1)
		take_end(copy, LEXO_E_MISUSE, NULL);
	release(copy);
}

static void drop(lexo_copy *copy)
{
	copy->alloc(copy->alloc_context, copy->steps, 0);
	copy->alloc(copy->alloc_context, copy->sql, 0);
	copy->alloc(copy->alloc_context, copy, 0);
}

lexo_rc lexo_bind_copy(lexo_db *db, const lexo_model *model, lexo_copy **out)
{
	*out = NULL;
	lexo_rc rc = lx_bind_check(db, model, NULL, NULL);
	if (rc == LEXO_OK) /* a batch has no copies */
		rc = lx_db_check_free(db);
	if (rc != LEXO_OK)
		return rc;
	lexo_copy *copy = lx_db_alloc(db, NULL, sizeof *copy);
	if (!copy)
		return lx_db_nomem(db);
	*copy = (lexo_copy){.db = db, .model = model, .alloc = db->alloc, .alloc_context = db->alloc_context};
	db->catalog = model->catalog;
	db->has_secrets = false;
	for (uint32_t i = 0; i < model->column_count; i++)
		db->has_secrets = db->has_secrets || model->columns[i].flags & LEXO_SECRET;
	db->busy = (struct lx_busy){no_copy, give_up, copy};
	*out = copy;
	return LEXO_OK;
}

/* The columns of MASK are written. */
static bool plan(lexo_copy *copy, const uint64_t *mask)
{
	const lexo_model *model = copy->model;
	struct step *step =
	    copy->steps ? copy->steps : lx_db_alloc(copy->db, NULL, (model->column_count + 1) * sizeof *step);
	if (!step)
		return false;
	copy->steps = step;
	copy->columns = 0;
	copy->is_text = false;
	for (uint32_t i = 0; i < model->column_count; i++) {
		const lexo_column *column = &model->columns[i];
		bool is_written = mask[i / 64] >> (i % 64) & 1;
		if (column->insert == LEXO_NOWHERE)
			continue;
		bool is_optional = column->flags & LEXO_OPTIONAL;
		size_t opt_value = is_optional && !(column->flags & LEXO_ARRAY) ? lx_layout(column)->opt_value : 0;
		*step++ = (struct step){column, is_written ? lx_copy_appender(column) : NULL,
					is_optional ? lx_bind_presence(column, true) : LX_ALWAYS,
					column->insert + (uint32_t)opt_value};
		copy->columns += is_written;
		copy->is_text = copy->is_text || (is_written && column->flags & LEXO_AS_TEXT);
	}
	copy->steps_end = step;
	for (step = copy->steps; copy->is_text && step < copy->steps_end; step++)
		step->append = step->append ? lx_encode_copy_text : NULL;
	return true;
}

static lexo_rc begin(lexo_copy *copy, const void *values)
{
	static const char header[] = "PGCOPY\n\377\r\n\0\0\0\0\0\0\0\0"; /* and the NUL: 19 bytes */
	lexo_db *db = copy->db;
	struct lx_request request = {.model = copy->model, .verb = LX_VERB_COPY};
	request.mask_words = lx_bind_shape(copy->model, values, LEXO_DEFAULT, request.mask);
	lx_parameters_clear(db);
	if (!plan(copy, request.mask))
		return lx_db_nomem(db);
	request.is_text = copy->is_text;
	if (!copy->columns)
		return lx_db_fail(db, LEXO_E_MISUSE, "a copy needs a column to write");
	if (!copy->is_text && lx_scratch_append(db, header, sizeof header) != LX_ENCODED)
		return lx_db_nomem(db);
	char *sql = lx_compose(db, &request);
	if (!sql)
		return lx_db_nomem(db);
	PGresult *result = PQexec(db->pg, sql);
	lexo_rc rc = PQresultStatus(result) == PGRES_COPY_IN ? LEXO_OK : lx_db_fail_result(db, result, sql);
	PQclear(result);
	if (rc != LEXO_OK) {
		lx_db_alloc(db, sql, 0);
		return rc;
	}
	copy->sql = sql; /* from here on the server waits for rows */
	return LEXO_OK;
}

/* What the first row left to the database's defaults every row must, and the other way round. */
static lexo_rc fail_unlike(lexo_copy *copy, const lexo_column *column, bool is_given)
{
	return lx_db_fail_at(copy->db, LEXO_E_MISUSE,
			     is_given ? "given here, but left to its default in the first row of the copy"
				      : "left to its default here, but given in the first row of the copy",
			     column->name, NULL);
}

static lexo_rc add_row(lexo_copy *copy, const void *values)
{
	lexo_db *db = copy->db;
	const lexo_model *model = copy->model;
	const void *nulls = model->insert_nulls == LEXO_NOWHERE ? NULL : (const char *)values + model->insert_nulls;
	char count[2];
	uint32_t left = copy->columns;
	lx_put16(count, (uint16_t)left);
	if (!copy->is_text && lx_scratch_append(db, count, sizeof count) != LX_ENCODED)
		return lx_db_nomem(db);
	for (const struct step *step = copy->steps; step < copy->steps_end; step++) {
		const lexo_column *column = step->column;
		bool is_there = lx_bind_is_there(step->presence, (const char *)values + column->insert);
		bool is_given = is_there || !(column->flags & LEXO_DEFAULT) ||
				(nulls && lx_bind_mask_has(model, nulls, (uint32_t)(column - model->columns)));
		if (is_given != (step->append != NULL))
			return fail_unlike(copy, column, is_given);
		if (!step->append)
			continue;
		const void *value = is_there ? (const char *)values + step->value : NULL;
		enum lx_encoded done =
		    value || copy->is_text ? step->append(db, column, value) : lx_encode_copy(db, column, NULL);
		if (done == LX_ENCODED && copy->is_text)
			done = lx_scratch_append(db, --left ? "\t" : "\n", 1);
		if (done != LX_ENCODED)
			return lx_bind_encoded(db, column, done);
	}
	return LEXO_OK;
}

static lexo_rc flush(lexo_copy *copy)
{
	struct lx_parameters *parameters = &copy->db->parameters;
	if (PQputCopyData(copy->db->pg, parameters->scratch, (int)parameters->used) != 1)
		return lx_db_fail_result(copy->db, NULL, copy->sql);
	parameters->used = 0;
	return LEXO_OK;
}

lexo_rc lexo_bind_copy_row(lexo_copy *copy, const void *values)
{
	if (!copy || !copy->db)
		return LEXO_E_MISUSE;
	if (!values)
		return lx_db_fail(copy->db, LEXO_E_MISUSE, "no values to copy");
	lexo_rc rc = copy->sql ? LEXO_OK : begin(copy, values);
	if (rc != LEXO_OK)
		return rc;
	size_t before = copy->db->parameters.used;
	rc = add_row(copy, values);
	if (rc != LEXO_OK)
		copy->db->parameters.used = before; /* the row is not sent; those before it are not hurt */
	else if (copy->db->parameters.used >= FLUSH)
		rc = flush(copy);
	return rc;
}

lexo_rc lexo_bind_copy_end(lexo_copy *copy, int64_t *count)
{
	lexo_rc rc = LEXO_OK;
	if (count)
		*count = 0;
	if (!copy)
		return LEXO_E_MISUSE;
	if (!copy->db) { /* a rollback ended it */
		drop(copy);
		return LEXO_E_MISUSE;
	}
	if (copy->sql) {
		bool is_ended = copy->is_text || lx_scratch_append(copy->db, "\377\377", 2) == LX_ENCODED;
		rc = is_ended ? flush(copy) : lx_db_nomem(copy->db);
		if (PQputCopyEnd(copy->db->pg, rc == LEXO_OK ? NULL : "the program could not go on") != 1 &&
		    rc == LEXO_OK)
			rc = lx_db_fail_result(copy->db, NULL, copy->sql);
		rc = take_end(copy, rc, count);
	}
	release(copy);
	drop(copy);
	return rc;
}

void lexo_bind_copy_abort(lexo_copy *copy)
{
	if (!copy)
		return;
	if (copy->db)
		give_up(copy);
	drop(copy);
}
