/* lexo hash: lexo.sum brought up to date with revisions that were edited on purpose.
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/io.h"
#include "cli/commands.h"
#include "cli/revisions.h"

struct changes {
	size_t added, removed, edited, refreshed;
	const char *refused; /* the first one that needs --force */
	const char *why;
};

static const struct lx_sum_row *find_row(const struct lx_sum *sum, const char *id)
{
	for (size_t low = 0, high = sum ? sum->count : 0; low < high;) {
		size_t middle = low + (high - low) / 2;
		int order = strcmp(sum->rows[middle].id, id);
		if (order == 0)
			return &sum->rows[middle];
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return NULL;
}

static void report(struct lx_cli *cli, const char *id, const char *what)
{
	lx_cli_print(cli, "%s: %s\n", id, what);
	lx_json_open_object(&cli->json);
	lx_json_key_string(&cli->json, "revision", id);
	lx_json_key_string(&cli->json, "change", what);
	lx_json_close_object(&cli->json);
}

/* A revision that others build on has most likely left this machine; one at the tip is still being written. */
static void compare_one(struct lx_cli *cli, const struct lx_revision *revision, const struct lx_sum_row *row,
			struct changes *changes)
{
	if (!row) {
		changes->added++;
		report(cli, revision->id, "added");
	} else if (strcmp(row->tok, revision->tok) != 0) {
		changes->edited++;
		report(cli, revision->id, "SQL or directives changed");
		if (!lx_history_is_head(revision) && !changes->refused) {
			changes->refused = revision->id;
			changes->why = "other revisions build on it";
		}
	} else if (strcmp(row->chain, revision->chain) != 0) {
		changes->edited++;
		report(cli, revision->id, "follows a changed revision");
	} else if (strcmp(row->raw, revision->raw) != 0) {
		changes->refreshed++;
		report(cli, revision->id, "only comments or white space changed");
	}
}

static void compare(struct lx_cli *cli, const struct lx_history *history, struct changes *changes)
{
	lx_json_key(&cli->json, "changes");
	lx_json_open_array(&cli->json);
	for (size_t i = 0; i < history->count; i++)
		compare_one(cli, history->revisions[i], find_row(history->sum, history->revisions[i]->id), changes);
	for (size_t i = 0; history->sum && i < history->sum->count; i++) {
		const char *id = history->sum->rows[i].id;
		if (lx_history_get(history, id))
			continue;
		changes->removed++;
		report(cli, id, "its file is gone");
		if (!changes->refused) {
			changes->refused = id;
			changes->why = "its file is gone";
		}
	}
	lx_json_close_array(&cli->json);
}

static enum lx_status write_sum(struct lx_cli *cli, const struct lx_history *history)
{
	struct lx_buffer text = LX_BUFFER_INIT;
	const char *path = lx_arena_printf(cli->arena, "%s/lexo.sum", cli->config.script_location);
	struct lx_io_set *set = lx_io_set_open();
	enum lx_status status = LX_OK;
	if (!set || !lx_sum_print(&text, history) || !lx_buffer_ok(&text))
		status = lx_fail(&cli->fail, LX_FAILED, "L0105", "out of memory");
	if (status == LX_OK)
		status = lx_io_set_add(set, path, lx_buffer_text(&text), text.length, &cli->fail);
	if (status == LX_OK)
		status = lx_io_set_commit(set, NULL, &cli->fail);
	lx_io_set_close(set);
	lx_buffer_free(&text);
	return status;
}

static enum lx_status refresh(struct lx_cli *cli, const struct lx_history *history)
{
	struct changes changes = {0};
	compare(cli, history, &changes);
	if (changes.refused && !lx_option_given(&cli->options, LX_OPTION_FORCE)) {
		lx_fail(&cli->fail, LX_CHECKSUM, "L0308", "%s is recorded in lexo.sum, and %s; lexo.sum is unchanged",
			changes.refused, changes.why);
		lx_fail_help(&cli->fail,
			     "restore the file from version control and put the change into a new revision;\n"
			     "or, if no database has applied it yet: lexo hash --force");
		return LX_CHECKSUM;
	}
	if (!changes.added && !changes.removed && !changes.edited && !changes.refreshed) {
		lx_cli_print(cli, "lexo.sum is up to date\n");
		return LX_OK;
	}
	return write_sum(cli, history);
}

enum lx_status lx_command_hash(struct lx_cli *cli)
{
	struct lx_history *history;
	enum lx_status status = lx_revisions_read(cli, &history);
	if (status == LX_CHECKSUM && strcmp(cli->fail.code, "L0307") == 0) { /* it is made anew */
		cli->fail = (struct lx_fail){0};
		status = lx_revisions_read_files(cli, &history);
	}
	if (status == LX_OK)
		status = refresh(cli, history);
	lx_history_close(history);
	return status;
}
