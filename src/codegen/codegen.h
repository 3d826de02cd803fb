/* IR to C: one header and source a model, an umbrella header, the embedded history.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_CODEGEN_CODEGEN_H
#define LX_CODEGEN_CODEGEN_H
#include <stdbool.h>
#include <stddef.h>

#include "base/fail.h"

struct lx_arena;
struct lx_diags;
struct lx_schema;

struct lx_output {        /* a file to be written */
	const char *name; /* relative to the output folder: "app_user.h" */
	const char *text;
	size_t length;
};
/* Gets each file as it is made: name and text are lent for the call, so that thousands of files are never in memory
 * together.  Anything but LX_OK ends the generating. */
typedef enum lx_status lx_output_sink(void *context, const struct lx_output *output);

struct lx_codegen_options {
	const char *prefix; /* "app" */
	lx_output_sink *put;
	void *context;
};
/* Generates all files, in no order that counts.  Clashes of C names are reported in DIAGS (LX_USAGE) before the first
 * file is made.  What is kept for all files is in ARENA.  LX_FAILED: out of memory, or what PUT said. */
enum lx_status lx_codegen(struct lx_arena *arena, struct lx_diags *diags, const struct lx_schema *schema,
			  const struct lx_codegen_options *options);
/* The same for a page in Markdown about each model, and one that leads to them. */
enum lx_status lx_codegen_pages(struct lx_arena *arena, struct lx_diags *diags, const struct lx_schema *schema,
				const struct lx_codegen_options *options);
#endif
