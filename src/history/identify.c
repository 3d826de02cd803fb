/* SPDX-License-Identifier: Apache-2.0 */
#include "history/identify.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "history/candidates.h"

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

/* What an identifier is looked up in. */
struct search {
	const struct lx_history *history;
	const struct lx_revision_set *current; /* NULL: no database is asked */
	const char *text;                      /* all of it, for messages */
	struct lx_revision *branch;            /* before the @, or NULL */
	const unsigned char *lineage;          /* marks of the branch, or NULL */
	bool is_clamped;                       /* a step too far stays at the end */
	struct lx_fail *fail;
};

static bool is_on_branch(const struct search *search, const struct lx_revision *revision)
{
	return !search->lineage || search->lineage[revision->index];
}

static enum lx_status not_on_branch(const struct search *search, const struct lx_revision *revision)
{
	lx_fail(search->fail, LX_REVISION, "L0318", "%s: revision %s is not on the branch of %s", search->text,
		revision->id, search->branch->id);
	lx_fail_help(search->fail,
		     "a branch is what stands below and above its revision; lexo history --verbose shows "
		     "it. Write %s without a branch, or name another one",
		     revision->id);
	return LX_REVISION;
}

static enum lx_status ambiguous(const struct search *search, const char *text, size_t length,
				struct lx_revision *const *found, size_t count)
{
	char candidates[LX_CANDIDATES_TEXT];
	lx_candidates_list(found, count, candidates);
	lx_fail(search->fail, LX_REVISION, "L0314", "%.*s is the beginning of %zu revisions: %s", (int)length, text,
		count, candidates);
	lx_fail_help(search->fail, "write more of the id");
	return LX_REVISION;
}

/* What an id stands for that was brought together with others. */
static enum lx_status find_former(const struct search *search, const struct lx_former *former,
				  struct lx_revision **revision)
{
	*revision = former->revision;
	if (former->chain)
		return is_on_branch(search, *revision) ? LX_OK : not_on_branch(search, *revision);
	lx_fail(search->fail, LX_REVISION, "L0328",
		"%s is a part of what %s replaces, and cannot be told apart any more", former->id,
		former->revision->id);
	lx_fail_help(search->fail, "name %s, or one before it", former->revision->id);
	return LX_REVISION;
}

/* An id, a label, or a beginning that only one revision of the branch has. */
static enum lx_status find(const struct search *search, const char *text, size_t length, struct lx_revision **revision)
{
	const struct lx_history *history = search->history;
	const struct lx_former *former;
	*revision = lx_history_named(history, text, length, &former);
	if (*revision)
		return is_on_branch(search, *revision) ? LX_OK : not_on_branch(search, *revision);
	if (former)
		return find_former(search, former, revision);
	struct lx_revision *found[8] = {NULL}, *other = NULL;
	size_t count = 0;
	for (size_t i = 0; length && i < history->count + history->label_count; i++) {
		const struct lx_branch_label *label = i < history->count ? NULL : &history->labels[i - history->count];
		struct lx_revision *candidate = label ? label->revision : history->by_id[i];
		bool is_known = label && strncmp(candidate->id, text, length) == 0;
		if (is_known || strncmp(label ? label->name : candidate->id, text, length) != 0)
			continue;
		if (!is_on_branch(search, candidate)) {
			other = candidate;
			continue;
		}
		for (size_t j = 0; j < count && j < 8; j++) /* two labels of one revision */
			is_known |= found[j] == candidate;
		if (!is_known && count < 8)
			found[count] = candidate;
		count += !is_known;
	}
	*revision = found[0];
	if (count > 1)
		return ambiguous(search, text, length, found, count < 8 ? count : 8);
	if (count == 1)
		return LX_OK;
	return other ? not_on_branch(search, other) : lx_candidates_unknown(history, text, length, search->fail);
}

static enum lx_status several_heads(const struct search *search, struct lx_revision *const *heads, size_t count)
{
	char names[LX_CANDIDATES_TEXT], label[LX_REVISION_ID_LIMIT + 32] = "";
	lx_candidates_list(heads, count, names);
	for (size_t i = 0; !search->branch && i < count && !*label; i++)
		if (heads[i]->branches.count)
			snprintf(label, sizeof label, ", a branch (%s@head)", heads[i]->branches.items[0]);
	lx_fail(search->fail, LX_REVISION, "L0315", "%s is not one revision: there are %zu heads, %s", search->text,
		count, names);
	lx_fail_help(search->fail, "name one of them%s, or write %s for all", label,
		     search->branch ? "BRANCH@heads" : "heads");
	return LX_REVISION;
}

static enum lx_status needs_database(const struct search *search, const char *what)
{
	lx_fail(search->fail, LX_REVISION, "L0316", "%s depends on the state of a database, and none is asked here",
		what);
	lx_fail_help(search->fail, "name a revision, or base or head");
	return LX_REVISION;
}

