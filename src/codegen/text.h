/* The one place where C text is made.  A model's text reaches the output only through a typed sink, so that nothing of
 * a model becomes code.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_CODEGEN_TEXT_H
#define LX_CODEGEN_TEXT_H
#include "base/buffer.h"

struct lx_c_text {
	struct lx_buffer out;
};

/* FORMAT is written in the source of lexo itself.  In it:
 *   %i  an identifier (const char *); any other character becomes an underscore
 *   %q  a string literal with its quotes (const char *): everything outside a safe set is an octal escape
 *   %c  text for inside a comment (const char *): cannot end it, start one, splice lines or hide characters
 *   %u  a number (unsigned)       %x  sixteen hex digits (uint64_t)
 *   %t  fixed text of lexo's own (const char *)      %%  a percent sign */
void lx_c_print(struct lx_c_text *text, const char *format, ...);
/* TEXT as a comment of its own at INDENT tabs, line by line; nothing when TEXT is NULL or empty. */
void lx_c_doc(struct lx_c_text *text, unsigned indent, const char *doc, const char *deprecated);
#endif
