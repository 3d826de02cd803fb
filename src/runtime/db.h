/* What a lexo_db is made of, for the files of this folder.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_RUNTIME_DB_H
#define LX_RUNTIME_DB_H
#include <libpq-fe.h>

#include <lexo/bind.h>

/* Memory from the handle's hook.  The texts of an error live in its block until the next error. */
struct lx_error_slot {
	lexo_error error;
	char *texts;
};

struct lx_statement; /* statements.h */
struct lx_batch;     /* batch.h */

/* The parameters of the statement that is being put together, as libpq wants them. */
struct lx_parameters {
	char **values;
	int *lengths, *formats;
	Oid *types;
	uint32_t count, capacity;
	char *scratch;
	size_t used, scratch_capacity;
};

/* What has the connection for itself: a stream, a copy or a batch. */
struct lx_busy {
	const char *message; /* for who comes meanwhile; NULL: the handle is free */
	void (*end)(void *object);
	void *object;
};

struct lexo_db {
	PGconn *pg;
	bool is_adopted;
	bool no_prepare;
	bool is_listening; /* or was, in a transaction that was rolled back */
	bool is_by_row;    /* the last result may have been fetched in single-row mode */
	void (*on_query)(void *context, const lexo_query_event *event);
	void *on_query_context;
	uint64_t scope; /* number of the scope in which statements are counted */
	lexo_alloc *alloc;
	void *alloc_context;

	struct lx_error_slot error;  /* of the last failure */
	struct lx_error_slot first;  /* of the first failure in the open transaction level; rc LEXO_OK: none */
	const lexo_catalog *catalog; /* of the last statement, for errors that COMMIT brings */
	bool has_secrets;

	unsigned depth; /* open levels */
	bool began;     /* level 1 is a BEGIN of ours, not a savepoint in the caller's own transaction */

	struct lx_statement **statements; /* hash table */
	uint32_t statement_slots;         /* a power of two, or 0 */
	uint32_t statement_count, statement_limit;
	uint64_t tick;

	PGresult *types; /* oid, schema and name of the enums in this database, or NULL */

	struct lx_parameters parameters;
	struct lx_busy busy;
	struct lx_batch *batch; /* NULL: there was none yet */
};

/* LEXO_E_MISUSE while something has the connection for itself. */
lexo_rc lx_db_check_free(lexo_db *db);

void *lx_db_alloc(lexo_db *db, void *p, size_t size);

/* Failures that lexo itself finds.  Return RC. */
lexo_rc lx_db_fail(lexo_db *db, lexo_rc rc, const char *message);
lexo_rc lx_db_fail_at(lexo_db *db, lexo_rc rc, const char *message, const char *column, const char *statement);
lexo_rc lx_db_nomem(lexo_db *db);
/* What the server or libpq says: RESULT may be NULL (connection trouble).  Frees nothing. */
lexo_rc lx_db_fail_result(lexo_db *db, const PGresult *result, const char *statement);
lexo_rc lx_error_of_sqlstate(const char *sqlstate);
/* How often what passes is tried: a deadlock costs the server a second to find. */
enum { LX_TRIES = 4 };
/* After RC: true when the same transaction, begun again, may well succeed: it met others, or a statement that it had
 * prepared was outdated. */
bool lx_error_passes(const lexo_db *db, lexo_rc rc);
void lx_error_clear(lexo_db *db, struct lx_error_slot *slot);
/* Runs fixed SQL text without parameters. */
lexo_rc lx_db_command(lexo_db *db, const char *sql, PGresult **out);
#endif