static bool is(const char *text, size_t length, const char *word)
{
	return length == strlen(word) && memcmp(text, word, length) == 0;
}

/* What is applied, as far as it is on the branch: the rows there; else the newest that the rows stand on; else base. */
static enum lx_status find_current(const struct search *search, struct lx_revision_set *set)
{
	const struct lx_history *history = search->history;
	const struct lx_revision_set *current = search->current;
	unsigned char *marks = lx_arena_try_alloc(history->arena, history->count + 1);
	struct lx_revision **items = lx_arena_try_alloc(history->arena, (history->count + 1) * sizeof *items);
	if (!marks || !items)
		return no_memory(search->fail);
	*set = (struct lx_revision_set){items, 0};
	for (size_t i = 0; i < current->count; i++)
		if (is_on_branch(search, current->items[i]))
			items[set->count++] = current->items[i];
	if (set->count || !search->branch)
		return LX_OK;
	lx_history_mark(history, current, marks);
	for (size_t i = 0; i < history->count; i++)
		marks[i] = marks[i] && search->lineage[i];
	set->count = lx_history_marked_tips(history, marks, items);
	return LX_OK;
}

/* head, or heads when MANY. */
static enum lx_status find_heads(const struct search *search, bool many, struct lx_revision_set *set)
{
	const struct lx_history *history = search->history;
	struct lx_revision **items = lx_arena_try_alloc(history->arena, (history->head_count + 1) * sizeof *items);
	if (!items)
		return no_memory(search->fail);
	*set = (struct lx_revision_set){items, 0};
	for (size_t i = 0; i < history->head_count; i++) {
		struct lx_revision *head = history->heads[i];
		/* a head that another one depends on comes with that one */
		if (is_on_branch(search, head) && (!many || search->branch || lx_history_is_tip(head)))
			items[set->count++] = head;
	}
	return many || set->count <= 1 ? LX_OK : several_heads(search, items, set->count);
}

/* The part between @ and sign. */
static enum lx_status find_name(const struct search *search, const char *name, size_t length,
				struct lx_revision_set *set)
{
	if (is(name, length, "base"))
		return make_set(search->history, NULL, 0, set, search->fail);
	if (is(name, length, "head") || is(name, length, "heads"))
		return find_heads(search, length == 5, set);
	if (length == 0 || is(name, length, "current")) {
		if (!search->current)
			return needs_database(search, length ? "current" : "a relative step");
		return find_current(search, set);
	}
	struct lx_revision *revision;
	enum lx_status status = find(search, name, length, &revision);
	return status == LX_OK ? make_set(search->history, &revision, 1, set, search->fail) : status;
}

/* --- steps -----------------------------------------------------------------------------------------------------------
 */

static enum lx_status no_step(const struct search *search, const char *why, struct lx_revision *const *choices,
			      size_t count)
{
	char names[LX_CANDIDATES_TEXT];
	lx_candidates_list(choices, count, names);
	lx_fail(search->fail, LX_REVISION, "L0316", "%s leads nowhere: %s%s%s", search->text, why, count ? ": " : "",
		names);
	if (count && choices[0]->branches.count && !search->branch)
		lx_fail_help(search->fail, "name the revision, or the branch: %s@%s", choices[0]->branches.items[0],
			     search->text);
	else
		lx_fail_help(search->fail, count ? "name the revision" : "lexo history shows what there is");
	return LX_REVISION;
}

/* One revision up from SET (one revision, or base), on the branch if there is one. */
static enum lx_status step_up(const struct search *search, struct lx_revision_set *set, bool *is_at_end)
{
	const struct lx_history *history = search->history;
	struct lx_revision *ways[8];
	size_t count = 0, choices = set->count ? set->items[0]->child_count : history->count;
	for (size_t i = 0; i < choices; i++) {
		struct lx_revision *way = set->count ? set->items[0]->children[i] : history->revisions[i];
		if ((set->count || way->revises.count == 0) && is_on_branch(search, way) && count < 8)
			ways[count++] = way;
	}
	*is_at_end = count == 0;
	if (count == 0)
		return search->is_clamped ? LX_OK : no_step(search, "there are not that many revisions", NULL, 0);
	if (count > 1)
		return no_step(search, "there are several ways up", ways, count);
	return make_set(history, ways, 1, set, search->fail);
}

static enum lx_status step_down(const struct search *search, struct lx_revision_set *set, bool *is_at_end)
{
	*is_at_end = set->count == 0;
	if (set->count == 0)
		return search->is_clamped ? LX_OK : no_step(search, "it is below base", NULL, 0);
	const struct lx_revision *revision = set->items[0];
	if (revision->revises.count > 1)
		return no_step(search, "a merge has several revisions below", revision->parents,
			       revision->revises.count);
	return make_set(search->history, revision->parents, revision->revises.count, set, search->fail);
}

