/* SPDX-License-Identifier: Apache-2.0 */
#include "history/path.h"

#include <string.h>

#include "base/arena.h"
#include "history/identify.h"

static enum lx_status no_memory(struct lx_fail *fail)
{
	return lx_fail(fail, LX_FAILED, "L0105", "out of memory");
}

static unsigned char *new_marks(const struct lx_history *history)
{
	return lx_arena_try_alloc(history->arena, history->count + 1);
}

static enum lx_status open_set(const struct lx_history *history, struct lx_revision_set *set, struct lx_fail *fail)
{
	set->count = 0;
	set->items = lx_arena_try_alloc(history->arena, (history->count + 1) * sizeof *set->items);
	return set->items ? LX_OK : no_memory(fail);
}

/* "-1" is no upgrade and "+1" no downgrade. */
static enum lx_status wrong_way(const char *text, const char *command, const char *other, struct lx_fail *fail)
{
	lx_fail(fail, LX_REVISION, "L0316", "%s is not a way for %s to go", text, command);
	lx_fail_help(fail, "did you mean lexo %s %s?", other, text);
	return LX_REVISION;
}

/* --- up -------------------------------------------------------------------------------------------------------------
 */

enum lx_status lx_path_upgrade(const struct lx_history *history, const struct lx_revision_set *current,
			       const char *text, struct lx_revision_set *pending, struct lx_fail *fail)
{
	struct lx_target target;
	unsigned char *applied = new_marks(history), *wanted = new_marks(history);
	if (!applied || !wanted)
		return no_memory(fail);
	enum lx_status status = lx_identify_target(history, text, current, &target, fail);
	if (status == LX_OK && target.sign == '-')
		status = wrong_way(text, "an upgrade", "downgrade", fail);
	if (status == LX_OK)
		status = open_set(history, pending, fail);
	if (status != LX_OK)
		return status;
	lx_history_mark(history, current, applied);
	lx_history_mark(history, &target.set, wanted);
	for (size_t i = 0; i < history->count; i++)
		if (wanted[i] && !applied[i])
			pending->items[pending->count++] = history->revisions[i];
	return LX_OK;
}

/* --- down -----------------------------------------------------------------------------------------------------------
 */

static enum lx_status not_applied(const struct lx_revision *revision, struct lx_fail *fail)
{
	lx_fail(fail, LX_REVISION, "L0413", "revision %s is not applied, so there is no way down to it", revision->id);
	lx_fail_help(fail, "lexo current says where the database is, lexo history what lies below");
	return LX_REVISION;
}

/* Marks the lowest revisions that go: what stands directly on the target. */
static enum lx_status mark_roots(const struct lx_history *history, const struct lx_target *target, const char *text,
				 unsigned char *marks, struct lx_fail *fail)
{
	unsigned char *branch = new_marks(history);
	size_t count = 0, kept = 0;
	if (!branch)
		return no_memory(fail);
	for (size_t i = 0; i < history->count; i++) {
		const struct lx_revision *revision = history->revisions[i];
		bool is_root = !target->set.count && revision->revises.count == 0;
		for (size_t j = 0; target->set.count && j < revision->revises.count; j++)
			is_root |= revision->parents[j] == target->set.items[0];
		marks[i] = is_root;
		count += is_root;
	}
	if (!target->branch || count <= 1)
		return LX_OK;
	branch[target->branch->index] = 1;
	for (size_t i = history->count; i-- > 0;) {
		for (size_t j = 0; branch[i] && j < history->revisions[i]->revises.count; j++)
			branch[history->revisions[i]->parents[j]->index] = 1;
		marks[i] &= branch[i];
		kept += marks[i];
	}
	if (kept)
		return LX_OK;
	lx_fail(fail, LX_REVISION, "L0413", "%s: the branch of %s does not part there", text, target->branch->id);
	lx_fail_help(fail, "name a revision on the branch that is to go, as REVISION@%s",
		     target->set.count ? target->set.items[0]->id : "base");
	return LX_REVISION;
}

