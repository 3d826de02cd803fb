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
	uint64_t signature; /* of the history that runs; 0: none */
	bool has_lock;
	bool is_pooled;                   /* the session is lent for a transaction at a time */
	bool is_overtaken;                /* another runner was faster: look again where the database is */
	bool is_prepared, never_prepares; /* the bookkeeping statement */
	unsigned records;                 /* written so far */
	bool has_check_interval;          /* the server can notice that we died */
	long lock_wait_ms;
	struct lx_state state; /* while the lock is held */
	PQnoticeReceiver former_receiver;
	void *former_argument;
};

/* What a history row says, in the order in which it is hashed; text, NULL where there is none. */
enum lx_record_column {
	LX_RECORD_EVENT,
	LX_RECORD_REVISION,
	LX_RECORD_MESSAGE,
	LX_RECORD_RAW,
	LX_RECORD_TOK,
	LX_RECORD_CHAIN,
	LX_RECORD_UPGRADE_TOK,
	LX_RECORD_REVISES,
	LX_RECORD_DEPENDS_ON,
	LX_RECORD_LABELS,
	LX_RECORD_REPLACES,
	LX_RECORD_IRREVERSIBLE,
	LX_RECORD_DOWNGRADE_SQL,
	LX_RECORD_REASON,
	LX_RECORD_FORMER_CHAIN,
	LX_RECORD_STATEMENTS,
	LX_RECORD_DURATION,
	LX_RECORD_LOCK_WAIT,
	LX_RECORD_OS_USER,
	LX_RECORD_HOST,
	LX_RECORD_VERSION,
	LX_RECORD_COLUMNS
};
/* Their names and types in the table. */
extern const struct lx_record_name {
	const char *name, *type;
} lx_record_names[LX_RECORD_COLUMNS];

/* One event of a history.  What is kept of the revision is enough to take it back without its file (keep.c). */
struct lx_record {
	const char *event; /* "upgrade", "downgrade", "stamp", "repair", "unlock" */
	const char *revision, *message, *raw, *tok, *chain, *upgrade_tok;
	const char *revises, *depends_on, *labels; /* ids and names with blanks between */
	const char *replaces;                      /* what a squash made it of; NULL: nothing */
	const char *irreversible;                  /* the reason; NULL: it can be undone */
	const char *downgrade_sql;                 /* NULL: none */
	const char *reason, *former_chain;         /* of a repair; NULL: none */
	size_t statements;
	long duration_ms;
	const char *const *gone; /* ids that are no head any more, NULL-terminated */
	const char *const *come;
};

/* The id in rows that are about no revision. */
#define LX_BASE_ID "<base>"

void lx_engine_emit(struct lx_engine *engine, const struct lx_event *event);
/* L0327 when the database has seen a signature with a greater number. */
enum lx_status lx_engine_check_signature(const struct lx_engine *engine, const struct lx_state *state,
					 struct lx_fail *fail);
enum lx_status lx_engine_no_memory(struct lx_fail *fail);
enum lx_status lx_engine_part_done(struct lx_fail *fail);
bool lx_engine_is_stopped(void *engine); /* an lx_pg_stop */
/* Runs one statement or several without parameters; LX_OK when all succeed. */
enum lx_status lx_engine_execute(struct lx_engine *engine, const char *sql, const char *doing, struct lx_fail *fail);
void lx_engine_rollback(struct lx_engine *engine);

/* L0440: the database has a part of what a revision replaces. */
enum lx_status lx_engine_refuse_part(const struct lx_former *former, struct lx_fail *fail);

/* stamp.c: heads that the database has by an id from before a squash get the one they have now, each with a history
 * row. With the lock held; lx_engine_match() has said that it is the same. */
enum lx_status lx_engine_adopt(struct lx_engine *engine, const struct lx_history *history, struct lx_fail *fail);

/* tables.c */
void lx_tables_print(struct lx_buffer *out, const char *quoted_schema);
/* Creates them, or finds that another runner just did, and reads the state. */
enum lx_status lx_tables_ensure(struct lx_engine *engine, struct lx_fail *fail);

/* record.c: RECORD in the columns that it says itself; those about the run are NULL.  Memory is the record's. */
void lx_record_values(const struct lx_record *record, const char *values[LX_RECORD_COLUMNS]);
/* How a history row is hashed.  First its content together with the hash of the row before, over netstrings
 * (length:text,); a NULL is "-,".  Then that hash with when and as whom the server wrote it.  SQL can compute both. */
bool lx_record_content(const char *const values[LX_RECORD_COLUMNS], const char *seq, const char *previous,
		       char content[65]);
