/* SPDX-License-Identifier: Apache-2.0 */
#include "history/identify.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"

static enum lx_status no_memory(struct lx_fail *fail)
{
	return lx_fail(fail, LX_FAILED, "L0105", "out of memory");
}

static enum lx_status make_set(const struct lx_history *history, struct lx_revision *const *items, size_t count,
			       struct lx_revision_set *set, struct lx_fail *fail)
{
	set->count = count;
	set->items = lx_arena_try_alloc(history->arena, (count + 1) * sizeof *set->items);
	if (!set->items)
		return no_memory(fail);
	if (count)
		memcpy(set->items, items, count * sizeof *items);
	return LX_OK;
}

/* "a, b, c and 4 more" */
static void list(struct lx_revision *const *items, size_t count, char *out, size_t size)
{
	size_t used = 0, shown = 0;
	out[0] = 0;
	for (; shown < count && shown < 6 && used + LX_REVISION_ID_LIMIT + 32 < size; shown++)
		used += (size_t)snprintf(out + used, size - used, "%s%s", shown ? ", " : "", items[shown]->id);
	if (shown < count)
		snprintf(out + used, size - used, " and %zu more", count - shown);
}

/* Edits between two short words, at most LIMIT + 1. */
static size_t distance(const char *a, size_t a_length, const char *b, size_t limit)
{
	size_t row[65], b_length = strlen(b);
	if (a_length > 64 || b_length > 64)
		return limit + 1;
	for (size_t j = 0; j <= b_length; j++)
		row[j] = j;
	for (size_t i = 1; i <= a_length; i++) {
		size_t corner = row[0];
		row[0] = i;
		for (size_t j = 1; j <= b_length; j++) {
			size_t best = corner + (a[i - 1] != b[j - 1]);
			corner = row[j];
			if (row[j] + 1 < best)
				best = row[j] + 1;
			if (row[j - 1] + 1 < best)
				best = row[j - 1] + 1;
			row[j] = best;
		}
	}
	return row[b_length];
}

static enum lx_status unknown(const struct lx_history *history, const char *text, size_t length, struct lx_fail *fail)
{
	const char *nearest = NULL;
	size_t best = length < 5 ? 1 : 3;
	for (size_t i = 0; i < history->count; i++) {
		size_t edits = distance(text, length, history->by_id[i]->id, best);
		if (edits <= best && (!nearest || edits < best)) {
			nearest = history->by_id[i]->id;
			best = edits;
		}
	}
	char heads[512];
	list(history->heads, history->head_count, heads, sizeof heads);
	lx_fail(fail, LX_REVISION, "L0313", "there is no revision %.*s", (int)(length > 200 ? 200 : length), text);
	if (nearest)
		lx_fail_help(fail, "did you mean %s? lexo history lists them all", nearest);
	else if (history->count)
		lx_fail_help(fail, "lexo history lists them all; the newest is %s", heads);
	else
		lx_fail_help(
		    fail,
		    "there are no revisions in %s yet; make the first one with: lexo revision --autogenerate -m …",
		    history->folder ? history->folder : "this history");
	return LX_REVISION;
}

/* An id or a prefix that only one id has. */
static enum lx_status find(const struct lx_history *history, const char *text, size_t length,
			   struct lx_revision **revision, struct lx_fail *fail)
{
	struct lx_revision **first = NULL;
	size_t count = 0;
	for (size_t i = 0; i < history->count; i++) {
		const char *id = history->by_id[i]->id;
		if (length == 0 || strncmp(id, text, length) != 0)
			continue;
		if (!count++)
			first = &history->by_id[i];
		if (id[length] == 0) { /* the id itself, even if it begins others */
			*revision = history->by_id[i];
			return LX_OK;
		}
	}
	if (count == 0)
		return unknown(history, text, length, fail);
	*revision = *first;
	if (count == 1)
		return LX_OK;
	char candidates[512];
	list(first, count, candidates, sizeof candidates);
	lx_fail(fail, LX_REVISION, "L0314", "%.*s is the beginning of %zu revisions: %s", (int)length, text, count,
		candidates);
	lx_fail_help(fail, "write more of the id");
	return LX_REVISION;
}

static enum lx_status several_heads(const struct lx_history *history, const char *text, struct lx_fail *fail)
{
	char heads[512];
	list(history->heads, history->head_count, heads, sizeof heads);
	lx_fail(fail, LX_REVISION, "L0315", "%s is not one revision: there are %zu heads, %s", text,
		history->head_count, heads);
	lx_fail_help(fail, "name one of them, or write heads for all");
	return LX_REVISION;
}

static enum lx_status needs_database(const char *text, struct lx_fail *fail)
{
	lx_fail(fail, LX_REVISION, "L0316", "%s depends on the state of a database, and none is asked here", text);
	lx_fail_help(fail, "name a revision, or base or head");
	return LX_REVISION;
}

