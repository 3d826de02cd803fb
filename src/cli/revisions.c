/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/revisions.h"

#include <string.h>

#include "base/arena.h"

static struct lx_locations find_locations(struct lx_cli *cli)
{
	const struct lx_config *config = &cli->config;
	struct lx_locations locations = {.folder = config->script_location,
					 .count = config->version_locations.length,
					 .is_recursive = config->recursive_version_locations};
	const char **folders = LX_NEW_ARRAY(cli->arena, const char *, locations.count + 1);
	for (size_t i = 0; i < locations.count; i++)
		folders[i] = config->version_locations.items[i];
	locations.folders = locations.count ? folders : NULL;
	return locations;
}

enum lx_status lx_revisions_read(struct lx_cli *cli, struct lx_history **history)
{
	*history = NULL;
	enum lx_status status = lx_cli_config(cli);
	if (status != LX_OK)
		return status;
	struct lx_locations locations = find_locations(cli);
	return lx_history_read(&locations, history, &cli->fail);
}

enum lx_status lx_revisions_summed(struct lx_cli *cli, struct lx_history **history)
{
	*history = NULL;
	enum lx_status status = lx_cli_config(cli);
	if (status != LX_OK)
		return status;
	struct lx_locations locations = find_locations(cli);
	return lx_history_summed(&locations, history, &cli->fail);
}

enum lx_status lx_revisions_read_files(struct lx_cli *cli, struct lx_history **history)
{
	struct lx_locations locations = find_locations(cli);
	locations.has_no_sum = true;
	*history = NULL;
	return lx_history_read(&locations, history, &cli->fail);
}

bool lx_revisions_are_detailed(const struct lx_cli *cli)
{
	return cli->verbose || lx_cli_is_json(cli);
}

enum lx_status lx_revisions_outline(struct lx_cli *cli, struct lx_history **history)
{
	*history = NULL;
	enum lx_status status = lx_cli_config(cli);
	if (status != LX_OK)
		return status;
	struct lx_locations locations = find_locations(cli);
	return lx_history_outline(&locations, history, &cli->fail);
}

static void warn(void *context, const char *path, const char *text)
{
	lx_cli_warn(context, "lexo.history", "%s: %s", path, text);
}

enum lx_status lx_revisions_verify(struct lx_cli *cli, const struct lx_history *history)
{
	return lx_history_verify(history, warn, cli, &cli->fail);
}

/* --- showing --------------------------------------------------------------------------------------------------------
 */

static size_t count_parents(const struct lx_revision *revision)
{
	return revision->revises.count;
}

static bool is_branch_point(const struct lx_revision *revision)
{
	return revision->child_count > 1;
}

static const char *join(struct lx_cli *cli, const struct lx_names *names, const char *none)
{
	const char *text = names->count ? names->items[0] : none;
	for (size_t i = 1; i < names->count; i++)
		text = lx_arena_printf(cli->arena, "%s, %s", text, names->items[i]);
	return text;
}

static const char *join_replaced(struct lx_cli *cli, const struct lx_revision *revision)
{
	const char *text = revision->replaced[0].id;
	for (size_t i = 1; i < revision->replaced_count; i++)
		text = lx_arena_printf(cli->arena, "%s, %s", text, revision->replaced[i].id);
	return text;
}

const char *lx_revisions_names(struct lx_cli *cli, struct lx_revision *const *items, size_t count)
{
	const char *text = count ? items[0]->id : "<base>";
	for (size_t i = 1; i < count; i++)
		text = lx_arena_printf(cli->arena, "%s, %s", text, items[i]->id);
	return text;
}

/* Without formatting: it is most of the time of a long list. */
static void put(struct lx_cli *cli, const char *text)
{
	lx_cli_print_text(cli, text, strlen(text));
}

static void put_in_brackets(struct lx_cli *cli, const char *text)
{
	put(cli, " (");
	put(cli, text);
	put(cli, ")");
}

