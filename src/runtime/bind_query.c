/* Functions that take a query.  SPDX-License-Identifier: Apache-2.0 */
#include "runtime/bind_private.h"
#include "runtime/execute.h"
#include "runtime/parameters.h"

static const lexo_query everything;

/* --- pages -------------------------------------------------------------------------------------------------------- */

static const void *field_of(const lexo_column *column, const void *row)
{
	return (const char *)row + column->row;
}

static lexo_rc add_row_field(lexo_db *db, const lexo_column *column, const void *row)
{
	bool is_nullable = column->flags & LEXO_NULLABLE;
	return lx_bind_add_field(db, column, field_of(column, row), is_nullable, false);
}

/* The parameters of put_after(): the order's column (twice where NULL makes two comparisons of it), the rest of the
 * key. */
static lexo_rc add_after(lexo_db *db, struct lx_request *request, const void *row)
{
	const lexo_key *key = request->model->primary_key;
	uint32_t number = (request->order - 1) / 2;
	const lexo_column *column = &request->model->columns[number];
	uint32_t rest = 0;
	lexo_rc rc = LEXO_OK;
	for (uint32_t i = 0; i < key->column_count; i++)
		rest += key->columns[i] != number;
	bool is_null = column->flags & LEXO_NULLABLE && lx_bind_is_absent(column, field_of(column, row), true);
	request->after = LX_AFTER | (is_null ? LX_AFTER_NULL : 0);
	int times = is_null ? 0 : rest && column->flags & LEXO_NULLABLE ? 2 : 1;
	for (int i = 0; i < times && rc == LEXO_OK; i++)
		rc = add_row_field(db, column, row);
	for (uint32_t i = 0; i < key->column_count && rc == LEXO_OK; i++)
		if (key->columns[i] != number)
			rc = add_row_field(db, &request->model->columns[key->columns[i]], row);
	return rc;
}

static lexo_rc check_after(lexo_db *db, const struct lx_request *request)
{
	const lexo_model *model = request->model;
	const lexo_key *key = model->primary_key;
	if (!request->order)
		return lx_db_fail(db, LEXO_E_MISUSE, "a page that goes on behind a row needs an order");
	if (!key)
		return lx_db_fail(db, LEXO_E_MISUSE, "a page that goes on behind a row needs a primary key");
	for (uint32_t i = 0; i < key->column_count; i++)
		if (model->columns[key->columns[i]].row == LEXO_NOWHERE)
			return lx_db_fail(db, LEXO_E_MISUSE, "the rows do not have the primary key");
	return LEXO_OK;
}

/* --- a query ------------------------------------------------------------------------------------------------------ */

static lexo_rc add_omitted(lexo_db *db, struct lx_request *request, const void *omit)
{
	const lexo_model *model = request->model;
	uint32_t there = 0, left_out = 0;
	for (uint32_t i = 0; omit && i < model->column_count; i++) {
		if (model->columns[i].row == LEXO_NOWHERE)
			continue;
		there++;
		if (!lx_bind_mask_has(model, omit, i))
			continue;
		request->mask[i / 64] |= UINT64_C(1) << (i % 64);
		left_out++;
	}
	request->is_partial = left_out > 0;
	request->mask_words = left_out ? (model->column_count + 63) / 64 : 0;
	if (left_out && left_out == there)
		return lx_db_fail(db, LEXO_E_MISUSE, "every column is left out: use count");
	return LEXO_OK;
}

static lexo_rc add_predicates(lexo_db *db, struct lx_request *request, const lexo_query *query, uint32_t *words)
{
	struct lx_where where = {db, request->model, words, 0};
	if (query->where_count && !query->where)
		return lx_db_fail(db, LEXO_E_MISUSE, "predicates are counted and not there");
	lexo_rc rc = lx_where_add(&where, query->where, query->where_count, 0);
	request->where = words;
	request->where_count = where.count;
	return rc;
}

lexo_rc lx_bind_add_query(lexo_db *db, struct lx_request *request, const lexo_query *query,
			  uint32_t where[LX_WHERE_WORDS])
{
	const lexo_model *model = request->model;
	if (!query)
		query = &everything;
	uint32_t order = request->order = query->order;
	request->lock = query->lock;
	request->is_limited = query->limit || query->offset;
	if (order &&
	    ((order - 1) / 2 >= model->column_count || !(model->columns[(order - 1) / 2].flags & LEXO_ORDERED)))
		return lx_db_fail(db, LEXO_E_MISUSE, "not one of the model's orders");
	if (query->lock >= LEXO_LOCK_COUNT)
		return lx_db_fail(db, LEXO_E_MISUSE, "not one of the locks");
	lexo_rc rc = query->after ? check_after(db, request) : LEXO_OK;
	if (rc == LEXO_OK && request->has_rows)
		rc = add_omitted(db, request, query->omit);
	if (rc == LEXO_OK)
		rc = add_predicates(db, request, query, where);
	if (rc == LEXO_OK && query->after)
		rc = add_after(db, request, query->after);
	if (rc == LEXO_OK && request->is_limited)
		rc = lx_bind_add_number(db, query->limit);
	return rc == LEXO_OK && request->is_limited ? lx_bind_add_number(db, query->offset) : rc;
}