static bool is(const char *text, size_t length, const char *word)
{
	return length == strlen(word) && memcmp(text, word, length) == 0;
}

/* Without the +N or -N. */
static enum lx_status identify_anchor(const struct lx_history *history, const char *text, size_t length,
				      const struct lx_revision_set *current, struct lx_revision_set *set,
				      struct lx_fail *fail)
{
	if (is(text, length, "base"))
		return make_set(history, NULL, 0, set, fail);
	if (is(text, length, "heads") || (is(text, length, "head") && history->head_count <= 1))
		return make_set(history, history->heads, history->head_count, set, fail);
	if (is(text, length, "head"))
		return several_heads(history, "head", fail);
	if (length == 0 || is(text, length, "current")) {
		if (!current)
			return needs_database(length ? "current" : "a relative step", fail);
		return make_set(history, current->items, current->count, set, fail);
	}
	struct lx_revision *revision;
	enum lx_status status = find(history, text, length, &revision, fail);
	return status == LX_OK ? make_set(history, &revision, 1, set, fail) : status;
}

static enum lx_status no_step(const char *text, const char *why, struct lx_revision *const *choices, size_t count,
			      struct lx_fail *fail)
{
	char names[512];
	list(choices, count, names, sizeof names);
	lx_fail(fail, LX_REVISION, "L0316", "%s leads nowhere: %s%s%s", text, why, count ? ": " : "", names);
	lx_fail_help(fail, count ? "name the revision" : "lexo history shows what there is");
	return LX_REVISION;
}

/* One revision up from SET (one revision, or base). */
static enum lx_status step_up(const struct lx_history *history, const char *text, struct lx_revision_set *set,
			      struct lx_fail *fail)
{
	struct lx_revision *bases[8], *const *choices = bases;
	size_t count = 0;
	if (set->count) {
		choices = set->items[0]->children;
		count = set->items[0]->child_count;
	} else {
		for (size_t i = 0; i < history->count && count < 8; i++)
			if (history->revisions[i]->revises.count == 0)
				bases[count++] = history->revisions[i];
	}
	if (count == 0)
		return no_step(text, "there are not that many revisions", NULL, 0, fail);
	if (count > 1)
		return no_step(text, "there are several ways up", choices, count, fail);
	return make_set(history, choices, 1, set, fail);
}

static enum lx_status step_down(const struct lx_history *history, const char *text, struct lx_revision_set *set,
				struct lx_fail *fail)
{
	if (set->count == 0)
		return no_step(text, "it is below base", NULL, 0, fail);
	const struct lx_revision *revision = set->items[0];
	if (revision->revises.count > 1)
		return no_step(text, "a merge has several revisions below", revision->parents, revision->revises.count,
			       fail);
	return make_set(history, revision->parents, revision->revises.count, set, fail);
}

/* The sign of the last +digits or -digits, or NULL. */
static const char *relative_part(const char *text)
{
	const char *sign = text + strlen(text);
	while (sign > text && sign[-1] >= '0' && sign[-1] <= '9')
		sign--;
	if (!*sign || sign == text || (sign[-1] != '+' && sign[-1] != '-'))
		return NULL;
	return sign - 1;
}

enum lx_status lx_identify(const struct lx_history *history, const char *text, const struct lx_revision_set *current,
			   struct lx_revision_set *set, struct lx_fail *fail)
{
	const char *sign = relative_part(text);
	size_t length = sign ? (size_t)(sign - text) : strlen(text);
	enum lx_status status = identify_anchor(history, text, length, current, set, fail);
	if (status != LX_OK || !sign)
		return status;
	if (set->count > 1)
		return no_step(text, "there are several revisions to start from", set->items, set->count, fail);
	unsigned long steps = strtoul(sign + 1, NULL, 10);
	for (; status == LX_OK && steps > 0; steps--)
		status = *sign == '+' ? step_up(history, text, set, fail) : step_down(history, text, set, fail);
	return status;
}

enum lx_status lx_identify_range(const struct lx_history *history, const char *text,
				 const struct lx_revision_set *current, struct lx_revision_set *from,
				 struct lx_revision_set *to, struct lx_fail *fail)
{
	const char *colon = strchr(text, ':');
	if (!colon || strchr(colon + 1, ':')) {
		lx_fail(fail, LX_REVISION, "L0316", "%s is not a range of revisions", text);
		lx_fail_help(fail, "a range is FROM:TO, for example base:head");
		return LX_REVISION;
	}
	char *left = strndup(text, (size_t)(colon - text));
	if (!left)
		return no_memory(fail);
	enum lx_status status = lx_identify(history, *left ? left : "base", current, from, fail);
	if (status == LX_OK)
		status = lx_identify(history, colon[1] ? colon + 1 : "heads", current, to, fail);
	free(left);
	return status;
}
