/* SPDX-License-Identifier: Apache-2.0 */
#include "history/history.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "history/checksum.h"

static enum lx_status no_memory(struct lx_fail *fail)
{
	return lx_fail(fail, LX_FAILED, "L0105", "out of memory");
}

struct lx_history *lx_history_open(void)
{
	struct lx_history *history = calloc(1, sizeof *history);
	if (history && !(history->arena = lx_arena_open(0, NULL, NULL))) {
		free(history);
		return NULL;
	}
	return history;
}

void lx_history_close(struct lx_history *history)
{
	if (!history)
		return;
	for (size_t i = 0; i < history->count; i++)
		free(history->texts[i]);
	free(history->texts);
	free(history->revisions);
	lx_arena_close(history->arena);
	free(history);
}

static bool grow(struct lx_history *history)
{
	if (history->count < history->capacity)
		return true;
	size_t capacity = history->capacity ? 2 * history->capacity : 64;
	struct lx_revision **revisions = realloc(history->revisions, capacity * sizeof *revisions);
	if (revisions)
		history->revisions = revisions;
	char **texts = revisions ? realloc(history->texts, capacity * sizeof *texts) : NULL;
	if (!texts)
		return false;
	history->texts = texts;
	history->capacity = capacity;
	return true;
}

/* The sums of REVISION, of which the header was read, as lexo.sum states them for a file of these bytes.  False: it
 * does not. */
static bool take_sums(const struct lx_history *history, struct lx_revision *revision, const char *text, size_t length)
{
	const struct lx_sum_row *row = history->sum ? lx_sum_find(history->sum, revision->id) : NULL;
	char raw[LX_SHA256_HEX];
	if (!row || !lx_sha256_hex(text, length, raw) || strcmp(raw, row->raw) != 0)
		return false;
	memcpy(revision->raw, row->raw, sizeof row->raw);
	memcpy(revision->tok, row->tok, sizeof row->tok);
	memcpy(revision->chain, row->chain, sizeof row->chain);
	return true;
}

enum lx_status lx_history_add(struct lx_history *history, const char *path, char *text, size_t length,
			      struct lx_fail *fail)
{
	struct lx_revision *revision = NULL;
	enum lx_status status = LX_OK;
	if (!grow(history))
		status = no_memory(fail);
	else if (history->depth != LX_HISTORY_WHOLE)
		status = lx_revision_outline(history->arena, path, text, length, &revision, fail);
	if (status == LX_OK && (history->depth == LX_HISTORY_WHOLE ||
				(history->depth == LX_HISTORY_SUMMED && !take_sums(history, revision, text, length))))
		status = lx_revision_parse(history->arena, path, text, length, &revision, fail);
	if (status != LX_OK || !revision->text) {
		free(text);
		text = NULL;
	}
	if (status != LX_OK)
		return status;
	history->texts[history->count] = text;
	history->revisions[history->count++] = revision;
	return LX_OK;
}

static int by_id(const void *a, const void *b)
{
	return strcmp((*(struct lx_revision *const *)a)->id, (*(struct lx_revision *const *)b)->id);
}

struct lx_revision *lx_history_get(const struct lx_history *history, const char *id)
{
	size_t low = 0, high = history->by_id ? history->count : 0;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		int order = strcmp(history->by_id[middle]->id, id);
		if (order == 0)
			return history->by_id[middle];
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return NULL;
}

bool lx_history_is_head(const struct lx_revision *revision)
{
	return revision->child_count == 0;
}

bool lx_history_is_tip(const struct lx_revision *revision)
{
	return revision->child_count == 0 && revision->dependent_count == 0;
}

static enum lx_status index_ids(struct lx_history *history, struct lx_fail *fail)
{
	history->by_id = lx_arena_try_alloc(history->arena, (history->count + 1) * sizeof *history->by_id);
	if (!history->by_id)
		return no_memory(fail);
	if (history->count)
		memcpy(history->by_id, history->revisions, history->count * sizeof *history->by_id);
	qsort(history->by_id, history->count, sizeof *history->by_id, by_id);
	for (size_t i = 1; i < history->count; i++) {
		const struct lx_revision *a = history->by_id[i - 1], *b = history->by_id[i];
		if (strcmp(a->id, b->id) != 0)
			continue;
		lx_fail(fail, LX_REVISION, "L0310", "two files say that they are revision %s: %s and %s", a->id,
			a->path, b->path);
		lx_fail_where(fail, "%s", b->path);
		lx_fail_help(fail, "remove the copy, or give the newer one an id of its own");
		return LX_REVISION;
	}
	return LX_OK;
}

