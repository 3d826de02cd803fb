/* What a revision's file is called: file_template of lexo.ini, filled in.
 * SPDX-License-Identifier: Apache-2.0 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>

#include "base/arena.h"
#include "base/io.h"
#include "base/utf8.h"
#include "cli/revisions.h"

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

static enum lx_status template_fail(struct lx_cli *cli, const char *message)
{
	lx_fail(&cli->fail, LX_FAILED, "L0507", "file_template = %s: %s", cli->config.file_template, message);
	if (cli->config.file)
		lx_fail_where(&cli->fail, "%s", cli->config.file);
	lx_fail_help(&cli->fail, "'lexo explain L0507' lists the tokens");
	return LX_FAILED;
}

static enum lx_status fill_template(struct lx_cli *cli, const struct token *tokens, size_t count, const char **text)
{
	struct lx_buffer name = LX_BUFFER_INIT;
	for (const char *at = cli->config.file_template; *at; at++) {
		if (*at == '%' && at[1] == '(') {
			if (!add_token(&name, &at, tokens, count)) {
				lx_buffer_free(&name);
				return template_fail(cli, "unknown token");
			}
		} else if (*at != '%' || at[1] != '%') /* %%(rev)s, as Alembic's files have it, is %(rev)s */
			lx_buffer_char(&name, *at);
	}
	while (name.length && name.data[name.length - 1] == '_') /* without a message */
		lx_buffer_truncate(&name, name.length - 1);
	*text = lx_arena_string(cli->arena, lx_buffer_text(&name));
	lx_buffer_free(&name);
	return LX_OK;
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

enum lx_status lx_revision_file_path(struct lx_cli *cli, const char *folder, const char *id, const char *message,
				     time_t when, const char **path)
{
	struct tm local = {0};
	const char *text;
	enum lx_status status = read_zone(cli, when, &local, &cli->fail);
	if (status != LX_OK)
		return status;
	const struct token tokens[] = {{"rev", id, 0},
				       {"slug", make_slug(cli, message), 0},
				       {"epoch", NULL, (long)when},
				       {"year", NULL, local.tm_year + 1900L},
				       {"month", NULL, local.tm_mon + 1L},
				       {"day", NULL, local.tm_mday},
				       {"hour", NULL, local.tm_hour},
				       {"minute", NULL, local.tm_min},
				       {"second", NULL, local.tm_sec}};
	status = fill_template(cli, tokens, sizeof tokens / sizeof *tokens, &text);
	if (status != LX_OK)
		return status;
	const char *slash = strrchr(text, '/');
	if (!text[0] || text[0] == '/' || (slash ? slash[1] : text[0]) == '.' || strstr(text, ".."))
		return template_fail(cli, "it does not give the name of a file");
	if (slash && !cli->config.recursive_version_locations)
		return template_fail(cli,
				     "a name with a folder is found again only with recursive_version_locations = yes");
	*path = lx_arena_printf(cli->arena, "%s/%s.sql", folder, text);
	return LX_OK;
}
