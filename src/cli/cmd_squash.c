/* lexo squash: one revision out of several that stand one behind the other.
 * The new one remembers their ids and the chain they ended with, so what follows stays as it is, and a database that
 * has all of them has the new one.
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/arena.h"
#include "cli/commands.h"
#include "cli/database.h"
#include "cli/hooks.h"
#include "cli/revisions.h"
#include "cli/squash.h"
#include "history/path.h"

static enum lx_status refuse(const struct lx_squash *squash, const char *why, const char *help)
{
	lx_fail(&squash->cli->fail, LX_REVISION, "L0518", "%s", why);
	lx_fail_help(&squash->cli->fail, "%s", help);
	return LX_REVISION;
}

/* --- which -----------------------------------------------------------------------------------------------------------
 */

static enum lx_status find_members(struct lx_squash *squash)
{
	struct lx_cli *cli = squash->cli;
	const struct lx_history *history = squash->history;
	const char *range = cli->options.operands.items[0];
	struct lx_revision_set *members = &squash->members;
	squash->marks = LX_NEW_ARRAY(cli->arena, unsigned char, history->count + 1);
	members->items = LX_NEW_ARRAY(cli->arena, struct lx_revision *, history->count + 1);
	struct lx_revision_set current = {0};
	bool is_asked = lx_database_is_asked(range);
	enum lx_status status = is_asked ? lx_database_current(cli, history, &current) : LX_OK;
	if (status == LX_OK)
		status = lx_path_range(history, is_asked ? &current : NULL, range, squash->marks, &cli->fail);
	for (size_t i = 0; status == LX_OK && i < history->count; i++)
		if (squash->marks[i])
			members->items[members->count++] = history->revisions[i];
	if (status == LX_OK && members->count < 2)
		return refuse(squash,
			      lx_arena_printf(cli->arena, "%s is %zu revision%s", range, members->count,
					      members->count == 1 ? "" : "s"),
			      "name the first and the last of those that shall be one: FROM:TO");
	return status;
}

/* Only what all of them end with may have others on it: those in the middle are not there any more. */
static enum lx_status refuse_followers(struct lx_squash *squash, const struct lx_revision *revision,
				       struct lx_revision *const *followers, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (!squash->marks[followers[i]->index])
			return refuse(
			    squash,
			    lx_arena_printf(squash->cli->arena, "%s stands on %s, which is in the middle of the range",
					    followers[i]->id, revision->id),
			    "a range may be followed by others at its end alone; lexo history --graph shows it");
	return LX_OK;
}

static enum lx_status find_last(struct lx_squash *squash)
{
	struct lx_cli *cli = squash->cli;
	struct lx_revision **tips = LX_NEW_ARRAY(cli->arena, struct lx_revision *, squash->history->count + 1);
	size_t count = lx_history_marked_tips(squash->history, squash->marks, tips);
	enum lx_status status = LX_OK;
	if (count != 1)
		return refuse(
		    squash,
		    lx_arena_printf(cli->arena, "the range has several ends: %s", lx_revisions_names(cli, tips, count)),
		    "a range ends with one revision; name a merge, or one branch");
	squash->last = tips[0];
	for (size_t i = 0; status == LX_OK && i < squash->members.count; i++) {
		const struct lx_revision *revision = squash->members.items[i];
		if (revision == squash->last)
			continue;
		status = refuse_followers(squash, revision, revision->children, revision->child_count);
		if (status == LX_OK)
			status = refuse_followers(squash, revision, revision->dependents, revision->dependent_count);
	}
	return status;
}

/* What stands before the range, without what stands before others of that. */
static void find_parents(struct lx_squash *squash)
{
	const struct lx_history *history = squash->history;
	struct lx_arena *arena = squash->cli->arena;
	unsigned char *parents = LX_NEW_ARRAY(arena, unsigned char, history->count + 1);
	unsigned char *before = LX_NEW_ARRAY(arena, unsigned char, history->count + 1);
	squash->parents.items = LX_NEW_ARRAY(arena, struct lx_revision *, history->count + 1);
	for (size_t i = 0; i < squash->members.count; i++)
		for (size_t j = 0; j < squash->members.items[i]->revises.count; j++) {
			struct lx_revision *parent = squash->members.items[i]->parents[j];
			parents[parent->index] = !squash->marks[parent->index];
		}
	for (size_t i = history->count; i-- > 0;) {
		struct lx_revision *revision = history->revisions[i];
		if (parents[i] && !before[i])
			squash->parents.items[squash->parents.count++] = revision;
		if (parents[i])
			lx_history_mark(history, &(struct lx_revision_set){&revision, 1}, before);
	}
}

