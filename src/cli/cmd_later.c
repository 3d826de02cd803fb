/* Commands whose parts have not landed yet.
 * SPDX-License-Identifier: Apache-2.0 */
#include "cli/autogenerate.h"
#include "cli/cli.h"
#include "cli/commands.h"

#define LATER(f) enum lx_status lx_command_##f(struct lx_cli *cli) { return lx_fail(&cli->fail, LX_FAILED, "L0299", "not built yet"); }
LATER(compile)
LATER(fmt)
LATER(check)
LATER(diff)
LATER(status)

enum lx_status lx_autogenerate(struct lx_cli *cli, const struct lx_history *history, struct lx_generated_revision *generated)
{
	(void)history, (void)generated;
	return lx_fail(&cli->fail, LX_FAILED, "L0299", "not built yet");
}
void lx_generated_revision_free(struct lx_generated_revision *generated)
{
	(void)generated;
}
