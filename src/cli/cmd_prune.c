/* lexo prune: takes @renamed out of the models where the renaming is done.
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/arena.h"
#include "base/io.h"
#include "cli/commands.h"
#include "cli/models.h"
#include "cli/revisions.h"
#include "diff/diff.h"
#include "ir/schema.h"
#include "syntax/ast.h"

struct prune {
	struct lx_cli *cli;
	const struct lx_schema *models;
	const struct lx_diff *diff; /* what the next revision would do */
	uint32_t file;
	struct lx_vec spans; /* struct lx_span *: to be removed from FILE, in order */
	size_t count;
};

/* A rename's new side is the old object under its new name; what the models have under that name. */
static const struct lx_object *find_model(const struct lx_schema *models, const struct lx_object *object)
{
	const struct lx_object *parent = object->parent ? find_model(models, object->parent) : NULL;
	if (object->parent)
		return parent ? lx_object_child(parent, object->kind, object->name) : NULL;
	return lx_schema_find(models, object->kind, NULL, object->schema, object->name, object->signature);
}

/* Does the next revision rename something in the item at SPAN?  Then its annotations are needed still. */
static bool is_needed(const struct prune *prune, struct lx_span span)
{
	LX_EACH (const struct lx_change *, change, &prune->diff->changes) {
		const struct lx_object *object =
		    change->kind == LX_RENAME ? find_model(prune->models, change->new) : NULL;
		struct lx_span origin = object ? object->origin : LX_NO_SPAN;
		if (object && origin.file == span.file && origin.start >= span.start && origin.start < span.end)
			return true;
	}
	return false;
}

/* With the blanks before it; with the line when nothing else is on it. */
static struct lx_span widen(const struct lx_source *source, struct lx_span span)
{
	while (span.start > 0 && (source->text[span.start - 1] == ' ' || source->text[span.start - 1] == '\t'))
		span.start--;
	bool is_first = span.start == 0 || source->text[span.start - 1] == '\n';
	if (is_first && span.end < source->length && source->text[span.end] == '\n')
		span.end++;
	return span;
}

static void take(struct prune *prune, const struct lx_node *node)
{
	struct lx_cli *cli = prune->cli;
	const struct lx_source *source = lx_diags_source_of(&cli->diags, prune->file);
	struct lx_span *span = LX_NEW(cli->arena, struct lx_span);
	uint32_t line, column;
	lx_source_place(&cli->diags, prune->file, node->span.start, &line, &column);
	*span = widen(source, node->span);
	lx_vec_push(cli->arena, &prune->spans, span);
	const char *text =
	    lx_arena_copy(cli->arena, source->text + node->span.start, node->span.end - node->span.start);
	lx_cli_print(cli, "%s:%u: %s\n", source->path, line, text);
	lx_json_open_object(&cli->json);
	lx_json_key_string(&cli->json, "file", source->path);
	lx_json_key_integer(&cli->json, "line", line);
	lx_json_key_string(&cli->json, "text", text);
	lx_json_close_object(&cli->json);
}

/* An item's own annotations, and what is in its braces; IS_KEPT: the item around it is renamed, an enum with its labels
 * for example. */
static void walk(struct prune *prune, const struct lx_item *items, bool is_kept)
{
	for (const struct lx_item *item = items; item; item = item->next) {
		struct lx_span head = item->span;
		for (const struct lx_node *node = item->first; node; node = node->next)
			if (node->kind == LX_NODE_BRACE)
				head.end = node->span.start;
		bool is_renamed = is_needed(prune, head);
		for (const struct lx_node *node = item->first; node; node = node->next) {
			bool is_annotation = node->kind == LX_NODE_ANNOTATION && strcmp(node->text, "renamed") == 0;
			if (is_annotation && !is_renamed && !is_kept)
				take(prune, node);
			if (node->kind == LX_NODE_BRACE)
				walk(prune, node->items, is_renamed);
		}
	}
}

static enum lx_status prune_file(struct prune *prune, struct lx_io_set *set)
{
	struct lx_cli *cli = prune->cli;
	const struct lx_source *source = lx_diags_source_of(&cli->diags, prune->file);
	struct lx_buffer text = LX_BUFFER_INIT;
	uint32_t done = 0;
	prune->spans = (struct lx_vec){0};
	walk(prune, lx_parse(cli->arena, &cli->diags, prune->file)->items, false);
	prune->count += prune->spans.length;
	if (!prune->spans.length)
		return LX_OK;
	LX_EACH (const struct lx_span *, span, &prune->spans) {
		lx_buffer_add(&text, source->text + done, span->start - done);
		done = span->end;
	}
	lx_buffer_add(&text, source->text + done, source->length - done);
	enum lx_status status = lx_buffer_ok(&text)
				    ? lx_io_set_add(set, source->path, lx_buffer_text(&text), text.length, &cli->fail)
				    : lx_fail(&cli->fail, LX_FAILED, "L0105", "out of memory");
	lx_buffer_free(&text);
	return status;
}

static enum lx_status prune_files(struct prune *prune, size_t files)
{
	struct lx_cli *cli = prune->cli;
	struct lx_io_set *set = lx_io_set_open();
	enum lx_status status = set ? LX_OK : lx_fail(&cli->fail, LX_FAILED, "L0105", "out of memory");
	lx_json_key(&cli->json, "removed");
	lx_json_open_array(&cli->json);
	for (prune->file = 1; prune->file <= files && status == LX_OK; prune->file++)
		status = prune_file(prune, set);
	lx_json_close_array(&cli->json);
	if (status == LX_OK && !lx_option_given(&cli->options, LX_OPTION_DRY_RUN))
		status = lx_io_set_commit(set, NULL, &cli->fail);
	lx_io_set_close(set);
	if (status == LX_OK && !prune->count)
		lx_cli_print(cli, "No @renamed is done with.\n");
	return status;
}

enum lx_status lx_command_prune(struct lx_cli *cli)
{
	struct prune prune = {.cli = cli};
	struct lx_history *history;
	struct lx_schema *models, *snapshot;
	enum lx_status status = lx_revisions_summed(cli, &history);
	if (status == LX_OK)
		status = lx_models_compile(cli, NULL, &models);
	size_t files = cli->diags.sources.length; /* the snapshot is none of them */
	if (status == LX_OK)
		status = lx_models_check_snapshot(cli, history);
	if (status == LX_OK)
		status = lx_models_snapshot(cli, &snapshot);
	if (status == LX_OK) {
		prune.models = models;
		prune.diff = lx_diff(cli->arena, snapshot, models, false);
		status = prune_files(&prune, files);
	}
	lx_history_close(history);
	return status;
}
