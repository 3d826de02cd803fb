/* Answers questions about histories of revisions without files or a database: for tests/alembic/compare.py.  One
 * command a line on stdin, one answer a line on stdout: "ok …" or "error CODE". dag                              a new,
 * empty history revision ID PARENTS NEEDS LABELS adds one; lists with commas, - for none link state ID… the tips that
 * the database is at upgrade|downgrade|stamp TARGET…  what would run, a bar, the tips afterwards; the state stays show
 * IDENTIFIER                  the revisions it means history [RANGE]                  newest first heads|tips|branches
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "history/history.h"
#include "history/identify.h"
#include "history/path.h"

enum { WORDS = 64 };

struct tool {
	struct lx_history *history;
	struct lx_revision *tips[WORDS];
	struct lx_revision_set state;
	char *words[WORDS];
	size_t count;
	struct lx_fail fail;
};

static void stop(const char *why)
{
	fprintf(stderr, "dag_tool: %s\n", why);
	exit(1);
}

static void directive(struct lx_buffer *text, const char *name, char *list)
{
	if (strcmp(list, "-") != 0)
		lx_buffer_printf(text, "-- lexo:%s %s\n", name, list);
}

static enum lx_status add(struct tool *tool)
{
	struct lx_buffer text = LX_BUFFER_INIT;
	lx_buffer_printf(&text, "-- lexo:revision %s\n-- lexo:revises %s\n", tool->words[1], tool->words[2]);
	directive(&text, "depends-on", tool->words[3]);
	directive(&text, "branch", tool->words[4]);
	lx_buffer_string(&text, "-- lexo:upgrade\n-- lexo:downgrade\n");
	if (!lx_buffer_ok(&text))
		stop("out of memory");
	return lx_history_add(tool->history, tool->words[1], text.data, text.length, &tool->fail);
}

static void print(struct lx_revision *const *items, size_t count)
{
	for (size_t i = 0; i < count; i++)
		printf(" %s", items[i]->id);
}

/* The tips after running PENDING, one revision after the other, as the engine keeps them. */
static void print_after(struct tool *tool, const struct lx_revision_set *pending, bool is_downgrade)
{
	const struct lx_history *history = tool->history;
	unsigned char *applied = calloc(history->count + 1, 1), *is_tip = calloc(history->count + 1, 1);
	if (!applied || !is_tip)
		stop("out of memory");
	lx_history_mark(history, &tool->state, applied);
	for (size_t i = 0; i < tool->state.count; i++)
		is_tip[tool->state.items[i]->index] = 1;
	for (size_t i = 0; i < pending->count; i++) {
		const struct lx_revision *revision = pending->items[i];
		const char *below[2 * WORDS];
		lx_path_tips_below(applied, revision, below);
		for (size_t j = 0; below[j]; j++)
			is_tip[lx_history_get(history, below[j])->index] = is_downgrade;
		applied[revision->index] = is_tip[revision->index] = !is_downgrade;
	}
	print(pending->items, pending->count);
	printf(" |");
	for (size_t i = 0; i < history->count; i++)
		if (is_tip[i])
			printf(" %s", history->revisions[i]->id);
	free(applied);
	free(is_tip);
}

static enum lx_status run(struct tool *tool)
{
	struct lx_revision_set pending;
	bool is_downgrade = tool->words[0][0] == 'd';
	enum lx_status status = (is_downgrade ? lx_path_downgrade : lx_path_upgrade)(
	    tool->history, &tool->state, tool->words[1], &pending, &tool->fail);
	if (status == LX_OK) {
		printf("ok");
		print_after(tool, &pending, is_downgrade);
	}
	return status;
}

static enum lx_status stamp(struct tool *tool)
{
	struct lx_revision_set tips;
	size_t named;
	enum lx_status status = lx_path_stamp(tool->history, &tool->state, (const char *const *)(tool->words + 1),
					      tool->count - 1, &tips, &named, &tool->fail);
	if (status == LX_OK) {
		printf("ok |");
		print(tips.items, tips.count);
	}
	return status;
}

