/* Ids of revisions that were brought together into one (lexo squash), which remembers them.
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "history/history.h"

static int by_id(const void *a, const void *b)
{
	return strcmp(((const struct lx_former *)a)->id, ((const struct lx_former *)b)->id);
}

const struct lx_former *lx_history_former(const struct lx_history *history, const char *id)
{
	const struct lx_former wanted = {id, NULL, NULL};
	if (!history->former_count)
		return NULL;
	return bsearch(&wanted, history->former, history->former_count, sizeof *history->former, by_id);
}

struct lx_revision *lx_history_applied(const struct lx_history *history, const char *id)
{
	struct lx_revision *revision = lx_history_get(history, id);
	const struct lx_former *former = revision ? NULL : lx_history_former(history, id);
	return former && former->chain ? former->revision : revision;
}

struct lx_revision *lx_history_named(const struct lx_history *history, const char *text, size_t length,
				     const struct lx_former **former)
{
	char name[LX_REVISION_ID_LIMIT + 1];
	*former = NULL;
	if (length > LX_REVISION_ID_LIMIT)
		return NULL;
	memcpy(name, text, length);
	name[length] = 0;
	struct lx_revision *revision = lx_history_get(history, name);
	if (!revision)
		revision = lx_history_label(history, name);
	if (!revision)
		*former = lx_history_former(history, name);
	return revision;
}

static enum lx_status clash(const struct lx_former *former, const struct lx_revision *other, const char *what,
			    struct lx_fail *fail)
{
	lx_fail(fail, LX_REVISION, "L0328", "revision %s replaces %s, and %s %s", former->revision->id, former->id,
		what, other->id);
	lx_fail_where(fail, "%s", other->path);
	lx_fail_help(fail, "one of the two files is to go: what lexo squash wrote, or what it took the place of");
	return LX_REVISION;
}

enum lx_status lx_former_index(struct lx_history *history, struct lx_fail *fail)
{
	size_t count = 0;
	for (size_t i = 0; i < history->count; i++)
		count += history->revisions[i]->replaced_count;
	history->former_count = 0;
	history->former = lx_arena_try_alloc(history->arena, (count + 1) * sizeof *history->former);
	if (!history->former)
		return lx_fail(fail, LX_FAILED, "L0105", "out of memory");
	for (size_t i = 0; i < history->count; i++) {
		struct lx_revision *revision = history->by_id[i];
		for (size_t j = 0; j < revision->replaced_count; j++)
			history->former[history->former_count++] =
			    (struct lx_former){revision->replaced[j].id, revision->replaced[j].chain, revision};
	}
	qsort(history->former, count, sizeof *history->former, by_id);
	for (size_t i = 0; i < count; i++) {
		const struct lx_former *former = &history->former[i];
		const struct lx_revision *same = lx_history_get(history, former->id);
		if (!same)
			same = lx_history_label(history, former->id);
		if (same)
			return clash(former, same, "there still is", fail);
		if (i && strcmp(former->id, former[-1].id) == 0)
			return clash(former, former[-1].revision, "so does", fail);
	}
	return LX_OK;
}
