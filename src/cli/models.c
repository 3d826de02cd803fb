/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/models.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/conflict.h"
#include "base/io.h"
#include "base/sha256.h"
#include "check/compile.h"
#include "cli/ahead.h"
#include "diff/diff.h"
#include "fmt/format.h"
#include "history/history.h"
#include "ir/schema.h"
#include "kinds/kind.h"
#include "plan/plan.h"
#include "syntax/ast.h"

enum { SNAPSHOT_LIMIT = 64 << 20 };

static struct lx_compile_options compile_options(const struct lx_cli *cli, bool is_snapshot)
{
	return (struct lx_compile_options){.target_version = cli->config.target_version, .is_snapshot = is_snapshot};
}

static enum lx_status no_models(struct lx_cli *cli, bool is_given, const char *path, const char *why)
{
	lx_fail(&cli->fail, LX_FAILED, "L0209", "%s %s", path, why);
	if (is_given)
		lx_fail_help(&cli->fail, "check the path; without one the models of the project are compiled");
	else if (cli->config.file)
		lx_fail_help(&cli->fail, "'models' in %s says where they are; 'lexo init' makes an example",
			     cli->config.file);
	else
		lx_fail_help(&cli->fail,
			     "no lexo.ini was found, so models are looked for in models/; 'lexo init' makes one");
	return LX_FAILED;
}

enum lx_status lx_models_compile(struct lx_cli *cli, const struct lx_vec *paths, struct lx_schema **schema)
{
	enum lx_status status = lx_cli_config(cli);
	if (status != LX_OK)
		return status;
	bool is_given = paths && paths->length;
	if (!is_given)
		paths = &cli->config.models;
	const char **list = LX_NEW_ARRAY(cli->arena, const char *, paths->length);
	for (size_t i = 0; i < paths->length; i++) {
		list[i] = paths->items[i];
		if (!lx_io_exists(list[i]))
			return no_models(cli, is_given, list[i], "does not exist");
	}
	struct lx_compile_options options = compile_options(cli, false);
	size_t known = cli->diags.sources.length;
	*schema = lx_compile(cli->arena, &cli->diags, list, paths->length, &options, &cli->fail);
	if (!*schema)
		return cli->fail.status == LX_OK ? LX_USAGE : cli->fail.status;
	if (cli->diags.errors)
		return LX_USAGE;
	return cli->diags.sources.length > known ? LX_OK : no_models(cli, is_given, list[0], "holds no .lexo file");
}

enum lx_status lx_models_format(struct lx_cli *cli, const char *path, const char *text, size_t length,
				struct lx_buffer *out)
{
	size_t errors = cli->diags.errors;
	uint32_t number = lx_diags_source(&cli->diags, path, text, length);
	const struct lx_file *file = lx_parse(cli->arena, &cli->diags, number);
	if (cli->diags.errors == errors)
		lx_file_check_version(&cli->diags, file);
	if (cli->diags.errors != errors)
		return LX_USAGE;
	lx_format(out, &cli->diags, file);
	if (cli->diags.errors != errors)
		return LX_USAGE;
	return lx_buffer_ok(out) ? LX_OK : lx_fail(&cli->fail, LX_FAILED, "L0105", "out of memory");
}

static enum lx_status read_snapshot(struct lx_cli *cli, const char **path, char **text, size_t *length)
{
	enum lx_status status = lx_cli_config(cli);
	*text = NULL;
	*length = 0;
	if (status != LX_OK)
		return status;
	*path = lx_arena_printf(cli->arena, "%s/schema.lexo", cli->config.script_location);
	if (!lx_io_exists(*path))
		return LX_OK;
	return lx_io_read(*path, SNAPSHOT_LIMIT, text, length, &cli->fail);
}

void lx_models_snapshot_ahead(struct lx_cli *cli)
{
	const char *path;
	char *text = NULL;
	size_t length = 0;
	struct lx_compile_options options = compile_options(cli, true);
	if (!cli->ahead && read_snapshot(cli, &path, &text, &length) == LX_OK && text)
		cli->ahead = lx_ahead_begin(cli->arena, &cli->diags, path, text, length, &options);
	free(text);
	cli->fail = (struct lx_fail){0}; /* it is said when the snapshot is wanted */
}

