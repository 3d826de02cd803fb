/* lexo rebase: a branch that no database has yet is put on top of another one.
 * Files keep their names and their SQL; what they follow changes, and with it the chains of all that stand on them.
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "cli/commands.h"
#include "cli/database.h"
#include "cli/join.h"
#include "cli/revisions.h"

struct rebase {
	struct lx_cli *cli;
	struct lx_history *history;
	struct lx_revision *branch, *onto;
	/* by index */
	unsigned char *below;    /* ONTO and what it needs */
	unsigned char *branches; /* what BRANCH stands on beside that, with all that follows */
	unsigned char *changed;  /* that, and what depends on it: their chains become others */
	struct lx_vec moves;     /* struct move * */
};

/* A revision that is to follow others than before. */
struct move {
	struct lx_revision *revision;
	struct lx_revision_set parents;
};

static enum lx_status fail(struct rebase *rebase, const char *why, const char *help)
{
	lx_fail(&rebase->cli->fail, LX_REVISION, "L0517", "%s", why);
	lx_fail_help(&rebase->cli->fail, "%s", help);
	return LX_REVISION;
}

/* --- which, and where to ---------------------------------------------------------------------------------------------
 */

static enum lx_status identify_one(struct rebase *rebase, const char *word, struct lx_revision **revision)
{
	struct lx_revision_set set;
	enum lx_status status = lx_database_identify(rebase->cli, rebase->history, word, &set);
	if (status != LX_OK)
		return status;
	if (set.count != 1)
		return fail(rebase, lx_arena_printf(rebase->cli->arena, "%s is not one revision", word),
			    "name one; lexo heads lists the ends of the branches");
	*revision = set.items[0];
	return LX_OK;
}

/* The one head that is not on BRANCH. */
static enum lx_status find_other_head(struct rebase *rebase)
{
	const struct lx_history *history = rebase->history;
	struct lx_cli *cli = rebase->cli;
	unsigned char *lineage = LX_NEW_ARRAY(cli->arena, unsigned char, history->count + 1);
	struct lx_revision **others = LX_NEW_ARRAY(cli->arena, struct lx_revision *, history->head_count + 1);
	size_t count = 0;
	lx_history_mark_lineage(history, rebase->branch, lineage);
	for (size_t i = 0; i < history->head_count; i++)
		if (!lineage[history->heads[i]->index])
			others[count++] = history->heads[i];
	rebase->onto = others[0];
	if (count == 1)
		return LX_OK;
	if (!count)
		return fail(rebase,
			    lx_arena_printf(cli->arena, "there is no other head than that of %s", rebase->branch->id),
			    "with one head there is nothing to rebase; another place is named with --onto");
	return fail(
	    rebase,
	    lx_arena_printf(cli->arena, "there are several other heads: %s", lx_revisions_names(cli, others, count)),
	    "say with --onto which one it is to follow");
}

static enum lx_status choose(struct rebase *rebase)
{
	struct lx_cli *cli = rebase->cli;
	const char *onto = lx_option_value(&cli->options, LX_OPTION_ONTO);
	enum lx_status status = identify_one(rebase, cli->options.operands.items[0], &rebase->branch);
	if (status == LX_OK)
		status = onto ? identify_one(rebase, onto, &rebase->onto) : find_other_head(rebase);
	return status;
}

/* --- what moves ------------------------------------------------------------------------------------------------------
 */

static bool any(struct lx_revision *const *revisions, size_t count, const unsigned char *marks)
{
	for (size_t i = 0; i < count; i++)
		if (marks[revisions[i]->index])
			return true;
	return false;
}

static void mark(struct rebase *rebase)
{
	const struct lx_history *history = rebase->history;
	struct lx_arena *arena = rebase->cli->arena;
	rebase->below = LX_NEW_ARRAY(arena, unsigned char, history->count + 1);
	rebase->branches = LX_NEW_ARRAY(arena, unsigned char, history->count + 1);
	rebase->changed = LX_NEW_ARRAY(arena, unsigned char, history->count + 1);
	lx_history_mark(history, &(struct lx_revision_set){&rebase->onto, 1}, rebase->below);
	rebase->branches[rebase->branch->index] = !rebase->below[rebase->branch->index];
	for (size_t i = rebase->branch->index + 1; i-- > 0;)
		for (size_t j = 0; rebase->branches[i] && j < history->revisions[i]->revises.count; j++) {
			size_t parent = history->revisions[i]->parents[j]->index;
			rebase->branches[parent] = !rebase->below[parent];
		}
	for (size_t i = 0; i < history->count; i++) {
		const struct lx_revision *revision = history->revisions[i];
		rebase->branches[i] |= any(revision->parents, revision->revises.count, rebase->branches);
		rebase->changed[i] = rebase->branches[i] ||
				     any(revision->parents, revision->revises.count, rebase->changed) ||
				     any(revision->dependencies, revision->depends_on.count, rebase->changed);
	}
}