static enum lx_status show(struct tool *tool)
{
	struct lx_revision_set set;
	enum lx_status status = lx_identify(tool->history, tool->words[1], &tool->state, &set, &tool->fail);
	if (status == LX_OK) {
		printf("ok");
		print(set.items, set.count);
	}
	return status;
}

static enum lx_status list(struct tool *tool)
{
	const struct lx_history *history = tool->history;
	unsigned char *marks = calloc(history->count + 1, 1);
	enum lx_status status = LX_OK;
	if (!marks)
		stop("out of memory");
	memset(marks, tool->count == 1, history->count);
	if (tool->count > 1)
		status = lx_path_range(history, &tool->state, tool->words[1], marks, &tool->fail);
	if (status == LX_OK)
		printf("ok");
	for (size_t i = history->count; status == LX_OK && i-- > 0;)
		if (marks[i])
			printf(" %s", history->revisions[i]->id);
	free(marks);
	return status;
}

static enum lx_status list_some(const struct tool *tool, bool (*is_wanted)(const struct lx_revision *revision))
{
	printf("ok");
	for (size_t i = 0; i < tool->history->count; i++)
		if (is_wanted(tool->history->revisions[i]))
			printf(" %s", tool->history->revisions[i]->id);
	return LX_OK;
}

static bool is_branch_point(const struct lx_revision *revision)
{
	return revision->child_count > 1;
}

static enum lx_status set_state(struct tool *tool)
{
	tool->state = (struct lx_revision_set){tool->tips, 0};
	for (size_t i = 1; i < tool->count; i++) {
		struct lx_revision *revision = lx_history_get(tool->history, tool->words[i]);
		if (!revision)
			stop("the state has an unknown revision");
		tool->tips[tool->state.count++] = revision;
	}
	printf("ok");
	return LX_OK;
}

static enum lx_status answer(struct tool *tool)
{
	const char *word = tool->words[0];
	tool->fail = (struct lx_fail){0};
	if (strcmp(word, "dag") == 0) {
		lx_history_close(tool->history);
		tool->history = lx_history_open();
		tool->state = (struct lx_revision_set){tool->tips, 0};
	}
	if (!tool->history)
		stop("no history");
	if (strcmp(word, "revision") == 0 && tool->count == 5)
		return add(tool);
	if (strcmp(word, "link") == 0)
		return lx_history_link(tool->history, &tool->fail);
	if (strcmp(word, "state") == 0)
		return set_state(tool);
	if ((strcmp(word, "upgrade") == 0 || strcmp(word, "downgrade") == 0) && tool->count == 2)
		return run(tool);
	if (strcmp(word, "stamp") == 0 && tool->count > 1)
		return stamp(tool);
	if (strcmp(word, "show") == 0 && tool->count == 2)
		return show(tool);
	if (strcmp(word, "history") == 0)
		return list(tool);
	if (strcmp(word, "heads") == 0)
		return list_some(tool, lx_history_is_head);
	if (strcmp(word, "tips") == 0)
		return list_some(tool, lx_history_is_tip);
	if (strcmp(word, "branches") == 0)
		return list_some(tool, is_branch_point);
	if (strcmp(word, "dag") != 0)
		stop("unknown command");
	return LX_OK;
}

int main(void)
{
	static const char *const silent[] = {"dag", "revision"};
	struct tool tool = {0};
	char line[8192];
	while (fgets(line, sizeof line, stdin)) {
		tool.count = 0;
		for (char *word = strtok(line, " \n"); word && tool.count < WORDS - 1; word = strtok(NULL, " \n"))
			tool.words[tool.count++] = word;
		if (!tool.count)
			continue;
		bool is_silent = strcmp(tool.words[0], silent[0]) == 0 || strcmp(tool.words[0], silent[1]) == 0;
		bool is_link = strcmp(tool.words[0], "link") == 0;
		enum lx_status status = answer(&tool);
		if (is_silent && status == LX_OK)
			continue;
		if (status != LX_OK)
			printf("error %s %s", tool.fail.code, tool.fail.message);
		else if (is_link)
			printf("ok");
		printf("\n");
		fflush(stdout);
	}
	lx_history_close(tool.history);
	return 0;
}