/* --- the database ----------------------------------------------------------------------------------------------------
 */

/* When one is named, or the private server runs: a part of the range could not be told apart any more. */
static enum lx_status refuse_part(struct lx_squash *squash)
{
	struct lx_cli *cli = squash->cli;
	const char *url;
	bool is_default;
	struct lx_revision_set current = {0};
	enum lx_status status = lx_database_url(cli, &url, &is_default);
	if (status == LX_OK && is_default && !url)
		return LX_OK;
	if (status == LX_OK)
		status = lx_database_current(cli, squash->history, &current);
	if (status != LX_OK)
		return status;
	unsigned char *applied = LX_NEW_ARRAY(cli->arena, unsigned char, squash->history->count + 1);
	lx_history_mark(squash->history, &current, applied);
	for (size_t i = 0; i < squash->members.count && !applied[squash->last->index]; i++) {
		if (!applied[squash->members.items[i]->index])
			continue;
		lx_fail(&cli->fail, LX_REFUSED, "L0440", "the database has %s of the range, but not %s",
			squash->members.items[i]->id, squash->last->id);
		lx_fail_help(&cli->fail, "bring it to the end first (lexo upgrade %s), or down to before the range",
			     squash->last->id);
		return LX_REFUSED;
	}
	return LX_OK;
}

/* --- the new one -----------------------------------------------------------------------------------------------------
 */

static const char **names_of(struct lx_arena *arena, const struct lx_revision_set *set)
{
	const char **names = LX_NEW_ARRAY(arena, const char *, set->count + 1);
	for (size_t i = 0; i < set->count; i++)
		names[i] = set->items[i]->id;
	names[set->count] = NULL;
	return names;
}

static const char *const *list(struct lx_arena *arena, const struct lx_names *names)
{
	const char **items = LX_NEW_ARRAY(arena, const char *, names->count + 1);
	for (size_t i = 0; i < names->count; i++)
		items[i] = names->items[i];
	items[names->count] = NULL;
	return items;
}

static void add_name(const char **names, size_t *count, const char *name)
{
	for (size_t i = 0; i < *count; i++)
		if (strcmp(names[i], name) == 0)
			return;
	names[(*count)++] = name;
}

/* The labels of all of them, and what they depend on outside the range. */
static void gather_names(const struct lx_squash *squash, struct lx_revision_draft *draft)
{
	struct lx_arena *arena = squash->cli->arena;
	size_t most = 1, labels = 0, needs = 0;
	for (size_t i = 0; i < squash->members.count; i++)
		most += squash->members.items[i]->labels.count + squash->members.items[i]->depends_on.count;
	const char **label_names = LX_NEW_ARRAY(arena, const char *, most),
		   **need_names = LX_NEW_ARRAY(arena, const char *, most);
	for (size_t i = 0; i < squash->members.count; i++) {
		const struct lx_revision *revision = squash->members.items[i];
		for (size_t j = 0; j < revision->labels.count; j++)
			add_name(label_names, &labels, revision->labels.items[j]);
		for (size_t j = 0; j < revision->depends_on.count; j++)
			if (!squash->marks[revision->dependencies[j]->index])
				add_name(need_names, &needs, revision->depends_on.items[j]);
	}
	label_names[labels] = need_names[needs] = NULL;
	draft->labels = label_names;
	draft->depends_on = need_names;
}

static const char *folder_of(struct lx_cli *cli, const struct lx_revision *revision)
{
	const char *slash = strrchr(revision->path, '/');
	return slash ? lx_arena_copy(cli->arena, revision->path, (size_t)(slash - revision->path)) : ".";
}

