/* Commands whose parts have not landed yet.
 * SPDX-License-Identifier: Apache-2.0 */
#include "cli/cli.h"
#include "cli/commands.h"

#define LATER(f) enum lx_status lx_command_##f(struct lx_cli *cli) { return lx_fail(&cli->fail, LX_FAILED, "L0299", "not built yet"); }
LATER(compile)
LATER(fmt)
LATER(revision)
LATER(heads)
LATER(history)
LATER(show)
LATER(check)
LATER(diff)
LATER(hash)
LATER(verify)
LATER(upgrade)
LATER(downgrade)
LATER(current)
LATER(status)
LATER(stamp)
LATER(ensure_version)
