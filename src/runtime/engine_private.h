/* What the engine's files share.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_RUNTIME_ENGINE_PRIVATE_H
#define LX_RUNTIME_ENGINE_PRIVATE_H
#include "pg/connection.h"
#include "pg/lock.h"
#include "runtime/engine.h"

struct lx_engine {
	PGconn *conn;
	struct lx_engine_options options; /* defaults filled in */
	char *schema;                     /* quoted */
	int64_t lock_key;
	bool has_lock;
	bool is_prepared, never_prepares; /* the bookkeeping statement */
	unsigned records;                 /* written so far */
	bool has_check_interval;          /* the server can notice that we died */
	long lock_wait_ms;
	struct lx_state state; /* while the lock is held */
	PQnoticeReceiver former_receiver;
	void *former_argument;
};

/* One event of a history. */
struct lx_record {
	const char *event; /* "upgrade", "downgrade", "stamp" */
	const char *revision, *message, *raw, *tok, *chain;
	const char *downgrade_sql; /* NULL: none */
	size_t statements;
	long duration_ms;
	const char *const *gone; /* ids that are no head any more, NULL-terminated */
	const char *const *come;
};

void lx_engine_emit(struct lx_engine *engine, const struct lx_event *event);
enum lx_status lx_engine_no_memory(struct lx_fail *fail);
/* Runs one statement or several without parameters; LX_OK when all succeed. */
enum lx_status lx_engine_execute(struct lx_engine *engine, const char *sql, const char *doing, struct lx_fail *fail);
void lx_engine_rollback(struct lx_engine *engine);

/* tables.c */
void lx_tables_print(struct lx_buffer *out, const char *quoted_schema);
enum lx_status lx_tables_ensure(struct lx_engine *engine, struct lx_fail *fail);

/* record.c: the history row's hash is over netstrings (length:text,), so that SQL can compute it too. */
bool lx_record_hash(const struct lx_record *record, int64_t seq, const char *previous, char hash[65]);
/* Inside the revision's transaction whose id is XID: swaps the head row, writes the history row, the heads, forgets the
 * journal of the revision; fills HASH.  L0416 when the head is not what was read, L0417 when XID is not the transaction
 * any more. */
enum lx_status lx_record_write(struct lx_engine *engine, const struct lx_record *record, const char *xid, char hash[65],
			       struct lx_fail *fail);
/* The record's effect on engine->state, after COMMIT. */
enum lx_status lx_record_apply(struct lx_engine *engine, const struct lx_record *record, const char hash[65],
			       struct lx_fail *fail);
/* Commits; a lost connection is resolved by asking for the transaction's fate.  DOING: "revision x". */
enum lx_status lx_record_commit(struct lx_engine *engine, const char *xid, const char *doing, struct lx_fail *fail);

/* session.c */
/* BEGIN, the pinned session state and the lock for this transaction; counts its statements. */
size_t lx_session_begin(const struct lx_engine *engine, struct lx_buffer *sql);
/* The same state for statements outside a transaction. */
enum lx_status lx_session_pin(struct lx_engine *engine, struct lx_fail *fail);
/* The server takes strings and characters in a message as they are meant; a revision may have changed that. */
bool lx_session_is_readable(const struct lx_engine *engine);
/* Takes the runners' lock, reads the state. */
enum lx_status lx_session_lock(struct lx_engine *engine, struct lx_fail *fail);

/* apply.c */
struct lx_run {
	const struct lx_revision *revision;
	bool is_downgrade;
	const char *from, *to; /* for the log line */
	size_t number, total;
	struct lx_record record;
};
enum lx_status lx_run_revision(struct lx_engine *engine, struct lx_run *run, struct lx_fail *fail);
/* Fills FAIL for statement NUMBER (1-based) of the run; AT is where in the file. */
enum lx_status lx_run_failed(struct lx_engine *engine, const struct lx_run *run, enum lx_status status,
			     const char *code, const PGresult *result, size_t number, const char *at,
			     struct lx_fail *fail);
const struct lx_section *lx_run_section(const struct lx_run *run);

/* journal.c: the steps outside the transaction; IS_STARTED: something of the revision is committed already. */
enum lx_status lx_journal_run(struct lx_engine *engine, struct lx_run *run, const struct lx_step *step, size_t index,
			      bool *is_started, struct lx_fail *fail);
/* *IS_DONE: the revision's transactional part was committed by an earlier run.  Part-applied work of another revision
 * or direction is LX_PARTIAL. */
enum lx_status lx_journal_check(struct lx_engine *engine, const struct lx_run *run, bool *is_started,
				struct lx_fail *fail);
/* SQL that files the transactional part as done, inside its transaction. */
enum lx_status lx_journal_note(struct lx_engine *engine, const struct lx_run *run, struct lx_fail *fail);
#endif
