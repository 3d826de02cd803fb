/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/placement.h"

#include <string.h>

#include "base/arena.h"
#include "base/io.h"
#include "cli/database.h"
#include "cli/revisions.h"
#include "history/identify.h"

/* --- what it follows -------------------------------------------------------------------------------------------------
 */

static enum lx_status refuse_inner(struct lx_cli *cli, const struct lx_revision *revision)
{
	if (lx_history_is_head(revision) || lx_option_given(&cli->options, LX_OPTION_SPLICE))
		return LX_OK;
	lx_fail(&cli->fail, LX_REVISION, "L0509", "Revision %s is not a head revision: %s follows it already",
		revision->id, lx_revisions_names(cli, revision->children, revision->child_count));
	lx_fail_help(&cli->fail, "to begin a new branch there, add --splice; to go on where it ends, leave --head out");
	return LX_REVISION;
}

static enum lx_status add_heads(struct lx_cli *cli, const struct lx_history *history, const char *text,
				struct lx_revision_set *parents)
{
	struct lx_revision_set set;
	enum lx_status status = lx_database_identify(cli, history, text, &set);
	if (status == LX_REVISION && cli->options.command == LX_COMMAND_REVISION &&
	    strcmp(cli->fail.code, "L0315") == 0)
		lx_fail_help(&cli->fail,
			     "say which one the new revision follows, with --head; or bring them together first: "
			     "lexo merge heads");
	for (size_t i = 0; status == LX_OK && i < set.count; i++) {
		bool is_there = false;
		for (size_t j = 0; j < parents->count; j++)
			is_there |= parents->items[j] == set.items[i];
		status = refuse_inner(cli, set.items[i]);
		if (status == LX_OK && !is_there)
			parents->items[parents->count++] = set.items[i];
	}
	return status;
}

static enum lx_status choose_parents(struct lx_cli *cli, const struct lx_history *history, const char *const *heads,
				     size_t count, struct lx_placement *placement)
{
	const char *head = lx_option_value(&cli->options, LX_OPTION_HEAD);
	if (!heads) {
		head = head ? head : "head";
		heads = &head;
		count = 1;
	}
	placement->parents =
	    (struct lx_revision_set){LX_NEW_ARRAY(cli->arena, struct lx_revision *, history->count + 1), 0};
	enum lx_status status = LX_OK;
	for (size_t i = 0; status == LX_OK && i < count; i++)
		status = add_heads(cli, history, heads[i], &placement->parents);
	size_t parents = placement->parents.count;
	placement->revises = LX_NEW_ARRAY(cli->arena, const char *, parents + 1);
	for (size_t i = 0; i < parents; i++)
		placement->revises[i] = placement->parents.items[i]->id;
	placement->revises[parents] = NULL;
	return status;
}

/* A label stays one: it means the branch's revision even when that is written anew. */
static enum lx_status choose_dependencies(struct lx_cli *cli, const struct lx_history *history,
					  struct lx_placement *placement)
{
	const struct lx_vec *given = &cli->options.values[LX_OPTION_DEPENDS_ON];
	size_t count = 0;
	placement->depends_on = LX_NEW_ARRAY(cli->arena, const char *, given->length + 1);
	LX_EACH (const char *, text, given) {
		struct lx_revision_set set;
		enum lx_status status = lx_database_identify(cli, history, text, &set);
		if (status != LX_OK)
			return status;
		if (set.count != 1) {
			lx_fail(&cli->fail, LX_REVISION, "L0315", "--depends-on %s is not one revision", text);
			lx_fail_help(&cli->fail, "name one; the option may be repeated");
			return LX_REVISION;
		}
		placement->depends_on[count++] = lx_history_label(history, text) ? text : set.items[0]->id;
	}
	placement->depends_on[count] = NULL;
	return LX_OK;
}

/* --- labels ----------------------------------------------------------------------------------------------------------
 */

