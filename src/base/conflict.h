/* The marks that version control leaves in a file where two changes met.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_BASE_CONFLICT_H
#define LX_BASE_CONFLICT_H
#include <stddef.h>

/* The first line of TEXT that begins a conflict (<<<<<<<), or ends one whose beginning is gone (>>>>>>>); NULL: none.
 */
const char *lx_conflict_find(const char *text, size_t length);
/* The end of the conflict that begins at START, behind its last line; END when it does not end. */
const char *lx_conflict_end(const char *start, const char *end);
#endif
