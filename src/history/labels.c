/* Labels of branches.
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "history/history.h"

static enum lx_status no_memory(struct lx_fail *fail)
{
	return lx_fail(fail, LX_FAILED, "L0105", "out of memory");
}

static int by_name(const void *a, const void *b)
{
	return strcmp(((const struct lx_branch_label *)a)->name, ((const struct lx_branch_label *)b)->name);
}

struct lx_revision *lx_history_label(const struct lx_history *history, const char *label)
{
	const struct lx_branch_label wanted = {label, NULL}, *found = NULL;
	if (history->label_count)
		found = bsearch(&wanted, history->labels, history->label_count, sizeof *history->labels, by_name);
	return found ? found->revision : NULL;
}

static enum lx_status clash(const struct lx_branch_label *label, const struct lx_revision *other, const char *as,
			    struct lx_fail *fail)
{
	lx_fail(fail, LX_REVISION, "L0317", "%s is a label of revision %s and %s revision %s", label->name,
		label->revision->id, as, other->id);
	lx_fail_where(fail, "%s", label->revision->path);
	lx_fail_help(fail,
		     "a label names one branch: change the line -- lexo:branch of one of them, then run lexo hash");
	return LX_REVISION;
}

enum lx_status lx_labels_index(struct lx_history *history, struct lx_fail *fail)
{
	size_t count = 0;
	for (size_t i = 0; i < history->count; i++)
		count += history->revisions[i]->labels.count;
	history->label_count = 0;
	history->labels = lx_arena_try_alloc(history->arena, (count + 1) * sizeof *history->labels);
	if (!history->labels)
		return no_memory(fail);
	for (size_t i = 0; i < history->count; i++) {
		struct lx_revision *revision = history->by_id[i];
		for (size_t j = 0; j < revision->labels.count; j++)
			history->labels[history->label_count++] =
			    (struct lx_branch_label){revision->labels.items[j], revision};
	}
	qsort(history->labels, count, sizeof *history->labels, by_name);
	for (size_t i = 0; i < count; i++) {
		const struct lx_branch_label *label = &history->labels[i];
		const struct lx_revision *same = lx_history_get(history, label->name);
		if (same)
			return clash(label, same, "the id of", fail);
		if (i && strcmp(label->name, label[-1].name) == 0)
			return clash(label, label[-1].revision, "of", fail);
	}
	return LX_OK;
}

static bool add_branch(struct lx_history *history, struct lx_revision *revision, const char *name)
{
	struct lx_names *branches = &revision->branches;
	const char **items = lx_arena_try_alloc(history->arena, (branches->count + 1) * sizeof *items);
	if (!items)
		return false;
	if (branches->count)
		memcpy(items, branches->items, branches->count * sizeof *items);
	items[branches->count] = name;
	*branches = (struct lx_names){items, branches->count + 1};
	return true;
}

static bool is_junction(const struct lx_revision *revision)
{
	return revision->child_count + revision->dependent_count > 1 || revision->revises.count > 1;
}

enum lx_status lx_labels_spread(struct lx_history *history, struct lx_fail *fail)
{
	unsigned char *marks = history->label_count ? lx_arena_try_alloc(history->arena, history->count + 1) : NULL;
	if (history->label_count && !marks)
		return no_memory(fail);
	for (size_t k = 0; k < history->label_count; k++) {
		const struct lx_branch_label *label = &history->labels[k];
		memset(marks, 0, history->count);
		marks[label->revision->index] = 1;
		for (size_t i = label->revision->index; i < history->count; i++)
			for (size_t j = 0; marks[i] && j < history->revisions[i]->child_count; j++)
				marks[history->revisions[i]->children[j]->index] = 1;
		struct lx_revision *below = label->revision;
		while (!is_junction(below) && below->revises.count == 1) {
			below = below->parents[0];
			if (is_junction(below))
				break;
			marks[below->index] = 1;
		}
		for (size_t i = 0; i < history->count; i++)
			if (marks[i] && !add_branch(history, history->revisions[i], label->name))
				return no_memory(fail);
	}
	return LX_OK;
}
