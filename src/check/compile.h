/* Models to IR: parse, follow imports, declare, resolve, check.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_CHECK_COMPILE_H
#define LX_CHECK_COMPILE_H
#include <stdbool.h>
#include <stddef.h>

#include "base/fail.h"

struct lx_arena;
struct lx_diags;
struct lx_schema;

struct lx_compile_options {
	const char *default_schema; /* NULL: "public" */
	int target_version;         /* major version of PostgreSQL; 0: 15 */
	bool is_snapshot;           /* reading migrations/schema.lexo: intents are not expected */
};

/* Compiles the files and folders PATHS (a folder: every *.lexo below it, sorted) as one schema.  Returns NULL when FAIL
 * is filled (a file could not be read); otherwise a schema, to be used only when DIAGS->errors is 0.  The paths of all
 * files read, imports included, are the sources of DIAGS. */
struct lx_schema *lx_compile(struct lx_arena *arena, struct lx_diags *diags, const char *const *paths, size_t count,
			     const struct lx_compile_options *options, struct lx_fail *fail);
/* The same for one text; imports are refused.  NAME is shown in messages.  TEXT is borrowed for ARENA's life. */
struct lx_schema *lx_compile_text(struct lx_arena *arena, struct lx_diags *diags, const char *name, const char *text,
				  size_t length, const struct lx_compile_options *options);
#endif
