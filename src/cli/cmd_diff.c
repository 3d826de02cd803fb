/* lexo diff: how two schemas differ.
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/arena.h"
#include "cli/commands.h"
#include "cli/models.h"
#include "cli/scope.h"
#include "cli/sides.h"
#include "diff/diff.h"
#include "ir/schema.h"
#include "plan/plan.h"

enum lx_status lx_command_diff(struct lx_cli *cli)
{
	struct lx_schema *sides[2];
	enum lx_status status = lx_sides_read(cli, (const char *const *)cli->options.operands.items, sides, 2);
	if (status != LX_OK)
		return status;
	const struct lx_schema *from = lx_scope_narrow(cli, sides[0]), *to = lx_scope_narrow(cli, sides[1]);
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
