/* Sqitch: the plan says what there is and in which order; scripts are deploy/NAME.sql and revert/NAME.sql.
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/arena.h"
#include "base/io.h"
#include "cli/import.h"

/* A line of the plan. */
struct entry {
	const char *name;
	size_t length;
	bool is_tag;
	const char *time, *note;
};

/* "name [needs] 2013-12-31T10:26:59Z Somebody <mail> # note" */
static bool read_entry(struct lx_arena *arena, const char *line, struct entry *entry)
{
	line += strspn(line, " \t");
	if (strchr("%#\r\n", line[0]) || !line[0])
		return false;
	*entry = (struct entry){.is_tag = line[0] == '@'};
	entry->name = line + strspn(line, "@+-");
	entry->length = strcspn(entry->name, " \t\r\n");
	const char *end = line + strcspn(line, "\n"), *at = entry->name + entry->length;
	for (; at < end && !entry->time; at++)
		if (end - at > 20 && strspn(at, "0123456789") == 4 && at[4] == '-' && at[19] == 'Z')
			entry->time = lx_arena_copy(arena, at, 20);
	for (; at < end && !entry->note; at++)
		if (at[0] == '#' && at[-1] == ' ')
			entry->note = lx_arena_copy(arena, at + 1 + strspn(at + 1, " "),
						    strcspn(at + 1 + strspn(at + 1, " "), "\r\n"));
	return entry->length > 0;
}

/* A change that the plan has again further down was reworked: its scripts are named for the first tag in between. */
static const char *find_suffix(struct lx_arena *arena, const struct entry *entry)
{
	const char *tag = NULL;
	for (const char *line = strchr(entry->name, '\n'); line; line = strchr(line + 1, '\n')) {
		struct entry other;
		if (!read_entry(arena, line + 1, &other))
			continue;
		if (other.is_tag && !tag)
			tag = lx_arena_printf(arena, "@%.*s", (int)other.length, other.name);
		if (!other.is_tag && other.length == entry->length &&
		    strncmp(other.name, entry->name, entry->length) == 0)
			return tag ? tag : "";
	}
	return "";
}

static enum lx_status add_change(struct lx_import *import, const struct entry *entry)
{
	struct lx_arena *arena = import->cli->arena;
	const char *name = lx_arena_copy(arena, entry->name, entry->length);
	const char *suffix = find_suffix(arena, entry);
	struct lx_import_revision *revision =
	    lx_import_add(import, lx_arena_printf(arena, "%s%s", name, suffix), entry->note ? entry->note : name);
	revision->version = name;
	revision->created = entry->time;
	const char *deploy = lx_import_path(import, lx_arena_printf(arena, "deploy/%s%s.sql", name, suffix));
	const char *revert = lx_import_path(import, lx_arena_printf(arena, "revert/%s%s.sql", name, suffix));
	enum lx_status status = lx_import_take(import, deploy, &revision->up);
	if (status == LX_OK && lx_io_exists(revert))
		status = lx_import_take(import, revert, &revision->down);
	return status;
}

enum lx_status lx_import_sqitch(struct lx_import *import)
{
	const char *plan;
	enum lx_status status = lx_import_read(import, lx_import_path(import, "sqitch.plan"), &plan);
	if (status != LX_OK)
		return status;
	for (const char *line = plan; line && status == LX_OK;) {
		struct entry entry;
		if (read_entry(import->cli->arena, line, &entry) && !entry.is_tag)
			status = add_change(import, &entry);
		line = strchr(line, '\n');
		line = line ? line + 1 : NULL;
	}
	return status;
}
