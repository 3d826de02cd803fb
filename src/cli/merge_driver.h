/* git's merge driver for schema.lexo.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_CLI_MERGE_DRIVER_H
#define LX_CLI_MERGE_DRIVER_H
#include <stdbool.h>

struct lx_cli;

/* Tells the git repository that FOLDER (NULL: here) is in about it; false when there is none. */
bool lx_merge_driver_install(struct lx_cli *cli, const char *folder);
#endif