bool lx_record_seal(const char *content, const char *applied_at, const char *db_user, char hash[65]);
/* How APPLIED_AT is written when it is hashed: a format of to_char(). */
#define LX_RECORD_TIME "YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\""
/* Inside the revision's transaction whose id is XID: swaps the head row, writes the history row, the heads, forgets the
 * journal of the revision; fills HASH.  L0416 when the head is not what was read, L0417 when XID is not the transaction
 * any more. */
enum lx_status lx_record_write(struct lx_engine *engine, const struct lx_record *record, const char *xid, char hash[65],
			       struct lx_fail *fail);
/* The record's effect on engine->state, after COMMIT. */
enum lx_status lx_record_apply(struct lx_engine *engine, const struct lx_record *record, const char hash[65],
			       struct lx_fail *fail);

/* render_record.c: for scripts.  TEXT as a literal; the statement that swaps the head row and writes RECORD's row. */
void lx_render_literal(struct lx_buffer *out, const char *text);
void lx_render_record(struct lx_buffer *out, const char *quoted_schema, const struct lx_record *record);

/* commit.c */
/* What a transaction that is to be committed does, and the row of the version tables that it leaves. */
struct lx_commit {
	const char *doing;         /* "upgrade of revision x" */
	const char *proof, *value; /* "history WHERE hash", the hash */
};
/* Commits; a lost connection is resolved by asking for the transaction's fate, and for its row: after a failover the
 * server may know another transaction by that id. */
enum lx_status lx_record_commit(struct lx_engine *engine, const char *xid, const struct lx_commit *commit,
				struct lx_fail *fail);

/* COUNT records in a transaction of their own; DOING as in struct lx_commit. */
enum lx_status lx_record_alone(struct lx_engine *engine, const struct lx_record *records, size_t count,
			       const char *doing, struct lx_fail *fail);

/* verify.c: all history rows, oldest first, verified against each other and the head row; the caller clears *ROWS.
 * Columns: those of lx_record_names, then these. */
enum lx_row_column {
	LX_ROW_SEQ = LX_RECORD_COLUMNS,
	LX_ROW_AT,
	LX_ROW_DB_USER,
	LX_ROW_PREVIOUS,
	LX_ROW_HASH,
	LX_ROW_HEAD_SEQ,
	LX_ROW_HEAD_HASH
};
enum lx_status lx_rows_read(struct lx_engine *engine, PGresult **rows, struct lx_fail *fail);

/* keep.c */
/* An event that is about no revision. */
struct lx_record lx_record_base(const char *event);
/* Fills RECORD with what a history row keeps of REVISION; memory is the history's.  False: out of memory. */
bool lx_keep_record(const struct lx_history *history, const struct lx_revision *revision, struct lx_record *record);
/* The newest of ROWS (lx_rows_read) that says how the revision ID was applied; -1: none does. */
int lx_keep_find_row(const PGresult *rows, const char *id);
/* Adds to HISTORY what the state names and no file is, and what it stands on: made of the history rows, which are
 * verified first, and held against the chain that was applied.  They have no upgrade.  L0411 when no row has it, L0422
 * when rows were changed, L0450 when the row does not lead to its chain. */
enum lx_status lx_keep_load(struct lx_engine *engine, struct lx_history *history, struct lx_fail *fail);

/* session.c */
/* BEGIN, the pinned session state, the lock for this transaction and the head row as it was read; counts its
 * statements.  The last one answers with the transaction's id. */
size_t lx_session_begin(const struct lx_engine *engine, struct lx_buffer *sql);
/* The same state for statements outside a transaction. */
enum lx_status lx_session_pin(struct lx_engine *engine, struct lx_fail *fail);
/* The server reads a message whole before it runs the first statement, so what changes the reading must be right
 * before; a revision may have changed it. */
enum lx_status lx_session_read_plainly(struct lx_engine *engine, struct lx_fail *fail);
/* What lx_session_begin() wrote was refused with SQLSTATE: was it another runner?  Noted in the engine. */
bool lx_session_was_overtaken(struct lx_engine *engine, const char *sqlstate);
/* Takes the session's lock again when a statement gave it away. */
enum lx_status lx_session_keep_lock(struct lx_engine *engine, unsigned wait_ms, struct lx_fail *fail);
/* Takes the runners' lock, makes the version tables if need be, reads the state and does WORK (NULL: nothing more);
 * once more, as long as lock_wait_ms allow, when another runner was faster. */
typedef enum lx_status lx_session_work(void *context, struct lx_fail *fail);
enum lx_status lx_session_run(struct lx_engine *engine, lx_session_work *work, void *context, struct lx_fail *fail);

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
