/* A new revision: its id, its time, its text.
 * SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>

#include "base/arena.h"
#include "base/io.h"
#include "cli/hooks.h"
#include "cli/placement.h"
#include "cli/revisions.h"

static enum lx_status choose_id(struct lx_cli *cli, const struct lx_history *history, struct lx_new_revision *new,
				struct lx_fail *fail)
{
	const char *given = lx_option_value(&cli->options, LX_OPTION_REV_ID), *why;
	if (!given) {
		unsigned char bytes[6];
		do {
			if (getrandom(bytes, sizeof bytes, 0) != (ssize_t)sizeof bytes)
				return lx_fail(fail, LX_FAILED, "L0102", "no random numbers: %s", strerror(errno));
			new->id = lx_arena_printf(cli->arena, "%02x%02x%02x%02x%02x%02x", bytes[0], bytes[1], bytes[2],
						  bytes[3], bytes[4], bytes[5]);
		} while (lx_history_get(history, new->id));
		return LX_OK;
	}
	new->id = given;
	if (!lx_revision_id_ok(given, strlen(given), &why)) {
		lx_fail(fail, LX_USAGE, "L0505", "'%s' cannot be a revision's id: %s", given, why);
		return LX_USAGE;
	}
	const struct lx_revision *same = lx_history_get(history, given);
	if (!same)
		return LX_OK;
	lx_fail(fail, LX_REVISION, "L0504", "there is a revision %s already", given);
	lx_fail_where(fail, "%s", same->path);
	lx_fail_help(fail, "choose another --rev-id, or leave it out");
	return LX_REVISION;
}

/* SOURCE_DATE_EPOCH makes builds of archives and tests reproducible (reproducible-builds.org). */
time_t lx_revision_time(void)
{
	const char *fixed = getenv("SOURCE_DATE_EPOCH");
	char *end;
	if (fixed && *fixed) {
		long long value = strtoll(fixed, &end, 10);
		if (!*end && value >= 0)
			return (time_t)value;
	}
	return time(NULL);
}

enum lx_status lx_new_revision_init(struct lx_cli *cli, const struct lx_history *history, const char *folder,
				    const char *fallback, struct lx_new_revision *new)
{
	const char *message = lx_option_value(&cli->options, LX_OPTION_MESSAGE);
	time_t now = lx_revision_time();
	struct tm utc = {0};
	gmtime_r(&now, &utc);
	*new = (struct lx_new_revision){.message = message ? message : fallback};
	enum lx_status status = choose_id(cli, history, new, &cli->fail);
	if (status != LX_OK)
		return status;
	new->created = lx_arena_printf(cli->arena, "%04d-%02d-%02dT%02d:%02d:%02dZ", utc.tm_year + 1900, utc.tm_mon + 1,
				       utc.tm_mday, utc.tm_hour, utc.tm_min, utc.tm_sec);
	status = lx_revision_file_path(cli, folder, new->id, new->message, now, &new->path);
	if (status != LX_OK || !lx_io_exists(new->path))
		return status;
	lx_fail(&cli->fail, LX_FAILED, "L0504", "%s is there already", new->path);
	lx_fail_help(&cli->fail, "give another message or --rev-id");
	return LX_FAILED;
}

/* --- its text --------------------------------------------------------------------------------------------------------
 */

struct lx_revision_draft lx_new_revision_draft(const struct lx_new_revision *new, const struct lx_placement *placement)
{
	return (struct lx_revision_draft){.id = new->id,
					  .revises = placement->revises,
					  .depends_on = placement->depends_on,
					  .labels = placement->labels,
					  .message = new->message,
					  .created = new->created,
					  .upgrade = "",
					  .downgrade = ""};
}

static enum lx_status write_new(struct lx_cli *cli, struct lx_history *history, const struct lx_new_revision *new,
				const struct lx_buffer *text, const struct lx_buffer *snapshot)
{
	const struct lx_revision_file file = {new->id, new->path, lx_buffer_text(text), text->length};
	enum lx_status status = lx_revision_write(cli, history, &file, snapshot);
	if (status != LX_OK)
		return status;
	lx_cli_print(cli, "Generating %s ...  done\n", new->path);
	return lx_hooks_run(cli, history, new);
}

/* The ends of the branches that a revision with these needs would not stand on; NULL-terminated. */
const char *const *lx_revisions_beside(struct lx_cli *cli, const struct lx_history *history,
				       const struct lx_revision_draft *draft)
{
	unsigned char *marks = LX_NEW_ARRAY(cli->arena, unsigned char, history->count + 1);
	struct lx_revision **tips = LX_NEW_ARRAY(cli->arena, struct lx_revision *, history->count + 1);
	const char **names = LX_NEW_ARRAY(cli->arena, const char *, history->count + 1);
	const char *const *const needs[] = {draft->revises, draft->depends_on};
	for (size_t i = 0; i < 2; i++)
		for (size_t j = 0; needs[i] && needs[i][j]; j++) {
			struct lx_revision *need = lx_history_get(history, needs[i][j]);
			need = need ? need : lx_history_label(history, needs[i][j]);
			lx_history_mark(history, &(struct lx_revision_set){&need, 1}, marks);
		}
	for (size_t i = 0; i < history->count; i++)
		marks[i] = !marks[i];
	size_t count = lx_history_marked_tips(history, marks, tips);
	for (size_t i = 0; i < count; i++)
		names[i] = tips[i]->id;
	names[count] = NULL;
	return names;
}

enum lx_status lx_new_revision_finish(struct lx_cli *cli, struct lx_history *history, const struct lx_new_revision *new,
				      struct lx_revision_draft *draft, const struct lx_buffer *snapshot)
{
	struct lx_buffer text = LX_BUFFER_INIT;
	enum lx_status status = LX_OK;
	if (draft->state)
		draft->beside = lx_revisions_beside(cli, history, draft);
	lx_revision_print(&text, draft);
	if (!lx_buffer_ok(&text))
		status = lx_fail(&cli->fail, LX_FAILED, "L0105", "out of memory");
	else if (lx_option_given(&cli->options, LX_OPTION_DRY_RUN))
		lx_cli_print_text(cli, lx_buffer_text(&text), text.length);
	else
		status = write_new(cli, history, new, &text, draft->state ? snapshot : NULL);
	lx_json_key_string(&cli->json, "revision", new->id);
	lx_json_key_string(&cli->json, "path", new->path);
	lx_json_key_string(&cli->json, "state", draft->state);
	lx_json_key_string(&cli->json, "text", lx_buffer_text(&text));
	lx_buffer_free(&text);
	return status;
}
