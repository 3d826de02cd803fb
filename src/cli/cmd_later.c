/* Commands whose parts have not landed yet.
 * SPDX-License-Identifier: Apache-2.0 */
#include "cli/cli.h"
#include "cli/commands.h"

enum lx_status lx_command_fmt(struct lx_cli *cli)
{
	return lx_fail(&cli->fail, LX_FAILED, "L0299", "not built yet");
}
