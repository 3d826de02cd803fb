/* lexo check: do models, revisions and generated files agree?
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/arena.h"
#include "base/io.h"
#include "cli/check_server.h"
#include "cli/commands.h"
#include "cli/generated.h"
#include "cli/models.h"
#include "cli/query_sum.h"
#include "cli/revisions.h"
#include "cli/scope.h"
#include "diff/diff.h"

static enum lx_status check_changes(struct lx_cli *cli, struct lx_schema *models)
{
	struct lx_schema *snapshot;
	enum lx_status status = lx_models_snapshot(cli, &snapshot);
	if (status != LX_OK)
		return status;
	const struct lx_diff *diff = lx_scope_diff(cli, snapshot, models);
	lx_models_json_changes(cli, "changes", diff);
	if (!diff->changes.length) {
		lx_cli_print(cli, "No new upgrade operations detected.\n");
		return LX_OK;
	}
	lx_fail(&cli->fail, LX_DIFFERS, "L0506", "New upgrade operations detected: [%s]",
		lx_models_describe_all(cli->arena, diff));
	lx_fail_help(&cli->fail, "write a revision: lexo revision --autogenerate -m 'what changes'");
	return LX_DIFFERS;
}

/* Without the folder the project has no C bindings. */
static enum lx_status check_generated(struct lx_cli *cli, const struct lx_history *history,
				      const struct lx_schema *models)
{
	struct lx_generated generated;
	if (!lx_io_is_folder(cli->config.generated))
		return LX_OK;
	enum lx_status status = lx_generated_make(cli, models, history, false, &generated);
	return status == LX_OK ? lx_generated_check(cli, &generated) : status;
}

/* What a server is about to read need not have been read before. */
static enum lx_status check_queries(struct lx_cli *cli, const struct lx_schema *models)
{
	size_t unread;
	if (lx_option_given(&cli->options, LX_OPTION_SAVE))
		return LX_OK;
	enum lx_status status = lx_query_sum_compare(cli, models, &unread);
	if (status == LX_OK && unread) {
		lx_fail(&cli->fail, LX_DIFFERS, "L0524", "queries.sum is out of date: %zu quer%s", unread,
			unread == 1 ? "y" : "ies");
		lx_fail_help(&cli->fail, "let a server read them: lexo check --ephemeral --save");
		status = LX_DIFFERS;
	}
	return status;
}

static enum lx_status check(struct lx_cli *cli, struct lx_history *history)
{
	struct lx_schema *models;
	enum lx_status status = history->count ? lx_revisions_verify(cli, history) : LX_OK;
	if (status == LX_OK)
		status = lx_models_compile(cli, NULL, &models);
	if (status == LX_OK)
		status = lx_models_check_snapshot(cli, history);
	if (status == LX_OK)
		status = check_changes(cli, models);
	if (status == LX_OK)
		status = check_generated(cli, history, models);
	if (status == LX_OK)
		status = check_queries(cli, models);
	return status == LX_OK ? lx_check_server(cli, history, models) : status;
}

enum lx_status lx_command_check(struct lx_cli *cli)
{
	struct lx_history *history;
	lx_models_snapshot_ahead(cli);
	enum lx_status status = lx_revisions_read(cli, &history);
	if (status == LX_OK)
		status = check(cli, history);
	lx_history_close(history);
	return status;
}
