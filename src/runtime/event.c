/* What a program is told about the statements that run for it.
 * SPDX-License-Identifier: Apache-2.0 */
#include <time.h>

#include "runtime/statements.h"

static uint64_t now_ns(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_sec * 1000000000 + (uint64_t)now.tv_nsec;
}

uint64_t lx_event_start(const lexo_db *db)
{
	return db->on_query ? now_ns() : 0;
}

static uint64_t count_repeats(const lexo_db *db, struct lx_statement *statement)
{
	if (statement->scope != db->scope)
		statement->repeats = 0;
	statement->scope = db->scope;
	return ++statement->repeats;
}

void lx_event_send(const lexo_db *db, struct lx_statement *statement, lexo_rc rc, uint64_t start, uint64_t rows)
{
	if (!db->on_query)
		return;
	lexo_query_event event = {.name = statement->label,
				  .sql = statement->sql,
				  .rc = rc,
				  .ns = now_ns() - start,
				  .rows = rows,
				  .repeats = count_repeats(db, statement)};
	db->on_query(db->on_query_context, &event);
}
