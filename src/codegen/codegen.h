/* IR to C: one header and source a model, an umbrella header, the embedded history.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_CODEGEN_CODEGEN_H
#define LX_CODEGEN_CODEGEN_H
#include <stdbool.h>
#include <stddef.h>

#include "base/fail.h"
#include "base/vec.h"

struct lx_arena;
struct lx_diags;
struct lx_schema;

struct lx_codegen_options {
	const char *prefix; /* "app" */
};
struct lx_output {        /* a file to be written */
	const char *name; /* relative to the output folder: "app_user.h" */
	const char *text;
	size_t length;
};
/* Appends the struct lx_output * of all generated files, sorted by name.  Clashes of C names are reported in DIAGS.
 * Memory is in ARENA. */
void lx_codegen(struct lx_arena *arena, struct lx_diags *diags, const struct lx_schema *schema,
		const struct lx_codegen_options *options, struct lx_vec *outputs);
#endif