static enum lx_status refuse_link(const struct lx_history *history, const struct lx_revision *from, const char *name,
				  const char *directive, struct lx_fail *fail)
{
	const struct lx_former *former = lx_history_former(history, name);
	if (former)
		lx_fail(fail, LX_REVISION, "L0311",
			"revision %s comes after %s, which is in the middle of what %s replaces", from->id, name,
			former->revision->id);
	else
		lx_fail(fail, LX_REVISION, "L0311", "revision %s comes after %s, which no file is", from->id, name);
	lx_fail_where(fail, "%s", from->path);
	lx_fail_help(fail, "bring the missing file back, or name the right revision in -- lexo:%s", directive);
	return LX_REVISION;
}

/* Turns the names of a directive into revisions.  A dependency may be a label, and each may be an id from before a
 * squash: then it is called by the new one from here on. */
static enum lx_status find_all(const struct lx_history *history, const struct lx_revision *from, struct lx_names *names,
			       struct lx_revision ***found, struct lx_fail *fail)
{
	bool is_dependency = names == &from->depends_on;
	*found = lx_arena_try_alloc(history->arena, (names->count + 1) * sizeof **found);
	if (!*found)
		return no_memory(fail);
	for (size_t i = 0; i < names->count; i++) {
		const char *name = names->items[i];
		struct lx_revision *revision = lx_history_applied(history, name);
		if (revision)
			names->items[i] = revision->id;
		else if (is_dependency)
			revision = lx_history_label(history, name);
		if (!revision)
			return refuse_link(history, from, name, is_dependency ? "depends-on" : "revises", fail);
		(*found)[i] = revision;
		for (size_t j = 0; j < i; j++)
			if ((*found)[j] == revision) {
				lx_fail(fail, LX_REVISION, "L0311", "revision %s names %s twice", from->id,
					revision->id);
				lx_fail_where(fail, "%s", from->path);
				return LX_REVISION;
			}
	}
	return LX_OK;
}

static enum lx_status find_parents(struct lx_history *history, struct lx_fail *fail)
{
	for (size_t i = 0; i < history->count; i++) {
		struct lx_revision *revision = history->by_id[i];
		enum lx_status status = find_all(history, revision, &revision->revises, &revision->parents, fail);
		if (status == LX_OK)
			status = find_all(history, revision, &revision->depends_on, &revision->dependencies, fail);
		if (status != LX_OK)
			return status;
		for (size_t j = 0; j < revision->revises.count; j++)
			revision->parents[j]->child_count++;
		for (size_t j = 0; j < revision->depends_on.count; j++)
			revision->dependencies[j]->dependent_count++;
	}
	return LX_OK;
}

/* The way back, in the order of ids. */
static enum lx_status find_children(struct lx_history *history, struct lx_fail *fail)
{
	for (size_t i = 0; i < history->count; i++) {
		struct lx_revision *revision = history->by_id[i];
		size_t count = revision->child_count + revision->dependent_count;
		struct lx_revision **links = lx_arena_try_alloc(history->arena, (count + 1) * sizeof *links);
		if (!links)
			return no_memory(fail);
		revision->children = links;
		revision->dependents = links + revision->child_count;
		revision->child_count = revision->dependent_count = 0;
	}
	for (size_t i = 0; i < history->count; i++) {
		struct lx_revision *revision = history->by_id[i];
		for (size_t j = 0; j < revision->revises.count; j++) {
			struct lx_revision *parent = revision->parents[j];
			parent->children[parent->child_count++] = revision;
		}
		for (size_t j = 0; j < revision->depends_on.count; j++) {
			struct lx_revision *need = revision->dependencies[j];
			need->dependents[need->dependent_count++] = revision;
		}
	}
	return LX_OK;
}

/* The first parent or dependency that is not placed (index is SIZE_MAX until then). */
static struct lx_revision *unplaced(const struct lx_revision *revision)
{
	for (size_t i = 0; i < revision->revises.count; i++)
		if (revision->parents[i]->index == (size_t)-1)
			return revision->parents[i];
	for (size_t i = 0; i < revision->depends_on.count; i++)
		if (revision->dependencies[i]->index == (size_t)-1)
			return revision->dependencies[i];
	return NULL;
}

static enum lx_status report_cycle(const struct lx_history *history, struct lx_revision *start, struct lx_fail *fail)
{
	/* every unplaced revision has an unplaced one before it: after count steps we are in the cycle */
	for (size_t i = 0; i < history->count; i++)
		start = unplaced(start);
	char names[512] = "";
	size_t used = 0;
	const struct lx_revision *revision = start;
	do {
		int n = snprintf(names + used, sizeof names - used, "%s <- ", revision->id);
		used += n > 0 ? (size_t)n : 0;
		revision = unplaced(revision);
	} while (revision != start && used < sizeof names - 1);
	lx_fail(fail, LX_REVISION, "L0312", "these revisions come after each other in a circle: %s%s",
		used < sizeof names ? names : "", start->id);
	lx_fail_where(fail, "%s", start->path);
	lx_fail_help(fail, "correct the line -- lexo:revises of one of them");
	return LX_REVISION;
}

