/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/secret.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/arena.h"
#include "base/vec.h"

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

/* A parameter of a URL, KEY=VALUE of LENGTH bytes; libpq takes %70assword for a key, too. */
static void blank_parameter(char *text, size_t length)
{
	static const char word[] = "password";
	enum { SIZE = sizeof word - 1 };
	char last[SIZE] = {0}; /* characters of the key */
	bool is_secret = false;
	size_t at = 0;
	for (; at < length && text[at] != '='; at++) {
		char c = text[at];
		if (c == '%' && length - at > 2) {
			const char digits[] = {text[at + 1], text[at + 2], 0};
			c = (char)strtol(digits, NULL, 16);
			at += 2;
		}
		memmove(last, last + 1, SIZE - 1);
		last[SIZE - 1] = c;
		is_secret |= strncasecmp(last, word, SIZE) == 0;
	}
	if (at < length && is_secret)
		blank(text + at + 1, text + length);
}

static void blank_parameters(char *query)
{
	for (size_t length; *query; query += length + (query[length] == '&')) {
		length = strcspn(query, "&");
		blank_parameter(query, length);
	}
}

/* password=… and sslpassword=… as keywords: until white space, or quoted (PostgreSQL docs, 34.1.1.1). */
static void blank_keywords(char *text)
{
	static const char space[] = " \t\n\v\f\r";
	for (char *at = text; *at; at++) {
		if (strncasecmp(at, "password", 8) != 0)
			continue;
		char *value = at + 8 + strspn(at + 8, space);
		if (*value != '=')
			continue;
		value += 1 + strspn(value + 1, space);
		char *end = value;
		if (*value == '\'') {
			for (end = ++value; *end && *end != '\''; end++)
				end += *end == '\\' && end[1];
			end += *end == '\'';
		}
		while (*end && !strchr(space, *end))
			end += *end == '\\' && end[1] ? 2 : 1;
		blank(value, end);
		at = end > at ? end - 1 : at;
	}
}

/* A URL, or an option with one behind it: anything else that holds "://" may be keywords with that in a value. */
static bool is_url(const char *text, const char *scheme)
{
	const char *name = text;
	for (const char *at = text; at < scheme && *text == '-'; at++)
		if (strncmp(at, "postgres", 8) == 0)
			name = at;
	size_t length = (size_t)(scheme - name);
	return (length == 8 && memcmp(name, "postgres", 8) == 0) ||
	       (length == 10 && memcmp(name, "postgresql", 10) == 0);
}

void lx_secret_blank(char *url)
{
	char *scheme = strstr(url, "://");
	if (!scheme || !is_url(url, scheme))
		blank_keywords(url);
	if (scheme) {
		blank_authority(scheme + 3);
		char *query = strchr(scheme + 3, '?');
		if (query)
			blank_parameters(query + 1);
	}
}

const char *lx_secret_shown(struct lx_arena *arena, const char *url)
{
	char *copy = lx_arena_string(arena, url);
	lx_secret_blank(copy);
	return copy;
}

/* What was blanked, with the character before it (":" or "=" or a quote): "postgres" alone may well be shown when that
 * is the password. */
static void remember(struct lx_arena *arena, struct lx_vec *secrets, const char *before, const char *after)
{
	for (size_t i = 1, length; before[i]; i += length ? length : 1) {
		for (length = 0; before[i + length] != after[i + length]; length++)
			;
		if (length)
			lx_vec_push(arena, secrets, lx_arena_copy(arena, before + i - 1, length + 1));
	}
}

/* --url URL, --url=URL, -u URL, -uURL, -qu URL; "--u" is short for it too; and where it stands by mistake. */
void lx_secret_scrub(struct lx_arena *arena, int argc, char **argv, struct lx_vec *secrets)
{
	for (int i = 1; i < argc; i++) {
		char *text = argv[i];
		if (strstr(text, "://") || strcasestr(text, "password")) {
			const char *before = lx_arena_string(arena, text);
			lx_secret_blank(text);
			remember(arena, secrets, before, text);
		}
	}
}

void lx_secret_hide(const struct lx_vec *secrets, char *text)
{
	LX_EACH (const char *, secret, secrets)
		for (char *at = text; (at = strstr(at, secret)) != NULL; at += strlen(secret))
			blank(at + 1, at + strlen(secret));
}
