/* Transactions; a level inside another is a savepoint.
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <string.h>

#include "runtime/db.h"

lexo_rc lx_db_command(lexo_db *db, const char *sql, PGresult **out)
{
	PGresult *result = PQexec(db->pg, sql);
	ExecStatusType status = PQresultStatus(result);
	lexo_rc rc = LEXO_OK;
	if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK)
		rc = lx_db_fail_result(db, result, sql);
	if (out && rc == LEXO_OK)
		*out = result;
	else
		PQclear(result);
	return rc;
}

/* "SAVEPOINT lexo_3": the name says the level. */
static lexo_rc savepoint(lexo_db *db, const char *command, unsigned level)
{
	char sql[64];
	snprintf(sql, sizeof sql, "%s lexo_%u", command, level);
	return lx_db_command(db, sql, NULL);
}

static lexo_rc begin_outermost(lexo_db *db, unsigned flags)
{
	char sql[128];
	const char *isolation = flags & LEXO_TX_SERIALIZABLE      ? " ISOLATION LEVEL SERIALIZABLE"
				: flags & LEXO_TX_REPEATABLE_READ ? " ISOLATION LEVEL REPEATABLE READ"
								  : "";
	snprintf(sql, sizeof sql, "BEGIN%s%s%s", isolation, flags & LEXO_TX_READ_ONLY ? " READ ONLY" : "",
		 flags & LEXO_TX_DEFERRABLE ? " DEFERRABLE" : "");
	return lx_db_command(db, sql, NULL);
}

lexo_rc lexo_begin(lexo_db *db, unsigned flags)
{
	const unsigned known = LEXO_TX_READ_ONLY | LEXO_TX_REPEATABLE_READ | LEXO_TX_SERIALIZABLE | LEXO_TX_DEFERRABLE;
	if (lx_db_check_free(db) != LEXO_OK)
		return LEXO_E_MISUSE;
	bool is_outermost = db->depth == 0 && PQtransactionStatus(db->pg) == PQTRANS_IDLE;
	if (flags & ~known)
		return lx_db_fail(db, LEXO_E_MISUSE, "lexo_begin: unknown flags");
	if (flags && !is_outermost && PQtransactionStatus(db->pg) != PQTRANS_UNKNOWN)
		return lx_db_fail(db, LEXO_E_MISUSE, "lexo_begin: a transaction is open; flags are for the outermost");
	lexo_rc rc = is_outermost ? begin_outermost(db, flags) : savepoint(db, "SAVEPOINT", db->depth + 1);
	if (rc != LEXO_OK)
		return rc;
	if (db->depth == 0) {
		db->began = is_outermost;
		lexo_query_scope(db);
	}
	db->depth++;
	lx_error_clear(db, &db->first);
	return LEXO_OK;
}

/* Ends the innermost level as if it had not been; true when that worked. */
static bool undo(lexo_db *db)
{
	unsigned level = db->depth--;
	if (level == 1)
		lexo_query_scope(db);
	if (PQstatus(db->pg) != CONNECTION_OK)
		return false;
	if (level == 1 && db->began) {
		PGresult *result = PQexec(db->pg, "ROLLBACK");
		bool is_done = PQresultStatus(result) == PGRES_COMMAND_OK;
		PQclear(result);
		return is_done;
	}
	struct lx_error_slot kept = db->error; /* what happened before matters more than why undoing failed */
	db->error = (struct lx_error_slot){0};
	bool is_done = savepoint(db, "ROLLBACK TO SAVEPOINT", level) == LEXO_OK &&
		       savepoint(db, "RELEASE SAVEPOINT", level) == LEXO_OK;
	lx_db_alloc(db, db->error.texts, 0);
	db->error = kept;
	return is_done;
}

void lexo_rollback(lexo_db *db)
{
	if (!db || !db->depth)
		return;
	if (db->busy.message)
		db->busy.end(db->busy.object);
	undo(db);
	lx_error_clear(db, &db->first);
}

/* The first failure of the level becomes the one that lexo_err() tells. */
static lexo_rc first_failure(lexo_db *db)
{
	if (db->first.error.rc == LEXO_OK) /* it happened outside lexo, through lexo_pg() */
		return lx_db_fail(db, LEXO_E_SQL, "the transaction had failed and was rolled back");
	lx_db_alloc(db, db->error.texts, 0);
	db->error = db->first;
	db->first = (struct lx_error_slot){0};
	lx_error_clear(db, &db->first);
	return db->error.error.rc;
}

lexo_rc lexo_commit(lexo_db *db)
{
	PGresult *result = NULL;
	if (!db->depth)
		return lx_db_fail(db, LEXO_E_MISUSE, "lexo_commit: no transaction is open");
	if (lx_db_check_free(db) != LEXO_OK)
		return LEXO_E_MISUSE;
	if (PQtransactionStatus(db->pg) == PQTRANS_INERROR) {
		undo(db);
		return first_failure(db);
	}
	bool is_outermost = db->depth == 1 && db->began;
	lexo_rc rc =
	    is_outermost ? lx_db_command(db, "COMMIT", &result) : savepoint(db, "RELEASE SAVEPOINT", db->depth);
	bool is_undone = result && strcmp(PQcmdStatus(result), "ROLLBACK") == 0;
	PQclear(result);
	if (--db->depth == 0)
		lexo_query_scope(db);
	if (is_undone)
		return first_failure(db);
	lx_error_clear(db, &db->first);
	return rc;
}

lexo_rc lexo_transact(lexo_db *db, unsigned flags, unsigned retries, lexo_rc (*body)(lexo_db *db, void *context),
		      void *context)
{
	for (unsigned attempt = 0;; attempt++) {
		lexo_rc rc = lexo_begin(db, flags);
		if (rc != LEXO_OK)
			return rc;
		bool is_outermost = db->depth == 1 && db->began;
		unsigned depth = db->depth;
		rc = body(db, context);
		if (rc == LEXO_OK && !db->busy.message)
			rc = lexo_commit(db);
		else if (rc == LEXO_OK)
			rc = lx_db_check_free(db);
		if (rc != LEXO_OK && db->depth == depth)
			lexo_rollback(db);
		if (!lx_error_passes(db, rc) || !is_outermost || attempt >= retries)
			return rc;
	}
}
