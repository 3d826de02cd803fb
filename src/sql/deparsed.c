/* Where the server writes an expression in a form that it reads as another one.
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "history/sql_scan.h"
#include "sql/emit.h"

static bool take(struct lx_sql_scanner *scanner, const char *word)
{
	struct lx_sql_token token;
	struct lx_sql_scanner before = *scanner;
	if (lx_sql_scan(scanner, &token) != LX_SQL_END && token.length == strlen(word) &&
	    memcmp(token.start, word, token.length) == 0)
		return true;
	*scanner = before;
	return false;
}

static bool take_all(struct lx_sql_scanner *scanner, const char *const *words)
{
	while (*words && take(scanner, *words))
		words++;
	return !*words;
}

/* 'a'::character varying, 'b'::character varying */
static bool take_elements(struct lx_sql_scanner *scanner)
{
	static const char *const type[] = {"::", "character", "varying", NULL};
	struct lx_sql_token token;
	do {
		if (lx_sql_scan(scanner, &token) != LX_SQL_STRING || !take_all(scanner, type))
			return false;
	} while (take(scanner, ","));
	return true;
}

/* Behind ANY or ALL: ((ARRAY[…])::text[]).  The cast is the operator's own, of the array; read again it would be one of
 * each element.  ARRAY gets the text from there to the bracket. */
static bool take_array(struct lx_sql_scanner *scanner, struct lx_sql_token *array)
{
	static const char *const opening[] = {"(", "(", NULL}, *const closing[] = {")", "::", "text", "[", "]", NULL};
	struct lx_sql_scanner ahead = *scanner;
	if (!take_all(&ahead, opening))
		return false;
	const char *inside = ahead.cursor;
	if (!take(&ahead, "ARRAY") || !take(&ahead, "[") || !take_elements(&ahead) || !take(&ahead, "]"))
		return false;
	array->start = inside;
	array->length = (size_t)(ahead.cursor - inside);
	if (!take_all(&ahead, closing))
		return false;
	*scanner = ahead;
	return true;
}

void lx_sql_deparsed(struct lx_sql *sql, const char *text, size_t length)
{
	struct lx_sql_scanner scanner;
	struct lx_sql_token token, array;
	const char *written = text;
	lx_sql_scan_init(&scanner, text, length);
	while (memmem(written, length - (size_t)(written - text), "ARRAY[", 6) &&
	       lx_sql_scan(&scanner, &token) != LX_SQL_END && token.kind != LX_SQL_BROKEN) {
		const char *behind = scanner.cursor;
		bool is_before_array = lx_sql_token_is(&token, "any") || lx_sql_token_is(&token, "all");
		if (!is_before_array || !take_array(&scanner, &array))
			continue;
		lx_buffer_add(&sql->text, written, (size_t)(behind - written));
		lx_buffer_string(&sql->text, " (");
		lx_buffer_add(&sql->text, array.start, array.length);
		written = scanner.cursor;
	}
	lx_buffer_add(&sql->text, written, length - (size_t)(written - text));
}
