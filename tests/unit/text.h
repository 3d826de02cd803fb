/* Helpers of the tests that read .lexo text.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_TESTS_TEXT_H
#define LX_TESTS_TEXT_H
#include <stddef.h>

#include "base/buffer.h"
#include "diag/diag.h"
#include "syntax/ast.h"

struct text { /* one parsed text; the arena holds everything */
	struct lx_arena *arena;
	struct lx_diags diags;
	struct lx_file *file;
};
void text_open(struct text *text, const char *source, size_t length);
void text_close(struct text *text);
/* "3:14 E0113; 5:15 E0116": place and code of every diagnostic, by place. */
void text_codes(struct text *text, struct lx_buffer *out);
/* Calls VISIT with every *.lexo below FOLDER of the source tree. */
void text_each_file(const char *folder, void (*visit)(const char *path, const char *source, size_t length));
/* A small generator of pseudo-random numbers: tests must be the same on every run. */
unsigned text_random(unsigned *state, unsigned below);
#endif
