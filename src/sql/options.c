/* Options text ("fillfactor=70, autovacuum_enabled=false") into SQL.
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/arena.h"
#include "sql/emit.h"

static const char word_bytes[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.";

/* An option ends where ", name=" follows; a comma elsewhere belongs to the value. */
static const char *option_end(const char *text)
{
	for (const char *comma = strstr(text, ", "); comma; comma = strstr(comma + 2, ", ")) {
		size_t word = strspn(comma + 2, word_bytes);
		if (word && comma[2 + word] == '=')
			return comma;
	}
	return text + strlen(text);
}

bool lx_sql_next_option(struct lx_arena *arena, const char **options, const char **name, const char **value)
{
	const char *text = *options;
	if (!text || !*text)
		return false;
	const char *end = option_end(text), *equals = memchr(text, '=', (size_t)(end - text));
	*name = lx_arena_copy(arena, text, (size_t)((equals ? equals : end) - text));
	*value = equals ? lx_arena_copy(arena, equals + 1, (size_t)(end - equals - 1)) : "";
	*options = *end ? end + 2 : end;
	return true;
}

/* "toast.autovacuum_enabled": both sides of the dot are names. */
static void write_option_name(struct lx_sql *sql, const char *name)
{
	const char *dot = strchr(name, '.');
	if (!dot) {
		lx_sql_name(sql, name);
		return;
	}
	lx_sql_qualified(sql, lx_arena_copy(sql->arena, name, (size_t)(dot - name)), dot + 1);
}

static bool is_number(const char *text)
{
	text += *text == '-';
	return *text && !text[strspn(text, "0123456789.")] && strspn(text, "0123456789");
}

void lx_sql_options(struct lx_sql *sql, const char *options, bool is_names_only)
{
	const char *name, *value, *separator = "(";
	while (lx_sql_next_option(sql->arena, &options, &name, &value)) {
		lx_sql_raw(sql, separator);
		separator = ", ";
		write_option_name(sql, name);
		if (is_names_only)
			continue;
		lx_sql_raw(sql, " = ");
		if (is_number(value) || *value == '\'') /* a string in options text is in SQL's form already */
			lx_sql_raw(sql, value);
		else
			lx_sql_literal(sql, value);
	}
	lx_sql_raw(sql, ")");
}
