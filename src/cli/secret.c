/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/secret.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "base/arena.h"

static void blank(char *from, const char *end)
{
	for (; from < end && *from; from++)
		*from = '*';
}

/* user:PASSWORD@ — the last @ before the path, since passwords are often not encoded as they should be. */
static void blank_authority(char *authority)
{
	size_t length = strcspn(authority, "/?#");
	char *at = memrchr(authority, '@', length);
	if (!at) /* a '/' in the password: take the last @ of all */
		at = strrchr(authority, '@');
	char *colon = at ? memchr(authority, ':', (size_t)(at - authority)) : NULL;
	if (colon)
		blank(colon + 1, at);
}

/* password=…, sslpassword=…, as a URL parameter (until &) or as a keyword (until white space, or quoted). */
static void blank_keywords(char *text, const char *stops)
{
	for (char *at = text; *at; at++) {
		if (strncasecmp(at, "password", 8) != 0)
			continue;
		char *value = at + 8 + strspn(at + 8, " \t");
		if (*value != '=')
			continue;
		value += 1 + strspn(value + 1, *stops == '&' ? "" : " \t");
		char *end = value;
		if (*value == '\'' && *stops != '&')
			for (end = ++value; *end && *end != '\''; end++)
				end += *end == '\\' && end[1];
		else
			while (*end && !strchr(stops, *end))
				end += *end == '\\' && end[1] ? 2 : 1;
		blank(value, end);
		at = end > at ? end - 1 : at;
	}
}

void lx_secret_blank(char *url)
{
	char *scheme = strstr(url, "://");
	if (scheme) {
		blank_authority(scheme + 3);
		char *query = strchr(scheme + 3, '?');
		if (query)
			blank_keywords(query, "&#");
	} else
		blank_keywords(url, " \t\n");
}

const char *lx_secret_shown(struct lx_arena *arena, const char *url)
{
	char *copy = lx_arena_string(arena, url);
	lx_secret_blank(copy);
	return copy;
}

/* --url URL, --url=URL, -u URL, -uURL, -qu URL; "--u" is short for it too. */
void lx_secret_scrub(int argc, char **argv)
{
	for (int i = 1; i < argc; i++) {
		char *text = argv[i];
		if (strstr(text, "://") || strcasestr(text, "password"))
			lx_secret_blank(text);
	}
}
