/* Running one statement with the parameters of the handle, and where its result goes.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_RUNTIME_EXECUTE_H
#define LX_RUNTIME_EXECUTE_H
#include "runtime/statements.h"

/* Layout of every generated <model>s struct. */
struct lx_rows {
	void *items;
	size_t len;
};

enum lx_how {
	LX_COUNT,  /* an int64_t, or nowhere: how many rows are affected */
	LX_FOUND,  /* nowhere: LEXO_NOT_FOUND when no row is affected */
	LX_ONE,    /* a row; LEXO_NOT_FOUND when there is none, LEXO_E_SCHEMA_MISMATCH when there are several */
	LX_WHOLE,  /* struct lx_rows; the result is fetched, then decoded: best for few rows */
	LX_APPEND, /* struct lx_rows, with room for the rows that come, of which there are len at most */
	LX_PLACES, /* len pointers to rows, NULL where nothing comes; the extra column says where a row goes, from 1 */
	LX_GROUPS, /* len struct lx_rows; the extra column says which one a row is of, from 1 */
	LX_UPSERT, /* a row; the extra column says whether it is new */
	LX_NUMBER, /* an int64_t, the only value of the only row */
	LX_STREAM, /* struct lx_rows; each row is decoded as it comes: no second copy of a long result */
};
struct lx_out {
	void *at;
	size_t len;
	bool *is_new; /* LX_UPSERT */
};

/* Finds, prepares, runs and decodes; prepares once more when the server says so and no transaction is lost by it.
 * Unless it is LEXO_OK, there is nothing in OUT (zeroed; what LX_APPEND had stays).  In a batch: LEXO_QUEUED. */
lexo_rc lx_execute(lexo_db *db, const struct lx_request *request, enum lx_how how, lexo_arena *arena,
		   struct lx_out out);

/* --- for those who run it ----------------------------------------------------------------------------------------- */

struct lx_run {
	lexo_db *db;
	struct lx_statement *statement;
	enum lx_how how;
	bool has_version; /* no row: another may have been faster */
	lexo_arena *arena;
	struct lx_out out;
	uint64_t rows;
};
/* take.c: the result of the statement, whole, into what the run wants. */
lexo_rc lx_take(struct lx_run *run, PGresult *result);
/* The same for row NUMBER alone, into ROW. */
lexo_rc lx_take_row(struct lx_run *run, const PGresult *result, int number, char *row);
/* Zeroes what the run wants. */
void lx_take_nothing(const struct lx_run *run);
#endif