void lx_revisions_print_line(struct lx_cli *cli, const struct lx_revision *revision, bool is_current, unsigned what)
{
	if (what & LX_SHOW_PARENTS) {
		put(cli, join(cli, &revision->revises, "<base>"));
		if (revision->depends_on.count)
			put_in_brackets(cli, join(cli, &revision->depends_on, ""));
		put(cli, " -> ");
	}
	put(cli, revision->id);
	if (revision->branches.count)
		put_in_brackets(cli, join(cli, &revision->branches, ""));
	put(cli, lx_history_is_head(revision) ? " (head)" : "");
	put(cli, is_current ? " (current)" : "");
	if (what & LX_SHOW_TREE) {
		put(cli, is_branch_point(revision) ? " (branchpoint)" : "");
		put(cli, count_parents(revision) > 1 ? " (mergepoint)" : "");
	}
	if ((what & LX_SHOW_MESSAGE) && revision->message[0]) {
		put(cli, ", ");
		put(cli, revision->message);
	}
	put(cli, "\n");
}

void lx_revisions_print_block(struct lx_cli *cli, const struct lx_revision *revision, bool is_current)
{
	bool is_merge = count_parents(revision) > 1;
	lx_cli_print(cli, "Rev: %s%s%s%s%s\n", revision->id, lx_history_is_head(revision) ? " (head)" : "",
		     is_branch_point(revision) ? " (branchpoint)" : "", is_merge ? " (mergepoint)" : "",
		     is_current ? " (current)" : "");
	lx_cli_print(cli, "%s: %s\n", is_merge ? "Merges" : "Parent", join(cli, &revision->revises, "<base>"));
	if (revision->depends_on.count)
		lx_cli_print(cli, "Also depends on: %s\n", join(cli, &revision->depends_on, ""));
	if (is_branch_point(revision))
		lx_cli_print(cli, "Branches into: %s\n",
			     lx_revisions_names(cli, revision->children, revision->child_count));
	if (revision->branches.count)
		lx_cli_print(cli, "Branch names: %s\n", join(cli, &revision->branches, ""));
	lx_cli_print(cli, "Path: %s\n", revision->path);
	if (revision->created)
		lx_cli_print(cli, "Created: %s\n", revision->created);
	lx_cli_print(cli, "Chain: %s\n", revision->chain);
	if (revision->replaced_count)
		lx_cli_print(cli, "Replaces: %s\n", join_replaced(cli, revision));
	if (revision->irreversible)
		lx_cli_print(cli, "Irreversible: %s\n", revision->irreversible);
	lx_cli_print(cli, "\n    %s\n", revision->message[0] ? revision->message : "(no message)");
}

static void json_names(struct lx_cli *cli, const char *key, const struct lx_names *names)
{
	lx_json_key(&cli->json, key);
	lx_json_open_array(&cli->json);
	for (size_t i = 0; i < names->count; i++)
		lx_json_string(&cli->json, names->items[i]);
	lx_json_close_array(&cli->json);
}

void lx_revisions_json_ids(struct lx_cli *cli, const char *key, struct lx_revision *const *items, size_t count)
{
	lx_json_key(&cli->json, key);
	lx_json_open_array(&cli->json);
	for (size_t i = 0; i < count; i++)
		lx_json_string(&cli->json, items[i]->id);
	lx_json_close_array(&cli->json);
}

void lx_revisions_print_json(struct lx_cli *cli, const struct lx_revision *revision, bool is_current)
{
	struct lx_json *json = &cli->json;
	if (!lx_cli_is_json(cli)) /* thousands of objects that nobody sees */
		return;
	lx_json_open_object(json);
	lx_json_key_string(json, "revision", revision->id);
	json_names(cli, "parents", &revision->revises);
	json_names(cli, "depends_on", &revision->depends_on);
	json_names(cli, "labels", &revision->labels);
	json_names(cli, "branches", &revision->branches);
	lx_json_key(json, "replaces");
	lx_json_open_array(json);
	for (size_t i = 0; i < revision->replaced_count; i++)
		lx_json_string(json, revision->replaced[i].id);
	lx_json_close_array(json);
	lx_json_key_string(json, "message", revision->message);
	lx_json_key_string(json, "created", revision->created);
	lx_json_key_string(json, "path", revision->path);
	lx_json_key_string(json, "chain", revision->chain);
	lx_json_key_bool(json, "head", lx_history_is_head(revision));
	lx_json_key_bool(json, "current", is_current);
	lx_json_key_string(json, "irreversible", revision->irreversible);
	lx_json_close_object(json);
}
