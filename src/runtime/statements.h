/* Statements of a handle: their SQL text, put together once from the model's tables, and whether the server has them
 * prepared.  A statement is found by what it does, not by its text.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_RUNTIME_STATEMENTS_H
#define LX_RUNTIME_STATEMENTS_H
#include "runtime/db.h"

enum { LX_MAX_COLUMNS = 1600, LX_MASK_WORDS = LX_MAX_COLUMNS / 64 };

enum lx_verb { LX_VERB_INSERT, LX_VERB_GET, LX_VERB_UPDATE, LX_VERB_DELETE, LX_VERB_LIST, LX_VERB_FIND };

struct lx_request {
	const lexo_model *model;
	const lexo_key *key; /* of the WHERE clause, or NULL */
	enum lx_verb verb;
	bool has_rows;       /* returns the model's rows */
	bool is_limited;     /* has a LIMIT */
	uint32_t order;      /* of lexo_bind_find */
	uint32_t mask_words; /* insert and update: columns written, one bit each */
	uint64_t mask[LX_MASK_WORDS];
};

struct lx_statement {
	struct lx_statement *next; /* in the same slot */
	uint64_t used;             /* db->tick of the last use */
	uint64_t hash;
	const lexo_model *model;
	const lexo_key *key;
	uint64_t shape; /* verb, flags and order */
	uint32_t mask_words;
	bool has_rows, has_secrets;
	bool is_prepared, is_verified;
	bool is_stale;     /* the server may still have an old one under this name */
	char name[24];     /* of the prepared statement: a hash of its text and types */
	char *sql, *label; /* "app_user_get" */
	uint64_t mask[];
};

/* Finds or makes the statement; NULL: out of memory (reported). */
struct lx_statement *lx_statement_find(lexo_db *db, const struct lx_request *request);
/* Prepares it with the types of db->parameters unless it is.  The handle's no_prepare is the caller's business. */
lexo_rc lx_statement_prepare(lexo_db *db, struct lx_statement *statement);
/* The server's answer says that it must be prepared again. */
bool lx_statement_is_outdated(const char *sqlstate);
void lx_statement_forget(struct lx_statement *statement, bool is_on_server);
/* Looks up the enums that the result columns use, before the statement runs. */
lexo_rc lx_statement_types(lexo_db *db, const struct lx_statement *statement);
/* Compares the result's types and formats with the model's; once for each prepared statement. */
lexo_rc lx_statement_verify(lexo_db *db, struct lx_statement *statement, const PGresult *result);
void lx_statements_close(lexo_db *db);

/* compose.c: the SQL text of REQUEST from the handle's memory; NULL: out of memory. */
char *lx_compose(lexo_db *db, const struct lx_request *request);
#endif
