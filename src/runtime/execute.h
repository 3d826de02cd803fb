/* Running one statement with the parameters of the handle.
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
	LX_COUNT,  /* OUT: uint64_t *, rows affected */
	LX_ONE,    /* OUT: a row; LEXO_NOT_FOUND when there is none */
	LX_WHOLE,  /* OUT: struct lx_rows *; the result is fetched, then decoded: best for few rows */
	LX_STREAM, /* OUT: struct lx_rows *; each row is decoded as it comes: no second copy of a long result */
};
/* Finds, prepares, runs and decodes; prepares once more when the server says so and no transaction is lost by it. */
lexo_rc lx_execute(lexo_db *db, const struct lx_request *request, enum lx_how how, lexo_arena *arena, void *out);
#endif
