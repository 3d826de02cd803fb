/* Connections to PostgreSQL and everything about them that can go wrong.  No password and no connection string is ever
 * in a message; server text is shown with control characters escaped.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_PG_CONNECTION_H
#define LX_PG_CONNECTION_H
#include <libpq-fe.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/fail.h"

/* Opens a connection from a URL, a key=value string, a database's name, or NULL (then the PG* variables and the service
 * file decide).  The driver suffix of postgresql+psycopg2:// is dropped.  Waits at most connect_timeout (10 s when
 * nothing sets it).  *CONN is NULL on failure: LX_NO_CONNECTION with L0401 no server, L0402 refused, L0403 no such
 * database; LX_USAGE, L0401 when the string cannot be read. */
enum lx_status lx_pg_connect(const char *conninfo, PGconn **conn, struct lx_fail *fail);

/* Asked now and then while waiting; true: give up. */
typedef bool lx_pg_stop(void *context);
/* The next result like PQgetResult, but waits with poll() and cancels the statement once when STOP says so. */
PGresult *lx_pg_result(PGconn *conn, lx_pg_stop *stop, void *context);

/* TEXT on one line into OUT: control characters and direction marks escaped, cut at SIZE. */
void lx_pg_clean(char *out, size_t size, const char *text);
/* Fills FAIL from RESULT's (or, without one, the connection's) error: DOING says what was tried.  A lost connection is
 * LX_NO_CONNECTION/L0415 whatever STATUS says.  Returns the status. */
enum lx_status lx_pg_fail(struct lx_fail *fail, enum lx_status status, const char *code, PGconn *conn,
			  const PGresult *result, const char *doing);
const char *lx_pg_sqlstate(const PGresult *result); /* "" when there is none */
bool lx_pg_lost(PGconn *conn);
#endif
