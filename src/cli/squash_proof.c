/* The proof of a squash, on scratch databases.
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/arena.h"
#include "cli/database.h"
#include "cli/models.h"
#include "cli/scratch.h"
#include "cli/sides.h"
#include "cli/squash.h"
#include "diff/diff.h"

/* A database on which revisions of HISTORY are run. */
struct stand {
	struct lx_database database;
	const struct lx_history *history;
};

static enum lx_status open_stand(const struct lx_squash *squash, struct lx_scratch *scratch,
				 const struct lx_history *history, struct stand *stand)
{
	struct lx_cli *cli = squash->cli;
	struct lx_engine_options options;
	*stand = (struct stand){.database = {.cli = cli, .is_scratch = true}, .history = history};
	enum lx_status status = lx_scratch_database(scratch, &stand->database.conn);
	if (status == LX_OK)
		status = lx_database_options(&stand->database, &options);
	if (status == LX_OK)
		status = lx_engine_open(stand->database.conn, &options, &stand->database.engine, &cli->fail);
	return status;
}

static enum lx_status upgrade(struct stand *stand, const char *target)
{
	return lx_engine_upgrade(stand->database.engine, stand->history, target, NULL, &stand->database.cli->fail);
}

static enum lx_status read(struct stand *stand, struct lx_schema **schema)
{
	return lx_sides_connection(stand->database.cli, stand->database.conn, schema);
}

static enum lx_status compare(struct lx_cli *cli, const struct lx_schema *found, const struct lx_schema *wanted,
			      const char *what)
{
	const struct lx_diff *diff = lx_diff(cli->arena, found, wanted, false);
	if (!diff->changes.length)
		return LX_OK;
	lx_json_key(&cli->json, "differences");
	lx_json_open_array(&cli->json);
	LX_EACH (const struct lx_change *, change, &diff->changes)
		lx_json_string(&cli->json, lx_models_describe(cli->arena, change));
	lx_json_close_array(&cli->json);
	lx_fail(&cli->fail, LX_DIFFERS, "L0519", "%s; to get there: [%s]", what,
		lx_models_describe_all(cli->arena, diff));
	lx_fail_help(&cli->fail, "nothing was written; lexo test shows what each revision does");
	return LX_DIFFERS;
}

static enum lx_status read_old(const struct lx_squash *squash, struct lx_scratch *scratch, struct lx_schema **schema)
{
	struct stand stand;
	enum lx_status status = open_stand(squash, scratch, squash->history, &stand);
	if (status == LX_OK)
		status = upgrade(&stand, squash->last->id);
	if (status == LX_OK)
		status = read(&stand, schema);
	lx_database_close(&stand.database);
	return status;
}

/* Up to what the new revision stands on, then up, down and up. */
static enum lx_status run_new(const struct lx_squash *squash, struct stand *stand, const struct lx_schema *wanted)
{
	struct lx_cli *cli = squash->cli;
	struct lx_revision *revision = squash->replacement;
	struct lx_schema *before, *up, *down;
	enum lx_status status = LX_OK;
	for (size_t i = 0; status == LX_OK && i < revision->revises.count; i++)
		status = upgrade(stand, revision->parents[i]->id);
	for (size_t i = 0; status == LX_OK && i < revision->depends_on.count; i++)
		status = upgrade(stand, revision->dependencies[i]->id);
	if (status == LX_OK)
		status = read(stand, &before);
	if (status == LX_OK)
		status = upgrade(stand, revision->id);
	if (status == LX_OK)
		status = read(stand, &up);
	if (status == LX_OK)
		status = compare(cli, up, wanted, "the new revision does not lead where the old ones do");
	if (status != LX_OK || revision->irreversible)
		return status;
	status = lx_engine_step(stand->database.engine, squash->after, revision, true, &cli->fail);
	if (status == LX_OK)
		status = read(stand, &down);
	return status == LX_OK ? compare(cli, down, before, "the new revision does not lead back to where it came from")
			       : status;
}

static enum lx_status prove(const struct lx_squash *squash, struct lx_scratch *scratch)
{
	struct lx_cli *cli = squash->cli;
	struct lx_schema *wanted;
	struct stand stand;
	enum lx_status status = read_old(squash, scratch, &wanted);
	if (status != LX_OK)
		return status;
	status = open_stand(squash, scratch, squash->after, &stand);
	if (status == LX_OK)
		status = run_new(squash, &stand, wanted);
	lx_database_close(&stand.database);
	if (status != LX_OK)
		return status;
	lx_cli_log(cli, "lexo.squash", "Proven: the new revision leads to the same catalog as the old ones");
	lx_json_key_string(&cli->json, "proof", "equal");
	return LX_OK;
}

static enum lx_status go_without(const struct lx_squash *squash, const char *why)
{
	struct lx_cli *cli = squash->cli;
	lx_cli_warn(cli, "lexo.squash", "not proven: %s%s%s", why, cli->fail.message[0] ? ": " : "", cli->fail.message);
	cli->fail = (struct lx_fail){0};
	lx_json_key_string(&cli->json, "proof", why);
	return LX_OK;
}

enum lx_status lx_squash_prove(const struct lx_squash *squash)
{
	struct lx_cli *cli = squash->cli;
	struct lx_scratch scratch;
	if (lx_option_given(&cli->options, LX_OPTION_NO_PROOF))
		return go_without(squash, "not asked for");
	enum lx_status status = lx_scratch_open(cli, &scratch);
	if (status == LX_OK)
		lx_scratch_roles(&scratch, squash->history);
	status = status == LX_OK ? prove(squash, &scratch) : go_without(squash, "no server");
	lx_scratch_close(&scratch);
	return status;
}
