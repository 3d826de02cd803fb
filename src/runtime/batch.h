/* Calls that wait in a handle for lexo_batch_run().
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_RUNTIME_BATCH_H
#define LX_RUNTIME_BATCH_H
#include "runtime/execute.h"

struct lx_queued {
	struct lx_run run;
	struct lx_parameters parameters; /* in the batch's arena */
	bool is_prepared_too;            /* in the same round trip */
	lexo_rc rc;
};

struct lx_batch {
	bool is_open;
	struct lx_queued *items; /* also after it has run, until the next one begins */
	size_t count, capacity;
	lexo_arena *arena;
};

static inline bool lx_batch_is_open(const lexo_db *db)
{
	return db->batch && db->batch->is_open;
}

/* Queues RUN with a copy of the handle's parameters.  LEXO_QUEUED, or LEXO_E_NOMEM: then it is not part of the batch.
 */
lexo_rc lx_batch_add(const struct lx_run *run);
/* What the handle keeps for batches. */
void lx_batch_free(lexo_db *db);
#endif
