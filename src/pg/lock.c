/* SPDX-License-Identifier: Apache-2.0 */
#include "pg/lock.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>

#include "base/sha256.h"

enum { FIRST_PAUSE_MS = 25, LONGEST_PAUSE_MS = 1000, TICK_MS = 100 };

long lx_pg_clock_ms(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1000L + now.tv_nsec / 1000000;
}

bool lx_pg_pause(unsigned ms, lx_pg_stop *stop, void *context)
{
	unsigned random = 0;
	if (getrandom(&random, sizeof random, GRND_NONBLOCK) != (ssize_t)sizeof random)
		random = (unsigned)lx_pg_clock_ms() * 2654435761u;
	ms = ms / 2 + (ms > 1 ? random % (ms - ms / 2) : 0);
	while (ms) {
		unsigned part = ms < TICK_MS ? ms : TICK_MS;
		struct timespec time = {.tv_nsec = (long)part * 1000000};
		if (stop && stop(context))
			return false;
		nanosleep(&time, NULL);
		ms -= part;
	}
	return true;
}

bool lx_pg_lock_key(const char *version_schema, int64_t *key)
{
	static const char tag[] = "lexo-lock"; /* with its NUL */
	char hex[LX_SHA256_HEX];
	struct lx_sha256 *hash = lx_sha256_open();
	if (!hash)
		return false;
	lx_sha256_add(hash, tag, sizeof tag);
	lx_sha256_add(hash, version_schema, strlen(version_schema));
	if (!lx_sha256_close(hash, hex))
		return false;
	hex[16] = 0;
	uint64_t bits = strtoull(hex, NULL, 16);
	memcpy(key, &bits, sizeof bits);
	return true;
}

static PGresult *ask(PGconn *conn, const char *sql, int64_t key)
{
	char text[24];
	const char *values[] = {text};
	snprintf(text, sizeof text, "%lld", (long long)key);
	return PQexecParams(conn, sql, 1, NULL, values, NULL, NULL, 0);
}

/* The rows of pg_locks for the key $1. */
#define OF_KEY                                                                                                         \
	"l.locktype = 'advisory' AND l.granted AND l.objsubid = 1 AND l.database = (SELECT oid FROM "                  \
	"pg_catalog.pg_database WHERE datname = pg_catalog.current_database()) AND ((l.classid::bigint << 32) | "      \
	"l.objid::bigint) = $1::bigint"

bool lx_pg_holds_lock(PGconn *conn, int64_t key)
{
	PGresult *result =
	    ask(conn, "SELECT FROM pg_catalog.pg_locks l WHERE l.pid = pg_catalog.pg_backend_pid() AND " OF_KEY, key);
	bool is_held = PQresultStatus(result) == PGRES_TUPLES_OK && PQntuples(result) > 0;
	PQclear(result);
	return is_held;
}

/* Columns of the one who holds it, by name where they are known. */
#define HOLDER                                                                                                         \
	"l.pid, coalesce(a.usename, '?'), coalesce(a.application_name, ''), coalesce(a.client_hostname, "              \
	"pg_catalog.host(a.client_addr), 'local')"

static void describe(const PGresult *row, char *holder, size_t size)
{
	char raw[400];
	snprintf(raw, sizeof raw, "process %s (user %s, %s, from %s)", PQgetvalue(row, 0, 0), PQgetvalue(row, 0, 1),
		 PQgetvalue(row, 0, 2), PQgetvalue(row, 0, 3));
	lx_pg_clean(holder, size, raw);
}

bool lx_pg_lock_holder(PGconn *conn, int64_t key, char *holder, size_t size)
{
	PGresult *result =
	    ask(conn,
		"SELECT " HOLDER " FROM pg_catalog.pg_locks l JOIN pg_catalog.pg_stat_activity a ON a.pid = l.pid "
		"WHERE " OF_KEY,
		key);
	bool is_held = PQresultStatus(result) == PGRES_TUPLES_OK && PQntuples(result) > 0;
	if (is_held)
		describe(result, holder, size);
	PQclear(result);
	return is_held;
}

