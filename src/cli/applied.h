/* What was run on a database: the rows of its history table.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_CLI_APPLIED_H
#define LX_CLI_APPLIED_H
#include "cli/cli.h"

/* Prints them, newest first; connects for that. */
enum lx_status lx_applied_print(struct lx_cli *cli);
#endif
