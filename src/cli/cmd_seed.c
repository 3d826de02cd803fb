/* lexo seed: the rows of seeds in the database.
 * SPDX-License-Identifier: Apache-2.0 */
#include "cli/commands.h"
#include "cli/models.h"
#include "cli/revisions.h"
#include "cli/seeding.h"

static enum lx_status run(struct lx_cli *cli, const struct lx_history *history, const struct lx_schema *models)
{
	struct lx_database database;
	bool is_check = lx_option_given(&cli->options, LX_OPTION_CHECK);
	bool is_kept = !is_check && !lx_option_given(&cli->options, LX_OPTION_DRY_RUN);
	size_t changed = 0;
	enum lx_status status = lx_database_open(cli, &database);
	if (status == LX_OK) {
		lx_database_catch_signals();
		status = lx_seeding_run(&database, history, models, is_kept, &changed);
	}
	if (status == LX_OK && is_check && changed) {
		status = lx_fail(&cli->fail, LX_DIFFERS, "L0523", "%zu row%s of seeds %s not as the models say",
				 changed, changed == 1 ? "" : "s", changed == 1 ? "is" : "are");
		lx_fail_help(&cli->fail, "write them: lexo seed");
	}
	lx_database_close(&database);
	return lx_database_stopped(status);
}

enum lx_status lx_command_seed(struct lx_cli *cli)
{
	struct lx_history *history = NULL;
	struct lx_schema *models;
	enum lx_status status = lx_models_compile(cli, NULL, &models);
	if (status == LX_OK && lx_option_given(&cli->options, LX_OPTION_SQL))
		return lx_seeding_print(cli, models, "sql");
	if (status == LX_OK)
		status = lx_revisions_read(cli, &history);
	if (status == LX_OK)
		status = run(cli, history, models);
	lx_history_close(history);
	return status;
}
