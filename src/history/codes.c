/* SPDX-License-Identifier: Apache-2.0 */
#include "history/codes.h"

#include <string.h>

static const struct lx_fail_code table[] = {
#define LX_FAIL_CODE(code, title, explanation) {code, title, explanation},
#include "history/codes.def"
#undef LX_FAIL_CODE
};

const struct lx_fail_code *lx_fail_codes(size_t *count)
{
	*count = sizeof table / sizeof *table;
	return table;
}

const struct lx_fail_code *lx_fail_code_find(const char *code)
{
	for (size_t i = 0; i < sizeof table / sizeof *table; i++)
		if ((code[0] & ~0x20) == table[i].code[0] && strcmp(code + 1, table[i].code + 1) == 0)
			return &table[i];
	return NULL;
}

const char *lx_fail_code_explanation(const char *code)
{
	const struct lx_fail_code *row = lx_fail_code_find(code);
	return row ? row->explanation : NULL;
}
