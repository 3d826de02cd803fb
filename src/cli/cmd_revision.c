/* lexo revision: a new revision file.
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/arena.h"
#include "cli/autogenerate.h"
#include "cli/clash.h"
#include "cli/commands.h"
#include "cli/models.h"
#include "cli/placement.h"
#include "cli/revisions.h"

/* The comparison is with what all revisions lead to.  Those that the new one does not stand on may be missing when it
 * runs. */
static enum lx_status check_needs(struct lx_cli *cli, const struct lx_history *history,
				  const struct lx_new_revision *new, const struct lx_revision_draft *draft)
{
	struct lx_buffer text = LX_BUFFER_INIT;
	struct lx_history *after = NULL;
	struct lx_vec files = {0}, needs = {0};
	if (!lx_revisions_beside(cli, history, draft)[0])
		return LX_OK;
	lx_revision_print(&text, draft);
	struct lx_revision_file file = {new->id, new->path, lx_buffer_text(&text), text.length};
	lx_vec_push(cli->arena, &files, &file);
	enum lx_status status = lx_buffer_ok(&text) ? lx_revisions_preview(cli, history, &files, &after)
						    : lx_fail(&cli->fail, LX_FAILED, "L0105", "out of memory");
	if (status == LX_OK)
		lx_clash_needs(cli->arena, after, lx_history_get(after, new->id), &needs);
	if (needs.length) {
		const struct lx_clash *first = needs.items[0];
		status = lx_fail(&cli->fail, LX_REVISION, "L0510",
				 "%s is %s, which the new revision would not stand on", first->object, first->text);
		lx_fail_help(&cli->fail, "add --depends-on %s; or bring the branches together first: lexo merge heads",
			     first->right->id);
	}
	lx_buffer_free(&text);
	lx_history_close(after);
	return status;
}

static enum lx_status finish(struct lx_cli *cli, struct lx_history *history, const struct lx_new_revision *new,
			     struct lx_revision_draft *draft, const struct lx_buffer *snapshot)
{
	enum lx_status status = lx_new_revision_finish(cli, history, new, draft, snapshot);
	if (status == LX_OK && lx_option_given(&cli->options, LX_OPTION_REVISION_SQL))
		lx_cli_print(cli, "%s", draft->upgrade);
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
		status = check_needs(cli, history, new, draft);
		if (status == LX_OK)
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
		status = lx_new_revision_init(cli, history, placement.folder, "", &new);
	if (status != LX_OK)
		return status;
	struct lx_revision_draft draft = lx_new_revision_draft(&new, &placement);
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
	if (lx_option_given(&cli->options, LX_OPTION_AUTOGENERATE))
		lx_models_snapshot_ahead(cli);
	enum lx_status status = lx_revisions_summed(cli, &history);
	if (status == LX_OK)
		status = write_revision(cli, history);
	lx_history_close(history);
	return status;
}
