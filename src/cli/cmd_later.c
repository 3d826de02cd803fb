/* Commands whose parts have not landed yet.
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "cli/autogenerate.h"
#include "cli/cli.h"
#include "cli/commands.h"
#include "cli/database.h"

#define LATER(f) enum lx_status lx_command_##f(struct lx_cli *cli) { return lx_fail(&cli->fail, LX_FAILED, "L0299", "not built yet"); }
LATER(compile)
LATER(fmt)
LATER(check)
LATER(diff)
LATER(verify)
LATER(upgrade)
LATER(downgrade)
LATER(current)
LATER(status)
LATER(stamp)
LATER(ensure_version)

bool lx_database_is_asked(const char *word)
{
	return strstr(word, "current") != NULL || word[0] == '+' || word[0] == '-';
}
bool lx_database_holds(const struct lx_revision_set *set, const struct lx_revision *revision)
{
	return set->items == NULL && revision == NULL;
}
enum lx_status lx_database_current(struct lx_cli *cli, const struct lx_history *history, struct lx_revision_set *current)
{
	(void)history, (void)current;
	return lx_fail(&cli->fail, LX_FAILED, "L0299", "not built yet");
}
enum lx_status lx_autogenerate(struct lx_cli *cli, const struct lx_history *history, struct lx_generated_revision *generated)
{
	(void)history, (void)generated;
	return lx_fail(&cli->fail, LX_FAILED, "L0299", "not built yet");
}
void lx_generated_revision_free(struct lx_generated_revision *generated)
{
	(void)generated;
}
