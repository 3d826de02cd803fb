/* Relations: what belongs to many rows at once, in one statement each way.  SPDX-License-Identifier: Apache-2.0 */
#include "runtime/bind_private.h"
#include "runtime/execute.h"

/* The values that rows are looked up by, out of the owners. */
struct values {
	struct lx_array array;
	char *items;
	bool *nulls;
};

static void drop(lexo_db *db, struct values *values)
{
	lx_db_alloc(db, values->items, 0);
	lx_db_alloc(db, values->nulls, 0);
}

/* VALUES is dropped by the caller, in every case. */
static lexo_rc gather(lexo_db *db, const lexo_column *column, const lexo_relation *from, const void *owners,
		      size_t count, struct values *values)
{
	const lexo_layout *layout = lx_layout(column);
	bool is_opt = from->is_nullable && layout->opt_value;
	values->items = count > SIZE_MAX / layout->size ? NULL : lx_db_alloc(db, NULL, count * layout->size);
	values->nulls = values->items ? lx_db_alloc(db, NULL, count * sizeof *values->nulls) : NULL;
	if (!values->nulls)
		return lx_db_nomem(db);
	for (size_t i = 0; i < count; i++) {
		const char *field = (const char *)owners + i * from->size + from->offset;
		char *item = values->items + i * layout->size;
		values->nulls[i] = from->is_nullable && lx_bind_is_absent(column, field, is_opt);
		if (values->nulls[i])
			memset(item, 0, layout->size);
		else
			memcpy(item, field + (is_opt ? layout->opt_value : 0), layout->size);
	}
	values->array = (struct lx_array){values->items, count, values->nulls};
	return LEXO_OK;
}

static lexo_rc check(lexo_db *db, const lexo_model *model, const void *owners, size_t count, const lexo_arena *arena,
		     void *rows, size_t size)
{
	if (rows && count)
		memset(rows, 0, count * size);
	lexo_rc rc = lx_bind_check(db, model, arena, rows);
	if (rc == LEXO_OK && count && (!rows || !owners))
		rc = lx_db_fail(db, LEXO_E_MISUSE, rows ? "no rows to load for" : "no place for the rows");
	return rc;
}

lexo_rc lexo_bind_load_one(lexo_db *db, const lexo_model *model, const lexo_key *key, const lexo_relation *from,
			   const void *owners, size_t count, lexo_arena *arena, void *rows)
{
	struct values values = {0};
	lexo_rc rc = check(db, model, owners, count, arena, rows, sizeof(void *));
	if (rc != LEXO_OK || !count)
		return rc;
	rc = gather(db, &model->columns[key->columns[0]], from, owners, count, &values);
	if (rc == LEXO_OK)
		rc = lx_bind_get_places(db, model, key, &values.array, arena, rows);
	drop(db, &values);
	return rc;
}

lexo_rc lexo_bind_load_many(lexo_db *db, const lexo_model *model, const lexo_key *key, const lexo_relation *from,
			    const void *owners, size_t count, const lexo_query *each, lexo_arena *arena, void *rows)
{
	struct lx_request request = {
	    .model = model, .key = key, .verb = LX_VERB_LOAD_MANY, .has_rows = true, .has_extra = true};
	struct values values = {0};
	uint32_t where[LX_WHERE_WORDS];
	lexo_rc rc = check(db, model, owners, count, arena, rows, sizeof(struct lx_rows));
	if (rc != LEXO_OK || !count)
		return rc;
	if (each && (each->after || each->lock))
		return lx_db_fail(db, LEXO_E_MISUSE, "rows of a relation begin at the first one and are not locked");
	rc = gather(db, &model->columns[key->columns[0]], from, owners, count, &values);
	if (rc == LEXO_OK)
		rc = lx_bind_add_keys(db, model, key, &values.array);
	if (rc == LEXO_OK)
		rc = lx_bind_add_query(db, &request, each, where);
	if (rc == LEXO_OK)
		rc = lx_execute(db, &request, LX_GROUPS, arena, (struct lx_out){.at = rows, .len = count});
	drop(db, &values);
	return rc;
}
