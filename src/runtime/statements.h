/* Statements of a handle: their SQL text, put together once from the model's tables, and whether the server has them
 * prepared.  A statement is found by what it does, not by its text.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_RUNTIME_STATEMENTS_H
#define LX_RUNTIME_STATEMENTS_H
#include "runtime/codec.h"
#include "runtime/db.h"

enum { LX_MAX_COLUMNS = 1600, LX_MASK_WORDS = LX_MAX_COLUMNS / 64 };

enum lx_verb {
	LX_VERB_INSERT,
	LX_VERB_GET,
	LX_VERB_UPDATE,
	LX_VERB_DELETE,
	LX_VERB_LIST,
	LX_VERB_FIND,
	LX_VERB_INSERT_MANY,
	LX_VERB_GET_MANY,
	LX_VERB_UPSERT,
	LX_VERB_COUNT,
	LX_VERB_STREAM,
	LX_VERB_EXPORT, /* a stream of a statement without parameters, by COPY */
	LX_VERB_COPY,
	LX_VERB_UPDATE_WHERE,
	LX_VERB_DELETE_WHERE,
	LX_VERB_QUERY, /* the model's own SQL */
	LX_VERB_LOAD_MANY
};

enum lx_after { LX_AFTER = 1, LX_AFTER_NULL = 2 /* the column of the order is NULL in that row */ };

struct lx_request {
	const lexo_model *model;
	const lexo_key *key; /* of the WHERE clause, or NULL */
	enum lx_verb verb;
	bool has_rows;         /* returns the model's rows */
	bool is_limited;       /* has a LIMIT */
	bool has_extra;        /* one more result column behind the model's: which it is depends on the verb */
	bool has_version;      /* of an update: the model counts changes, so one is a condition */
	bool is_partial;       /* the mask says which of the model's columns are left out of the rows */
	bool is_text;          /* of a copy: its rows are sent as text */
	uint32_t order;        /* of a query */
	uint32_t lock;         /* of a query */
	uint32_t after;        /* of a query: a set of enum lx_after; 0: from the first row on */
	const uint32_t *where; /* the predicates without their values (where.h) */
	uint32_t where_count;
	uint32_t row_count;  /* of an insert; 0: one */
	uint32_t mask_words; /* insert and update: columns written, one bit each */
	uint32_t update_at;  /* upsert: the word where the columns begin that an existing row gets */
	uint64_t mask[2 * LX_MASK_WORDS];
};

struct lx_statement {
	struct lx_statement *next; /* in the same slot */
	uint64_t used;             /* db->tick of the last use */
	uint64_t scope, repeats;   /* how often it was used in that scope (db->scope) */
	uint64_t hash;
	const lexo_model *model;
	const lexo_key *key;
	uint64_t shape; /* verb, flags, order and number of rows */
	uint32_t mask_words, where_count;
	uint32_t *where; /* behind the mask */
	bool has_rows, has_extra, has_secrets, is_partial;
	bool is_prepared, is_verified;
	bool is_coming;    /* a batch that is being sent prepares it */
	bool is_stale;     /* the server may still have an old one under this name */
	char name[24];     /* of the prepared statement: a hash of its text and types */
	char *sql, *label; /* "app_user_get" */
	uint64_t mask[];
};

/* The columns that its rows lack, or NULL. */
static inline const uint64_t *lx_statement_omits(const struct lx_statement *statement)
{
	return statement->is_partial ? statement->mask : NULL;
}

/* Finds or makes the statement; NULL: out of memory (reported). */
struct lx_statement *lx_statement_find(lexo_db *db, const struct lx_request *request);
/* Prepares it with the types of PARAMETERS unless it is.  The handle's no_prepare is the caller's business. */
lexo_rc lx_statement_prepare(lexo_db *db, struct lx_statement *statement, const struct lx_parameters *parameters);
/* The server has forgotten it, and with it those that share its name. */
void lx_statement_forget(lexo_db *db, const struct lx_statement *statement);
/* Gives it its name; true: it has a twin, so that it need not be prepared. */
bool lx_statement_is_there(const lexo_db *db, struct lx_statement *statement, const struct lx_parameters *parameters);
/* The same within a pipeline, for one that has its name and is not stale; false: libpq says why. */
bool lx_statement_send_prepare(lexo_db *db, struct lx_statement *statement, const struct lx_parameters *parameters);
/* Prepares it with whatever that needs. */
lexo_rc lx_statement_ready(lexo_db *db, struct lx_statement *statement);
/* Sends it; the results are to be fetched.  False: libpq says why. */
bool lx_statement_send(lexo_db *db, const struct lx_statement *statement, const struct lx_parameters *parameters);
/* The same in single-row mode, with the handle's parameters. */
lexo_rc lx_statement_send_rows(lexo_db *db, const struct lx_statement *statement);
/* After RC: true when the statement was outdated on the server, or met others, and running it again may help.  In a
 * transaction it is lost: *RC becomes LEXO_E_SCHEMA_MISMATCH where the schema is what changed. */
bool lx_statement_again(lexo_db *db, struct lx_statement *statement, lexo_rc *rc);
/* Looks up the enums that the result columns use, before the statement runs. */
lexo_rc lx_statement_types(lexo_db *db, const struct lx_statement *statement);
/* Reports why COLUMN of a row could not be decoded. */
lexo_rc lx_statement_undecoded(lexo_db *db, const struct lx_statement *statement, const lexo_column *column,
			       enum lx_decoded why);
/* Compares the result's types with the model's, and its formats with FORMAT; once for each prepared statement. */
lexo_rc lx_statement_verify(lexo_db *db, struct lx_statement *statement, const PGresult *result, int format);
void lx_statements_close(lexo_db *db);

/* ready.c.  Out of the COPY that RESULT begins, when it is one: libpq gives the same result again and again until then.
 */
void lx_settle(PGconn *pg, const PGresult *result);
/* Until the server has nothing more to say, whatever it began. */
void lx_drain(PGconn *pg);

/* event.c: what on_query of the handle is told; nothing when it has none.  START: what the first gave, before it ran.
 */
uint64_t lx_event_start(const lexo_db *db);
void lx_event_send(const lexo_db *db, struct lx_statement *statement, lexo_rc rc, uint64_t start, uint64_t rows);

/* compose.c: the SQL text of REQUEST from the handle's memory; NULL: out of memory. */
char *lx_compose(lexo_db *db, const struct lx_request *request);
#endif
