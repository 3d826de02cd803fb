/* A pool and many threads: prints TAP.
 * SPDX-License-Identifier: Apache-2.0 */
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app_models.h"
#include "tap.h"

enum { THREADS = 8, ROUNDS = 40, CONNECTIONS = 3 };

static lexo_pool *pool;
static atomic_int out, most, wrong;

static void *work(void *unused)
{
	(void)unused;
	for (int i = 0; i < ROUNDS; i++) {
		lexo_db *mine = NULL;
		int64_t count;
		lexo_rc rc = lexo_pool_get(pool, 20000, &mine);
		int now = atomic_fetch_add(&out, 1) + 1, seen = atomic_load(&most);
		while (now > seen && !atomic_compare_exchange_weak(&most, &seen, now))
			;
		if (rc != LEXO_OK || app_item_count(mine, NULL, &count) != LEXO_OK ||
		    (i % 5 == 0 && lexo_begin(mine, 0)))
			atomic_fetch_add(&wrong, 1);
		atomic_fetch_sub(&out, 1);
		lexo_pool_put(pool, mine);
	}
	return NULL;
}

static void test_threads(void)
{
	pthread_t threads[THREADS];
	for (int i = 0; i < THREADS; i++)
		if (pthread_create(&threads[i], NULL, work, NULL) != 0)
			exit(2);
	for (int i = 0; i < THREADS; i++)
		pthread_join(threads[i], NULL);
	ok(atomic_load(&wrong) == 0, "every thread got its answers");
	ok(atomic_load(&most) <= CONNECTIONS, "never more connections than allowed");
}

static void test_limits(void)
{
	lexo_db *all[CONNECTIONS], *more = NULL;
	for (int i = 0; i < CONNECTIONS; i++)
		is(lexo_pool_get(pool, 0, &all[i]), LEXO_OK, "a handle");
	is(lexo_pool_get(pool, 50, &more), LEXO_E_LOCK_TIMEOUT, "one too many has to wait, and not for ever");
	ok(more == NULL, "and gets none");
	is(lexo_begin(all[0], 0), LEXO_OK, "a transaction");
	lexo_pool_put(pool, all[0]);
	is(lexo_pool_get(pool, 50, &more), LEXO_OK, "the one that came back");
	is(lexo_begin(more, LEXO_TX_READ_ONLY), LEXO_OK, "has no transaction any more");
	lexo_pool_put(pool, more);
	for (int i = 1; i < CONNECTIONS; i++)
		lexo_pool_put(pool, all[i]);
}

/* Without libpq the way to lose a connection is to let the server end it. */
static void test_lost(void)
{
	lexo_db *first = NULL, *second = NULL;
	int64_t count;
	is(lexo_pool_get(pool, 0, &first), LEXO_OK, "a handle whose connection will go");
	/* until they are gone: one that is on its way still looks alive */
	static const char end_them[] =
	    "theirs=\"FROM pg_stat_activity WHERE application_name = 'lexo' AND datname = current_database()\"\n"
	    "ask() { \"${PSQL:-psql}\" -XAqtc \"$1\"; }\n"
	    "ask \"SELECT pg_terminate_backend(pid) $theirs\" >/dev/null\n"
	    "for i in $(seq 100); do [ \"$(ask \"SELECT count(*) $theirs\")\" = 0 ] && exit 0; sleep 0.05; done; exit "
	    "1";
	ok(system(end_them) == 0, "the server ends it");
	is(app_item_count(first, NULL, &count), LEXO_E_CONNECTION, "it is gone");
	lexo_pool_put(pool, first);
	for (int i = 0; i < CONNECTIONS; i++) {
		is(lexo_pool_get(pool, 0, &second), LEXO_OK, "a live one is given");
		is(app_item_count(second, NULL, &count), LEXO_OK, "that works");
		lexo_pool_put(pool, second);
	}
}

static size_t left; /* allocations that still succeed */

static void *scarce(void *context, void *p, size_t size)
{
	(void)context;
	if (size == 0) {
		free(p);
		return NULL;
	}
	if (left == 0)
		return NULL;
	left--;
	return realloc(p, size);
}

static void test_bad(void)
{
	lexo_options options = {.struct_size = sizeof options, .alloc = scarce};
	lexo_pool *bad = NULL;
	lexo_db *none = NULL;
	is(lexo_pool_open(NULL, 0, NULL, &bad), LEXO_E_MISUSE, "a pool of nothing");
	is(lexo_pool_get(NULL, 0, &none), LEXO_E_MISUSE, "no pool");
	lexo_pool_put(NULL, NULL);
	lexo_pool_put(pool, NULL);
	lexo_pool_close(NULL);
	is(lexo_pool_open("host=/nowhere", 1, NULL, &bad), LEXO_OK, "a pool for a server that is not there");
	for (int i = 0; i < 2; i++) {
		is(lexo_pool_get(bad, 0, &none), LEXO_E_CONNECTION, "gives no connection");
		ok(none && *lexo_err(none)->message, "and says why");
		lexo_pool_put(bad, none);
	}
	lexo_pool_close(bad);
	for (left = 0; left < 2; left++) {
		size_t kept = left;
		is(lexo_pool_open("host=/nowhere", 1, &options, &bad), LEXO_E_NOMEM, "no memory for the pool");
		left = kept;
	}
	left = 2;
	is(lexo_pool_open("", 1, &options, &bad), LEXO_OK, "memory for the pool");
	left = 0;
	is(lexo_pool_get(bad, 0, &none), LEXO_E_NOMEM, "but not for a handle");
	left = SIZE_MAX;
	is(lexo_pool_get(bad, 0, &none), LEXO_OK, "then there is");
	lexo_pool_close(bad);
	int64_t count;
	is(app_item_count(none, NULL, &count), LEXO_OK, "a handle outlives the closing");
	lexo_pool_put(bad, none);
}

int main(int argc, char **argv)
{
	lexo_options options = options_of(argc, argv, NULL);
	is(lexo_pool_open("", CONNECTIONS, &options, &pool), LEXO_OK, "a pool");
	test_threads();
	test_limits();
	test_lost();
	test_bad();
	lexo_pool_close(pool);
	return failures ? 1 : 0;
}
