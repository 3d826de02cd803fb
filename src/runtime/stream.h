/* What a stream is made of: the rows come by the extended protocol, or by COPY.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_RUNTIME_STREAM_H
#define LX_RUNTIME_STREAM_H
#include "runtime/statements.h"

struct lexo_stream {
	lexo_db *db; /* NULL: it has ended */
	struct lx_statement *statement;
	lexo_alloc *alloc;
	void *alloc_context;
	lexo_arena *arena; /* of the row's arrays */
	PGresult *result;  /* of the row, or fetched ahead */
	char *copied;      /* of the row, by COPY: libpq's */
	bool is_ahead;
	bool is_copy, has_header;
	bool is_cancelable; /* outside a transaction, which canceling would end */
	lexo_rc rc;         /* what the end was */
	uint64_t start, rows;
	_Alignas(16) char row[];
};

/* copy_out.c.  Sends the statement and meets its first answers. */
lexo_rc lx_copy_out_start(lexo_stream *stream);
/* LEXO_ROW: the row is there; LEXO_DONE; or what went wrong (reported).  The last two end the stream. */
lexo_rc lx_copy_out_next(lexo_stream *stream);
#endif