static enum lx_status not_holder(PGconn *conn, int64_t key, int pid, struct lx_fail *fail)
{
	char holder[256] = "nobody";
	lx_pg_lock_holder(conn, key, holder, sizeof holder);
	lx_fail(fail, LX_REFUSED, "L0453", "server process %d does not hold the lock of lexo's runners: %s does", pid,
		holder);
	lx_fail_help(fail, "nothing was ended");
	return LX_REFUSED;
}

enum lx_status lx_pg_lock_end(PGconn *conn, int64_t key, int pid, char *holder, size_t size, struct lx_fail *fail)
{
	char key_text[24], pid_text[16];
	const char *values[] = {key_text, pid_text};
	snprintf(key_text, sizeof key_text, "%lld", (long long)key);
	snprintf(pid_text, sizeof pid_text, "%d", pid);
	PGresult *result = PQexecParams(conn,
					"SELECT " HOLDER
					", pg_catalog.pg_terminate_backend(l.pid) FROM pg_catalog.pg_locks l LEFT JOIN "
					"pg_catalog.pg_stat_activity a ON a.pid = l.pid WHERE " OF_KEY
					" AND l.pid OPERATOR(pg_catalog.=) $2::integer",
					2, NULL, values, NULL, NULL, 0);
	enum lx_status status = LX_OK;
	if (PQresultStatus(result) != PGRES_TUPLES_OK) {
		bool is_denied = strcmp(lx_pg_sqlstate(result), "42501") == 0;
		status = lx_pg_fail(fail, is_denied ? LX_REFUSED : LX_FAILED, is_denied ? "L0454" : "L0418", conn,
				    result, "cannot end the session");
		if (is_denied)
			lx_fail_help(fail, "connect as the role of that session, or as one that has pg_signal_backend");
	} else if (PQntuples(result) == 0) {
		status = not_holder(conn, key, pid, fail);
	} else {
		describe(result, holder, size);
	}
	PQclear(result);
	return status;
}

static enum lx_status held(PGconn *conn, int64_t key, unsigned wait_ms, struct lx_fail *fail)
{
	char holder[256] = "another session";
	lx_pg_lock_holder(conn, key, holder, sizeof holder);
	lx_fail(fail, LX_LOCKED, "L0405",
		"another runner is at work on this database: %s has held the lock for more than %u ms", holder,
		wait_ms);
	lx_fail_help(fail, "nothing was changed; wait until it is done and run the command again");
	return LX_LOCKED;
}

enum lx_status lx_pg_lock(PGconn *conn, int64_t key, unsigned wait_ms, lx_pg_stop *stop, void (*on_wait)(void *context),
			  void *context, long *waited_ms, struct lx_fail *fail)
{
	long start = lx_pg_clock_ms();
	for (unsigned pause = FIRST_PAUSE_MS;; pause = pause * 2 < LONGEST_PAUSE_MS ? pause * 2 : LONGEST_PAUSE_MS) {
		PGresult *result = ask(conn, "SELECT pg_catalog.pg_try_advisory_lock($1::bigint)", key);
		bool is_answer = PQresultStatus(result) == PGRES_TUPLES_OK;
		bool has_lock = is_answer && *PQgetvalue(result, 0, 0) == 't';
		enum lx_status status =
		    is_answer ? LX_OK : lx_pg_fail(fail, LX_FAILED, "L0418", conn, result, "cannot take the lock");
		PQclear(result);
		*waited_ms = lx_pg_clock_ms() - start;
		if (!is_answer || has_lock)
			return status;
		if (*waited_ms >= (long)wait_ms)
			return held(conn, key, wait_ms, fail);
		if (pause == FIRST_PAUSE_MS && on_wait)
			on_wait(context);
		if (!lx_pg_pause(pause, stop, context))
			return lx_fail(fail, LX_LOCKED, "L0419",
				       "stopped while waiting for the lock; nothing was changed");
	}
}

void lx_pg_unlock(PGconn *conn, int64_t key)
{
	if (PQtransactionStatus(conn) == PQTRANS_IDLE)
		PQclear(ask(conn, "SELECT pg_catalog.pg_advisory_unlock($1::bigint)", key));
}
