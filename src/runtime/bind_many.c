/* Several rows in one call, and rows that may be there already.
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "runtime/bind_private.h"
#include "runtime/execute.h"
#include "runtime/parameters.h"

enum { MAX_PARAMETERS = 65535, MAX_ROWS = 256 };

struct insert_many {
	lexo_db *db;
	const lexo_model *model;
	const char *values; /* the rest */
	size_t left;
	lexo_arena *arena;
	struct lx_rows *rows; /* NULL: not wanted */
	size_t stored;
};

static uint32_t bits(const struct lx_request *request)
{
	uint32_t count = 0;
	for (uint32_t i = 0; i < request->mask_words; i++)
		count += (uint32_t)__builtin_popcountll(request->mask[i]);
	return count;
}

/* How many of the rows go into the next statement: those that write the same columns, a power of four, so that few
 * statements serve all numbers of rows. */
static uint32_t next_rows(const struct insert_many *many, struct lx_request *request)
{
	*request = (struct lx_request){.model = many->model, .verb = LX_VERB_INSERT_MANY, .has_rows = many->rows};
	request->mask_words = lx_bind_shape(many->model, many->values, LEXO_DEFAULT, request->mask);
	uint32_t columns = bits(request), alike = 1, count = 1;
	if (!columns)
		return 1; /* DEFAULT VALUES is one row */
	while (alike < many->left && alike < MAX_ROWS) {
		uint64_t mask[LX_MASK_WORDS] = {0};
		lx_bind_shape(many->model, many->values + (size_t)alike * many->model->insert_size, LEXO_DEFAULT, mask);
		if (memcmp(mask, request->mask, sizeof mask) != 0)
			break;
		alike++;
	}
	while (count * 4 <= alike && count * 4 * columns <= MAX_PARAMETERS)
		count *= 4;
	return count;
}

static lexo_rc insert_next(struct insert_many *many, struct lx_request *request, uint32_t count)
{
	lexo_rc rc = LEXO_OK;
	request->row_count = count;
	lx_parameters_clear(many->db);
	for (uint32_t i = 0; i < count && rc == LEXO_OK; i++) {
		rc = lx_bind_add_values(many->db, many->model, many->values, request->mask);
		many->values += many->model->insert_size;
	}
	if (rc != LEXO_OK)
		return rc;
	many->left -= count;
	int64_t stored = 0;
	if (many->rows) {
		struct lx_rows rows = *many->rows;
		rc = lx_execute(many->db, request, LX_APPEND, many->arena, (struct lx_out){.at = &rows, .len = count});
		stored = rc == LEXO_OK ? (int64_t)(rows.len - many->rows->len) : 0;
		many->rows->len = rows.len;
	} else {
		rc = lx_execute(many->db, request, LX_COUNT, NULL, (struct lx_out){.at = &stored});
	}
	many->stored += (size_t)stored;
	return rc;
}

/* From the beginning, each time. */
static lexo_rc insert_several(lexo_db *db, void *context)
{
	struct insert_many many = *(struct insert_many *)context;
	struct lx_request request;
	lexo_rc rc = LEXO_OK;
	if (many.rows)
		many.rows->len = 0;
	while (rc == LEXO_OK && many.left)
		rc = insert_next(&many, &request, next_rows(&many, &request));
	((struct insert_many *)context)->stored = many.stored;
	(void)db;
	return rc;
}

static lexo_rc insert_all(struct insert_many *many)
{
	struct lx_request request;
	uint32_t count = next_rows(many, &request);
	return count == many->left ? insert_next(many, &request, count)
				   : lexo_transact(many->db, 0, LX_TRIES - 1, insert_several, many);
}

lexo_rc lexo_bind_insert_many(lexo_db *db, const lexo_model *model, const void *values, size_t count, lexo_arena *arena,
			      void *rows)
{
	struct lx_rows stored = {NULL, 0};
	struct insert_many many = {db, model, values, count, arena, rows ? &stored : NULL, 0};
	if (rows)
		memset(rows, 0, sizeof stored);
	lexo_rc rc = lx_bind_check(db, model, arena, rows);
	if (rc == LEXO_OK) /* it is several statements, which a batch does not count as one call */
		rc = lx_db_check_free(db);
	if (rc != LEXO_OK || !count)
		return rc;
	if (!values)
		return lx_db_fail(db, LEXO_E_MISUSE, "no values to insert");
	if (rows) {
		stored.items =
		    count > SIZE_MAX / model->row_size ? NULL : lx_memory_take(arena, count * model->row_size, 16);
		if (!stored.items)
			return lx_db_nomem(db);
	}
	rc = insert_all(&many);
	if (rc == LEXO_OK && rows)
		memcpy(rows, &stored, sizeof stored);
	return rc == LEXO_OK && many.stored < count ? LEXO_NOT_FOUND : rc;
}

