/* Applies a history to a database.  One engine for the command line and for lexo_migrate(); it prints nothing, it
 * reports events.  Rules and their reasons: docs/migrations.md.
 *   - one transaction a revision, with the bookkeeping in it: a compare-and-swap of the head row decides
 *   - steps outside a transaction go statement by statement through a journal (table step)
 *   - the bytes that were hashed are the bytes that are sent
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_RUNTIME_ENGINE_H
#define LX_RUNTIME_ENGINE_H
#include <libpq-fe.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/fail.h"
#include "history/history.h"

enum lx_event_kind {
	LX_EVENT_WARNING,  /* text */
	LX_EVENT_NOTICE,   /* from the server: text */
	LX_EVENT_WAITING,  /* another runner holds the lock */
	LX_EVENT_TABLES,   /* the version tables were created */
	LX_EVENT_RUNNING,  /* a revision begins */
	LX_EVENT_STEP,     /* a statement outside the transaction begins */
	LX_EVENT_RETRY,    /* a lock was not to be had; text says why, milliseconds how long the pause is */
	LX_EVENT_REPAIRED, /* text says what */
	LX_EVENT_DONE,     /* a revision is committed */
	LX_EVENT_PROGRESS  /* never from the engine: for what asks the server how far it is; text */
};
struct lx_event {
	enum lx_event_kind kind;
	const char *verb;      /* "upgrade", "downgrade", "stamp_revision" */
	const char *revision;  /* its id */
	const char *from, *to; /* as the log line shows them: "" for base, ids with ", " between */
	const char *message;   /* the revision's */
	const char *text;
	size_t number, total; /* of this revision among those to run; STEP: of the statement */
	long milliseconds;
};

struct lx_engine_options {
	const char *version_schema; /* NULL: lexo */
	const char *search_path;    /* SQL text of a search_path; NULL: public, pg_temp */
	unsigned lock_timeout_ms;   /* 0: 3000 */
	unsigned lock_wait_ms;      /* for the runners' lock; 0: 60000 */
	unsigned attempts;          /* of a revision that runs into lock_timeout; 0: 10 */
	void (*on_event)(void *context, const struct lx_event *event);
	bool (*stop)(void *context); /* asked while waiting; true: cancel, roll back, return */
	void *context;
};

/* A head that the database has. */
struct lx_applied {
	char *id;
	char chain[65]; /* what was applied, "" when unknown */
	bool is_kept;   /* the database keeps its way back */
};
struct lx_state {
	bool has_tables;
	int64_t seq;
	uint64_t signature;       /* greatest number of a signature; 0: none was required */
	char hash[65];            /* of the last history row */
	struct lx_applied *heads; /* sorted by id */
	size_t head_count;
	size_t open_steps; /* rows of the journal: a revision is part applied */
};
void lx_state_free(struct lx_state *state);

struct lx_engine;
/* CONN stays the caller's; after a lost connection at COMMIT the engine may have reset it (PQreset). */
enum lx_status lx_engine_open(PGconn *conn, const struct lx_engine_options *options, struct lx_engine **engine,
			      struct lx_fail *fail);
void lx_engine_close(struct lx_engine *engine); /* gives the lock back; NULL is fine */

/* The number of the signature of the histories that follow; 0: they are not signed.  A database that has seen a greater
 * number refuses them (LX_CHECKSUM, L0327); it remembers the greatest. */
void lx_engine_set_signature(struct lx_engine *engine, uint64_t number);

/* What the database has: one query, changes nothing. */
enum lx_status lx_engine_state(struct lx_engine *engine, struct lx_state *state, struct lx_fail *fail);
/* The state's heads as revisions of HISTORY.  L0411 when one is unknown, L0410 (LX_CHECKSUM) when what was applied is
 * not what the files say. */
enum lx_status lx_engine_match(struct lx_engine *engine, const struct lx_history *history, const struct lx_state *state,
			       struct lx_revision_set *current, struct lx_fail *fail);
/* Creates the version schema and tables when they are not there. */
enum lx_status lx_engine_ensure(struct lx_engine *engine, struct lx_fail *fail);

/* Each verifies first (files, lexo.sum, what the database says it applied), then runs what is to run.  *COUNT (may be
 * NULL): how many revisions were run.  TARGET: lx_identify().  A downgrade adds to HISTORY what is applied and in no
 * file, made of what the database keeps of it (L0450 when that is not what was applied). */
