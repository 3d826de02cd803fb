/* A new revision: its id, its file's name, and writing it with the snapshot and lexo.sum.
 * SPDX-License-Identifier: Apache-2.0 */
#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/random.h>
#include <time.h>

#include "base/arena.h"
#include "base/io.h"
#include "base/utf8.h"
#include "cli/hooks.h"
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

/* --- the file's name ------------------------------------------------------------------------------------------------
 */

/* "Tables: users & documents" -> "tables_users_documents", cut at a word. */
static const char *make_slug(struct lx_cli *cli, const char *message)
{
	struct lx_buffer slug = LX_BUFFER_INIT;
	bool is_gap = false;
	for (const char *at = message; *at; at++) {
		unsigned char c = (unsigned char)*at;
		bool is_word = c >= 0x80 || c == '_' || (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z');
		if (!is_word) {
			is_gap = slug.length > 0;
			continue;
		}
		if (is_gap)
			lx_buffer_char(&slug, '_');
		is_gap = false;
		lx_buffer_char(&slug, c >= 'A' && c <= 'Z' ? (char)(c | 32) : (char)c);
	}
	size_t limit = (size_t)cli->config.truncate_slug_length;
	if (slug.length > limit) {
		size_t end = lx_utf8_clip(slug.data, slug.length, limit);
		size_t word = end;
		while (word > 0 && slug.data[word] != '_')
			word--;
		lx_buffer_truncate(&slug, word ? word : end);
	}
	const char *copy = lx_arena_string(cli->arena, lx_buffer_text(&slug));
	lx_buffer_free(&slug);
	return copy;
}

struct token {
	const char *name;
	const char *text;
	long number;
};

/* Alembic's forms: %(year)d, %(month).2d, %(rev)s. */
static bool add_token(struct lx_buffer *out, const char **at, const struct token *tokens, size_t count)
{
	const char *name = *at + 2, *end = strchr(name, ')');
	size_t length = end ? (size_t)(end - name) : 0;
	for (size_t i = 0; i < count && end; i++) {
		if (strlen(tokens[i].name) != length || memcmp(tokens[i].name, name, length) != 0)
			continue;
		if (tokens[i].text && end[1] == 's') {
			lx_buffer_string(out, tokens[i].text);
			*at = end + 1;
			return true;
		}
		if (tokens[i].text)
			return false;
		int width = 0;
		const char *form = end + 1;
		if (form[0] == '.' && isdigit((unsigned char)form[1])) {
			width = form[1] - '0';
			form += 2;
		}
		if (*form != 'd' && *form != 's')
			return false;
		lx_buffer_printf(out, "%0*ld", width, tokens[i].number);
		*at = form;
		return true;
	}
	return false;
}

static enum lx_status template_fail(struct lx_cli *cli, struct lx_fail *fail, const char *message)
{
	lx_fail(fail, LX_FAILED, "L0507", "file_template = %s: %s", cli->config.file_template, message);
	if (cli->config.file)
		lx_fail_where(fail, "%s", cli->config.file);
	lx_fail_help(fail, "'lexo explain L0507' lists the tokens");
	return LX_FAILED;
}

static enum lx_status name_file(struct lx_cli *cli, struct lx_new_revision *new, const struct tm *when, time_t now,
				struct lx_fail *fail)
{
	const struct token tokens[] = {{"rev", new->id, 0},
				       {"slug", make_slug(cli, new->message), 0},
				       {"epoch", NULL, (long)now},
				       {"year", NULL, when->tm_year + 1900L},
				       {"month", NULL, when->tm_mon + 1L},
				       {"day", NULL, when->tm_mday},
				       {"hour", NULL, when->tm_hour},
				       {"minute", NULL, when->tm_min},
				       {"second", NULL, when->tm_sec}};
	struct lx_buffer name = LX_BUFFER_INIT;
	for (const char *at = cli->config.file_template; *at; at++) {
		if (*at == '%' && at[1] == '(') {
			if (!add_token(&name, &at, tokens, sizeof tokens / sizeof *tokens)) {
				lx_buffer_free(&name);
				return template_fail(cli, fail, "unknown token");
			}
		} else if (*at != '%' || at[1] != '%') /* %%(rev)s, as Alembic's files have it, is %(rev)s */
			lx_buffer_char(&name, *at);
	}
	while (name.length && name.data[name.length - 1] == '_') /* without a message */
		lx_buffer_truncate(&name, name.length - 1);
	const char *text = lx_arena_string(cli->arena, lx_buffer_text(&name));
	lx_buffer_free(&name);
	const char *slash = strrchr(text, '/');
	if (!text[0] || text[0] == '/' || (slash ? slash[1] : text[0]) == '.' || strstr(text, ".."))
		return template_fail(cli, fail, "it does not give the name of a file");
	if (slash && !cli->config.recursive_version_locations)
		return template_fail(cli, fail,
				     "a name with a folder is found again only with recursive_version_locations = yes");
	new->path = lx_arena_printf(cli->arena, "%s/%s.sql", new->folder, text);
	if (slash)
		new->folder = lx_arena_printf(cli->arena, "%s/%.*s", new->folder, (int)(slash - text), text);
	if (!lx_io_exists(new->path))
		return LX_OK;
	lx_fail(fail, LX_FAILED, "L0504", "%s is there already", new->path);
	lx_fail_help(fail, "give another message or --rev-id");
	return LX_FAILED;
}

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

/* The time in the configured zone: UTC, local, or a name of the zone database such as Europe/Paris. */
static enum lx_status read_zone(struct lx_cli *cli, time_t now, struct tm *when, struct lx_fail *fail)
{
	const char *zone = cli->config.timezone, *folder = getenv("TZDIR"), *former = getenv("TZ");
	if (strcasecmp(zone, "local") == 0) {
		localtime_r(&now, when);
		return LX_OK;
	}
	if (strcasecmp(zone, "UTC") == 0) {
		gmtime_r(&now, when);
		return LX_OK;
	}
	const char *path = lx_arena_printf(cli->arena, "%s/%s", folder ? folder : "/usr/share/zoneinfo", zone);
	if (zone[0] == '/' || strstr(zone, "..") || !lx_io_exists(path) || lx_io_is_folder(path)) {
		lx_fail(fail, LX_FAILED, "L0206", "'timezone' must be UTC, local or the name of a zone, not '%s'",
			zone);
		lx_fail_where(fail, "%s", cli->config.file);
		lx_fail_help(fail,
			     "zones have names such as Europe/Paris; they are the files below /usr/share/zoneinfo");
		return LX_FAILED;
	}
	former = former ? lx_arena_string(cli->arena, former) : NULL;
	setenv("TZ", zone, 1);
	tzset();
	localtime_r(&now, when);
	if (former)
		setenv("TZ", former, 1);
	else
		unsetenv("TZ");
	tzset();
	return LX_OK;
}

enum lx_status lx_new_revision_init(struct lx_cli *cli, const struct lx_history *history, const char *folder,
				    const char *fallback, struct lx_new_revision *new, struct lx_fail *fail)
{
	const char *message = lx_option_value(&cli->options, LX_OPTION_MESSAGE);
	time_t now = lx_revision_time();
	struct tm utc = {0}, local = {0};
	gmtime_r(&now, &utc);
	*new = (struct lx_new_revision){.message = message ? message : fallback, .folder = folder};
	enum lx_status status = choose_id(cli, history, new, fail);
	if (status != LX_OK)
		return status;
	new->created = lx_arena_printf(cli->arena, "%04d-%02d-%02dT%02d:%02d:%02dZ", utc.tm_year + 1900, utc.tm_mon + 1,
				       utc.tm_mday, utc.tm_hour, utc.tm_min, utc.tm_sec);
	new->sum_path = lx_arena_printf(cli->arena, "%s/lexo.sum", cli->config.script_location);
	new->snapshot_path = lx_arena_printf(cli->arena, "%s/schema.lexo", cli->config.script_location);
	status = read_zone(cli, now, &local, fail);
	return status == LX_OK ? name_file(cli, new, &local, now, fail) : status;
}

/* --- writing --------------------------------------------------------------------------------------------------------
 */

static enum lx_status add_copy(struct lx_history *history, const char *path, const char *text, size_t length,
			       struct lx_fail *fail)
{
	char *copy = malloc(length + 1);
	if (!copy)
		return lx_fail(fail, LX_FAILED, "L0105", "out of memory");
	memcpy(copy, text, length);
	copy[length] = 0;
	return lx_history_add(history, path, copy, length, fail);
}

/* HISTORY without the revision called ID, which gets a new text. */
static enum lx_status copy_others(const struct lx_history *history, const char *id, struct lx_history *others,
				  struct lx_fail *fail)
{
	enum lx_status status = LX_OK;
	for (size_t i = 0; i < history->count && status == LX_OK; i++) {
		const struct lx_revision *revision = history->revisions[i];
		if (strcmp(revision->id, id) != 0)
			status = add_copy(others, revision->path, revision->text, revision->length, fail);
	}
	return status;
}

/* lexo.sum for HISTORY with the new file, which is read from the bytes that will stand on disk. */
static enum lx_status make_sum(struct lx_history *history, const struct lx_new_revision *new,
			       const struct lx_buffer *text, struct lx_buffer *sum, struct lx_fail *fail)
{
	struct lx_history *others = NULL;
	enum lx_status status = LX_OK;
	if (lx_history_get(history, new->id)) {
		others = lx_history_open();
		status = others ? copy_others(history, new->id, others, fail)
				: lx_fail(fail, LX_FAILED, "L0105", "out of memory");
		history = others;
	}
	if (status == LX_OK)
		status = add_copy(history, new->path, lx_buffer_text(text), text->length, fail);
	if (status == LX_OK)
		status = lx_history_link(history, fail);
	if (status == LX_OK && (!lx_sum_print(sum, history) || !lx_buffer_ok(sum)))
		status = lx_fail(fail, LX_FAILED, "L0105", "out of memory");
	lx_history_close(others);
	return status;
}

enum lx_status lx_revision_rewrite(struct lx_cli *cli, struct lx_history *history, const struct lx_new_revision *new,
				   const struct lx_buffer *text, const struct lx_buffer *snapshot)
{
	struct lx_buffer sum = LX_BUFFER_INIT;
	struct lx_fail *fail = &cli->fail;
	struct lx_io_set *set = lx_io_set_open();
	enum lx_status status = set ? LX_OK : lx_fail(fail, LX_FAILED, "L0105", "out of memory");
	if (status == LX_OK)
		status = make_sum(history, new, text, &sum, fail);
	if (status == LX_OK)
		status = lx_io_make_folder(cli->config.script_location, fail);
	if (status == LX_OK && new->folder)
		status = lx_io_make_folder(new->folder, fail);
	if (status == LX_OK)
		status = lx_io_set_add(set, new->path, lx_buffer_text(text), text->length, fail);
	if (status == LX_OK && snapshot)
		status = lx_io_set_add(set, new->snapshot_path, lx_buffer_text(snapshot), snapshot->length, fail);
	if (status == LX_OK)
		status = lx_io_set_add(set, new->sum_path, lx_buffer_text(&sum), sum.length, fail);
	if (status == LX_OK)
		status = lx_io_set_commit(set, NULL, fail);
	lx_io_set_close(set);
	lx_buffer_free(&sum);
	return status;
}

enum lx_status lx_new_revision_write(struct lx_cli *cli, struct lx_history *history, const struct lx_new_revision *new,
				     const struct lx_buffer *text, const struct lx_buffer *snapshot)
{
	enum lx_status status = lx_revision_rewrite(cli, history, new, text, snapshot);
	if (status != LX_OK)
		return status;
	lx_cli_print(cli, "Generating %s ...  done\n", new->path);
	return lx_hooks_run(cli, history, new);
}
