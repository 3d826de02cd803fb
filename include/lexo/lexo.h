/* lexo runtime, public API.
 *
 * Rules that hold for every call:
 *  - Results live in an arena that the caller owns; nothing is freed singly.  Arguments are borrowed for the call.
 *  - Zero means NULL, absent or default; {0} is a valid value of every struct; labels of enums start at 1.
 *  - A call that can fail returns lexo_rc.  Below LEXO_E_FIRST it is an answer, from there on a failure whose details
 *    lexo_err() tells; its strings live until the next call on the handle.
 *  - A handle is used by one thread at a time.  There are no globals.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef LEXO_LEXO_H
#define LEXO_LEXO_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Grows when generated code and an older runtime (or the other way round) no longer fit together. */
#define LEXO_ABI 5

#if defined(__GNUC__)
#define LEXO_PUBLIC __attribute__((visibility("default")))
#define LEXO_MUST_CHECK __attribute__((warn_unused_result))
#else
#define LEXO_PUBLIC
#define LEXO_MUST_CHECK
#endif
#ifdef __cplusplus
extern "C" {
#endif

LEXO_PUBLIC const char *lexo_version(void);

/* --- results ------------------------------------------------------------------------------------------------------ */

typedef enum lexo_rc {
	LEXO_OK = 0,
	LEXO_ROW = 1,       /* a stream has a row */
	LEXO_DONE = 2,      /* and has no more */
	LEXO_NOT_FOUND = 3, /* get, update or delete met no row: an answer, not a failure */
	LEXO_STALE = 4,     /* update met a row with another @version: somebody else was faster; nothing is changed */
	LEXO_QUEUED = 5,    /* the call waits in a batch for lexo_batch_run() */
	LEXO_E_FIRST = 16,
	LEXO_E_UNIQUE = 16,
	LEXO_E_FOREIGN_KEY,
	LEXO_E_CHECK,
	LEXO_E_NOT_NULL,
	LEXO_E_EXCLUSION,
	LEXO_E_SERIALIZATION, /* lexo_transact tries again */
	LEXO_E_DEADLOCK,      /* lexo_transact tries again */
	LEXO_E_LOCK_TIMEOUT,
	LEXO_E_CANCELED,
	LEXO_E_CONNECTION,
	LEXO_E_SQL,             /* any other SQLSTATE */
	LEXO_E_SCHEMA_MISMATCH, /* the database is not the one that the code was generated for */
	LEXO_E_DECODE,          /* the server sent a value that its type cannot have or C cannot hold */
	LEXO_E_MISUSE,          /* wrong arguments; the server was not asked */
	LEXO_E_NOMEM,
	LEXO_E_SKIPPED /* another call of the batch failed, and this one has not happened */
} lexo_rc;

typedef struct lexo_error {
	lexo_rc rc;
	char sqlstate[6]; /* "" when the server did not speak */
	int constraint;   /* value of the generated <prefix>_constraint enum; 0: none of those */
	int position;     /* 1-based character in statement; 0: none */
	/* "" when absent */
	const char *constraint_name, *table, *column, *message, *detail, *hint, *statement;
} lexo_error;

LEXO_PUBLIC const char *lexo_rc_name(lexo_rc rc); /* "LEXO_E_UNIQUE" */

/* --- values ------------------------------------------------------------------------------------------------------- */

/* ptr NULL: SQL NULL.  Results are NUL-terminated; arguments need not be. */
typedef struct lexo_str {
	const char *ptr;
	size_t len;
} lexo_str;
typedef struct lexo_json { /* a type of its own, so that it is not mixed up with text */
	const char *ptr;
	size_t len;
} lexo_json;
typedef struct lexo_bytes {
	const uint8_t *ptr;
	size_t len;
} lexo_bytes;
typedef struct lexo_uuid {
	uint8_t b[16];
} lexo_uuid;
/* Microseconds since 1970-01-01 00:00 UTC; INT64_MIN and INT64_MAX are -infinity and infinity.  For `timestamp` without
 * time zone: of the wall clock.  PostgreSQL's last 30 years (294247 to 294276) do not fit: LEXO_E_DECODE. */
typedef struct lexo_ts {
	int64_t us;
} lexo_ts;
/* Days since 1970-01-01; INT32_MIN and INT32_MAX are -infinity and infinity. */
typedef struct lexo_date {
	int32_t days;
} lexo_date;

/* Microseconds since midnight; 86400000000 is 24:00. */
typedef struct lexo_time {
	int64_t us;
} lexo_time;
/* Three parts that do not turn into each other: a month has no length, nor has a day.  From PostgreSQL 17 on the
 * greatest and the least value of all three together are infinity and -infinity. */
typedef struct lexo_interval {
	int64_t us;
	int32_t days, months;
} lexo_interval;
/* An address with the length of its network: inet, or cidr, where the rest of the address is zero. */
typedef struct lexo_inet {
	uint8_t family;   /* 4 or 6 */
	uint8_t bits;     /* 32 or 128: one host */
	bool is_network;  /* cidr */
	uint8_t addr[16]; /* four bytes of it for family 4 */
} lexo_inet;

/* clang-format off */
typedef struct lexo_opt_bool { bool has; bool v; } lexo_opt_bool;
typedef struct lexo_opt_i16 { bool has; int16_t v; } lexo_opt_i16;
typedef struct lexo_opt_i32 { bool has; int32_t v; } lexo_opt_i32;
typedef struct lexo_opt_i64 { bool has; int64_t v; } lexo_opt_i64;
typedef struct lexo_opt_u32 { bool has; uint32_t v; } lexo_opt_u32;
typedef struct lexo_opt_f32 { bool has; float v; } lexo_opt_f32;
typedef struct lexo_opt_f64 { bool has; double v; } lexo_opt_f64;
typedef struct lexo_opt_uuid { bool has; lexo_uuid v; } lexo_opt_uuid;
typedef struct lexo_opt_date { bool has; lexo_date v; } lexo_opt_date;
typedef struct lexo_opt_ts { bool has; lexo_ts v; } lexo_opt_ts;
typedef struct lexo_opt_time { bool has; lexo_time v; } lexo_opt_time;
typedef struct lexo_opt_interval { bool has; lexo_interval v; } lexo_opt_interval;
typedef struct lexo_opt_inet { bool has; lexo_inet v; } lexo_opt_inet;

/* Ranges.  A bound that is absent is infinite, so {0} is all values; _inc: the bound belongs to it.  Of whole numbers and
 * dates the server gives [lower, upper). */
typedef struct lexo_i32_range { lexo_opt_i32 lower, upper; bool lower_inc, upper_inc, is_empty; } lexo_i32_range;
typedef struct lexo_i64_range { lexo_opt_i64 lower, upper; bool lower_inc, upper_inc, is_empty; } lexo_i64_range;
typedef struct lexo_date_range { lexo_opt_date lower, upper; bool lower_inc, upper_inc, is_empty; } lexo_date_range;
typedef struct lexo_ts_range { lexo_opt_ts lower, upper; bool lower_inc, upper_inc, is_empty; } lexo_ts_range;
typedef struct lexo_num_range { lexo_str lower, upper; bool lower_inc, upper_inc, is_empty; } lexo_num_range; /* absent: ptr NULL */
typedef struct lexo_opt_i32_range { bool has; lexo_i32_range v; } lexo_opt_i32_range;
typedef struct lexo_opt_i64_range { bool has; lexo_i64_range v; } lexo_opt_i64_range;
typedef struct lexo_opt_date_range { bool has; lexo_date_range v; } lexo_opt_date_range;
typedef struct lexo_opt_ts_range { bool has; lexo_ts_range v; } lexo_opt_ts_range;
typedef struct lexo_opt_num_range { bool has; lexo_num_range v; } lexo_opt_num_range;

/* One-dimensional arrays.  items NULL: SQL NULL (as an argument for a NOT NULL column: the empty array).  nulls NULL: no
 * element is NULL; otherwise nulls[i] says so, but strings, bytes and json have ptr NULL instead.  Lower bounds are not
 * kept. */
typedef struct lexo_bool_array { const bool *items; size_t len; const bool *nulls; } lexo_bool_array;
typedef struct lexo_i16_array { const int16_t *items; size_t len; const bool *nulls; } lexo_i16_array;
typedef struct lexo_i32_array { const int32_t *items; size_t len; const bool *nulls; } lexo_i32_array;
typedef struct lexo_i64_array { const int64_t *items; size_t len; const bool *nulls; } lexo_i64_array;
typedef struct lexo_u32_array { const uint32_t *items; size_t len; const bool *nulls; } lexo_u32_array;
typedef struct lexo_f32_array { const float *items; size_t len; const bool *nulls; } lexo_f32_array;
typedef struct lexo_f64_array { const double *items; size_t len; const bool *nulls; } lexo_f64_array;
typedef struct lexo_uuid_array { const lexo_uuid *items; size_t len; const bool *nulls; } lexo_uuid_array;
typedef struct lexo_date_array { const lexo_date *items; size_t len; const bool *nulls; } lexo_date_array;
typedef struct lexo_ts_array { const lexo_ts *items; size_t len; const bool *nulls; } lexo_ts_array;
typedef struct lexo_time_array { const lexo_time *items; size_t len; const bool *nulls; } lexo_time_array;
typedef struct lexo_interval_array { const lexo_interval *items; size_t len; const bool *nulls; } lexo_interval_array;
typedef struct lexo_inet_array { const lexo_inet *items; size_t len; const bool *nulls; } lexo_inet_array;
typedef struct lexo_i32_range_array { const lexo_i32_range *items; size_t len; const bool *nulls; } lexo_i32_range_array;
typedef struct lexo_i64_range_array { const lexo_i64_range *items; size_t len; const bool *nulls; } lexo_i64_range_array;
typedef struct lexo_date_range_array { const lexo_date_range *items; size_t len; const bool *nulls; } lexo_date_range_array;
typedef struct lexo_ts_range_array { const lexo_ts_range *items; size_t len; const bool *nulls; } lexo_ts_range_array;
typedef struct lexo_num_range_array { const lexo_num_range *items; size_t len; const bool *nulls; } lexo_num_range_array;
typedef struct lexo_str_array { const lexo_str *items; size_t len; const bool *nulls; } lexo_str_array;
typedef struct lexo_json_array { const lexo_json *items; size_t len; const bool *nulls; } lexo_json_array;
typedef struct lexo_bytes_array { const lexo_bytes *items; size_t len; const bool *nulls; } lexo_bytes_array;
/* clang-format on */

#ifndef __cplusplus
/* clang-format off */
#define LEXO_S(literal) ((lexo_str){"" literal, sizeof(literal) - 1})
#define LEXO_SOME(value) {.has = true, .v = (value)} /* initialiser of any lexo_opt_… */
/* clang-format on */
#endif

LEXO_PUBLIC lexo_str lexo_cstr(const char *text); /* borrows; NULL: SQL NULL */
/* 8-4-4-4-12 hex digits in any case, hyphens and braces optional, as PostgreSQL reads them.  Else LEXO_E_MISUSE. */
LEXO_PUBLIC lexo_rc lexo_uuid_parse(lexo_str text, lexo_uuid *out) LEXO_MUST_CHECK;
LEXO_PUBLIC void lexo_uuid_format(lexo_uuid uuid, char out[37]);
LEXO_PUBLIC lexo_ts lexo_now(void);
enum { LEXO_TS_TEXT = 36, LEXO_DATE_TEXT = 20 };
/* "2025-01-31T09:30:00.000000Z", "infinity", "-infinity"; years outside 0 to 9999 with a sign, year 0 is 1 BC. */
LEXO_PUBLIC void lexo_ts_format(lexo_ts ts, char out[LEXO_TS_TEXT]);
LEXO_PUBLIC void lexo_date_format(lexo_date date, char out[LEXO_DATE_TEXT]); /* "2025-01-31" */
enum { LEXO_TIME_TEXT = 16, LEXO_INTERVAL_TEXT = 64, LEXO_INET_TEXT = 50 };
LEXO_PUBLIC void lexo_time_format(lexo_time time, char out[LEXO_TIME_TEXT]); /* "09:30:00.000000" */
/* "P1Y2M-3DT4H5M6.7S", as PostgreSQL's intervalstyle iso_8601 has it; "PT0S", "infinity", "-infinity". */
LEXO_PUBLIC void lexo_interval_format(lexo_interval interval, char out[LEXO_INTERVAL_TEXT]);
/* "192.0.2.7", "192.0.2.0/24", "2001:db8::1"; a network always with its length, a host without. */
LEXO_PUBLIC void lexo_inet_format(const lexo_inet *inet, char out[LEXO_INET_TEXT]);
/* The same back; four numbers or eight groups, none left out but by "::".  Else LEXO_E_MISUSE. */
LEXO_PUBLIC lexo_rc lexo_inet_parse(lexo_str text, lexo_inet *out) LEXO_MUST_CHECK;

/* Of the rows that a query finds, until the transaction ends; PostgreSQL docs, "Row-Level Locks". */
typedef enum lexo_lock {
	LEXO_LOCK_NONE,
	LEXO_LOCK_UPDATE,
	LEXO_LOCK_UPDATE_NOWAIT,
	LEXO_LOCK_UPDATE_SKIP_LOCKED,
	LEXO_LOCK_NO_KEY_UPDATE,
	LEXO_LOCK_SHARE,
	LEXO_LOCK_KEY_SHARE
} lexo_lock;

/* --- memory ------------------------------------------------------------------------------------------------------- */

/* Like realloc: SIZE 0 frees P; a new block when P is NULL; NULL when out of memory. */
typedef void *lexo_alloc(void *context, void *p, size_t size);
typedef struct lexo_arena lexo_arena;

LEXO_PUBLIC lexo_arena *lexo_arena_new(size_t first_chunk); /* 0: default size; NULL: out of memory */
LEXO_PUBLIC lexo_arena *lexo_arena_new_with(size_t first_chunk, lexo_alloc *alloc, void *context);
LEXO_PUBLIC void lexo_arena_reset(lexo_arena *arena); /* keeps memory for the next round, invalidates every row */
LEXO_PUBLIC void lexo_arena_free(lexo_arena *arena);  /* NULL is fine */
LEXO_PUBLIC size_t lexo_arena_bytes(const lexo_arena *arena);

/* --- connection --------------------------------------------------------------------------------------------------- */

typedef struct lexo_db lexo_db;
struct pg_conn; /* libpq's PGconn: users need no libpq-fe.h */

typedef struct lexo_query_event { /* for logs and metrics; never carries values */
	const char *name;         /* "app_user_get" */
	const char *sql;
	lexo_rc rc;
	uint64_t ns;
	uint64_t rows;
	uint64_t
	    repeats; /* how often it ran in this scope, from 1: a get in a loop, where one get_many would do, shows */
} lexo_query_event;

typedef struct lexo_options {
	size_t struct_size;  /* sizeof(lexo_options) */
	unsigned stmt_cache; /* prepared statements kept, more only inside a transaction; 0: 256 */
	bool no_prepare;     /* for poolers without protocol-level prepared statements */
	void (*on_query)(void *context, const lexo_query_event *event);
	void *on_query_context;
	lexo_alloc *alloc; /* for the handle's own memory; NULL: libc */
	void *alloc_context;
} lexo_options;

/* Connects (CONNINFO as for libpq, NULL: the environment) with UTF-8 as client encoding.  OPTIONS may be NULL.  *OUT is
 * set on failure too, for lexo_err and lexo_close, unless memory ran out: then it is NULL, which both accept. */
LEXO_PUBLIC lexo_rc lexo_open(const char *conninfo, const lexo_options *options, lexo_db **out) LEXO_MUST_CHECK;
/* Uses PG, which stays the caller's and must outlive the handle. */
LEXO_PUBLIC lexo_rc lexo_adopt(struct pg_conn *pg, const lexo_options *options, lexo_db **out) LEXO_MUST_CHECK;
LEXO_PUBLIC void lexo_close(lexo_db *db);                  /* NULL is fine */
LEXO_PUBLIC struct pg_conn *lexo_pg(lexo_db *db);          /* for what lexo does not do */
LEXO_PUBLIC const lexo_error *lexo_err(const lexo_db *db); /* of the last failure; never NULL, DB may be */

/* Begins a scope for lexo_query_event.repeats: the work for one request, for example.  A transaction is one by itself.
 */
LEXO_PUBLIC void lexo_query_scope(lexo_db *db); /* NULL is fine */

/* --- transactions ------------------------------------------------------------------------------------------------- */

enum { LEXO_TX_READ_ONLY = 1, LEXO_TX_REPEATABLE_READ = 2, LEXO_TX_SERIALIZABLE = 4, LEXO_TX_DEFERRABLE = 8 };

/* Begins a transaction; inside one: a savepoint, and FLAGS must be 0. */
LEXO_PUBLIC lexo_rc lexo_begin(lexo_db *db, unsigned flags) LEXO_MUST_CHECK;
/* Ends the innermost level.  When something in it failed, it is rolled back and the first failure is returned. */
LEXO_PUBLIC lexo_rc lexo_commit(lexo_db *db) LEXO_MUST_CHECK;
/* Undoes the innermost level; nothing outside a transaction.  Keeps what lexo_err tells. */
LEXO_PUBLIC void lexo_rollback(lexo_db *db);
/* Runs BODY in a transaction (or savepoint): LEXO_OK commits, anything else rolls back and is returned.  The outermost
 * level runs it again, at most RETRIES times, after LEXO_E_SERIALIZATION, LEXO_E_DEADLOCK, and when the schema changed
 * under a statement that was prepared before it. */
LEXO_PUBLIC lexo_rc lexo_transact(lexo_db *db, unsigned flags, unsigned retries,
				  lexo_rc (*body)(lexo_db *db, void *context), void *context) LEXO_MUST_CHECK;

/* --- batches ------------------------------------------------------------------------------------------------------ */

/* Many calls in one round trip.  From here to lexo_batch_run() the generated functions only queue what they are to do,
 * whichever they are, and return LEXO_QUEUED; what they fill is zero until then, and must live until then.  Arguments
 * are borrowed for the call as ever.  Streams, copies, insert_many and transactions are LEXO_E_MISUSE meanwhile. */
LEXO_PUBLIC lexo_rc lexo_batch_begin(lexo_db *db) LEXO_MUST_CHECK;
/* Sends them and takes all answers.  Outside a transaction they are one: when the server refuses one of them, that
 * failure is returned and none has happened.  Answers like LEXO_NOT_FOUND are no failures; LEXO_STALE is here what an
 * update with @version says when the row is gone, too. */
LEXO_PUBLIC lexo_rc lexo_batch_run(lexo_db *db) LEXO_MUST_CHECK;
/* Forgets them.  Nothing when no batch is open; NULL is fine. */
LEXO_PUBLIC void lexo_batch_drop(lexo_db *db);
/* How many are queued; after lexo_batch_run(): were, until the next batch. */
LEXO_PUBLIC size_t lexo_batch_len(const lexo_db *db);
/* What the call with this number (from 0) came to; LEXO_E_MISUSE: there is no such call. */
LEXO_PUBLIC lexo_rc lexo_batch_rc(const lexo_db *db, size_t call);

/* --- notifications ------------------------------------------------------------------------------------------------ */

/* PostgreSQL docs, NOTIFY.  A channel's name has 1 to 63 bytes and is taken as it is, upper case and quotes included;
 * anything else is LEXO_E_MISUSE. */
typedef struct lexo_notification {
	lexo_str channel, payload;
	int sender; /* process id of its server session: pg_backend_pid() there */
} lexo_notification;

/* Within a transaction, from its end on.  A pool takes a handle back without its channels; a new connection has none.
 */
LEXO_PUBLIC lexo_rc lexo_listen(lexo_db *db, lexo_str channel) LEXO_MUST_CHECK;
LEXO_PUBLIC lexo_rc lexo_unlisten(lexo_db *db, lexo_str channel) LEXO_MUST_CHECK; /* {0}: to none any more */
/* Within a transaction it is sent when that commits, the same one once.  PAYLOAD: less than 8000 bytes; {0} is "". */
LEXO_PUBLIC lexo_rc lexo_notify(lexo_db *db, lexo_str channel, lexo_str payload) LEXO_MUST_CHECK;
/* LEXO_ROW: *OUT is the next one, its texts in ARENA.  LEXO_DONE: none within TIMEOUT_MS; 0 asks what has arrived.
 * Within a transaction LEXO_E_MISUSE, for the server tells of none there.  A program with an event loop of its own
 * watches PQsocket(lexo_pg(db)) and calls it with 0 until LEXO_DONE. */
LEXO_PUBLIC lexo_rc lexo_wait(lexo_db *db, unsigned timeout_ms, lexo_arena *arena,
			      lexo_notification *out) LEXO_MUST_CHECK;

/* --- pool --------------------------------------------------------------------------------------------------------- */

/* Handles for many threads: the one object that several may use at once.  A handle that it gives belongs to one thread
 * until it is given back.  Hooks in the options are called from all of them. */
typedef struct lexo_pool lexo_pool;

/* A pool of at most MAX connections, which are made when they are wanted and kept; none is made here.  CONNINFO and
 * OPTIONS as for lexo_open(), both copied.  LEXO_E_MISUSE: MAX is 0; LEXO_E_NOMEM. */
LEXO_PUBLIC lexo_rc lexo_pool_open(const char *conninfo, unsigned max, const lexo_options *options,
				   lexo_pool **out) LEXO_MUST_CHECK;
/* A handle with a live connection: one that was given back, when the server has not closed it meanwhile, or a new one.
 * Waits for one at most TIMEOUT_MS (0: 30000), then LEXO_E_LOCK_TIMEOUT and *OUT is NULL.  When connecting fails, *OUT
 * tells why (lexo_err) and is to be given back like any other. */
LEXO_PUBLIC lexo_rc lexo_pool_get(lexo_pool *pool, unsigned timeout_ms, lexo_db **out) LEXO_MUST_CHECK;
/* Gives it back: a stream is ended, an open transaction rolled back.  What the session was SET to stays, so use SET
 * LOCAL.  NULL is fine. */
LEXO_PUBLIC void lexo_pool_put(lexo_pool *pool, lexo_db *db);
/* No more handles; the pool is gone when the last one has come back.  NULL is fine. */
LEXO_PUBLIC void lexo_pool_close(lexo_pool *pool);

#ifdef __cplusplus
}
#endif
#endif
