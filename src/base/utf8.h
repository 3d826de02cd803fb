/* UTF-8 (RFC 3629): validation, stepping, display width for carets.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_BASE_UTF8_H
#define LX_BASE_UTF8_H
#include <stddef.h>
#include <stdint.h>

/* Length of the valid prefix of TEXT; equals LENGTH when all is valid.  Overlong forms and surrogates are invalid. */
size_t lx_utf8_valid(const char *text, size_t length);
/* Bytes of the character at TEXT (1 to 4); 1 for an invalid byte.  LENGTH must be at least 1. */
size_t lx_utf8_step(const char *text, size_t length, uint32_t *code_point);
/* Terminal columns of TEXT: 0 for combining marks, 2 for wide characters, 1 otherwise (locale-free). */
size_t lx_utf8_width(const char *text, size_t length);
/* The greatest prefix of at most LIMIT bytes that does not cut a character; PostgreSQL cuts names the same way. */
size_t lx_utf8_clip(const char *text, size_t length, size_t limit);
#endif
