/* Which files belong to a schema: the given ones, those below the given folders, and what they import.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_CHECK_FILES_H
#define LX_CHECK_FILES_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/fail.h"

struct lx_arena;
struct lx_diags;
struct lx_vec;

/* Reads and parses the files and folders PATHS and everything they import, each once, into FILES (struct lx_file *,
 * imported ones first).  False: FAIL is filled, since a path could not be read; what is wrong with an import is a
 * diagnostic. */
bool lx_files_read(struct lx_arena *arena, struct lx_diags *diags, const char *const *paths, size_t count,
		   struct lx_vec *files, struct lx_fail *fail);
/* Parses the registered source FILE alone; its imports are refused (E0211). */
void lx_files_parse_text(struct lx_arena *arena, struct lx_diags *diags, uint32_t file, struct lx_vec *files);
#endif
