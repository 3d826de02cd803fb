/* lexo merge: a revision that brings branches together.
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/arena.h"
#include "base/sha256.h"
#include "cli/clash.h"
#include "cli/commands.h"
#include "cli/models.h"
#include "cli/placement.h"
#include "cli/revisions.h"
#include "snapshot/snapshot.h"

/* Two or more, none before another. */
static enum lx_status check_parents(struct lx_cli *cli, const struct lx_history *history,
				    const struct lx_revision_set *parents)
{
	for (size_t i = 0; i < parents->count; i++) {
		unsigned char *below = LX_NEW_ARRAY(cli->arena, unsigned char, history->count + 1);
		lx_history_mark(history, &(struct lx_revision_set){&parents->items[i], 1}, below);
		for (size_t j = 0; j < parents->count; j++) {
			if (j == i || !below[parents->items[j]->index])
				continue;
			lx_fail(&cli->fail, LX_REVISION, "L0512", "%s comes before %s: they are together already",
				parents->items[j]->id, parents->items[i]->id);
			lx_fail_help(&cli->fail, "name revisions of different branches; lexo heads lists the ends");
			return LX_REVISION;
		}
	}
	if (parents->count > 1)
		return LX_OK;
	lx_fail(&cli->fail, LX_REVISION, "L0512", "there is nothing to merge: %s",
		parents->count ? "that is one revision" : "there are no revisions");
	lx_fail_help(&cli->fail, "name two revisions or more, or heads; lexo heads lists them");
	return LX_REVISION;
}

/* Each branch against each other one. */
static void find_clashes(struct lx_cli *cli, const struct lx_history *history, const struct lx_revision_set *parents,
			 struct lx_vec *clashes)
{
	unsigned char **marks = LX_NEW_ARRAY(cli->arena, unsigned char *, parents->count);
	for (size_t i = 0; i < parents->count; i++) {
		marks[i] = LX_NEW_ARRAY(cli->arena, unsigned char, history->count + 1);
		lx_history_mark(history, &(struct lx_revision_set){&parents->items[i], 1}, marks[i]);
		for (size_t j = 0; j < i; j++)
			lx_clash_find(cli->arena, history, marks[j], marks[i], clashes);
	}
}

static void report(struct lx_cli *cli, const struct lx_vec *clashes)
{
	lx_json_key(&cli->json, "clashes");
	lx_json_open_array(&cli->json);
	LX_EACH (const struct lx_clash *, clash, clashes) {
		lx_cli_warn(cli, "lexo.merge", "%s is %s", clash->object, clash->text);
		lx_json_open_object(&cli->json);
		lx_json_key_string(&cli->json, "object", clash->object);
		lx_json_key_string(&cli->json, "text", clash->text);
		lx_json_close_object(&cli->json);
	}
	lx_json_close_array(&cli->json);
	if (clashes->length)
		lx_cli_warn(
		    cli, "lexo.merge",
		    "the order in which the branches run may matter; look at these revisions, then try both ways: "
		    "lexo check --ephemeral");
	else
		lx_cli_log(cli, "lexo.merge", "The branches change different objects: their order does not matter");
}

/* --- the snapshot ----------------------------------------------------------------------------------------------------
 */

static const char *nearest_state(const struct lx_revision *revision)
{
	while (revision && !revision->state)
		revision = revision->revises.count == 1 ? revision->parents[0] : NULL;
	return revision ? revision->state : NULL;
}

/* Version control has merged schema.lexo when it is none of the branches' own.  Then it is what the merge leads to,
 * unless both changed the same. */
static enum lx_status take_snapshot(struct lx_cli *cli, const struct lx_revision_set *parents,
				    struct lx_buffer *snapshot, const char **state, const char **why)
{
	struct lx_schema *schema;
	char hex[LX_SHA256_HEX];
	*state = NULL;
	*why = "it cannot be read";
	if (lx_models_snapshot(cli, &schema) != LX_OK) { /* a conflict is left in it */
		cli->fail = (struct lx_fail){0};
		lx_diags_init(&cli->diags, cli->arena);
		return LX_OK;
	}
	lx_snapshot_print(snapshot, schema);
	if (!lx_buffer_ok(snapshot) || !lx_sha256_hex(lx_buffer_text(snapshot), snapshot->length, hex))
		return lx_fail(&cli->fail, LX_FAILED, "L0105", "out of memory");
	for (size_t i = 0; i < parents->count; i++) {
		const char *own = nearest_state(parents->items[i]);
		*why = own ? "it is that of one branch alone" : "a branch does not state what it leads to";
		if (!own || strcmp(own, hex) == 0)
			return LX_OK;
	}
	*state = lx_arena_string(cli->arena, hex);
	return LX_OK;
}

static enum lx_status choose_state(struct lx_cli *cli, const struct lx_placement *placement,
				   const struct lx_history *history, const struct lx_vec *clashes,
				   struct lx_buffer *snapshot, const char **state)
{
	const char *why = "the branches change the same objects";
	bool is_whole = placement->parents.count == history->head_count;
	enum lx_status status = LX_OK;
	*state = NULL;
	if (!is_whole)
		why = "there are other heads";
	else if (!clashes->length)
		status = take_snapshot(cli, &placement->parents, snapshot, state, &why);
	if (status == LX_OK && *state)
		lx_cli_log(cli, "lexo.merge", "schema.lexo is taken as what the branches together lead to");
	else if (status == LX_OK)
		lx_cli_warn(cli, "lexo.merge", "schema.lexo is not taken over: %s; rebuild it with: lexo snapshot",
			    why);
	return status;
}

/* --- the revision ----------------------------------------------------------------------------------------------------
 */

static enum lx_status merge(struct lx_cli *cli, struct lx_history *history)
{
	static const char *const all[] = {"heads"};
	const struct lx_vec *operands = &cli->options.operands;
	const char *const *heads = operands->length ? (const char *const *)operands->items : all;
	struct lx_placement placement;
	struct lx_new_revision new;
	struct lx_vec clashes = {0};
	struct lx_buffer snapshot = LX_BUFFER_INIT;
	enum lx_status status = lx_revisions_verify(cli, history);
	if (status == LX_OK)
		status = lx_placement_choose(cli, history, heads, operands->length ? operands->length : 1, &placement);
	if (status == LX_OK)
		status = check_parents(cli, history, &placement.parents);
	if (status != LX_OK)
		return status;
	const char *message = lx_arena_printf(
	    cli->arena, "merge %s", lx_revisions_names(cli, placement.parents.items, placement.parents.count));
	status = lx_new_revision_init(cli, history, placement.folder, message, &new);
	if (status != LX_OK)
		return status;
	struct lx_revision_draft draft = lx_new_revision_draft(&new, &placement);
	find_clashes(cli, history, &placement.parents, &clashes);
	report(cli, &clashes);
	status = choose_state(cli, &placement, history, &clashes, &snapshot, &draft.state);
	if (status == LX_OK)
		status = lx_new_revision_finish(cli, history, &new, &draft, &snapshot);
	lx_buffer_free(&snapshot);
	return status;
}

enum lx_status lx_command_merge(struct lx_cli *cli)
{
	struct lx_history *history;
	enum lx_status status = lx_revisions_read(cli, &history);
	if (status == LX_OK)
		status = merge(cli, history);
	lx_history_close(history);
	return status;
}
