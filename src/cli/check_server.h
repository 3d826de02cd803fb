/* The part of lexo check that asks a server.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_CLI_CHECK_SERVER_H
#define LX_CLI_CHECK_SERVER_H
#include "cli/cli.h"

struct lx_history;
struct lx_schema;

/* --database, --ephemeral, both or neither.  LX_DIFFERS with L0428, L0429 or L0430. */
enum lx_status lx_check_server(struct lx_cli *cli, struct lx_history *history, struct lx_schema *models);
#endif