enum lx_status lx_models_snapshot(struct lx_cli *cli, struct lx_schema **schema)
{
	const char *path;
	char *text;
	size_t length;
	*schema = cli->ahead ? lx_ahead_take(cli->ahead) : NULL;
	if (*schema)
		return LX_OK;
	enum lx_status status = read_snapshot(cli, &path, &text, &length);
	if (status != LX_OK)
		return status;
	if (!text) {
		*schema = lx_schema_open(cli->arena);
		return LX_OK;
	}
	struct lx_compile_options options = compile_options(cli, true);
	const char *copy = lx_arena_copy(cli->arena, text, length);
	free(text);
	*schema = lx_compile_text(cli->arena, &cli->diags, path, copy, length, &options);
	if (*schema && !cli->diags.errors)
		return LX_OK;
	lx_fail(&cli->fail, LX_DIFFERS, "L0503", "the snapshot of the schema cannot be read");
	lx_fail_where(&cli->fail, "%s", path);
	lx_fail_help(&cli->fail, "lexo writes this file; restore it from version control");
	return LX_DIFFERS;
}

enum lx_status lx_models_check_state(struct lx_cli *cli, const struct lx_buffer *text)
{
	struct lx_compile_options options = compile_options(cli, true);
	const char *copy = lx_arena_copy(cli->arena, lx_buffer_text(text), text->length);
	if (lx_compile_text(cli->arena, &cli->diags, "schema.lexo", copy, text->length, &options) && !cli->diags.errors)
		return LX_OK;
	lx_fail(&cli->fail, LX_FAILED, "L0516", "the state without what is left out does not compile");
	lx_fail_help(&cli->fail, "what is in scope refers to something that is not and that no revision has made yet;\n"
				 "include that too, or write a revision for it first");
	return LX_FAILED;
}

/* --- is it current? -------------------------------------------------------------------------------------------------
 */

static enum lx_status stale(struct lx_cli *cli, const char *path, const char *head, const char *why)
{
	lx_fail(&cli->fail, LX_DIFFERS, "L0503", "the snapshot is not the state that revision %s leads to: %s", head,
		why);
	lx_fail_where(&cli->fail, "%s", path);
	lx_fail_help(
	    &cli->fail,
	    "restore the migrations folder from version control as one commit has it; or, after a merge, rebuild\n"
	    "it from the revisions: lexo snapshot. Comparing with the wrong state would give a wrong revision");
	return LX_DIFFERS;
}

static enum lx_status several_heads(struct lx_cli *cli, const struct lx_history *history)
{
	const char *list = history->heads[0]->id;
	for (size_t i = 1; i < history->head_count; i++)
		list = lx_arena_printf(cli->arena, "%s, %s", list, history->heads[i]->id);
	lx_fail(&cli->fail, LX_REVISION, "L0315",
		"the history has several heads: %s; the snapshot is not what they lead to", list);
	lx_fail_help(&cli->fail, "bring them together: lexo merge heads; or, when they are to stay apart, rebuild the "
				 "snapshot: lexo snapshot");
	return LX_REVISION;
}

/* The nearest revision that states a hash; hand-written ones have none. */
static const struct lx_revision *stating(const struct lx_revision *revision)
{
	while (revision && !revision->state)
		revision = revision->revises.count == 1 ? revision->parents[0] : NULL;
	return revision;
}

/* Marks what the state of REVISION holds. */
static void mark_stated(const struct lx_history *history, struct lx_revision *revision, unsigned char *marks)
{
	memset(marks, 0, history->count);
	lx_history_mark(history, &(struct lx_revision_set){&revision, 1}, marks);
	for (size_t i = 0; i < revision->beside.count; i++) {
		struct lx_revision *other = lx_history_applied(history, revision->beside.items[i]);
		if (other)
			lx_history_mark(history, &(struct lx_revision_set){&other, 1}, marks);
	}
}

/* What is written by hand states nothing. */
static bool is_by_hand(const struct lx_revision *revision)
{
	return !revision->state && revision->revises.count <= 1;
}

/* Does a revision state HEX as what all of them lead to?  MARKS: what is in it; LENIENT: all but what is written by
 * hand. */
static bool find_stated(const struct lx_history *history, const char *hex, bool is_lenient, unsigned char *marks)
{
	for (size_t i = history->count; i-- > 0;) {
		struct lx_revision *revision = history->revisions[i];
		bool is_whole = true;
		if (!revision->state || strcmp(revision->state, hex) != 0)
			continue;
		mark_stated(history, revision, marks);
		for (size_t j = 0; j < history->count && is_whole; j++)
			is_whole = marks[j] || (is_lenient && is_by_hand(history->revisions[j]));
		if (is_whole)
			return true;
	}
	return false;
}