static enum lx_status choose_labels(struct lx_cli *cli, const struct lx_history *history,
				    struct lx_placement *placement)
{
	const struct lx_vec *given = &cli->options.values[LX_OPTION_BRANCH_LABEL];
	size_t count = 0;
	placement->labels = LX_NEW_ARRAY(cli->arena, const char *, given->length + 1);
	LX_EACH (const char *, label, given) {
		const struct lx_revision *taken = lx_history_label(history, label);
		const char *why;
		if (!taken)
			taken = lx_history_get(history, label);
		if (!lx_revision_id_ok(label, strlen(label), &why)) {
			lx_fail(&cli->fail, LX_USAGE, "L0505", "'%s' cannot be a branch's label: %s", label, why);
			return LX_USAGE;
		}
		if (taken) {
			lx_fail(&cli->fail, LX_REVISION, "L0317", "the label %s is taken by revision %s", label,
				taken->id);
			lx_fail_where(&cli->fail, "%s", taken->path);
			lx_fail_help(&cli->fail,
				     "a label names one branch; choose another, or go on with that one: "
				     "--head %s@head",
				     label);
			return LX_REVISION;
		}
		placement->labels[count++] = label;
	}
	placement->labels[count] = NULL;
	return LX_OK;
}

/* --- its folder ------------------------------------------------------------------------------------------------------
 */

static size_t length_of(const char *folder)
{
	size_t length = strlen(folder);
	while (length > 1 && folder[length - 1] == '/')
		length--;
	return length;
}

/* The version location that PATH is in, or is itself when EXACT; NULL: none. */
static const char *find_location(struct lx_cli *cli, const char *path, bool is_exact)
{
	const struct lx_config *config = &cli->config;
	size_t length = length_of(path), best = 0, count = config->version_locations.length;
	for (size_t i = 0; i < (count ? count : 1); i++) {
		const char *location = count ? config->version_locations.items[i] : config->script_location;
		size_t own = length_of(location);
		bool is_below = own < length && path[own] == '/' && !is_exact;
		if (own > best && strncmp(path, location, own) == 0 && (own == length || is_below))
			best = own;
	}
	return best ? lx_arena_copy(cli->arena, path, best) : NULL;
}

static const char *list_locations(struct lx_cli *cli)
{
	const struct lx_vec *locations = &cli->config.version_locations;
	const char *text = locations->length ? locations->items[0] : cli->config.script_location;
	for (size_t i = 1; i < locations->length; i++)
		text = lx_arena_printf(cli->arena, "%s, %s", text, (const char *)locations->items[i]);
	return text;
}

static enum lx_status choose_folder(struct lx_cli *cli, struct lx_placement *placement)
{
	const struct lx_config *config = &cli->config;
	const char *given = lx_option_value(&cli->options, LX_OPTION_VERSION_PATH);
	if (given)
		placement->folder = lx_arena_copy(cli->arena, given, length_of(given));
	else if (config->version_locations.length <= 1)
		placement->folder =
		    config->version_locations.length ? config->version_locations.items[0] : config->script_location;
	else if (placement->parents.count)
		placement->folder = find_location(cli, placement->parents.items[0]->path, false);
	else
		placement->folder = NULL;
	if (placement->folder && find_location(cli, placement->folder, !config->recursive_version_locations))
		return LX_OK;
	if (placement->folder)
		lx_fail(&cli->fail, LX_USAGE, "L0511", "%s is none of the folders of revisions", placement->folder);
	else
		lx_fail(&cli->fail, LX_USAGE, "L0511",
			"there are several folders of revisions, and this one starts anew");
	lx_fail_help(&cli->fail, "give one of them with --version-path: %s", list_locations(cli));
	return LX_USAGE;
}

enum lx_status lx_placement_choose(struct lx_cli *cli, const struct lx_history *history, const char *const *heads,
				   size_t count, struct lx_placement *placement)
{
	*placement = (struct lx_placement){0};
	enum lx_status status = choose_parents(cli, history, heads, count, placement);
	if (status == LX_OK)
		status = choose_dependencies(cli, history, placement);
	if (status == LX_OK)
		status = choose_labels(cli, history, placement);
	return status == LX_OK ? choose_folder(cli, placement) : status;
}
