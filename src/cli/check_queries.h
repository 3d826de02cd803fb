/* Named queries, as a server reads them.  SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_CLI_CHECK_QUERIES_H
#define LX_CLI_CHECK_QUERIES_H
#include <libpq-fe.h>

#include "cli/cli.h"

struct lx_query;
struct lx_schema;

/* Lets the database of CONN, which has the tables of MODELS, prepare each of their queries, and compares what comes of
 * it with what is declared.  What is wrong is in the diagnostics, and LX_USAGE. */
enum lx_status lx_check_queries(struct lx_cli *cli, PGconn *conn, const struct lx_schema *models);
/* The statement that runs for QUERY, in the arena of CLI. */
const char *lx_check_query_sql(struct lx_cli *cli, const struct lx_query *query);
#endif
