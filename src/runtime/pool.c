/* Connections that many threads share, one at a time each.
 * SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <string.h>
#include <time.h>

#include "runtime/arena.h"
#include "runtime/db.h"
#include "runtime/notify.h"

enum { WAIT_MS = 30000 };

struct lexo_pool {
	pthread_mutex_t mutex;
	pthread_cond_t has_room; /* a handle came back, or one that was in the making failed */
	lexo_options options;
	char *conninfo; /* NULL: the environment */
	unsigned max;
	unsigned out;        /* handles that threads have, and connections in the making */
	unsigned idle_count; /* out + idle_count <= max */
	bool is_closed;
	lexo_db
	    *idle[]; /* the one that came back last is given first: the others may be closed by a server's timeout */
};

static void *pool_alloc(const lexo_options *options, void *p, size_t size)
{
	lexo_alloc *alloc = options->alloc ? options->alloc : lx_libc_alloc;
	return alloc(options->alloc_context, p, size);
}

static void free_pool(lexo_pool *pool)
{
	lexo_options options = pool->options;
	pthread_cond_destroy(&pool->has_room);
	pthread_mutex_destroy(&pool->mutex);
	if (pool->conninfo)
		pool_alloc(&options, pool->conninfo, 0);
	pool_alloc(&options, pool, 0);
}

/* Waiting is by the clock that nobody sets. */
static bool make_locks(lexo_pool *pool)
{
	pthread_condattr_t attributes;
	if (pthread_mutex_init(&pool->mutex, NULL) != 0)
		return false;
	bool ok = pthread_condattr_init(&attributes) == 0;
	if (ok) {
		ok = pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC) == 0 &&
		     pthread_cond_init(&pool->has_room, &attributes) == 0;
		pthread_condattr_destroy(&attributes);
	}
	if (!ok)
		pthread_mutex_destroy(&pool->mutex);
	return ok;
}

lexo_rc lexo_pool_open(const char *conninfo, unsigned max, const lexo_options *options, lexo_pool **out)
{
	lexo_options known = {.struct_size = sizeof known};
	*out = NULL;
	if (max == 0)
		return LEXO_E_MISUSE;
	if (options) {
		memcpy(&known, options, options->struct_size < sizeof known ? options->struct_size : sizeof known);
		known.struct_size = sizeof known;
	}
	lexo_pool *pool = pool_alloc(&known, NULL, sizeof *pool + max * sizeof *pool->idle);
	if (!pool)
		return LEXO_E_NOMEM;
	memset(pool, 0, sizeof *pool);
	pool->options = known;
	pool->max = max;
	size_t length = conninfo ? strlen(conninfo) + 1 : 0;
	pool->conninfo = conninfo ? pool_alloc(&known, NULL, length) : NULL;
	if ((conninfo && !pool->conninfo) || !make_locks(pool)) {
		if (pool->conninfo)
			pool_alloc(&known, pool->conninfo, 0);
		pool_alloc(&known, pool, 0);
		return LEXO_E_NOMEM;
	}
	if (conninfo)
		memcpy(pool->conninfo, conninfo, length);
	*out = pool;
	return LEXO_OK;
}

static struct timespec deadline_in(unsigned ms)
{
	struct timespec time;
	clock_gettime(CLOCK_MONOTONIC, &time);
	time.tv_sec += ms / 1000;
	time.tv_nsec += (long)(ms % 1000) * 1000000;
	if (time.tv_nsec >= 1000000000) {
		time.tv_nsec -= 1000000000;
		time.tv_sec++;
	}
	return time;
}

/* With the mutex held: takes an idle handle (NULL: one is to be made), counted in pool->out. */
static lexo_rc take(lexo_pool *pool, unsigned timeout_ms, lexo_db **db)
{
	struct timespec deadline = deadline_in(timeout_ms ? timeout_ms : WAIT_MS);
	while (!pool->is_closed && pool->out == pool->max)
		if (pthread_cond_timedwait(&pool->has_room, &pool->mutex, &deadline) == ETIMEDOUT &&
		    pool->out == pool->max)
			return LEXO_E_LOCK_TIMEOUT;
	if (pool->is_closed)
		return LEXO_E_MISUSE;
	*db = pool->idle_count ? pool->idle[--pool->idle_count] : NULL;
	pool->out++;
	return LEXO_OK;
}

/* A server that closed the connection has sent so; as long as it sends nothing, nothing is asked of it. */
static bool is_alive(const lexo_db *db)
{
	struct pollfd input = {.fd = PQsocket(db->pg), .events = POLLIN};
	if (PQstatus(db->pg) == CONNECTION_OK && poll(&input, 1, 0) <= 0)
		return true;
	if (!PQconsumeInput(db->pg))
		return false;
	PQclear(PQexec(db->pg, "")); /* farewell, or a notification? */
	return PQstatus(db->pg) == CONNECTION_OK;
}

/* As it would be after lexo_open(); false: it is of no use any more. */
static bool clean(lexo_db *db)
{
	if (db->busy.message)
		db->busy.end(db->busy.object);
	while (db->depth)
		lexo_rollback(db);
	if (PQstatus(db->pg) != CONNECTION_OK)
		return false;
	if (PQtransactionStatus(db->pg) != PQTRANS_IDLE)
		PQclear(PQexec(db->pg, "ROLLBACK"));
	lx_notify_stop(db);
	return PQtransactionStatus(db->pg) == PQTRANS_IDLE;
}

/* One is out no more.  DB: kept for the next, or NULL. */
static void release(lexo_pool *pool, lexo_db *db)
{
	lexo_db *unwanted = NULL;
	pthread_mutex_lock(&pool->mutex);
	pool->out--;
	if (pool->is_closed)
		unwanted = db;
	else if (db)
		pool->idle[pool->idle_count++] = db;
	bool is_last = pool->is_closed && pool->out == 0;
	pthread_cond_signal(&pool->has_room);
	pthread_mutex_unlock(&pool->mutex);
	lexo_close(unwanted);
	if (is_last)
		free_pool(pool);
}

lexo_rc lexo_pool_get(lexo_pool *pool, unsigned timeout_ms, lexo_db **out)
{
	lexo_db *db = NULL;
	*out = NULL;
	if (!pool)
		return LEXO_E_MISUSE;
	pthread_mutex_lock(&pool->mutex);
	lexo_rc rc = take(pool, timeout_ms, &db);
	pthread_mutex_unlock(&pool->mutex);
	if (rc != LEXO_OK)
		return rc;
	if (db && !is_alive(db)) {
		lexo_close(db);
		db = NULL;
	}
	if (!db)
		rc = lexo_open(pool->conninfo, &pool->options, &db);
	if (!db) /* out of memory: there is nothing that could be given back */
		release(pool, NULL);
	*out = db;
	return rc;
}

void lexo_pool_put(lexo_pool *pool, lexo_db *db)
{
	if (!pool || !db)
		return;
	if (!clean(db)) {
		lexo_close(db);
		db = NULL;
	}
	release(pool, db);
}

void lexo_pool_close(lexo_pool *pool)
{
	if (!pool)
		return;
	pthread_mutex_lock(&pool->mutex);
	pool->is_closed = true;
	bool is_last = pool->out == 0;
	pthread_cond_broadcast(&pool->has_room); /* whoever waits goes away with LEXO_E_MISUSE */
	pthread_mutex_unlock(&pool->mutex);
	while (pool->idle_count)
		lexo_close(pool->idle[--pool->idle_count]);
	if (is_last)
		free_pool(pool);
}
