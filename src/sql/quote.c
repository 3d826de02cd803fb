/* Quoting of names and literals, by the rules of quote_identifier() and quote_literal()
 * (src/backend/utils/adt/ruleutils.c, quote.c).
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "sql/emit.h"

enum category { UNRESERVED, COLUMN_NAME, TYPE_OR_FUNCTION, RESERVED };
struct keyword {
	const char *word;
	enum category category;
};
static const struct keyword keywords[] = {
#define LX_KEYWORD(word, category) {word, category},
#include "sql/keywords.def"
#undef LX_KEYWORD
};
enum { KEYWORDS = sizeof keywords / sizeof keywords[0], LONGEST_KEYWORD = 24 };

static const struct keyword *find_keyword(const char *word)
{
	size_t low = 0, high = KEYWORDS;
	while (low < high) {
		size_t middle = (low + high) / 2;
		int order = strcmp(word, keywords[middle].word);
		if (!order)
			return &keywords[middle];
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return NULL;
}

bool lx_is_sql_keyword(const char *word, size_t length)
{
	char folded[LONGEST_KEYWORD + 1];
	if (length > LONGEST_KEYWORD)
		return false;
	for (size_t i = 0; i < length; i++)
		folded[i] = word[i] >= 'A' && word[i] <= 'Z' ? (char)(word[i] + 32) : word[i];
	folded[length] = 0;
	return find_keyword(folded) != NULL;
}

static bool is_plain_word(const char *name)
{
	if (!(*name >= 'a' && *name <= 'z') && *name != '_')
		return false;
	return name[strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789_")] == 0;
}

bool lx_name_needs_quotes(const char *name)
{
	if (!is_plain_word(name))
		return true;
	const struct keyword *keyword = find_keyword(name);
	return keyword && keyword->category != UNRESERVED;
}

static void add_doubled(struct lx_buffer *out, const char *text, char quote)
{
	lx_buffer_char(out, quote);
	for (const char *p = text; *p; p++) {
		if (*p == quote)
			lx_buffer_char(out, quote);
		lx_buffer_char(out, *p);
	}
	lx_buffer_char(out, quote);
}

void lx_quote_name(struct lx_buffer *out, const char *name)
{
	if (lx_name_needs_quotes(name))
		add_doubled(out, name, '"');
	else
		lx_buffer_string(out, name);
}

void lx_quote_literal(struct lx_buffer *out, const char *text)
{
	add_doubled(out, text, '\'');
}
