/* What generated functions call: arguments to parameters, then lx_execute().
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "runtime/batch.h"
#include "runtime/bind_private.h"
#include "runtime/execute.h"
#include "runtime/parameters.h"

lexo_rc lx_bind_check(lexo_db *db, const lexo_model *model, const lexo_arena *arena, const void *out)
{
	if (!db)
		return LEXO_E_MISUSE;
	if (!db->pg || PQstatus(db->pg) != CONNECTION_OK)
		return lx_db_fail_result(db, NULL, NULL);
	if (model->column_count > LX_MAX_COLUMNS)
		return lx_db_fail(db, LEXO_E_MISUSE, "the model has more columns than a PostgreSQL table can have");
	if (out && !arena)
		return lx_db_fail(db, LEXO_E_MISUSE, "rows need an arena to live in");
	lexo_rc rc = lx_batch_is_open(db) ? LEXO_OK : lx_db_check_free(db);
	if (rc == LEXO_OK)
		lx_parameters_clear(db);
	return rc;
}

lexo_rc lx_bind_encoded(lexo_db *db, const lexo_column *column, enum lx_encoded result)
{
	const char *message = "";
	switch (result) {
	case LX_ENCODED:
		return LEXO_OK;
	case LX_ENCODE_NOMEM:
		return lx_db_nomem(db);
	case LX_ENCODE_NUL:
		message = "a NUL byte in text: PostgreSQL cannot store it";
		break;
	case LX_ENCODE_RANGE:
		message = "a value that PostgreSQL cannot hold";
		break;
	case LX_ENCODE_LONG:
		message = "a value of more than 2 GiB";
		break;
	case LX_ENCODE_NUMBER:
		message = "not a number";
		break;
	case LX_ENCODE_LABEL:
		message = "not a label of the enum (0: the field was not set)";
		break;
	}
	return lx_db_fail_at(db, LEXO_E_MISUSE, message, column->name, NULL);
}

lexo_rc lx_bind_add_field(lexo_db *db, const lexo_column *column, const void *field, bool is_opt, bool may_be_null)
{
	const lexo_layout *layout = lx_layout(column);
	if (may_be_null && lx_bind_is_absent(column, field, is_opt))
		return lx_bind_encoded(db, column, lx_encode_null(db, column));
	if (is_opt && layout->opt_value && !(column->flags & LEXO_ARRAY))
		field = (const char *)field + layout->opt_value;
	return lx_bind_encoded(db, column, lx_encode(db, column, field));
}

static lexo_rc add_key(lexo_db *db, const lexo_model *model, const lexo_key *key, const void *const *values)
{
	for (uint32_t i = 0; i < key->column_count; i++) {
		lexo_rc rc = lx_bind_add_field(db, &model->columns[key->columns[i]], values[i], false, false);
		if (rc != LEXO_OK)
			return rc;
	}
	return LEXO_OK;
}

lexo_rc lx_bind_add_number(lexo_db *db, uint32_t limit)
{
	static const lexo_column int8 = {.name = "LIMIT", .oid = 20, .codec = LEXO_CODEC_I64};
	return lx_bind_encoded(db, &int8, limit ? lx_encode_i64(db, limit) : lx_encode_null(db, &int8));
}

bool lx_bind_mask_has(const lexo_model *model, const void *mask, uint32_t column)
{
	if (model->mask_size == sizeof(uint32_t)) {
		uint32_t word;
		memcpy(&word, mask, sizeof word);
		return column < 32 && word >> column & 1;
	}
	uint64_t word;
	if (column / 64 * sizeof word >= model->mask_size)
		return false;
	memcpy(&word, (const char *)mask + column / 64 * sizeof word, sizeof word);
	return word >> (column % 64) & 1;
}

static void mark(struct lx_request *request, uint32_t column)
{
	request->mask[column / 64] |= UINT64_C(1) << (column % 64);
	request->mask_words = column / 64 + 1;
}

uint32_t lx_bind_shape(const lexo_model *model, const void *values, uint16_t left_out, uint64_t *mask)
{
	uint32_t words = 0;
	for (uint32_t i = 0; i < model->column_count; i++) {
		const lexo_column *column = &model->columns[i];
		if (column->insert == LEXO_NOWHERE)
			continue;
		bool is_left_out = column->flags & left_out &&
				   lx_bind_is_absent(column, (const char *)values + column->insert, true) &&
				   (model->insert_nulls == LEXO_NOWHERE ||
				    !lx_bind_mask_has(model, (const char *)values + model->insert_nulls, i));
		if (is_left_out)
			continue;
		mask[i / 64] |= UINT64_C(1) << (i % 64);
		words = i / 64 + 1;
	}
	return words;
}

lexo_rc lx_bind_add_values(lexo_db *db, const lexo_model *model, const void *values, const uint64_t *mask)
{
	for (uint32_t i = 0; i < model->column_count; i++) {
		const lexo_column *column = &model->columns[i];
		if (column->insert == LEXO_NOWHERE || !(mask[i / 64] >> (i % 64) & 1))
			continue;
		const void *field = lx_bind_field(column, values);
		enum lx_encoded done = field ? lx_encode(db, column, field) : lx_encode_null(db, column);
		if (done != LX_ENCODED)
			return lx_bind_encoded(db, column, done);
	}
	return LEXO_OK;
}

lexo_rc lexo_bind_insert(lexo_db *db, const lexo_model *model, const void *values, lexo_arena *arena, void *row)
{
	struct lx_request request = {.model = model, .verb = LX_VERB_INSERT, .has_rows = row != NULL};
	lexo_rc rc = lx_bind_check(db, model, arena, row);
	if (rc != LEXO_OK)
		return lx_bind_refused(rc, row, model->row_size);
	if (!values)
		return lx_bind_refused(lx_db_fail(db, LEXO_E_MISUSE, "no values to insert"), row, model->row_size);
	request.mask_words = lx_bind_shape(model, values, LEXO_OPTIONAL, request.mask);
	rc = lx_bind_add_values(db, model, values, request.mask);
	if (rc != LEXO_OK)
		return lx_bind_refused(rc, row, model->row_size);
	return lx_execute(db, &request, row ? LX_ONE : LX_FOUND, arena, (struct lx_out){.at = row});
}

lexo_rc lexo_bind_get(lexo_db *db, const lexo_model *model, const lexo_key *key, const void *const *values,
		      lexo_arena *arena, void *row)
{
	struct lx_request request = {.model = model, .key = key, .verb = LX_VERB_GET, .has_rows = true};
	lexo_rc rc = lx_bind_check(db, model, arena, row);
	if (rc == LEXO_OK && !row)
		rc = lx_db_fail(db, LEXO_E_MISUSE, "no place for the row");
	if (rc == LEXO_OK)
		rc = add_key(db, model, key, values);
	return rc == LEXO_OK ? lx_execute(db, &request, LX_ONE, arena, (struct lx_out){.at = row})
			     : lx_bind_refused(rc, row, model->row_size);
}

static lexo_rc exists(lexo_db *db, const lexo_model *model, const void *const *values)
{
	struct lx_request request = {.model = model, .key = model->primary_key, .verb = LX_VERB_GET};
	lexo_rc rc = add_key(db, model, model->primary_key, values);
	return rc == LEXO_OK ? lx_execute(db, &request, LX_FOUND, NULL, (struct lx_out){0}) : rc;
}

lexo_rc lx_bind_add_patch(lexo_db *db, struct lx_request *request, const void *patch)
{
	const lexo_model *model = request->model;
	lexo_rc rc = LEXO_OK;
	if (!patch)
		return lx_db_fail(db, LEXO_E_MISUSE, "no patch");
	for (uint32_t i = 0; i < model->column_count && rc == LEXO_OK; i++) {
		const lexo_column *column = &model->columns[i];
		bool is_condition = column->flags & LEXO_VERSION && request->verb == LX_VERB_UPDATE;
		request->has_version |= is_condition;
		if (is_condition || !lx_bind_mask_has(model, (const char *)patch + model->patch_set, i))
			continue;
		if (column->patch == LEXO_NOWHERE || column->flags & LEXO_VERSION)
			return lx_db_fail_at(db, LEXO_E_MISUSE, "this column cannot be updated", column->name, NULL);
		bool is_nullable = column->flags & LEXO_NULLABLE;
		rc = lx_bind_add_field(db, column, (const char *)patch + column->patch, is_nullable, is_nullable);
		mark(request, i);
	}
	return rc;
}

/* The version that the patch is for. */
static lexo_rc add_version(lexo_db *db, const lexo_model *model, const void *patch)
{
	lexo_rc rc = LEXO_OK;
	for (uint32_t i = 0; i < model->column_count && rc == LEXO_OK; i++) {
		const lexo_column *column = &model->columns[i];
		if (!(column->flags & LEXO_VERSION))
			continue;
		if (!lx_bind_mask_has(model, (const char *)patch + model->patch_set, i))
			return lx_db_fail_at(db, LEXO_E_MISUSE,
					     "the patch does not say which version of the row it is for", column->name,
					     NULL);
		rc = lx_bind_add_field(db, column, (const char *)patch + column->patch, false, false);
	}
	return rc;
}