lexo_rc lexo_bind_find(lexo_db *db, const lexo_model *model, const lexo_query *query, lexo_arena *arena, void *rows)
{
	struct lx_request request = {.model = model, .verb = LX_VERB_FIND, .has_rows = true};
	uint32_t where[LX_WHERE_WORDS], limit = query ? query->limit : 0;
	lexo_rc rc = lx_bind_check(db, model, arena, rows);
	if (rc == LEXO_OK)
		rc = lx_bind_add_query(db, &request, query, where);
	if (rc != LEXO_OK)
		return lx_bind_refused(rc, rows, sizeof(struct lx_rows));
	return lx_execute(db, &request, limit && limit <= LX_FEW_ROWS ? LX_WHOLE : LX_STREAM, arena,
			  (struct lx_out){.at = rows});
}

lexo_rc lexo_bind_find_one(lexo_db *db, const lexo_model *model, const lexo_query *query, lexo_arena *arena, void *row)
{
	struct lx_request request = {.model = model, .verb = LX_VERB_FIND, .has_rows = true};
	lexo_query first = query ? *query : everything;
	uint32_t where[LX_WHERE_WORDS];
	lexo_rc rc = lx_bind_check(db, model, arena, row);
	if (rc == LEXO_OK && !row)
		rc = lx_db_fail(db, LEXO_E_MISUSE, "no place for the row");
	first.limit = 1;
	if (rc == LEXO_OK)
		rc = lx_bind_add_query(db, &request, &first, where);
	return rc == LEXO_OK ? lx_execute(db, &request, LX_ONE, arena, (struct lx_out){.at = row})
			     : lx_bind_refused(rc, row, model->row_size);
}

lexo_rc lexo_bind_count(lexo_db *db, const lexo_model *model, const lexo_query *query, int64_t *out)
{
	struct lx_request request = {.model = model, .verb = LX_VERB_COUNT};
	uint32_t where[LX_WHERE_WORDS];
	lexo_rc rc = lx_bind_check(db, model, NULL, NULL);
	if (rc == LEXO_OK && !out)
		rc = lx_db_fail(db, LEXO_E_MISUSE, "no place for the number");
	if (rc == LEXO_OK && query && (query->lock || query->after))
		rc = lx_db_fail(db, LEXO_E_MISUSE, "rows are counted from the first one on and without a lock");
	if (rc == LEXO_OK)
		rc = lx_bind_add_query(db, &request, query, where);
	request.order = 0; /* it does not matter, and one statement is enough */
	return rc == LEXO_OK ? lx_execute(db, &request, LX_NUMBER, NULL, (struct lx_out){.at = out}) : rc;
}

/* --- many rows at once -------------------------------------------------------------------------------------------- */

/* Whoever forgets the predicates does not mean all rows. */
static lexo_rc check_targets(lexo_db *db, const lexo_query *query)
{
	if (!query || !query->where_count)
		return lx_db_fail(db, LEXO_E_MISUSE, "no predicate: that would be every row");
	if (query->after || query->order || query->limit || query->offset || query->lock)
		return lx_db_fail(db, LEXO_E_MISUSE, "rows are changed by predicates alone");
	return LEXO_OK;
}

lexo_rc lexo_bind_update_where(lexo_db *db, const lexo_model *model, const lexo_query *query, const void *patch,
			       int64_t *count)
{
	struct lx_request request = {.model = model, .verb = LX_VERB_UPDATE_WHERE};
	uint32_t where[LX_WHERE_WORDS];
	if (count)
		*count = 0;
	lexo_rc rc = lx_bind_check(db, model, NULL, NULL);
	if (rc == LEXO_OK)
		rc = check_targets(db, query);
	if (rc == LEXO_OK)
		rc = lx_bind_add_patch(db, &request, patch);
	if (rc == LEXO_OK && !request.mask_words)
		rc = lx_db_fail(db, LEXO_E_MISUSE, "the patch sets nothing");
	if (rc == LEXO_OK)
		rc = lx_bind_add_query(db, &request, query, where);
	return rc == LEXO_OK ? lx_execute(db, &request, LX_COUNT, NULL, (struct lx_out){.at = count}) : rc;
}

lexo_rc lexo_bind_delete_where(lexo_db *db, const lexo_model *model, const lexo_query *query, int64_t *count)
{
	struct lx_request request = {.model = model, .verb = LX_VERB_DELETE_WHERE};
	uint32_t where[LX_WHERE_WORDS];
	if (count)
		*count = 0;
	lexo_rc rc = lx_bind_check(db, model, NULL, NULL);
	if (rc == LEXO_OK)
		rc = check_targets(db, query);
	if (rc == LEXO_OK)
		rc = lx_bind_add_query(db, &request, query, where);
	return rc == LEXO_OK ? lx_execute(db, &request, LX_COUNT, NULL, (struct lx_out){.at = count}) : rc;
}
