/* lexo diff: how two schemas differ, without a server.
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/arena.h"
#include "base/io.h"
#include "cli/commands.h"
#include "cli/models.h"
#include "diff/diff.h"
#include "ir/schema.h"
#include "plan/plan.h"

static enum lx_status read_side(struct lx_cli *cli, const char *word, struct lx_schema **schema)
{
	if (strcmp(word, "empty") == 0) {
		*schema = lx_schema_open(cli->arena);
		return LX_OK;
	}
	if (strcmp(word, "migrations") == 0)
		return lx_models_snapshot(cli, schema);
	if (strcmp(word, "models") == 0)
		return lx_models_compile(cli, NULL, schema);
	if (strstr(word, "://")) {
		lx_fail(&cli->fail, LX_USAGE, "L0202", "a database cannot be a side of 'lexo diff'");
		lx_fail_help(&cli->fail, "the sides are empty, models, migrations, or a file or folder of models");
		return LX_USAGE;
	}
	struct lx_vec path = {0};
	lx_vec_push(cli->arena, &path, lx_arena_string(cli->arena, word));
	return lx_models_compile(cli, &path, schema);
}

enum lx_status lx_command_diff(struct lx_cli *cli)
{
	struct lx_schema *from, *to;
	enum lx_status status = lx_cli_config(cli);
	if (status == LX_OK)
		status = read_side(cli, cli->options.operands.items[0], &from);
	if (status == LX_OK)
		status = read_side(cli, cli->options.operands.items[1], &to);
	if (status != LX_OK)
		return status;
	const struct lx_diff *diff = lx_diff(cli->arena, from, to, false);
	lx_models_json_changes(cli, "changes", diff);
	if (lx_option_given(&cli->options, LX_OPTION_DIFF_SQL)) {
		struct lx_buffer sql = LX_BUFFER_INIT;
		lx_plan_print(&sql, lx_plan(cli->arena, from, to, diff));
		lx_cli_print_text(cli, lx_buffer_text(&sql), sql.length);
		lx_json_key_string(&cli->json, "sql", lx_buffer_text(&sql));
		lx_buffer_free(&sql);
	} else
		LX_EACH (const struct lx_change *, change, &diff->changes)
			lx_cli_print(cli, "%s\n", lx_models_describe(cli->arena, change));
	return diff->changes.length && lx_option_given(&cli->options, LX_OPTION_EXIT_CODE) ? LX_DIFFERS : LX_OK;
}