/* No row had the key and the version. */
static lexo_rc stale_or_gone(lexo_db *db, const lexo_model *model, const void *const *values)
{
	lx_parameters_clear(db);
	lexo_rc rc = exists(db, model, values);
	return rc == LEXO_OK ? LEXO_STALE : rc;
}

lexo_rc lexo_bind_update(lexo_db *db, const lexo_model *model, const void *const *values, const void *patch,
			 lexo_arena *arena, void *row)
{
	struct lx_request request = {.model = model, .key = model->primary_key, .verb = LX_VERB_UPDATE};
	lexo_rc rc = lx_bind_check(db, model, arena, row);
	request.has_rows = row != NULL;
	if (rc == LEXO_OK)
		rc = lx_bind_add_patch(db, &request, patch);
	if (rc != LEXO_OK)
		return lx_bind_refused(rc, row, model->row_size);
	if (!request.mask_words && !request.has_version) /* nothing to set: only say whether it is there */
		return row ? lexo_bind_get(db, model, model->primary_key, values, arena, row)
			   : exists(db, model, values);
	rc = add_key(db, model, model->primary_key, values);
	if (rc == LEXO_OK && request.has_version)
		rc = add_version(db, model, patch);
	if (rc != LEXO_OK)
		return lx_bind_refused(rc, row, model->row_size);
	rc = lx_execute(db, &request, row ? LX_ONE : LX_FOUND, arena, (struct lx_out){.at = row});
	return rc == LEXO_NOT_FOUND && request.has_version ? stale_or_gone(db, model, values) : rc;
}

