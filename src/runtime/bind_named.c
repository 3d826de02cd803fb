/* Named queries: SQL that came with the models, run as it is.  SPDX-License-Identifier: Apache-2.0 */
#include "runtime/bind_private.h"
#include "runtime/execute.h"

/* Fills REQUEST, and adds the parameters. */
static lexo_rc prepare(lexo_db *db, const lexo_model *model, const void *arguments, struct lx_request *request)
{
	*request = (struct lx_request){.model = model, .verb = LX_VERB_QUERY};
	bool is_missing = false;
	for (uint32_t i = 0; i < model->column_count; i++) {
		request->has_rows |= model->columns[i].row != LEXO_NOWHERE;
		is_missing |= model->columns[i].insert != LEXO_NOWHERE && !arguments;
	}
	if (is_missing)
		return lx_db_fail(db, LEXO_E_MISUSE, "the query has parameters, and there are no arguments");
	uint64_t all[LX_MASK_WORDS];
	memset(all, 0xff, sizeof all);
	return lx_bind_add_values(db, model, arguments, all);
}

static lexo_rc fetch(lexo_db *db, const lexo_model *model, const void *arguments, enum lx_how how, lexo_arena *arena,
		     void *out, size_t size)
{
	struct lx_request request;
	lexo_rc rc = lx_bind_check(db, model, arena, out);
	if (rc == LEXO_OK && !out)
		rc = lx_db_fail(db, LEXO_E_MISUSE, "no place for what the query gives");
	if (rc == LEXO_OK)
		rc = prepare(db, model, arguments, &request);
	return rc == LEXO_OK ? lx_execute(db, &request, how, arena, (struct lx_out){.at = out})
			     : lx_bind_refused(rc, out, size);
}

lexo_rc lexo_bind_query_one(lexo_db *db, const lexo_model *model, const void *arguments, lexo_arena *arena, void *row)
{
	return fetch(db, model, arguments, LX_ONE, arena, row, model->row_size);
}

lexo_rc lexo_bind_query_many(lexo_db *db, const lexo_model *model, const void *arguments, lexo_arena *arena, void *rows)
{
	return fetch(db, model, arguments, LX_STREAM, arena, rows, sizeof(struct lx_rows));
}

lexo_rc lexo_bind_query_exec(lexo_db *db, const lexo_model *model, const void *arguments, int64_t *count)
{
	struct lx_request request;
	if (count)
		*count = 0;
	lexo_rc rc = lx_bind_check(db, model, NULL, NULL);
	if (rc == LEXO_OK)
		rc = prepare(db, model, arguments, &request);
	return rc == LEXO_OK ? lx_execute(db, &request, LX_COUNT, NULL, (struct lx_out){.at = count}) : rc;
}

lexo_rc lexo_bind_query_stream(lexo_db *db, const lexo_model *model, const void *arguments, lexo_stream **out)
{
	struct lx_request request;
	*out = NULL;
	lexo_rc rc = lx_bind_check(db, model, NULL, NULL);
	if (rc == LEXO_OK)
		rc = prepare(db, model, arguments, &request);
	return rc == LEXO_OK ? lx_stream_open(db, &request, out) : rc;
}
