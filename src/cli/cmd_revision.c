/* lexo revision: a new revision file.
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/arena.h"
#include "cli/autogenerate.h"
#include "cli/commands.h"
#include "cli/hooks.h"
#include "cli/placement.h"
#include "cli/revisions.h"

/* The comparison is with what all revisions lead to. */
static enum lx_status check_autogenerate(struct lx_cli *cli, const struct lx_history *history,
					 const struct lx_placement *placement)
{
	bool is_at_head = history->head_count == placement->parents.count;
	for (size_t i = 0; i < placement->parents.count; i++)
		is_at_head &= lx_history_is_head(placement->parents.items[i]);
	if (!lx_option_given(&cli->options, LX_OPTION_AUTOGENERATE) || is_at_head)
		return LX_OK;
	lx_fail(&cli->fail, LX_REVISION, "L0510",
		"--autogenerate compares with what all revisions lead to, and this one would not follow them all: %s",
		lx_revisions_names(cli, history->heads, history->head_count));
	lx_fail_help(&cli->fail, history->head_count > 1 ? "bring them together first: lexo merge heads"
							 : "leave --head out, or write the revision by hand");
	return LX_REVISION;
}

static enum lx_status finish(struct lx_cli *cli, struct lx_history *history, const struct lx_new_revision *new,
			     const struct lx_revision_draft *draft, const struct lx_buffer *snapshot)
{
	struct lx_buffer text = LX_BUFFER_INIT;
	enum lx_status status = LX_OK;
	lx_revision_print(&text, draft);
	if (!lx_buffer_ok(&text))
		status = lx_fail(&cli->fail, LX_FAILED, "L0105", "out of memory");
	else if (lx_option_given(&cli->options, LX_OPTION_DRY_RUN))
		lx_cli_print_text(cli, lx_buffer_text(&text), text.length);
	else
		status = lx_new_revision_write(cli, history, new, &text, snapshot);
	if (status == LX_OK && lx_option_given(&cli->options, LX_OPTION_REVISION_SQL))
		lx_cli_print(cli, "%s", draft->upgrade);
	lx_json_key_string(&cli->json, "revision", new->id);
	lx_json_key_string(&cli->json, "path", new->path);
	lx_json_key_string(&cli->json, "text", lx_buffer_text(&text));
	lx_buffer_free(&text);
	return status;
}

static enum lx_status write_generated(struct lx_cli *cli, struct lx_history *history, struct lx_new_revision *new,
				      struct lx_revision_draft *draft)
{
	struct lx_generated_revision generated = {0};
	enum lx_status status = lx_autogenerate(cli, history, &generated);
	if (status == LX_OK && generated.is_empty && !lx_option_given(&cli->options, LX_OPTION_EMPTY_OK)) {
		lx_cli_print(cli, "No changes in the models since %s\n",
			     draft->revises[0] ? draft->revises[0] : "<base>");
		lx_json_key_string(&cli->json, "revision", NULL);
	} else if (status == LX_OK) {
		draft->upgrade = lx_buffer_text(&generated.upgrade);
		draft->downgrade = lx_buffer_text(&generated.downgrade);
		draft->state = generated.state;
		draft->irreversible = generated.irreversible;
		status = finish(cli, history, new, draft, &generated.snapshot);
	}
	lx_generated_revision_free(&generated);
	return status;
}

static enum lx_status write_revision(struct lx_cli *cli, struct lx_history *history)
{
	struct lx_new_revision new;
	struct lx_placement placement;
	/* files that were tampered with must not be recorded as they are now */
	enum lx_status status = history->count ? lx_revisions_verify(cli, history) : LX_OK;
	if (status == LX_OK)
		status = lx_placement_choose(cli, history, NULL, 0, &placement);
	if (status == LX_OK)
		status = check_autogenerate(cli, history, &placement);
	if (status == LX_OK)
		status = lx_new_revision_init(cli, history, placement.folder, "", &new, &cli->fail);
	if (status != LX_OK)
		return status;
	struct lx_revision_draft draft = {.id = new.id,
					  .revises = placement.revises,
					  .depends_on = placement.depends_on,
					  .labels = placement.labels,
					  .message = new.message,
					  .created = new.created,
					  .upgrade = "",
					  .downgrade = ""};
	if (lx_option_given(&cli->options, LX_OPTION_AUTOGENERATE))
		return write_generated(cli, history, &new, &draft);
	status = finish(cli, history, &new, &draft, NULL);
	if (status == LX_OK && !lx_option_given(&cli->options, LX_OPTION_DRY_RUN))
		lx_cli_log(cli, "lexo", "after editing %s run: lexo hash", new.path);
	return status;
}

enum lx_status lx_command_revision(struct lx_cli *cli)
{
	struct lx_history *history;
	enum lx_status status = lx_revisions_summed(cli, &history);
	if (status == LX_OK)
		status = write_revision(cli, history);
	lx_history_close(history);
	return status;
}