/* What REVISION is to follow: as before, but for what stands below ONTO. */
static struct lx_revision_set new_parents(const struct rebase *rebase, const struct lx_revision *revision)
{
	size_t count = revision->revises.count;
	struct lx_revision_set set = {LX_NEW_ARRAY(rebase->cli->arena, struct lx_revision *, count + 1), 0};
	for (size_t i = 0; i < count; i++)
		if (!rebase->below[revision->parents[i]->index])
			set.items[set.count++] = revision->parents[i];
	if (!set.count)
		set.items[set.count++] = rebase->onto;
	return set;
}

static bool is_same(const struct lx_revision *revision, const struct lx_revision_set *parents)
{
	if (revision->revises.count != parents->count)
		return false;
	for (size_t i = 0; i < parents->count; i++)
		if (revision->parents[i] != parents->items[i])
			return false;
	return true;
}

static enum lx_status find_moves(struct rebase *rebase)
{
	struct lx_cli *cli = rebase->cli;
	const struct lx_history *history = rebase->history;
	mark(rebase);
	if (!rebase->branches[rebase->branch->index])
		return fail(
		    rebase,
		    lx_arena_printf(cli->arena, "%s comes before %s already", rebase->branch->id, rebase->onto->id),
		    "name the branch that is to move first, then --onto and the one that stays");
	for (size_t i = 0; i < history->count; i++) {
		struct lx_revision *revision = history->revisions[i];
		if (rebase->branches[i] && revision->replaced_count)
			return fail(
			    rebase,
			    lx_arena_printf(cli->arena, "%s replaces others, which databases may have", revision->id),
			    "what it stands on is what these stood on; let the other branch move");
		struct move move = {revision, new_parents(rebase, revision)};
		if (!rebase->branches[i] || is_same(revision, &move.parents))
			continue;
		struct move *kept = LX_NEW(cli->arena, struct move);
		*kept = move;
		lx_vec_push(cli->arena, &rebase->moves, kept);
	}
	if (rebase->moves.length)
		return LX_OK;
	return fail(rebase, lx_arena_printf(cli->arena, "%s follows %s already", rebase->branch->id, rebase->onto->id),
		    "there is nothing to do; lexo history --graph shows how revisions hang together");
}

static enum lx_status refuse_applied(struct rebase *rebase)
{
	const struct lx_history *history = rebase->history;
	struct lx_revision_set set = {LX_NEW_ARRAY(rebase->cli->arena, struct lx_revision *, history->count + 1), 0};
	for (size_t i = 0; i < history->count; i++)
		if (rebase->changed[i])
			set.items[set.count++] = history->revisions[i];
	return lx_database_refuse_applied(
	    rebase->cli, history, &set,
	    "let the other branch move, or bring them together: lexo merge heads; or take "
	    "this one back first: lexo downgrade");
}

/* --- files -----------------------------------------------------------------------------------------------------------
 */

static const char *parents_line(struct lx_arena *arena, const struct lx_revision_set *parents)
{
	const char *line = parents->items[0]->id;
	for (size_t i = 1; i < parents->count; i++)
		line = lx_arena_printf(arena, "%s %s", line, parents->items[i]->id);
	return line;
}

static const struct move *find_move(const struct rebase *rebase, const struct lx_revision *revision)
{
	LX_EACH (const struct move *, move, &rebase->moves)
		if (move->revision == revision)
			return move;
	return NULL;
}

/* The state that a moved revision leads to is another one than before: unknown, but for the last one's. */
static enum lx_status add_file(struct rebase *rebase, const struct lx_revision *revision, const char *state,
			       const char *beside, struct lx_vec *files)
{
	struct lx_cli *cli = rebase->cli;
	struct lx_buffer text = LX_BUFFER_INIT, stated = LX_BUFFER_INIT, whole = LX_BUFFER_INIT;
	const struct move *move = find_move(rebase, revision);
	struct lx_revision_file *file = LX_NEW(cli->arena, struct lx_revision_file);
	if (move)
		lx_revision_print_line(&text, revision->text, "revises", parents_line(cli->arena, &move->parents));
	else
		lx_buffer_add(&text, revision->text, revision->length);
	lx_revision_print_line(&stated, lx_buffer_text(&text), "state", state);
	lx_revision_print_line(&whole, lx_buffer_text(&stated), "beside", state ? beside : NULL);
	bool is_whole = lx_buffer_ok(&text) && lx_buffer_ok(&stated) && lx_buffer_ok(&whole);
	*file =
	    (struct lx_revision_file){revision->id, revision->path,
				      lx_arena_copy(cli->arena, lx_buffer_text(&whole), whole.length), whole.length};
	lx_vec_push(cli->arena, files, file);
	lx_buffer_free(&text);
	lx_buffer_free(&stated);
	lx_buffer_free(&whole);
	return is_whole ? LX_OK : lx_fail(&cli->fail, LX_FAILED, "L0105", "out of memory");
}

