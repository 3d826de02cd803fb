/* A live database to an IR: a handful of set-based queries, one for a kind, sent in one go inside one REPEATABLE READ
 * transaction, however many objects there are.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_INTROSPECT_INTROSPECT_H
#define LX_INTROSPECT_INTROSPECT_H
#include <libpq-fe.h>

#include "base/fail.h"

struct lx_arena;
struct lx_introspection;
struct lx_schema;

enum { LX_OLDEST_SERVER = 13, LX_NEWEST_SERVER = 18, LX_INTROSPECTIONS_MAX = 2 };

/* Sends the queries on CONN (borrowed until lx_introspect_read) and returns at once, so that two databases can be read
 * at the same time.  VERSION_SCHEMA: the schema of lexo's own tables, which is left out. WITH_OWNERS: who owns what is
 * read too.  NULL: FAIL is filled. */
struct lx_introspection *lx_introspect_send(struct lx_arena *arena, PGconn *conn, const char *version_schema,
					    bool with_owners, struct lx_fail *fail);
/* Takes the rows of COUNT databases (LX_INTROSPECTIONS_MAX at most; NULL: none) as they come, so that no server waits
 * for another one's rows to be read.  Not LX_OK: FAIL is filled, and the connections are good for PQfinish() only. */
enum lx_status lx_introspect_wait(struct lx_introspection *const *introspections, size_t count, struct lx_fail *fail);
/* Waits for the rows that are still to come and makes the schema of all, in the arena.  NULL: FAIL is filled
 * (LX_NO_CONNECTION when the server went away, LX_FAILED when a query was refused or something would be lost).  The
 * transaction is closed either way. */
struct lx_schema *lx_introspect_read(struct lx_introspection *introspection, struct lx_fail *fail);
#endif
