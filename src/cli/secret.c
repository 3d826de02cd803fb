/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/secret.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/arena.h"
#include "base/vec.h"

static const char space[] = " \t\n\v\f\r"; /* isspace() in the C locale */

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

/* Is the key of LENGTH bytes a password's?  libpq takes %70assword for one, too. */
static bool is_secret_key(const char *key, size_t length)
{
	static const char word[] = "password";
	enum { SIZE = sizeof word - 1 };
	char last[SIZE] = {0}; /* characters, decoded */
	for (size_t i = 0; i < length; i++) {
		char c = key[i];
		if (c == '%' && length - i > 2) {
			const char digits[] = {key[i + 1], key[i + 2], 0};
			c = (char)strtol(digits, NULL, 16);
			i += 2;
		}
		memmove(last, last + 1, SIZE - 1);
		last[SIZE - 1] = c;
		if (strncasecmp(last, word, SIZE) == 0)
			return true;
	}
	return false;
}

/* KEY=VALUE&KEY=VALUE.  A question mark may be part of a value, or what comes before it part of a password: so a key is
 * looked for behind each, and a password ends at & alone. */
static void blank_parameters(char *query)
{
	while (*query) {
		size_t length = strcspn(query, "=&?");
		if (query[length] == '=' && is_secret_key(query, length)) {
			char *value = query + length + 1;
			query = value + strcspn(value, "&");
			blank(value, query);
		} else {
			query += length + strcspn(query + length, "&?");
		}
		query += *query != 0;
	}
}

/* A password in its value's place: nobody can say where that ends. */
static char *find_password(char *from)
{
	for (char *at = from; (at = strcasestr(at, "password")) != NULL; at++) {
		char *value = at + 8 + strspn(at + 8, space);
		if (*value == '=')
			return value + 1;
	}
	return NULL;
}

/* The end of a value that begins at AT, which is moved behind an opening quote; NULL: no end. */
static char *end_of_value(char **at)
{
	bool is_quoted = **at == '\'';
	char *end = *at += is_quoted;
	while (*end && (is_quoted ? *end != '\'' : !strchr(space, *end)))
		end += *end == '\\' && end[1] ? 2 : 1;
	return is_quoted && !*end ? NULL : end;
}

/* KEY = VALUE pairs, read as conninfo_parse() of libpq does it (PostgreSQL docs, 34.1.1.1).  False: libpq would refuse
 * them, or a value looks as if there were pairs in it. */
static bool blank_pairs(char *text)
{
	for (char *at = text + strspn(text, space); *at; at += strspn(at, space)) {
		char *key = at;
		at += strcspn(at, "= \t\n\v\f\r");
		size_t length = (size_t)(at - key);
		at += strspn(at, space);
		if (*at != '=')
			return false;
		at++;
		at += strspn(at, space);
		char *end = end_of_value(&at);
		if (!end)
			return false;
		bool is_secret = false;
		for (size_t i = 0; i + 8 <= length; i++)
			is_secret |= strncasecmp(key + i, "password", 8) == 0;
		char *inner = is_secret ? NULL : find_password(at);
		if (is_secret)
			blank(at, end);
		else if (inner && inner <= end)
			return false;
		at = end + (*end == '\'');
	}
	return true;
}

static bool is_url(const char *text)
{
	return strncmp(text, "postgresql://", 13) == 0 || strncmp(text, "postgres://", 11) == 0;
}

static void blank_url(char *authority)
{
	char *query = strchr(authority, '?');
	if (query)
		blank_parameters(query + 1);
	blank_authority(authority);
}

/* What libpq would take is blanked exactly; of anything else, options with a URL behind them too, rather too much. */
void lx_secret_blank(char *url)
{
	char *scheme = strstr(url, "://");
	if (is_url(url)) {
		blank_url(scheme + 3);
		return;
	}
	bool is_option = *url == '-', is_other_url = scheme && scheme < url + strcspn(url, "=");
	if (blank_pairs(url) && !is_option && !is_other_url)
		return;
	char *password = find_password(url);
	if (password)
		blank(password, password + strlen(password));
	if (scheme)
		blank_url(scheme + 3);
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
