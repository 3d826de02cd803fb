/* The table of failure codes (codes.def), for `lexo explain` and the documentation.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_HISTORY_CODES_H
#define LX_HISTORY_CODES_H
#include <stddef.h>

struct lx_fail_code {
	const char *code; /* "L0301" */
	const char *title;
	const char *explanation;
};

/* All codes, sorted. */
const struct lx_fail_code *lx_fail_codes(size_t *count);
/* The row of CODE (upper or lower case), or NULL. */
const struct lx_fail_code *lx_fail_code_find(const char *code);
/* Its explanation, or NULL. */
const char *lx_fail_code_explanation(const char *code);
#endif