static enum lx_status find_lower_end(const struct lx_history *history, const struct lx_revision_set *current,
				     const char *text, const unsigned char *applied, struct lx_target *target,
				     struct lx_fail *fail)
{
	enum lx_status status = lx_identify_target(history, text, current, target, fail);
	if (status != LX_OK)
		return status;
	if (target->sign == '+')
		return wrong_way(text, "a downgrade", "upgrade", fail);
	if (target->set.count > 1) {
		lx_fail(fail, LX_REVISION, "L0315", "%s is %zu revisions, and a downgrade goes to one", text,
			target->set.count);
		lx_fail_help(fail, "name one of them; several branches go down one after the other");
		return LX_REVISION;
	}
	if (target->set.count && !applied[target->set.items[0]->index])
		return not_applied(target->set.items[0], fail);
	return LX_OK;
}

enum lx_status lx_path_downgrade(const struct lx_history *history, const struct lx_revision_set *current,
				 const char *text, struct lx_revision_set *pending, struct lx_fail *fail)
{
	struct lx_target target;
	unsigned char *applied = new_marks(history), *above = new_marks(history);
	if (!applied || !above)
		return no_memory(fail);
	lx_history_mark(history, current, applied);
	enum lx_status status = find_lower_end(history, current, text, applied, &target, fail);
	if (status == LX_OK)
		status = mark_roots(history, &target, text, above, fail);
	if (status == LX_OK)
		status = open_set(history, pending, fail);
	if (status != LX_OK)
		return status;
	for (size_t i = 0; i < history->count; i++) {
		const struct lx_revision *revision = history->revisions[i];
		for (size_t j = 0; j < revision->revises.count; j++)
			above[i] |= above[revision->parents[j]->index];
		for (size_t j = 0; j < revision->depends_on.count; j++)
			above[i] |= above[revision->dependencies[j]->index];
	}
	for (size_t i = history->count; i-- > 0;)
		if (above[i] && applied[i])
			pending->items[pending->count++] = history->revisions[i];
	return LX_OK;
}

/* --- stamp ----------------------------------------------------------------------------------------------------------
 */

static enum lx_status refuse_overlap(const struct lx_history *history, const struct lx_revision_set *wanted,
				     struct lx_fail *fail)
{
	for (size_t i = 0; i < wanted->count; i++) {
		unsigned char *below = new_marks(history);
		if (!below)
			return no_memory(fail);
		lx_history_mark(history, &(struct lx_revision_set){&wanted->items[i], 1}, below);
		for (size_t j = 0; j < wanted->count; j++)
			if (j != i && below[wanted->items[j]->index]) {
				lx_fail(fail, LX_REVISION, "L0413",
					"%s comes before %s: a database that has the second has the first",
					wanted->items[j]->id, wanted->items[i]->id);
				lx_fail_help(fail, "name only %s", wanted->items[i]->id);
				return LX_REVISION;
			}
	}
	return LX_OK;
}

/* Marks what REVISION needs and what needs it. */
static enum lx_status mark_related(const struct lx_history *history, struct lx_revision *revision,
				   unsigned char *related, struct lx_fail *fail)
{
	unsigned char *below = new_marks(history), *above = new_marks(history);
	if (!below || !above)
		return no_memory(fail);
	lx_history_mark(history, &(struct lx_revision_set){&revision, 1}, below);
	for (size_t i = 0; i <= revision->index; i++)
		related[i] |= below[i];
	above[revision->index] = 1;
	for (size_t i = revision->index; i < history->count; i++) {
		const struct lx_revision *other = history->revisions[i];
		for (size_t j = 0; j < other->revises.count; j++)
			above[i] |= above[other->parents[j]->index];
		for (size_t j = 0; j < other->depends_on.count; j++)
			above[i] |= above[other->dependencies[j]->index];
		related[i] |= above[i];
	}
	return LX_OK;
}

