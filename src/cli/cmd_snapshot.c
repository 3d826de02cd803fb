/* lexo snapshot: schema.lexo from what the revisions do.
 * What a server reads back is written in the server's words ('x'::text for 'x').  The next comparison is with the
 * models, so what comes out as the models say is written in their words, and only what differs in the server's.
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/arena.h"
#include "base/io.h"
#include "base/sha256.h"
#include "cli/commands.h"
#include "cli/models.h"
#include "cli/revisions.h"
#include "cli/scratch.h"
#include "diff/diff.h"
#include "ir/schema.h"
#include "kinds/kind.h"
#include "snapshot/snapshot.h"

/* --- words -----------------------------------------------------------------------------------------------------------
 */

static struct lx_object *find(const struct lx_schema *schema, const struct lx_object *like)
{
	return lx_schema_find(schema, like->kind, NULL, like->schema, like->name, like->signature);
}

/* What differs, objects and children of objects of FOUND, as a set of addresses. */
static void collect_changed(struct lx_cli *cli, const struct lx_schema *found, const struct lx_schema *wanted,
			    struct lx_map *changed)
{
	const struct lx_diff *diff = lx_diff(cli->arena, found, wanted, false);
	LX_EACH (const struct lx_change *, change, &diff->changes) {
		if (change->old)
			lx_map_put(cli->arena, changed, (const char *)&change->old, sizeof change->old, changed);
	}
}

/* References are printed by the names that the models give. */
static void take_names(struct lx_object *object, const struct lx_object *model)
{
	object->source_name = model->source_name;
	LX_EACH (struct lx_object *, child, &object->children) {
		const struct lx_object *same = lx_object_child(model, child->kind, child->name);
		if (same && same->source_name)
			child->source_name = same->source_name;
	}
}

/* MODEL when the server has the same, else what the server has. */
static const struct lx_object *choose(const struct lx_map *changed, const struct lx_object *object,
				      const struct lx_object *model)
{
	return model && !lx_map_get(changed, (const char *)&object, sizeof object) ? model : object;
}

static struct lx_object *mix_object(struct lx_cli *cli, const struct lx_map *changed, const struct lx_object *object,
				    const struct lx_object *model)
{
	const struct lx_object *words = choose(changed, object, model);
	size_t size = lx_kind_info(object->kind)->size;
	struct lx_object *mixed = lx_arena_alloc(cli->arena, size);
	memcpy(mixed, words, size);
	mixed->children = (struct lx_vec){0};
	LX_EACH (struct lx_object *, child, &object->children) {
		const struct lx_object *same = model ? lx_object_child(model, child->kind, child->name) : NULL;
		lx_vec_push(cli->arena, &mixed->children, (void *)(uintptr_t)choose(changed, child, same));
	}
	return mixed;
}

static struct lx_schema *mix(struct lx_cli *cli, const struct lx_schema *found, const struct lx_schema *wanted,
			     const struct lx_schema *models)
{
	struct lx_schema *mixed = lx_schema_open(cli->arena);
	struct lx_map changed = {0};
	collect_changed(cli, found, wanted, &changed);
	LX_EACH (struct lx_object *, object, &found->objects) {
		const struct lx_object *model = find(models, object);
		if (model)
			take_names(object, model);
		lx_vec_push(cli->arena, &mixed->objects, mix_object(cli, &changed, object, model));
	}
	return mixed;
}

/* --- files -----------------------------------------------------------------------------------------------------------
 */

/* The newest head states it, with those that stand beside it. */
static enum lx_status state_it(struct lx_cli *cli, struct lx_history *history, const struct lx_buffer *snapshot,
			       const char *hex)
{
	const struct lx_revision *head = history->heads[history->head_count - 1];
	struct lx_buffer stated = LX_BUFFER_INIT, text = LX_BUFFER_INIT;
	const char *beside = NULL;
	for (size_t i = 0; i + 1 < history->head_count; i++)
		beside = lx_arena_printf(cli->arena, "%s%s%s", i ? beside : "", i ? " " : "", history->heads[i]->id);
	lx_revision_print_line(&stated, head->text, "state", hex);
	lx_revision_print_line(&text, lx_buffer_text(&stated), "beside", beside);
	const struct lx_revision_file file = {head->id, head->path, lx_buffer_text(&text), text.length};
	enum lx_status status = lx_buffer_ok(&stated) && lx_buffer_ok(&text)
				    ? lx_revision_write(cli, history, &file, snapshot)
				    : lx_fail(&cli->fail, LX_FAILED, "L0105", "out of memory");
	lx_buffer_free(&stated);
	lx_buffer_free(&text);
	return status;
}

static enum lx_status write_snapshot(struct lx_cli *cli, struct lx_history *history, const struct lx_schema *schema)
{
	struct lx_buffer snapshot = LX_BUFFER_INIT;
	char hex[LX_SHA256_HEX];
	enum lx_status status = LX_OK;
	lx_snapshot_print(&snapshot, schema);
	if (!lx_buffer_ok(&snapshot) || !lx_sha256_hex(lx_buffer_text(&snapshot), snapshot.length, hex))
		status = lx_fail(&cli->fail, LX_FAILED, "L0105", "out of memory");
	if (status == LX_OK)
		status = state_it(cli, history, &snapshot, hex);
	if (status == LX_OK)
		lx_cli_print(cli, "%s/schema.lexo is what %s lead%s to\n", cli->config.script_location,
			     lx_revisions_names(cli, history->heads, history->head_count),
			     history->head_count == 1 ? "s" : "");
	lx_buffer_free(&snapshot);
	return status;
}

static enum lx_status rebuild(struct lx_cli *cli, struct lx_history *history)
{
	struct lx_scratch scratch = {0};
	struct lx_schema *models, *wanted, *found;
	enum lx_status status = lx_models_compile(cli, NULL, &models);
	if (status != LX_OK)
		return status;
	status = lx_scratch_open(cli, &scratch);
	if (status == LX_OK)
		status = lx_scratch_models(&scratch, models, &wanted, NULL);
	if (status == LX_OK)
		status = lx_scratch_replay(&scratch, history, &found, NULL);
	lx_scratch_close(&scratch);
	return status == LX_OK ? write_snapshot(cli, history, mix(cli, found, wanted, models)) : status;
}

enum lx_status lx_command_snapshot(struct lx_cli *cli)
{
	struct lx_history *history;
	enum lx_status status = lx_revisions_read(cli, &history);
	if (status == LX_OK && history->count)
		status = lx_revisions_verify(cli, history);
	if (status == LX_OK && !history->count) {
		status = lx_fail(&cli->fail, LX_REVISION, "L0313", "there are no revisions to take a snapshot of");
		lx_fail_help(&cli->fail, "write one: lexo revision");
	}
	if (status == LX_OK)
		status = rebuild(cli, history);
	lx_history_close(history);
	return status;
}
