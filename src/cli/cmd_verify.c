/* lexo verify: are the revisions what was recorded, and what the database applied?
 * SPDX-License-Identifier: Apache-2.0 */
#include "cli/commands.h"
#include "cli/database.h"
#include "cli/revisions.h"
#include "cli/signing.h"

static enum lx_status verify_database(struct lx_cli *cli, const struct lx_history *history, uint64_t number)
{
	struct lx_database database;
	size_t rows = 0;
	enum lx_status status = lx_database_open(cli, &database);
	if (status == LX_OK)
		lx_engine_set_signature(database.engine, number);
	if (status == LX_OK)
		status = lx_engine_verify(database.engine, history, &rows, &cli->fail);
	lx_database_close(&database);
	if (status != LX_OK)
		return status;
	lx_cli_print(cli, "%zu event%s in the database verified\n", rows, rows == 1 ? "" : "s");
	lx_json_key_integer(&cli->json, "events", (int64_t)rows);
	return LX_OK;
}

enum lx_status lx_command_verify(struct lx_cli *cli)
{
	struct lx_history *history;
	uint64_t number = 0;
	enum lx_status status = lx_revisions_read(cli, &history);
	if (status == LX_OK)
		status = lx_revisions_verify(cli, history);
	if (status == LX_OK)
		status = lx_signing_check(cli, history, &number);
	if (status == LX_OK) {
		lx_cli_print(cli, "%zu revision%s verified, %s %s\n", history->count, history->count == 1 ? "" : "s",
			     history->head_count > 1 ? "heads" : "head",
			     lx_revisions_names(cli, history->heads, history->head_count));
		lx_json_key_integer(&cli->json, "revisions", (int64_t)history->count);
		lx_revisions_json_ids(cli, "heads", history->heads, history->head_count);
		if (number) {
			lx_cli_print(cli, "the signature is good, number %llu\n", (unsigned long long)number);
			lx_json_key_integer(&cli->json, "signature", (int64_t)number);
		}
		if (lx_option_given(&cli->options, LX_OPTION_DB))
			status = verify_database(cli, history, number);
	}
	lx_history_close(history);
	return status;
}
