/* The SQL scanner and splitter: tokens follow each other inside the text, and a text cut anywhere is scanned as itself.
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "history/checksum.h"
#include "history/statements.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void walk(const char *text, size_t size, bool wants_named)
{
	struct lx_sql_scanner scanner;
	struct lx_sql_token token;
	const char *end = text;
	lx_sql_scan_init(&scanner, text, size);
	scanner.wants_named = wants_named;
	while (lx_sql_scan(&scanner, &token) != LX_SQL_END) {
		if (token.start < end || token.length == 0 || token.length > size - (size_t)(token.start - text))
			abort();
		end = token.start + token.length;
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	/* exactly as long as the text: one byte too far is seen */
	char *text = malloc(size ? size : 1), hex[LX_SHA256_HEX];
	struct lx_splitter splitter;
	struct lx_sql_statement statement;
	if (!text)
		return 0;
	if (size)
		memcpy(text, data, size);
	walk(text, size, false);
	walk(text, size, true);
	lx_split_init(&splitter, text, size);
	while (lx_split_next(&splitter, &statement))
		if (statement.start < text || statement.start + statement.length > text + size)
			abort();
	lx_checksum_sql(text, size, hex);
	free(text);
	return 0;
}
