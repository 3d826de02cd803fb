/* The password of a key.  SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_CLI_PASSWORD_H
#define LX_CLI_PASSWORD_H
#include "cli/cli.h"

enum { LX_PASSWORD_LIMIT = 1024 };

/* $LEXO_KEY_PASSWORD, else asked for on the terminal without showing it (twice with IS_NEW) into PASSWORD, which the
 * caller wipes.  L0325 when there is no terminal, nothing was typed, or the two differ. */
enum lx_status lx_password_read(struct lx_cli *cli, bool is_new, char password[LX_PASSWORD_LIMIT]);
#endif