static enum lx_status walk(const struct search *search, const char *sign, struct lx_revision_set *set)
{
	if (set->count > 1)
		return no_step(search, "there are several revisions to start from", set->items, set->count);
	bool is_at_end = false;
	enum lx_status status = LX_OK;
	for (unsigned long steps = strtoul(sign + 1, NULL, 10); status == LX_OK && steps > 0 && !is_at_end; steps--)
		status = *sign == '+' ? step_up(search, set, &is_at_end) : step_down(search, set, &is_at_end);
	return status;
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

/* Resolves what stands before the @ of TEXT; *REST is what stands behind it. */
static enum lx_status find_branch(struct search *search, const char **rest)
{
	const char *at = strchr(search->text, '@');
	const struct lx_history *history = search->history;
	*rest = at ? at + 1 : search->text;
	if (!at)
		return LX_OK;
	enum lx_status status = find(search, search->text, (size_t)(at - search->text), &search->branch);
	if (status != LX_OK)
		return status;
	unsigned char *lineage = lx_arena_try_alloc(history->arena, history->count + 1);
	if (!lineage)
		return no_memory(search->fail);
	lx_history_mark_lineage(history, search->branch, lineage);
	search->lineage = lineage;
	return LX_OK;
}

static enum lx_status identify(struct search *search, struct lx_target *target)
{
	const char *rest;
	*target = (struct lx_target){0};
	enum lx_status status = find_branch(search, &rest);
	if (status != LX_OK)
		return status;
	const char *sign = relative_part(rest);
	size_t length = sign ? (size_t)(sign - rest) : strlen(rest);
	target->branch = search->branch;
	target->sign = sign && length == 0 ? *sign : 0;
	/* a way up may leave from outside the branch: only where it leads must be on it */
	struct search start = *search;
	if (sign && *sign == '+' && length)
		start.lineage = NULL;
	status = find_name(&start, rest, length, &target->set);
	if (status != LX_OK || !sign)
		return status;
	if (target->sign == '-' && !target->branch && target->set.count == 1)
		target->branch = target->set.items[0];
	return walk(search, sign, &target->set);
}

enum lx_status lx_identify_target(const struct lx_history *history, const char *text,
				  const struct lx_revision_set *current, struct lx_target *target, struct lx_fail *fail)
{
	struct search search = {.history = history, .current = current, .text = text, .fail = fail};
	return identify(&search, target);
}

enum lx_status lx_identify(const struct lx_history *history, const char *text, const struct lx_revision_set *current,
			   struct lx_revision_set *set, struct lx_fail *fail)
{
	struct lx_target target;
	enum lx_status status = lx_identify_target(history, text, current, &target, fail);
	*set = target.set;
	return status;
}

/* --- ranges ----------------------------------------------------------------------------------------------------------
 */

/* Does TEXT begin with SIGN, or have it behind an @? */
static bool is_step(const char *text, char sign)
{
	const char *at = strchr(text, '@');
	return *(at ? at + 1 : text) == sign;
}

static enum lx_status find_ends(const struct search *whole, const char *left, const char *right,
				struct lx_revision_set *from, struct lx_revision_set *to)
{
	struct search lower = *whole, upper = *whole;
	struct lx_target first = {0}, last = {0};
	enum lx_status status;
	lower.text = left;
	upper.text = right;
	lower.is_clamped = upper.is_clamped = true;
	if (is_step(left, '-')) {
		status = identify(&upper, &last);
		lower.current = &last.set;
		if (status == LX_OK)
			status = identify(&lower, &first);
	} else {
		status = identify(&lower, &first);
		if (is_step(right, '+'))
			upper.current = &first.set;
		if (status == LX_OK)
			status = identify(&upper, &last);
	}
	/* BRANCH@base: is about that branch alone */
	struct lx_revision_set all = last.set;
	for (size_t i = last.set.count = 0; status == LX_OK && i < all.count; i++)
		if (is_on_branch(&lower, all.items[i]))
			all.items[last.set.count++] = all.items[i];
	*from = first.set;
	*to = last.set;
	return status;
}

enum lx_status lx_identify_range(const struct lx_history *history, const char *text,
				 const struct lx_revision_set *current, struct lx_revision_set *from,
				 struct lx_revision_set *to, struct lx_fail *fail)
{
	const struct search whole = {.history = history, .current = current, .text = text, .fail = fail};
	const char *colon = strchr(text, ':');
	if (!colon || strchr(colon + 1, ':')) {
		lx_fail(fail, LX_REVISION, "L0316", "%s is not a range of revisions", text);
		lx_fail_help(fail, "a range is FROM:TO, for example base:head");
		return LX_REVISION;
	}
	char *left = strndup(text, (size_t)(colon - text));
	if (!left)
		return no_memory(fail);
	enum lx_status status = find_ends(&whole, *left ? left : "base", colon[1] ? colon + 1 : "heads", from, to);
	free(left);
	return status;
}