static enum lx_status print_text(struct lx_squash *squash, struct lx_new_revision *new, struct lx_buffer *text)
{
	struct lx_cli *cli = squash->cli;
	struct lx_buffer upgrade = LX_BUFFER_INIT, downgrade = LX_BUFFER_INIT;
	const char *message = lx_arena_printf(cli->arena, "%s to %s", squash->members.items[0]->id, squash->last->id);
	enum lx_status status = lx_new_revision_init(cli, squash->history, folder_of(cli, squash->last), message, new);
	if (status != LX_OK)
		return status;
	struct lx_revision_draft draft = {.id = new->id,
					  .revises = names_of(cli->arena, &squash->parents),
					  .message = new->message,
					  .created = new->created,
					  .state = squash->last->state,
					  .beside = list(cli->arena, &squash->last->beside),
					  .replaces = lx_squash_replaces(squash)};
	gather_names(squash, &draft);
	lx_squash_print(squash, &upgrade, &downgrade, &draft.irreversible);
	draft.upgrade = lx_buffer_text(&upgrade);
	draft.downgrade = draft.irreversible ? NULL : lx_buffer_text(&downgrade);
	lx_revision_print(text, &draft);
	bool is_whole = lx_buffer_ok(&upgrade) && lx_buffer_ok(&downgrade) && lx_buffer_ok(text);
	lx_buffer_free(&upgrade);
	lx_buffer_free(&downgrade);
	return is_whole ? LX_OK : lx_fail(&cli->fail, LX_FAILED, "L0105", "out of memory");
}

static void report(const struct lx_squash *squash, const struct lx_new_revision *new, const struct lx_buffer *text)
{
	struct lx_cli *cli = squash->cli;
	const struct lx_revision_set *members = &squash->members;
	bool is_dry = lx_option_given(&cli->options, LX_OPTION_DRY_RUN);
	if (is_dry)
		lx_cli_print_text(cli, lx_buffer_text(text), text->length);
	else
		lx_cli_print(cli, "Generating %s ...  done\n", new->path);
	lx_json_key_string(&cli->json, "revision", new->id);
	lx_json_key_string(&cli->json, "path", new->path);
	lx_json_key_string(&cli->json, "text", lx_buffer_text(text));
	lx_revisions_json_ids(cli, "replaces", members->items, members->count);
	for (size_t i = 0; i < members->count && !is_dry; i++)
		lx_cli_print(cli, "Removing %s ...  done\n", members->items[i]->path);
}

static enum lx_status write(struct lx_squash *squash)
{
	struct lx_cli *cli = squash->cli;
	struct lx_new_revision new;
	struct lx_buffer text = LX_BUFFER_INIT;
	struct lx_vec files = {0};
	enum lx_status status = print_text(squash, &new, &text);
	for (size_t i = 0; i < squash->members.count; i++) {
		struct lx_revision_file *file = LX_NEW(cli->arena, struct lx_revision_file);
		*file = (struct lx_revision_file){.id = squash->members.items[i]->id,
						  .path = squash->members.items[i]->path};
		lx_vec_push(cli->arena, &files, file);
	}
	struct lx_revision_file file = {new.id, new.path, lx_buffer_text(&text), text.length};
	lx_vec_push(cli->arena, &files, &file);
	if (status == LX_OK)
		status = lx_revisions_preview(cli, squash->history, &files, &squash->after);
	if (status == LX_OK) {
		squash->replacement = lx_history_get(squash->after, new.id);
		status = lx_squash_prove(squash);
	}
	if (status == LX_OK && !lx_option_given(&cli->options, LX_OPTION_DRY_RUN))
		status = lx_revisions_write(cli, squash->history, &files, NULL);
	if (status == LX_OK)
		report(squash, &new, &text);
	if (status == LX_OK && !lx_option_given(&cli->options, LX_OPTION_DRY_RUN))
		status = lx_hooks_run(cli, squash->after, &new);
	lx_buffer_free(&text);
	return status;
}

enum lx_status lx_command_squash(struct lx_cli *cli)
{
	struct lx_squash squash = {.cli = cli};
	enum lx_status status = lx_revisions_read(cli, &squash.history);
	if (status == LX_OK)
		status = lx_revisions_verify(cli, squash.history);
	if (status == LX_OK)
		status = find_members(&squash);
	if (status == LX_OK)
		status = find_last(&squash);
	if (status == LX_OK)
		status = refuse_part(&squash);
	if (status == LX_OK) {
		find_parents(&squash);
		status = write(&squash);
	}
	lx_history_close(squash.after);
	lx_history_close(squash.history);
	return status;
}
