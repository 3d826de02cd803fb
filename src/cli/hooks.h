/* [post_write_hooks] of lexo.ini: programs that run over a revision's file after it was written.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_CLI_HOOKS_H
#define LX_CLI_HOOKS_H
#include "cli/revisions.h"

/* Runs them in the order of the key hooks; what they print goes to stderr.  lexo.sum follows when the file changes.
 * HISTORY has the revision.  L0513, L0206. */
enum lx_status lx_hooks_run(struct lx_cli *cli, struct lx_history *history, const struct lx_new_revision *new);
#endif
