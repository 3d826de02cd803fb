/* The handlers of commands.def.  Each returns its exit status; a failure is in cli->fail, printed by main.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_CLI_COMMANDS_H
#define LX_CLI_COMMANDS_H
#include "base/fail.h"

struct lx_cli;
#define LX_COMMAND(id, function, ...) enum lx_status lx_command_##function(struct lx_cli *cli);
#include "cli/commands.def"
#undef LX_COMMAND
#endif