lexo_rc lx_bind_add_keys(lexo_db *db, const lexo_model *model, const lexo_key *key, const struct lx_array *values)
{
	lexo_column column = model->columns[key->columns[0]];
	bool is_text = key->array_type && column.codec != LEXO_CODEC_COMPOSITE;
	column.flags = (uint16_t)(column.flags | LEXO_ARRAY | (is_text ? LEXO_AS_TEXT : 0));
	column.element_oid = column.oid;
	column.oid = key->array_type ? 0 : lx_codec_array(column.element_oid);
	return lx_bind_encoded(db, &column, lx_encode(db, &column, values));
}

lexo_rc lx_bind_get_places(lexo_db *db, const lexo_model *model, const lexo_key *key, const struct lx_array *values,
			   lexo_arena *arena, void *rows)
{
	const struct lx_request request = {
	    .model = model, .key = key, .verb = LX_VERB_GET_MANY, .has_rows = true, .has_extra = true};
	lexo_rc rc = lx_bind_add_keys(db, model, key, values);
	return rc == LEXO_OK
		   ? lx_execute(db, &request, LX_PLACES, arena, (struct lx_out){.at = rows, .len = values->len})
		   : rc;
}

lexo_rc lexo_bind_get_many(lexo_db *db, const lexo_model *model, const lexo_key *key, const void *ids, size_t count,
			   lexo_arena *arena, void *rows)
{
	const struct lx_array values = {ids, count, NULL};
	if (rows && count)
		memset(rows, 0, count * sizeof(void *));
	lexo_rc rc = lx_bind_check(db, model, arena, rows);
	if (rc != LEXO_OK || !count)
		return rc;
	if (!rows)
		return lx_db_fail(db, LEXO_E_MISUSE, "no place for the rows");
	return lx_bind_get_places(db, model, key, &values, arena, rows);
}

/* The columns that an existing row gets, into the second half of the mask. */
static lexo_rc mark_update(lexo_db *db, struct lx_request *request, const void *update)
{
	const lexo_model *model = request->model;
	uint32_t words = (model->column_count + 63) / 64;
	bool is_chosen = false;
	request->mask_words = 2 * words;
	request->update_at = words;
	for (uint32_t i = 0; update && i < model->column_count; i++) {
		if (!lx_bind_mask_has(model, update, i))
			continue;
		if (model->columns[i].insert == LEXO_NOWHERE)
			return lx_db_fail_at(db, LEXO_E_MISUSE, "this column cannot be updated", model->columns[i].name,
					     NULL);
		request->mask[words + i / 64] |= UINT64_C(1) << (i % 64);
		is_chosen = true;
	}
	if (is_chosen)
		return LEXO_OK;
	memcpy(request->mask + words, request->mask, words * sizeof request->mask[0]);
	for (uint32_t i = 0; i < request->key->column_count; i++) {
		uint32_t column = request->key->columns[i];
		request->mask[words + column / 64] &= ~(UINT64_C(1) << (column % 64));
	}
	return LEXO_OK;
}

lexo_rc lexo_bind_upsert(lexo_db *db, const lexo_model *model, const lexo_key *key, const void *values,
			 const void *update, lexo_arena *arena, void *row, bool *inserted)
{
	struct lx_request request = {.model = model, .key = key, .verb = LX_VERB_UPSERT};
	request.has_rows = row || inserted;
	request.has_extra = inserted != NULL;
	if (inserted)
		*inserted = false;
	lexo_rc rc = lx_bind_check(db, model, arena, request.has_rows ? model : NULL);
	if (rc != LEXO_OK)
		return lx_bind_refused(rc, row, model->row_size);
	if (!values)
		return lx_bind_refused(lx_db_fail(db, LEXO_E_MISUSE, "no values to insert"), row, model->row_size);
	lx_bind_shape(model, values, LEXO_OPTIONAL, request.mask);
	rc = mark_update(db, &request, update);
	if (rc == LEXO_OK)
		rc = lx_bind_add_values(db, model, values, request.mask);
	if (rc != LEXO_OK)
		return lx_bind_refused(rc, row, model->row_size);
	if (inserted && !row && !(row = lx_memory_take(arena, model->row_size, 16)))
		return lx_db_nomem(db);
	enum lx_how how = inserted ? LX_UPSERT : row ? LX_ONE : LX_FOUND;
	return lx_execute(db, &request, how, arena, (struct lx_out){.at = row, .is_new = inserted});
}
