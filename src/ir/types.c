/* SPDX-License-Identifier: Apache-2.0 */
#include "ir/types.h"

#include <string.h>

#include "base/text.h"

static const struct lx_builtin builtins[] = {
#define LX_BUILTIN(name, sql, aliases, oid, array_oid, codec, max_modifiers)                                           \
	{name, sql, aliases, oid, array_oid, codec, max_modifiers},
#include "ir/types.def"
#undef LX_BUILTIN
};
enum { COUNT = sizeof builtins / sizeof builtins[0] };

const struct lx_builtin *lx_builtin_at(size_t i)
{
	return i < COUNT ? &builtins[i] : NULL;
}

/* Lower case, runs of white space as one blank, none at the ends.  False when it does not fit: no built-in is that
 * long. */
static bool fold(const char *text, size_t length, char *out, size_t size, size_t *folded)
{
	size_t n = 0;
	bool blank = false;
	for (size_t i = 0; i < length; i++) {
		char c = text[i];
		if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
			blank = n > 0;
			continue;
		}
		if (n + 2 >= size)
			return false;
		if (blank)
			out[n++] = ' ';
		blank = false;
		out[n++] = c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
	}
	out[n] = 0;
	*folded = n;
	return n > 0;
}

static bool is_alias(const char *aliases, const char *word, size_t length)
{
	for (const char *p = aliases; *p;) {
		size_t n = strcspn(p, "|");
		if (n == length && memcmp(p, word, n) == 0)
			return true;
		p += n + (p[n] == '|');
	}
	return false;
}

const struct lx_builtin *lx_builtin_find(const char *spelling, size_t length)
{
	char word[64];
	size_t n;
	if (!fold(spelling, length, word, sizeof word, &n))
		return NULL;
	/* nearly always it is a name: the aliases come when none is */
	for (size_t i = 0; i < COUNT; i++)
		if (lx_text_is(builtins[i].name, word))
			return &builtins[i];
	for (size_t i = 0; i < COUNT; i++)
		if (is_alias(builtins[i].aliases, word, n))
			return &builtins[i];
	return NULL;
}

static bool same_text(const char *a, const char *b)
{
	return a == b || (a && b && strcmp(a, b) == 0);
}

bool lx_type_equal(const struct lx_type *a, const struct lx_type *b)
{
	return same_text(a->name, b->name) && same_text(a->schema, b->schema) &&
	       same_text(a->modifiers, b->modifiers) && a->dimensions == b->dimensions;
}