enum lx_status lx_engine_upgrade(struct lx_engine *engine, const struct lx_history *history, const char *target,
				 size_t *count, struct lx_fail *fail);
enum lx_status lx_engine_downgrade(struct lx_engine *engine, struct lx_history *history, const char *target,
				   size_t *count, struct lx_fail *fail);
/* Runs one revision up or down whose neighbours are as they must be (everything it needs is applied, nothing that needs
 * it is): for `lexo test`, which steps through branches that stand beside each other.  Files are not verified. */
enum lx_status lx_engine_step(struct lx_engine *engine, const struct lx_history *history, struct lx_revision *revision,
			      bool is_downgrade, struct lx_fail *fail);
/* Writes down that TARGETS are applied without running anything.  PURGE forgets what the database has first: the way
 * out when it names unknown revisions. */
enum lx_status lx_engine_stamp(struct lx_engine *engine, const struct lx_history *history, const char *const *targets,
			       size_t target_count, bool purge, struct lx_fail *fail);
/* What lx_engine_upgrade() would run, in order; the array is the history's memory. */
enum lx_status lx_engine_pending(struct lx_engine *engine, const struct lx_history *history, const char *target,
				 struct lx_revision_set *pending, struct lx_fail *fail);
/* History rows and head row against each other: numbers without gaps, each row's hash, the chain of hashes; then what
 * is applied against HISTORY, and against what the rows say was applied.  *ROWS: how many.  LX_CHECKSUM, L0422. */
enum lx_status lx_engine_verify(struct lx_engine *engine, const struct lx_history *history, size_t *rows,
				struct lx_fail *fail);

/* Takes the files of REVISIONS, which are applied and were edited since, for what was applied; what stands on them is
 * brought along.  Nothing else of what is applied may be edited.  *ROWS: how many history rows tell of it, each with
 * REASON and the chain before.  L0451 when there is nothing to accept, L0410 when more was edited. */
enum lx_status lx_engine_accept(struct lx_engine *engine, const struct lx_history *history,
				const struct lx_revision_set *revisions, const char *reason, size_t *rows,
				struct lx_fail *fail);
/* Rebuilds indexes that a failed CREATE or REINDEX INDEX CONCURRENTLY left INVALID, and drops what the latter left
 * beside them; those that somebody builds right now are left alone.  *COUNT: how many, each a history row; also when it
 * fails (L0452). */
enum lx_status lx_engine_rebuild(struct lx_engine *engine, const char *reason, size_t *count, struct lx_fail *fail);
/* Ends the session of server process PID, if it is the one that holds the runners' lock (L0453), and writes a history
 * row once the lock is free. */
enum lx_status lx_engine_unlock(struct lx_engine *engine, int pid, const char *reason, struct lx_fail *fail);

/* The rows of the history table, newest first, in columns of text; the caller clears *ROWS.  The tables must be there.
 */
enum lx_applied_column {
	LX_APPLIED_SEQ,
	LX_APPLIED_AT, /* "2026-11-22T20:15:00Z" */
	LX_APPLIED_VERB,
	LX_APPLIED_REVISION,
	LX_APPLIED_MESSAGE,
	LX_APPLIED_MILLISECONDS,
	LX_APPLIED_DB_USER,
	LX_APPLIED_OS_USER,
	LX_APPLIED_HOST,
	LX_APPLIED_VERSION,
	LX_APPLIED_HAS_DOWNGRADE, /* "t": it can be taken back without its file */
	LX_APPLIED_REASON,        /* of a repair, or "" */
	LX_APPLIED_COLUMNS
};
enum lx_status lx_engine_events(struct lx_engine *engine, PGresult **rows, struct lx_fail *fail);

/* The same as a script for psql, with the same bookkeeping and checks.  TARGET is a revision (from base) or a range
 * FROM:TO; a downgrade needs the range. */
enum lx_status lx_engine_render(const struct lx_engine_options *options, const struct lx_history *history,
				const char *target, bool is_downgrade, struct lx_buffer *out, struct lx_fail *fail);
/* The same for lx_engine_stamp(); each of TARGETS may be FROM:TO with the same FROM. */
enum lx_status lx_engine_render_stamp(const struct lx_engine_options *options, const struct lx_history *history,
				      const char *const *targets, size_t count, struct lx_buffer *out,
				      struct lx_fail *fail);
/* The statements that create the version tables, for ensure_version --sql. */
enum lx_status lx_engine_render_tables(const struct lx_engine_options *options, struct lx_buffer *out,
				       struct lx_fail *fail);
#endif
