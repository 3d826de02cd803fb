/* Whether a statement that ran outside a transaction took effect, seen from the catalog: after a crash nobody else
 * knows. SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_RUNTIME_PROBE_H
#define LX_RUNTIME_PROBE_H
#include <libpq-fe.h>

#include "history/statements.h"

enum lx_probe {
	LX_PROBE_UNKNOWN, /* no way to tell for this kind of statement */
	LX_PROBE_DONE,
	LX_PROBE_NOT_DONE, /* or it does no harm to run it again */
	LX_PROBE_INVALID   /* CREATE INDEX CONCURRENTLY left an index that is not valid */
};
enum lx_probe lx_probe_statement(PGconn *conn, const struct lx_sql_statement *statement);
/* SET, RESET and DISCARD: their effect goes with the session, so they run again whenever a run goes on. */
bool lx_probe_sets_session(const struct lx_sql_statement *statement);
bool lx_probe_builds_index(const struct lx_sql_statement *statement);
/* Drops the index that the statement left invalid.  False: could not. */
bool lx_probe_drop_invalid(PGconn *conn, const struct lx_sql_statement *statement);
#endif
