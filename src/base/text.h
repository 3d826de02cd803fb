/* Short texts compared with short texts.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_BASE_TEXT_H
#define LX_BASE_TEXT_H
#include <stdbool.h>
#include <string.h>

/* Nearly all words that are compared with one another differ in their first byte: that is seen without a call. */
static inline bool lx_text_is(const char *a, const char *b)
{
	return *a == *b && strcmp(a, b) == 0;
}
#endif
