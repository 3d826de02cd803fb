/* A program at work while its schema changes: 20 threads call every kind of generated function until stdin ends. Prints
 * TAP.  The database has the tables of forms.lexo.  workers [no-prepare [no-session]]
 * SPDX-License-Identifier: Apache-2.0 */
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "calls.h"
#include "tap.h"

enum { WORKERS = 20, TRIES = 20 };

static lexo_pool *pool;
static atomic_bool is_over;
static atomic_long made, failed, transactions, bodies;
static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER; /* of stdout */

/* Who listens needs a session, which a pooler of transactions does not give, and no transaction around it. */
static bool has_session = true;

static bool is_possible(const struct call *call, bool is_in_transaction)
{
	return (has_session && !is_in_transaction) || strcmp(call->name, "notify") != 0;
}

static void complain(const char *what, lexo_rc rc, const lexo_db *handle)
{
	pthread_mutex_lock(&mutex);
	if (atomic_fetch_add(&failed, 1) < 20)
		printf("# %s: %s: %s %s\n#   %s\n", what, lexo_rc_name(rc), lexo_err(handle)->sqlstate,
		       lexo_err(handle)->message, lexo_err(handle)->statement);
	pthread_mutex_unlock(&mutex);
}

/* Every third call: a change may come in between. */
static lexo_rc body(lexo_db *handle, void *rows)
{
	lexo_rc rc = LEXO_OK;
	atomic_fetch_add(&bodies, 1);
	for (size_t i = 0; i < call_count && rc == LEXO_OK; i += 3)
		if (is_possible(&calls[i], true))
			rc = calls[i].call(handle, rows);
	return rc;
}

static void *work(void *seed)
{
	size_t next = *(size_t *)seed;
	lexo_arena *rows = lexo_arena_new(0);
	while (!atomic_load(&is_over)) {
		const struct call *call = &calls[next++ % call_count];
		lexo_db *handle = NULL;
		lexo_rc rc = lexo_pool_get(pool, 0, &handle);
		if (rc == LEXO_OK)
			rc = is_possible(call, false) ? call->call(handle, rows) : LEXO_OK;
		if (rc != LEXO_OK)
			complain(call->name, rc, handle);
		atomic_fetch_add(&made, 1);
		if (rc == LEXO_OK && next % 50 == 0) {
			rc = lexo_transact(handle, 0, TRIES, body, rows);
			if (rc != LEXO_OK)
				complain("a transaction", rc, handle);
			atomic_fetch_add(&transactions, 1);
		}
		lexo_pool_put(pool, handle);
		lexo_arena_reset(rows);
	}
	lexo_arena_free(rows);
	return NULL;
}

int main(int argc, char **argv)
{
	lexo_options options = options_of(argc, argv, NULL);
	pthread_t threads[WORKERS];
	size_t seeds[WORKERS];
	has_session = argc < 3 || strcmp(argv[2], "no-session") != 0;
	arena = lexo_arena_new(0);
	is(lexo_open("", &options, &db), LEXO_OK, "connect");
	ok(calls_begin(), "the rows that the calls need");
	is(lexo_pool_open("", WORKERS, &options, &pool), LEXO_OK, "a pool");
	fflush(stdout);
	for (size_t i = 0; i < WORKERS; i++) {
		seeds[i] = i;
		if (pthread_create(&threads[i], NULL, work, &seeds[i]) != 0)
			exit(2);
	}
	while (getchar() != EOF)
		;
	atomic_store(&is_over, true);
	for (size_t i = 0; i < WORKERS; i++)
		pthread_join(threads[i], NULL);
	printf("# %ld calls, %ld transactions, %ld tried again\n", atomic_load(&made), atomic_load(&transactions),
	       atomic_load(&bodies) - atomic_load(&transactions));
	ok(atomic_load(&failed) == 0, "no call has failed");
	ok(atomic_load(&made) > 500, "and there were many");
	lexo_pool_close(pool);
	lexo_close(db);
	lexo_arena_free(arena);
	return failures > 0;
}
