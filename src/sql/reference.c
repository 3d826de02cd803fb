/* Names of functions, collations, operator classes and the like that models give as SQL writes them.
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "sql/emit.h"

/* Behind the name, quoted where it has to be, that TEXT begins with; NULL: it begins with none. */
static const char *skip_name(const char *text)
{
	if (*text == '"') {
		for (text++; *text && (*text != '"' || text[1] == '"'); text++)
			text += *text == '"';
		return *text ? text + 1 : NULL;
	}
	size_t length = strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789_");
	return length && !(*text >= '0' && *text <= '9') ? text + length : NULL;
}

/* schema.name, or one name in double quotes. */
static bool is_reference(const char *text)
{
	const char *end = skip_name(text);
	if (end && *end == '.')
		end = skip_name(end + 1);
	else if (*text != '"')
		return false;
	return end && !*end;
}

void lx_sql_reference(struct lx_sql *sql, const char *text)
{
	if (is_reference(text))
		lx_sql_raw(sql, text);
	else
		lx_sql_name(sql, text);
}
