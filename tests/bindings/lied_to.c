/* Every kind of generated function with a server that lies (tests/tools/liar.c): an error or a value, and the handle
 * can be closed.  Prints TAP.  The database has the tables of forms.lexo; lied_to COUNT
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "calls.h"
#include "tap.h"

enum { PATIENCE_S = 30 };
#define CODES ((int)LEXO_E_SKIPPED + 1)

static long seen[CODES], unknown;

/* Several in a transaction, and in a batch. */
static lexo_rc body(lexo_db *handle, void *rows)
{
	static size_t next;
	lexo_rc rc = LEXO_OK;
	for (int i = 0; i < 3 && rc == LEXO_OK; i++)
		rc = calls[next++ % call_count].call(handle, rows);
	return rc;
}

static lexo_rc transaction(lexo_db *handle, lexo_arena *rows)
{
	return lexo_transact(handle, 0, 2, body, rows);
}

static bool is_whole(const lexo_error *error)
{
	const char *const texts[] = {error->constraint_name, error->table, error->column,   error->message,
				     error->detail,          error->hint,  error->statement};
	size_t length = strlen(error->sqlstate);
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		length += strlen(texts[i]);
	return length < 1 << 20;
}

static void once(const char *conninfo, size_t number)
{
	lexo_db *handle = NULL;
	lexo_arena *rows = lexo_arena_new(0);
	alarm(PATIENCE_S); /* who waits for ever dies of it */
	lexo_rc rc = lexo_open(conninfo, NULL, &handle);
	size_t which = number % (call_count + 1);
	if (rc == LEXO_OK)
		rc = which == call_count ? transaction(handle, rows) : calls[which].call(handle, rows);
	if ((int)rc < CODES && strcmp(lexo_rc_name(rc), "unknown") != 0 && is_whole(lexo_err(handle)))
		seen[rc]++;
	else
		unknown++;
	lexo_close(handle);
	lexo_arena_free(rows);
}

int main(int argc, char **argv)
{
	size_t count = argc > 1 ? strtoul(argv[1], NULL, 10) : 500;
	char conninfo[200];
	arena = lexo_arena_new(0);
	is(lexo_open("", NULL, &db), LEXO_OK, "connect to the server itself");
	ok(calls_begin(), "the rows that the calls need");
	lexo_close(db);
	db = NULL;
	snprintf(conninfo, sizeof conninfo,
		 "host=127.0.0.1 port=%s sslmode=disable gssencmode=disable connect_timeout=5", getenv("LIAR_PORT"));
	for (size_t i = 0; i < count; i++)
		once(conninfo, i);
	printf("# %zu connections:", count);
	for (int i = 0; i < CODES; i++)
		if (seen[i])
			printf(" %s %ld", lexo_rc_name((lexo_rc)i), seen[i]);
	printf("\n");
	ok(unknown == 0, "whatever it says, the answer is one of those that there are");
	ok(seen[LEXO_OK] && seen[LEXO_E_CONNECTION] && seen[LEXO_E_DECODE] && seen[LEXO_E_SCHEMA_MISMATCH],
	   "and lies were noticed in several ways");
	lexo_arena_free(arena);
	return failures > 0;
}