/* TEXT's revisions into WANTED, and marks in GOES what they take the place of. */
static enum lx_status add_target(const struct lx_history *history, const struct lx_revision_set *current,
				 const char *text, struct lx_revision_set *wanted, unsigned char *goes,
				 struct lx_fail *fail)
{
	struct lx_target target;
	enum lx_status status = lx_identify_target(history, text, current, &target, fail);
	if (status != LX_OK)
		return status;
	if (!target.set.count && !target.branch) /* base */
		memset(goes, 1, history->count);
	else if (!target.set.count)
		status = mark_related(history, target.branch, goes, fail);
	unsigned char *marks = new_marks(history);
	if (!marks)
		return no_memory(fail);
	lx_history_mark(history, &target.set, marks);
	for (size_t i = 0; status == LX_OK && i < target.set.count; i++) {
		struct lx_revision *revision = target.set.items[i];
		bool is_there = !lx_history_is_marked_tip(marks, revision); /* of BRANCH@heads one may need another */
		for (size_t j = 0; j < wanted->count; j++)
			is_there |= wanted->items[j] == revision;
		if (!is_there)
			wanted->items[wanted->count++] = revision;
		status = mark_related(history, revision, goes, fail);
	}
	return status;
}

enum lx_status lx_path_stamp(const struct lx_history *history, const struct lx_revision_set *current,
			     const char *const *targets, size_t count, struct lx_revision_set *tips, size_t *named,
			     struct lx_fail *fail)
{
	unsigned char *goes = new_marks(history);
	if (!goes)
		return no_memory(fail);
	enum lx_status status = open_set(history, tips, fail);
	for (size_t i = 0; status == LX_OK && i < count; i++)
		status = add_target(history, current, targets[i], tips, goes, fail);
	if (status == LX_OK)
		status = refuse_overlap(history, tips, fail);
	*named = status == LX_OK ? tips->count : 0;
	for (size_t i = 0; status == LX_OK && i < current->count; i++)
		if (!goes[current->items[i]->index])
			tips->items[tips->count++] = current->items[i];
	return status;
}

/* --- ranges ---------------------------------------------------------------------------------------------------------
 */

static enum lx_status not_below(const struct lx_revision *from, const char *range, struct lx_fail *fail)
{
	lx_fail(fail, LX_REVISION, "L0413", "%s: revision %s does not come before the other end", range, from->id);
	lx_fail_help(fail, "write the older revision first; lexo history shows the order");
	return LX_REVISION;
}

enum lx_status lx_path_range(const struct lx_history *history, const struct lx_revision_set *current, const char *range,
			     unsigned char *marks, struct lx_fail *fail)
{
	struct lx_revision_set from, to;
	unsigned char *before = new_marks(history), *above = new_marks(history);
	if (!before || !above)
		return no_memory(fail);
	enum lx_status status = lx_identify_range(history, range, current, &from, &to, fail);
	if (status != LX_OK)
		return status;
	lx_history_mark(history, &to, marks);
	for (size_t i = 0; i < from.count; i++) {
		if (!marks[from.items[i]->index])
			return not_below(from.items[i], range, fail);
		above[from.items[i]->index] = 1;
	}
	lx_history_mark(history, &from, before);
	for (size_t i = 0; from.count && i < history->count; i++) {
		const struct lx_revision *revision = history->revisions[i];
		bool is_end = above[i];
		for (size_t j = 0; j < revision->revises.count; j++)
			above[i] |= above[revision->parents[j]->index];
		marks[i] = is_end || (marks[i] && above[i] && !before[i]);
	}
	return LX_OK;
}

/* --- tips -----------------------------------------------------------------------------------------------------------
 */

static bool is_needed_by_other(const unsigned char *applied, const struct lx_revision *need,
			       const struct lx_revision *revision)
{
	for (size_t i = 0; i < need->child_count; i++)
		if (need->children[i] != revision && applied[need->children[i]->index])
			return true;
	for (size_t i = 0; i < need->dependent_count; i++)
		if (need->dependents[i] != revision && applied[need->dependents[i]->index])
			return true;
	return false;
}

void lx_path_tips_below(const unsigned char *applied, const struct lx_revision *revision, const char **tips)
{
	size_t count = 0;
	for (size_t i = 0; i < revision->revises.count + revision->depends_on.count; i++) {
		const struct lx_revision *need = i < revision->revises.count
						     ? revision->parents[i]
						     : revision->dependencies[i - revision->revises.count];
		if (is_needed_by_other(applied, need, revision))
			continue;
		bool is_there = false; /* a parent that is a dependency too */
		for (size_t j = 0; j < count; j++)
			is_there |= tips[j] == need->id;
		if (!is_there)
			tips[count++] = need->id;
	}
	tips[count] = NULL;
}
