/* lexo import: the migrations of another tool as revisions.
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/arena.h"
#include "base/io.h"
#include "cli/commands.h"
#include "cli/import.h"
#include "cli/revisions.h"

static const struct lx_import_format formats[] = {
    {"alembic", lx_import_alembic, LX_IMPORT_HEADS, "SELECT version_num FROM "},
    {"dbmate", lx_import_marked, LX_IMPORT_ALL, "SELECT version FROM schema_migrations ORDER BY version"},
    {"goose", lx_import_marked, LX_IMPORT_ALL,
     "SELECT version_id::text FROM (SELECT DISTINCT ON (version_id) version_id, is_applied FROM goose_db_version\n"
     "WHERE version_id > 0 ORDER BY version_id, id DESC) AS latest WHERE is_applied ORDER BY version_id"},
    {"golang-migrate", lx_import_pairs, LX_IMPORT_LAST, "SELECT version::text FROM schema_migrations WHERE NOT dirty"},
    {"flyway", lx_import_flyway, LX_IMPORT_ALL,
     "SELECT coalesce(version, description) FROM flyway_schema_history\n"
     "WHERE success AND type = 'SQL' ORDER BY installed_rank"},
    {"sqitch", lx_import_sqitch, LX_IMPORT_ALL, "SELECT change FROM sqitch.changes ORDER BY committed_at"},
    {"diesel", lx_import_diesel, LX_IMPORT_ALL, "SELECT version FROM __diesel_schema_migrations ORDER BY version"},
};
enum { FORMAT_COUNT = sizeof formats / sizeof *formats };

static enum lx_status find_format(struct lx_cli *cli, const char *word, const struct lx_import_format **format)
{
	const char *words[FORMAT_COUNT];
	for (size_t i = 0; i < FORMAT_COUNT; i++) {
		words[i] = formats[i].word;
		*format = &formats[i];
		if (strcmp(word, words[i]) == 0)
			return LX_OK;
	}
	const char *nearest = lx_nearest(word, words, FORMAT_COUNT);
	lx_fail(&cli->fail, LX_USAGE, "L0202", "lexo import does not know the tool '%s'", word);
	if (nearest)
		lx_fail_help(&cli->fail, "did you mean '%s'?", nearest);
	else
		lx_fail_help(&cli->fail, "it knows alembic, dbmate, goose, golang-migrate, flyway, sqitch and diesel");
	return LX_USAGE;
}

/* --- texts -----------------------------------------------------------------------------------------------------------
 */

/* A way down that not even the scanner can read is kept as a remark: it never worked. */
static enum lx_status convert_down(struct lx_import *import, struct lx_import_revision *revision)
{
	struct lx_cli *cli = import->cli;
	enum lx_status status = lx_import_convert(import, &revision->down, &revision->downgrade);
	if (status == LX_OK || strcmp(cli->fail.code, "L0434") != 0)
		return status;
	lx_import_note(import, revision->down.path, NULL, NULL,
		       lx_arena_printf(cli->arena, "its way back cannot be run and is kept as a remark: %s (%s)",
				       cli->fail.message, cli->fail.where));
	revision->irreversible = lx_arena_printf(cli->arena, "%s", cli->fail.message);
	cli->fail = (struct lx_fail){0};
	struct lx_buffer text = LX_BUFFER_INIT;
	for (const char *at = revision->down.sql, *end = at + revision->down.length; at < end;) {
		const char *newline = memchr(at, '\n', (size_t)(end - at));
		size_t length = (size_t)((newline ? newline : end) - at);
		lx_buffer_printf(&text, "-- | %.*s\n", (int)length, at);
		at += length + 1;
	}
	revision->downgrade = lx_arena_string(cli->arena, lx_buffer_text(&text));
	lx_buffer_free(&text);
	return LX_OK;
}

static enum lx_status convert(struct lx_import *import)
{
	LX_EACH (struct lx_import_revision *, revision, &import->revisions) {
		enum lx_status status = lx_import_convert(import, &revision->up, &revision->upgrade);
		if (status == LX_OK && revision->down.path)
			status = convert_down(import, revision);
		if (status != LX_OK)
			return status;
	}
	return LX_OK;
}

/* When the other tool says that it was made; else now. */
static time_t time_of(const struct lx_import_revision *revision)
{
	struct tm when = {0};
	const char *rest = revision->created ? strptime(revision->created, "%Y-%m-%dT%H:%M:%SZ", &when) : NULL;
	return rest && !*rest ? timegm(&when) : lx_revision_time();
}

/* By file_template, whose names may be the same for two revisions here: what they say was not said for it. */
static enum lx_status choose_path(struct lx_import *import, struct lx_import_revision *revision, const char **path)
{
	struct lx_cli *cli = import->cli;
	enum lx_status status = lx_revision_file_path(cli, cli->config.script_location, revision->id, revision->message,
						      time_of(revision), path);
	if (status != LX_OK)
		return status;
	const struct lx_import_revision *other = lx_map_put(cli->arena, &import->paths, *path, strlen(*path), revision);
	if (!other)
		return LX_OK;
	lx_fail(&cli->fail, LX_FAILED, "L0507", "file_template = %s gives %s and %s the same name: %s",
		cli->config.file_template, other->id, revision->id, *path);
	lx_fail_help(&cli->fail, "nothing was written; write %%(rev)s into it, which no two revisions share");
	return LX_FAILED;
}

