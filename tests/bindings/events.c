/* What on_query is told of repeated statements: prints TAP.
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>

#include "app_models.h"
#include "tap.h"

static void note_repeats(void *context, const lexo_query_event *event)
{
	*(uint64_t *)context = event->repeats;
}

static uint64_t count_items(uint64_t *repeats)
{
	int64_t count;
	*repeats = 0;
	return app_item_count(db, NULL, &count) == LEXO_OK ? *repeats : 0;
}

int main(int argc, char **argv)
{
	uint64_t n = 0;
	lexo_options options = options_of(argc, argv, note_repeats);
	options.on_query_context = &n;
	is(lexo_open(NULL, &options, &db), LEXO_OK, "a handle with a hook");
	ok(count_items(&n) == 1 && count_items(&n) == 2, "a statement that runs again is counted");
	lexo_query_scope(db);
	ok(count_items(&n) == 1, "in another scope from the beginning");
	is(lexo_begin(db, 0), LEXO_OK, "a transaction");
	ok(count_items(&n) == 1, "is a scope");
	is(lexo_begin(db, 0), LEXO_OK, "a savepoint");
	ok(count_items(&n) == 2, "is none");
	lexo_rollback(db);
	ok(count_items(&n) == 3, "nor is its end");
	is(lexo_commit(db), LEXO_OK, "the end of the transaction");
	ok(count_items(&n) == 1, "ends the scope");
	lexo_close(db);
	lexo_query_scope(NULL);
	return failures ? 1 : 0;
}
