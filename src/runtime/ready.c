/* What running a statement takes besides its text: preparing, sending, and knowing when the server has forgotten it.
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "runtime/statements.h"

lexo_rc lx_statement_ready(lexo_db *db, struct lx_statement *statement)
{
	lexo_rc rc = LEXO_OK;
	if (statement->has_rows && !statement->is_verified)
		rc = lx_statement_types(db, statement);
	if (rc == LEXO_OK && !db->no_prepare)
		rc = lx_statement_prepare(db, statement, &db->parameters);
	return rc;
}

bool lx_statement_send(lexo_db *db, const struct lx_statement *statement, const struct lx_parameters *p)
{
	const char *const *values = (const char *const *)p->values;
	if (db->no_prepare)
		return PQsendQueryParams(db->pg, statement->sql, (int)p->count, p->types, values, p->lengths,
					 p->formats, 1);
	return PQsendQueryPrepared(db->pg, statement->name, (int)p->count, values, p->lengths, p->formats, 1);
}

lexo_rc lx_statement_send_rows(lexo_db *db, const struct lx_statement *statement)
{
	if (!lx_statement_send(db, statement, &db->parameters))
		return lx_db_fail_result(db, NULL, statement->sql);
	db->is_by_row = true;
	PQsetSingleRowMode(db->pg); /* if refused, the result comes whole */
	return LEXO_OK;
}

bool lx_statement_again(lexo_db *db, struct lx_statement *statement, lexo_rc *rc)
{
	bool is_idle = PQtransactionStatus(db->pg) == PQTRANS_IDLE;
	if (lx_error_passes(db, *rc) && is_idle && *rc != LEXO_E_SCHEMA_MISMATCH)
		return true;
	/* "cached plan must not change result type"; the prepared statement is gone (DISCARD ALL, a pooler) */
	bool is_changed = strcmp(db->error.error.sqlstate, "0A000") == 0;
	bool is_gone = strcmp(db->error.error.sqlstate, "26000") == 0;
	if (*rc < LEXO_E_FIRST || db->no_prepare || (!is_changed && !is_gone))
		return false;
	bool was_verified = statement->is_verified;
	statement->is_prepared = statement->is_verified = false;
	statement->is_stale = !is_gone;
	if (is_gone)
		lx_statement_forget(db, statement);
	if (!was_verified && !is_gone && statement->has_rows)
		return false;
	if (!is_idle && is_changed)
		*rc = db->error.error.rc = LEXO_E_SCHEMA_MISMATCH;
	return is_idle;
}

lexo_rc lx_statement_undecoded(lexo_db *db, const struct lx_statement *statement, const lexo_column *column,
			       enum lx_decoded why)
{
	if (why == LX_DECODE_NOMEM)
		return lx_db_nomem(db);
	return lx_db_fail_at(db, LEXO_E_DECODE,
			     why == LX_DECODE_NULL ? "NULL in a column that is declared NOT NULL"
						   : "a value that the column's type cannot have, or C cannot hold",
			     column->name, statement->sql);
}

void lx_settle(PGconn *pg, const PGresult *result)
{
	char *bytes;
	switch (PQresultStatus(result)) {
	case PGRES_COPY_OUT:
	case PGRES_COPY_BOTH:
		while (PQgetCopyData(pg, &bytes, 0) > 0)
			PQfreemem(bytes);
		break;
	case PGRES_COPY_IN:
		PQputCopyEnd(pg, "there is nothing to copy");
		break;
	default:
		break;
	}
}

void lx_drain(PGconn *pg)
{
	for (PGresult *result; (result = PQgetResult(pg)) != NULL; PQclear(result))
		lx_settle(pg, result);
}
