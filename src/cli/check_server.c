/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/check_server.h"

#include "base/arena.h"
#include "cli/check_queries.h"
#include "cli/models.h"
#include "cli/query_sum.h"
#include "cli/scope.h"
#include "cli/scratch.h"
#include "cli/sides.h"
#include "diff/diff.h"
#include "history/history.h"
#include "ir/schema.h"

/* What leads from FOUND to WANTED, under KEY in JSON; LX_DIFFERS with CODE when there is something. */
static enum lx_status compare(struct lx_cli *cli, struct lx_schema *found, struct lx_schema *wanted, const char *key,
			      const char *code, const char *what)
{
	const struct lx_diff *diff = lx_scope_diff(cli, found, wanted);
	lx_models_json_changes(cli, key, diff);
	if (!diff->changes.length)
		return LX_OK;
	return lx_fail(&cli->fail, LX_DIFFERS, code, "%s: [%s]", what, lx_models_describe_all(cli->arena, diff));
}

static enum lx_status check_database(struct lx_cli *cli, struct lx_schema *wanted)
{
	struct lx_schema *found;
	enum lx_status status = lx_sides_database(cli, NULL, &found);
	if (status == LX_OK)
		status = compare(cli, found, wanted, "database_changes", "L0428",
				 "the database is not as the models say; to get there");
	if (status == LX_OK)
		lx_cli_print(cli, "The database is as the models say.\n");
	return status;
}

static enum lx_status check_replay(struct lx_cli *cli, struct lx_scratch *scratch, struct lx_history *history,
				   struct lx_schema *wanted)
{
	struct lx_schema *head, *base;
	enum lx_status status = lx_scratch_replay(scratch, history, &head, &base);
	if (status == LX_OK)
		status = compare(cli, head, wanted, "replay_changes", "L0429",
				 "the revisions lead elsewhere than the models; to get there");
	if (status == LX_OK && base)
		status = compare(cli, base, lx_schema_open(cli->arena), "left_behind", "L0430",
				 "taking all revisions back leaves something; to remove it");
	if (status == LX_OK)
		lx_cli_print(cli, "The revisions lead to the models%s.\n",
			     base ? ", and back to nothing" : "; they cannot all be taken back");
	return status;
}

enum lx_status lx_check_server(struct lx_cli *cli, struct lx_history *history, struct lx_schema *models)
{
	bool has_database = lx_option_given(&cli->options, LX_OPTION_DATABASE);
	bool has_replay = lx_option_given(&cli->options, LX_OPTION_EPHEMERAL);
	bool is_saved = lx_option_given(&cli->options, LX_OPTION_SAVE);
	struct lx_scratch scratch;
	struct lx_schema *wanted;
	PGconn *conn = NULL;
	if (!has_database && !has_replay && !is_saved)
		return LX_OK;
	if (!has_database && !has_replay)
		return lx_fail(&cli->fail, LX_USAGE, "L0202",
			       "--save keeps what a server says: it goes with --ephemeral or --database");
	enum lx_status status = lx_scratch_open(cli, &scratch);
	if (status == LX_OK)
		status = lx_scratch_models(&scratch, models, &wanted, &conn);
	if (status == LX_OK)
		status = lx_check_queries(cli, conn, models);
	if (status == LX_OK && is_saved)
		status = lx_query_sum_save(cli, models);
	PQfinish(conn);
	if (status == LX_OK && has_replay)
		status = check_replay(cli, &scratch, history, wanted);
	if (status == LX_OK && has_database)
		status = check_database(cli, wanted);
	lx_scratch_close(&scratch);
	return status;
}
