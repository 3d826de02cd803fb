/* Generated files, sources and pages: what is to be in their folders, and bringing it there.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_CLI_GENERATED_H
#define LX_CLI_GENERATED_H
#include "base/vec.h"
#include "cli/cli.h"

struct lx_history;
struct lx_schema;

struct lx_generated {
	const char *folder;
	const char *prefix;
	struct lx_vec names;   /* const char *: of all sources that there are to be, sorted */
	struct lx_vec changed; /* const char *: paths that differ, are missing, or are there but not wanted; sorted */
};
/* Generates from SCHEMA and HISTORY (NULL or empty: none is embedded) and compares with the folders.  With IS_WRITTEN
 * what differs is written and what is not wanted removed, all together.  L0222 when a file that lexo did not write is
 * in the way; LX_USAGE for clashes of C names. */
enum lx_status lx_generated_make(struct lx_cli *cli, const struct lx_schema *schema, const struct lx_history *history,
				 bool is_written, struct lx_generated *generated);
/* LX_DIFFERS with L0220 when something differs. */
enum lx_status lx_generated_check(struct lx_cli *cli, const struct lx_generated *generated);
#endif
