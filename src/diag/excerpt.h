/* Source text made fit for a terminal: tabs expanded, what is invisible or dangerous escaped, long lines cut.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_DIAG_EXCERPT_H
#define LX_DIAG_EXCERPT_H
#include <stddef.h>

#include "diag/diag.h"

struct lx_buffer;

/* Appends TEXT as it is shown when it begins in display column COLUMN (0-based); returns the column behind it.  Control
 * characters become \x1B, changes of direction <U+202E>, other bytes <FF>.  OUT may be NULL: only measures. */
size_t lx_excerpt_text(struct lx_buffer *out, const char *text, size_t length, size_t column);

struct lx_excerpt {
	uint32_t line;  /* 1-based number */
	uint32_t start; /* the part of the line that is shown: bytes [start, end) of the source */
	uint32_t end;
	bool has_before; /* the line goes on to the left, to the right */
	bool has_after;
};
/* The line that OFFSET is in, cut around OFFSET to about 110 characters. */
struct lx_excerpt lx_excerpt_at(struct lx_diags *diags, uint32_t file, uint32_t offset);
/* The bytes of lines FIRST to LAST (1-based), without the last line end. */
struct lx_span lx_excerpt_lines(struct lx_diags *diags, uint32_t file, uint32_t first, uint32_t last);
#endif