lexo_rc lexo_bind_delete(lexo_db *db, const lexo_model *model, const void *const *values)
{
	struct lx_request request = {.model = model, .key = model->primary_key, .verb = LX_VERB_DELETE};
	lexo_rc rc = lx_bind_check(db, model, NULL, NULL);
	if (rc == LEXO_OK)
		rc = add_key(db, model, model->primary_key, values);
	return rc == LEXO_OK ? lx_execute(db, &request, LX_FOUND, NULL, (struct lx_out){0}) : rc;
}

lexo_rc lexo_bind_list(lexo_db *db, const lexo_model *model, const lexo_key *key, const void *const *values,
		       uint32_t limit, lexo_arena *arena, void *rows)
{
	struct lx_request request = {.model = model, .key = key, .verb = LX_VERB_LIST, .has_rows = true};
	request.is_limited = limit != 0;
	lexo_rc rc = lx_bind_check(db, model, arena, rows);
	if (rc == LEXO_OK)
		rc = add_key(db, model, key, values);
	if (rc == LEXO_OK && limit)
		rc = lx_bind_add_number(db, limit);
	if (rc != LEXO_OK)
		return lx_bind_refused(rc, rows, sizeof(struct lx_rows));
	return lx_execute(db, &request, limit && limit <= LX_FEW_ROWS ? LX_WHOLE : LX_STREAM, arena,
			  (struct lx_out){.at = rows});
}

const char *lexo_bind_label(const lexo_enum *labels, unsigned value)
{
	return value > 0 && value <= labels->label_count ? labels->labels[value - 1].ptr : "";
}

unsigned lexo_bind_parse(const lexo_enum *labels, lexo_str label)
{
	for (uint32_t i = 0; label.ptr && i < labels->label_count; i++) {
		if (labels->labels[i].len == label.len && memcmp(labels->labels[i].ptr, label.ptr, label.len) == 0)
			return i + 1;
	}
	return 0;
}
