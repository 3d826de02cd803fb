/* Opening and closing a handle.
 * SPDX-License-Identifier: Apache-2.0 */
#include "runtime/db.h"

#include <string.h>

#include "runtime/arena.h"
#include "runtime/batch.h"
#include "runtime/parameters.h"
#include "runtime/statements.h"

enum { DEFAULT_STATEMENTS = 256 };

void *lx_db_alloc(lexo_db *db, void *p, size_t size)
{
	if (!p && size == 0)
		return NULL;
	return db->alloc(db->alloc_context, p, size);
}

static lexo_db *new_handle(const lexo_options *options)
{
	lexo_options known = {0};
	/* an older program knows fewer members, a newer one more */
	if (options)
		memcpy(&known, options, options->struct_size < sizeof known ? options->struct_size : sizeof known);
	lexo_alloc *alloc = known.alloc ? known.alloc : lx_libc_alloc;
	lexo_db *db = alloc(known.alloc_context, NULL, sizeof *db);
	if (!db)
		return NULL;
	*db = (lexo_db){.alloc = alloc, .alloc_context = known.alloc_context};
	db->no_prepare = known.no_prepare;
	db->on_query = known.on_query;
	db->on_query_context = known.on_query_context;
	db->statement_limit = known.stmt_cache ? known.stmt_cache : DEFAULT_STATEMENTS;
	lx_error_clear(db, &db->error);
	lx_error_clear(db, &db->first);
	return db;
}

/* libpq prints notices to stderr unless told otherwise; a library does not print. */
static void ignore_notice(void *context, const PGresult *notice)
{
	(void)context;
	(void)notice;
}

lexo_rc lexo_open(const char *conninfo, const lexo_options *options, lexo_db **out)
{
	static const char *const keywords[] = {"dbname", "client_encoding", "fallback_application_name", NULL};
	const char *const values[] = {conninfo ? conninfo : "", "UTF8", "lexo", NULL};
	lexo_db *db = *out = new_handle(options);
	if (!db)
		return LEXO_E_NOMEM;
	db->pg = PQconnectdbParams(keywords, values, 1);
	if (!db->pg)
		return lx_db_nomem(db);
	PQsetNoticeReceiver(db->pg, ignore_notice, NULL);
	if (PQstatus(db->pg) == CONNECTION_OK)
		return LEXO_OK;
	lx_db_fail(db, LEXO_E_CONNECTION, PQerrorMessage(db->pg));
	return LEXO_E_CONNECTION;
}

lexo_rc lexo_adopt(struct pg_conn *pg, const lexo_options *options, lexo_db **out)
{
	lexo_db *db = *out = new_handle(options);
	if (!db)
		return LEXO_E_NOMEM;
	db->pg = pg;
	db->is_adopted = db->is_by_row = true;
	if (!pg)
		return lx_db_fail(db, LEXO_E_MISUSE, "lexo_adopt needs a connection");
	if (PQstatus(pg) != CONNECTION_OK)
		return lx_db_fail(db, LEXO_E_CONNECTION, PQerrorMessage(pg));
	return LEXO_OK;
}

lexo_rc lx_db_check_free(lexo_db *db)
{
	return db->busy.message ? lx_db_fail(db, LEXO_E_MISUSE, db->busy.message) : LEXO_OK;
}

void lexo_close(lexo_db *db)
{
	if (!db)
		return;
	if (db->busy.message)
		db->busy.end(db->busy.object);
	lx_batch_free(db);
	lx_statements_close(db);
	lx_parameters_free(db);
	PQclear(db->types);
	lx_db_alloc(db, db->error.texts, 0);
	lx_db_alloc(db, db->first.texts, 0);
	if (!db->is_adopted)
		PQfinish(db->pg);
	lx_db_alloc(db, db, 0);
}

void lexo_query_scope(lexo_db *db)
{
	if (db)
		db->scope++;
}

struct pg_conn *lexo_pg(lexo_db *db)
{
	return db->pg;
}