static void report(struct rebase *rebase)
{
	struct lx_cli *cli = rebase->cli;
	lx_json_key_string(&cli->json, "onto", rebase->onto->id);
	lx_json_key(&cli->json, "moved");
	lx_json_open_array(&cli->json);
	LX_EACH (const struct move *, move, &rebase->moves) {
		const struct lx_revision *revision = move->revision;
		lx_cli_print(cli, "%s follows %s instead of %s\n", revision->id,
			     lx_revisions_names(cli, move->parents.items, move->parents.count),
			     lx_revisions_names(cli, revision->parents, revision->revises.count));
		lx_json_open_object(&cli->json);
		lx_json_key_string(&cli->json, "revision", revision->id);
		lx_json_key_string(&cli->json, "path", revision->path);
		lx_revisions_json_ids(cli, "parents", move->parents.items, move->parents.count);
		lx_revisions_json_ids(cli, "former_parents", revision->parents, revision->revises.count);
		lx_json_close_object(&cli->json);
	}
	lx_json_close_array(&cli->json);
}

/* The one end of what moved, or NULL; BESIDE: the ends of what is neither there nor below, as text. */
static struct lx_revision *find_end(const struct rebase *rebase, const char **beside)
{
	const struct lx_history *history = rebase->history;
	struct lx_revision *end = NULL;
	size_t ends = 0;
	*beside = NULL;
	for (size_t i = 0; i < history->head_count; i++) {
		struct lx_revision *head = history->heads[i];
		if (rebase->branches[head->index]) {
			end = head;
			ends++;
		} else if (!rebase->below[head->index]) {
			*beside = lx_arena_printf(rebase->cli->arena, "%s%s%s", *beside ? *beside : "",
						  *beside ? " " : "", head->id);
		}
	}
	return ends == 1 ? end : NULL;
}

static void find_clashes(struct rebase *rebase, struct lx_vec *clashes)
{
	const struct lx_history *history = rebase->history;
	unsigned char *whole = LX_NEW_ARRAY(rebase->cli->arena, unsigned char, history->count + 1);
	for (size_t i = 0; i < history->count; i++)
		if (rebase->branches[i])
			lx_history_mark(history, &(struct lx_revision_set){&history->revisions[i], 1}, whole);
	lx_clash_find(rebase->cli->arena, history, rebase->below, whole, clashes);
}

static enum lx_status write(struct rebase *rebase)
{
	struct lx_cli *cli = rebase->cli;
	struct lx_vec clashes = {0}, files = {0};
	struct lx_buffer snapshot = LX_BUFFER_INIT;
	const char *state, *beside;
	struct lx_revision *end = find_end(rebase, &beside), *sides[] = {end ? end : rebase->branch, rebase->onto};
	bool is_whole = end && !beside;
	find_clashes(rebase, &clashes);
	lx_join_report(cli, &clashes);
	enum lx_status status = lx_join_state(cli, rebase->history, &(struct lx_revision_set){sides, 2}, is_whole,
					      &clashes, &snapshot, &state);
	for (size_t i = 0; i < rebase->history->count && status == LX_OK; i++) {
		const struct lx_revision *revision = rebase->history->revisions[i];
		if (rebase->branches[i])
			status = add_file(rebase, revision, revision == end ? state : NULL, beside, &files);
	}
	if (status == LX_OK && !lx_option_given(&cli->options, LX_OPTION_DRY_RUN))
		status = lx_revisions_write(cli, rebase->history, &files, state ? &snapshot : NULL);
	lx_json_key_string(&cli->json, "state", state);
	if (status == LX_OK)
		report(rebase);
	lx_buffer_free(&snapshot);
	return status;
}

enum lx_status lx_command_rebase(struct lx_cli *cli)
{
	struct rebase rebase = {.cli = cli};
	enum lx_status status = lx_revisions_read(cli, &rebase.history);
	if (status == LX_OK)
		status = lx_revisions_verify(cli, rebase.history);
	if (status == LX_OK)
		status = choose(&rebase);
	if (status == LX_OK)
		status = find_moves(&rebase);
	if (status == LX_OK)
		status = refuse_applied(&rebase);
	if (status == LX_OK)
		status = write(&rebase);
	lx_history_close(rebase.history);
	return status;
}