static const char *const *list(struct lx_cli *cli, struct lx_vec *names)
{
	lx_vec_push(cli->arena, names, NULL);
	names->length--;
	return (const char *const *)names->items;
}

static enum lx_status add_revision(struct lx_import *import, struct lx_import_revision *revision)
{
	struct lx_cli *cli = import->cli;
	struct lx_buffer text = LX_BUFFER_INIT;
	struct lx_revision_draft draft = {.id = revision->id,
					  .revises = list(cli, &revision->parents),
					  .depends_on = list(cli, &revision->depends_on),
					  .labels = list(cli, &revision->labels),
					  .message = revision->message,
					  .created = revision->created,
					  .irreversible = revision->irreversible,
					  .upgrade = revision->upgrade,
					  .downgrade = revision->downgrade};
	const char *path;
	enum lx_status status = choose_path(import, revision, &path);
	lx_revision_print(&text, &draft);
	if (status == LX_OK && !lx_buffer_ok(&text))
		status = lx_fail(&cli->fail, LX_FAILED, "L0105", "out of memory");
	if (status == LX_OK)
		return lx_history_add(import->history, path, text.data, text.length, &cli->fail);
	lx_buffer_free(&text);
	return status;
}

static enum lx_status make_history(struct lx_import *import)
{
	struct lx_fail *fail = &import->cli->fail;
	enum lx_status status = convert(import);
	import->history = lx_history_open();
	if (!import->history)
		return lx_fail(fail, LX_FAILED, "L0105", "out of memory");
	LX_EACH (struct lx_import_revision *, revision, &import->revisions)
		status = status == LX_OK ? add_revision(import, revision) : status;
	import->history->is_embedded = true; /* no lexo.sum is there yet */
	return status == LX_OK ? lx_history_link(import->history, fail) : status;
}

/* --- files -----------------------------------------------------------------------------------------------------------
 */

static enum lx_status write_files(struct lx_import *import)
{
	struct lx_cli *cli = import->cli;
	struct lx_history *none = lx_history_open();
	struct lx_vec files = {0};
	for (size_t i = 0; i < import->history->count; i++) {
		const struct lx_revision *revision = import->history->revisions[i];
		struct lx_revision_file *file = LX_NEW(cli->arena, struct lx_revision_file);
		*file = (struct lx_revision_file){revision->id, revision->path, revision->text, revision->length};
		lx_vec_push(cli->arena, &files, file);
	}
	enum lx_status status = none ? lx_revisions_write(cli, none, &files, NULL)
				     : lx_fail(&cli->fail, LX_FAILED, "L0105", "out of memory");
	lx_history_close(none);
	return status;
}

static enum lx_status check_empty(struct lx_cli *cli)
{
	struct lx_history *history;
	enum lx_status status = lx_revisions_outline(cli, &history);
	if (status == LX_OK && history->count) {
		status = lx_fail(&cli->fail, LX_FAILED, "L0208", "there are %zu revisions in %s already",
				 history->count, cli->config.script_location);
		lx_fail_help(&cli->fail, "an import begins a history; move them away, or import in another project "
					 "(script_location in lexo.ini)");
	}
	lx_history_close(history);
	return status;
}

static void report(struct lx_import *import)
{
	struct lx_cli *cli = import->cli;
	const struct lx_history *history = import->history;
	lx_json_key_integer(&cli->json, "revisions", (int64_t)history->count);
	lx_revisions_json_ids(cli, "heads", history->heads, history->head_count);
	lx_json_key(&cli->json, "notes");
	lx_json_open_array(&cli->json);
	LX_EACH (const char *, note, &import->notes) {
		lx_json_string(&cli->json, note);
		lx_cli_warn(cli, "lexo.import", "%s", note);
	}
	lx_json_close_array(&cli->json);
	lx_cli_print(cli, "%zu revision%s imported into %s, %s %s\n", history->count, history->count == 1 ? "" : "s",
		     cli->config.script_location, history->head_count > 1 ? "heads" : "head",
		     lx_revisions_names(cli, history->heads, history->head_count));
}

static enum lx_status import_folder(struct lx_import *import)
{
	struct lx_cli *cli = import->cli;
	enum lx_status status = import->format->read(import);
	if (status == LX_OK && !import->revisions.length) {
		status = lx_fail(&cli->fail, LX_FAILED, "L0435", "%s has no migrations of %s", import->folder,
				 import->format->word);
		lx_fail_help(&cli->fail, "name the folder that the other tool is told to read");
	}
	if (status == LX_OK)
		status = make_history(import);
	if (status == LX_OK)
		status = lx_import_prove(import);
	if (status == LX_OK)
		status = write_files(import);
	if (status != LX_OK)
		return status;
	report(import);
	return lx_option_given(&cli->options, LX_OPTION_STAMP) ? lx_import_stamp(import) : LX_OK;
}

enum lx_status lx_command_import(struct lx_cli *cli)
{
	const struct lx_vec *operands = &cli->options.operands;
	struct lx_import import = {.cli = cli, .folder = operands->items[1]};
	enum lx_status status = find_format(cli, operands->items[0], &import.format);
	if (status == LX_OK)
		status = check_empty(cli);
	if (status == LX_OK && !lx_io_is_folder(import.folder)) {
		status = lx_fail(&cli->fail, LX_FAILED, "L0101", "there is no folder %s", import.folder);
		lx_fail_help(&cli->fail, "check the path; it is seen from the working directory");
	}
	if (status == LX_OK)
		status = import_folder(&import);
	lx_history_close(import.history);
	return status;
}
