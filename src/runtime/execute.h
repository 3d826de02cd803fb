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

struct lx_places {
	void **items; /* NULL where nothing comes */
	size_t len;
};
struct lx_upserted {
	void *row;
	bool is_inserted;
};

struct lx_groups {
	struct lx_rows *items;
	size_t len;
};

enum lx_how {
	LX_COUNT,  /* OUT: uint64_t *, rows affected */
	LX_ONE,    /* OUT: a row; LEXO_NOT_FOUND when there is none, LEXO_E_SCHEMA_MISMATCH when there are several */
	LX_WHOLE,  /* OUT: struct lx_rows *; the result is fetched, then decoded: best for few rows */
	LX_APPEND, /* OUT: struct lx_rows *, with room for the rows that come */
	LX_PLACES, /* OUT: struct lx_places *; the extra column says where a row goes, from 1 */
	LX_GROUPS, /* OUT: struct lx_groups *; the extra column says which group a row is of, from 1 */
	LX_UPSERT, /* OUT: struct lx_upserted *; the extra column says whether the row is new */
	LX_NUMBER, /* OUT: int64_t *, the only value of the only row */
	LX_STREAM, /* OUT: struct lx_rows *; each row is decoded as it comes: no second copy of a long result */
};
/* Finds, prepares, runs and decodes; prepares once more when the server says so and no transaction is lost by it. */
/* On failure OUT is zeroed, what it points to is not. */
lexo_rc lx_execute(lexo_db *db, const struct lx_request *request, enum lx_how how, lexo_arena *arena, void *out);
#endif
