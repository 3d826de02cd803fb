/* Names of functions, dictionaries, parsers and the like that models give as SQL writes them.
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "history/sql_scan.h"
#include "sql/emit.h"

/* name or name.name, each plain or in double quotes */
static bool is_reference(const char *text)
{
	struct lx_sql_scanner scanner;
	struct lx_sql_token token;
	bool wants_name = true;
	lx_sql_scan_init(&scanner, text, strlen(text));
	while (lx_sql_scan(&scanner, &token) != LX_SQL_END) {
		bool is_name = token.kind == LX_SQL_WORD || (token.kind == LX_SQL_QUOTED && *token.start == '"');
		bool is_dot = token.length == 1 && *token.start == '.';
		if (wants_name ? !is_name : !is_dot)
			return false;
		wants_name = !wants_name;
	}
	return !wants_name;
}

void lx_sql_reference(struct lx_sql *sql, const char *text)
{
	if (is_reference(text))
		lx_sql_raw(sql, text);
	else
		lx_sql_name(sql, text);
}
