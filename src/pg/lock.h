/* The lock that lets one runner work at a time: a session advisory lock on the working connection, polled.  A waiter in
 * a blocking lock call would hold a snapshot, and CREATE INDEX CONCURRENTLY of the holder would wait for it for ever.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_PG_LOCK_H
#define LX_PG_LOCK_H
#include <stdint.h>

#include "pg/connection.h"

/* The first 8 bytes of SHA-256("lexo-lock\0" and the version schema's name).  False: out of memory. */
bool lx_pg_lock_key(const char *version_schema, int64_t *key);
/* Tries until it has the lock or WAIT_MS are over (LX_LOCKED, L0405, naming the holder).  ON_WAIT (may be NULL) is
 * called once when it has to wait.  *WAITED_MS says how long it took. */
enum lx_status lx_pg_lock(PGconn *conn, int64_t key, unsigned wait_ms, lx_pg_stop *stop, void (*on_wait)(void *context),
			  void *context, long *waited_ms, struct lx_fail *fail);
/* Who has it, in words; false: nobody. */
bool lx_pg_lock_holder(PGconn *conn, int64_t key, char *holder, size_t size);
/* Ends the session of server process PID, which is looked at and ended in one statement: L0453 when it does not hold
 * the lock, L0454 when the role may not.  HOLDER says in words who it was. */
enum lx_status lx_pg_lock_end(PGconn *conn, int64_t key, int pid, char *holder, size_t size, struct lx_fail *fail);
bool lx_pg_holds_lock(PGconn *conn, int64_t key); /* this session does */
void lx_pg_unlock(PGconn *conn, int64_t key);     /* a lost connection has no lock; errors do not matter */

/* Sleeps about MS (between a half and the whole of it), in ticks, so that STOP is asked.  False: STOP said so. */
bool lx_pg_pause(unsigned ms, lx_pg_stop *stop, void *context);
long lx_pg_clock_ms(void); /* monotonic */
#endif