/* Places each revision behind what it needs, depth first, the needs in their own order and the starts by id: for a
 * linear history this is its order.  An explicit stack: histories are longer than C stacks are deep. */
static enum lx_status put_in_order(struct lx_history *history, struct lx_fail *fail)
{
	size_t placed = 0, depth = 0;
	struct lx_revision **stack = lx_arena_try_alloc(history->arena, (history->count + 1) * sizeof *stack);
	if (!stack)
		return no_memory(fail);
	for (size_t i = 0; i < history->count; i++)
		history->by_id[i]->index = (size_t)-1;
	for (size_t i = 0; i < history->count; i++) {
		if (history->by_id[i]->index != (size_t)-1)
			continue;
		stack[depth++] = history->by_id[i];
		while (depth) {
			struct lx_revision *top = stack[depth - 1], *need = unplaced(top);
			if (need && depth == history->count)
				return report_cycle(history, need, fail);
			if (need) {
				stack[depth++] = need;
				continue;
			}
			depth--;
			top->index = placed;
			history->revisions[placed++] = top;
		}
	}
	return LX_OK;
}

static enum lx_status find_heads(struct lx_history *history, struct lx_fail *fail)
{
	history->heads = lx_arena_try_alloc(history->arena, (history->count + 1) * sizeof *history->heads);
	if (!history->heads)
		return no_memory(fail);
	for (size_t i = 0; i < history->count; i++)
		if (history->revisions[i]->child_count == 0)
			history->heads[history->head_count++] = history->revisions[i];
	return LX_OK;
}

enum lx_status lx_history_link(struct lx_history *history, struct lx_fail *fail)
{
	for (size_t i = 0; i < history->count; i++) { /* it may have been linked before */
		history->revisions[i]->child_count = history->revisions[i]->dependent_count = 0;
		history->revisions[i]->branches = (struct lx_names){NULL, 0};
	}
	history->head_count = 0;
	enum lx_status status = index_ids(history, fail);
	if (status == LX_OK)
		status = lx_labels_index(history, fail);
	if (status == LX_OK)
		status = lx_former_index(history, fail);
	if (status == LX_OK)
		status = find_parents(history, fail);
	if (status == LX_OK)
		status = find_children(history, fail);
	if (status == LX_OK)
		status = put_in_order(history, fail);
	if (status == LX_OK)
		status = find_heads(history, fail);
	if (status == LX_OK)
		status = lx_labels_spread(history, fail);
	for (size_t i = 0; status == LX_OK && i < history->count; i++)
		if (history->revisions[i]->text && !lx_checksum_chain(history->arena, history->revisions[i]))
			status = no_memory(fail);
	history->is_linked = status == LX_OK;
	return status;
}

void lx_history_mark(const struct lx_history *history, const struct lx_revision_set *set, unsigned char *marks)
{
	for (size_t i = 0; i < set->count; i++)
		marks[set->items[i]->index] = 1;
	/* what a revision needs stands before it */
	for (size_t i = history->count; i-- > 0;) {
		const struct lx_revision *revision = history->revisions[i];
		if (!marks[i])
			continue;
		for (size_t j = 0; j < revision->revises.count; j++)
			marks[revision->parents[j]->index] = 1;
		for (size_t j = 0; j < revision->depends_on.count; j++)
			marks[revision->dependencies[j]->index] = 1;
	}
}

void lx_history_mark_lineage(const struct lx_history *history, const struct lx_revision *revision, unsigned char *marks)
{
	marks[revision->index] = 1;
	for (size_t i = revision->index + 1; i-- > 0;)
		for (size_t j = 0; marks[i] && j < history->revisions[i]->revises.count; j++)
			marks[history->revisions[i]->parents[j]->index] = 1;
	/* what stands below is marked too now, so upwards only from REVISION */
	unsigned char above = 2;
	marks[revision->index] = above;
	for (size_t i = revision->index; i < history->count; i++)
		for (size_t j = 0; marks[i] == above && j < history->revisions[i]->child_count; j++)
			marks[history->revisions[i]->children[j]->index] = above;
}

bool lx_history_is_marked_tip(const unsigned char *marks, const struct lx_revision *revision)
{
	for (size_t i = 0; i < revision->child_count; i++)
		if (marks[revision->children[i]->index])
			return false;
	for (size_t i = 0; i < revision->dependent_count; i++)
		if (marks[revision->dependents[i]->index])
			return false;
	return true;
}

size_t lx_history_marked_tips(const struct lx_history *history, const unsigned char *marks, struct lx_revision **items)
{
	size_t count = 0;
	for (size_t i = 0; i < history->count; i++)
		if (marks[i] && lx_history_is_marked_tip(marks, history->revisions[i]))
			items[count++] = history->revisions[i];
	return count;
}
