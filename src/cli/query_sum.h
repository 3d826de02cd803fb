/* queries.sum: which named queries a server has read as they are now, so that no server is needed to know it again.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_CLI_QUERY_SUM_H
#define LX_CLI_QUERY_SUM_H
#include "cli/cli.h"

struct lx_schema;

/* Writes the file anew, with every query of MODELS; a server has taken them all. */
enum lx_status lx_query_sum_save(struct lx_cli *cli, const struct lx_schema *models);
/* Compares the file with the queries of MODELS: a warning for each that no server has read as it is now, and its number
 * in *UNREAD.  Without the file nothing is said.  Fails when it cannot be read. */
enum lx_status lx_query_sum_compare(struct lx_cli *cli, const struct lx_schema *models, size_t *unread);
#endif
