/* Every kind of generated function when the nth allocation fails, and when the connection is gone: prints TAP.  The
 * database has the tables of forms.lexo.
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>

#include "calls.h"
#include "tap.h"

/* --- no memory ------------------------------------------------------------------------------------------------------
 */

static long budget = -1;

static void *counted(void *context, void *p, size_t size)
{
	(void)context;
	if (size == 0) {
		free(p);
		return NULL;
	}
	if (budget == 0)
		return NULL;
	if (budget > 0)
		budget--;
	return realloc(p, size);
}

/* Each with one more allocation than the time before, until there are enough; nothing is left behind, valgrind says. */
static void test_memory(void)
{
	for (size_t i = 0; i < call_count; i++) {
		lexo_rc rc = LEXO_E_NOMEM;
		long n = 0;
		for (; rc == LEXO_E_NOMEM && n < 200; n++) {
			const lexo_options options = {.struct_size = sizeof options, .alloc = counted};
			lexo_db *handle = NULL;
			budget = -1;
			lexo_arena *rows = lexo_arena_new_with(64, counted, NULL);
			if (lexo_open(NULL, &options, &handle) != LEXO_OK)
				break;
			budget = n;
			rc = calls[i].call(handle, rows);
			budget = -1;
			lexo_close(handle);
			lexo_arena_free(rows);
		}
		ok(rc == LEXO_OK && n > 1, calls[i].name);
	}
}

/* --- no connection --------------------------------------------------------------------------------------------------
 */

static void test_connection(void)
{
	for (size_t i = 0; i < call_count; i++) {
		lexo_db *handle = NULL;
		if (lexo_open(NULL, NULL, &handle) != LEXO_OK)
			break;
		lexo_rc before = calls[i].call(handle, arena);
		app_end_others_row others = {1};
		for (int tries = 0; others.ended && tries < 10000; tries++) /* until the last one is gone */
			if (app_end_others(db, arena, &others) != LEXO_OK)
				break;
		lexo_rc gone = calls[i].call(handle, arena), after = calls[i].call(handle, arena);
		ok(before == LEXO_OK && gone == LEXO_E_CONNECTION && after == LEXO_E_CONNECTION, calls[i].name);
		lexo_close(handle);
	}
}

int main(void)
{
	arena = lexo_arena_new(0);
	is(lexo_open("", NULL, &db), LEXO_OK, "connect");
	ok(calls_begin(), "the rows that the calls need");
	test_memory();
	test_connection();
	lexo_close(db);
	lexo_arena_free(arena);
	return failures > 0;
}