bool lx_models_is_stated(const struct lx_history *history, const char *hex)
{
	unsigned char *marks = calloc(history->count + 1, 1);
	bool is_stated = marks && find_stated(history, hex, false, marks);
	free(marks);
	return is_stated;
}

static enum lx_status not_stated(struct lx_cli *cli, const struct lx_history *history, const char *path, bool is_there,
				 bool has_conflict)
{
	const struct lx_revision *head = history->head_count ? history->heads[0] : NULL, *stated = stating(head);
	if (history->head_count > 1)
		return several_heads(cli, history);
	if (!stated)
		return stale(cli, path, head ? head->id : "<base>", "no revision states it");
	if (!is_there)
		return stale(cli, path, stated->id, "there is no such file");
	return stale(cli, path, stated->id, has_conflict ? "it holds a merge conflict" : "its checksum is another one");
}

enum lx_status lx_models_check_snapshot(struct lx_cli *cli, const struct lx_history *history)
{
	const char *path;
	char *text, hex[LX_SHA256_HEX] = "";
	size_t length;
	enum lx_status status = read_snapshot(cli, &path, &text, &length);
	if (status != LX_OK)
		return status;
	bool is_there = text != NULL, is_hashed = !is_there || lx_sha256_hex(text, length, hex), any_state = false;
	bool has_conflict = is_there && lx_conflict_find(text, length);
	free(text);
	if (!is_hashed)
		return lx_fail(&cli->fail, LX_FAILED, "L0105", "out of memory");
	for (size_t i = 0; i < history->count; i++)
		any_state |= history->revisions[i]->state != NULL;
	if (!any_state && !is_there)
		return LX_OK;
	unsigned char *marks = LX_NEW_ARRAY(cli->arena, unsigned char, history->count + 1);
	if (!is_there || !find_stated(history, hex, true, marks))
		return not_stated(cli, history, path, is_there, has_conflict);
	for (size_t i = 0; i < history->head_count; i++)
		if (!marks[history->heads[i]->index])
			lx_cli_warn(cli, "lexo.models",
				    "revision %s is written by hand: what it changes is not in the snapshot",
				    history->heads[i]->id);
	return LX_OK;
}

/* --- changes --------------------------------------------------------------------------------------------------------
 */

static const char *const verbs[] = {
    [LX_CREATE] = "create",     [LX_DROP] = "drop",       [LX_RENAME] = "rename",
    [LX_ALTER] = "alter",       [LX_REPLACE] = "replace", [LX_OWNER] = "change owner of",
    [LX_COMMENT] = "comment on"};

static const struct lx_object *subject(const struct lx_change *change)
{
	return change->old ? change->old : change->new;
}

const char *lx_models_describe(struct lx_arena *arena, const struct lx_change *change)
{
	const char *key = lx_object_key(arena, subject(change));
	if (change->kind == LX_RENAME)
		return lx_arena_printf(arena, "rename %s to %s", key, change->new->name);
	return lx_arena_printf(arena, "%s %s", verbs[change->kind], key);
}

const char *lx_models_describe_all(struct lx_arena *arena, const struct lx_diff *diff)
{
	struct lx_buffer text = LX_BUFFER_INIT;
	LX_EACH (const struct lx_change *, change, &diff->changes)
		lx_buffer_printf(&text, "%s%s", text.length ? ", " : "", lx_models_describe(arena, change));
	const char *copy = lx_arena_string(arena, lx_buffer_text(&text));
	lx_buffer_free(&text);
	return copy;
}

void lx_models_json_changes(struct lx_cli *cli, const char *key, const struct lx_diff *diff)
{
	struct lx_json *json = &cli->json;
	lx_json_key(json, key);
	lx_json_open_array(json);
	LX_EACH (const struct lx_change *, change, &diff->changes) {
		lx_json_open_object(json);
		lx_json_key_string(json, "change", change->kind == LX_COMMENT ? "comment" : verbs[change->kind]);
		lx_json_key_string(json, "kind", lx_kind_info(subject(change)->kind)->title);
		lx_json_key_string(json, "object", lx_object_key(cli->arena, subject(change)));
		if (change->kind == LX_RENAME)
			lx_json_key_string(json, "to", lx_object_key(cli->arena, change->new));
		lx_json_close_object(json);
	}
	lx_json_close_array(json);
}

struct lx_plan *lx_models_create_plan(struct lx_arena *arena, const struct lx_schema *schema)
{
	const struct lx_schema *empty = lx_schema_open(arena);
	return lx_plan(arena, empty, schema, lx_diff(arena, empty, schema, false));
}
