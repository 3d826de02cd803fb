/* Schemas that are compared: models, the snapshot, databases, or nothing.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_CLI_SIDES_H
#define LX_CLI_SIDES_H
#include <libpq-fe.h>

#include "cli/cli.h"

struct lx_schema;

/* Reads COUNT sides: "empty", "migrations", "models", a file or folder of models, or the URL of a database.  Databases
 * are read at the same time. */
enum lx_status lx_sides_read(struct lx_cli *cli, const char *const *words, struct lx_schema **schemas, size_t count);
/* The database CONNINFO (NULL: the one of the run) as a schema. */
enum lx_status lx_sides_database(struct lx_cli *cli, const char *conninfo, struct lx_schema **schema);
/* The database at the other end of CONN, which stays the caller's, as a schema. */
enum lx_status lx_sides_connection(struct lx_cli *cli, PGconn *conn, struct lx_schema **schema);
#endif
