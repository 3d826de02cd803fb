/* Files of SQL that only psql or pg_restore can read (COPY with data, psql's commands, archives): run by them.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_CLI_SCRIPT_H
#define LX_CLI_SCRIPT_H
#include <libpq-fe.h>

#include "cli/cli.h"

/* Runs FILE, SQL or an archive of pg_dump, in the database of CONN, which stays open.  L0432 with the program's own
 * words when it stops, L0433 when there is no such program. */
enum lx_status lx_script_run(struct lx_cli *cli, PGconn *conn, const char *file);
#endif
