/* The folder of generated files: what is to be in it, and bringing it there.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_CLI_GENERATED_H
#define LX_CLI_GENERATED_H
#include "base/map.h"
#include "cli/cli.h"

struct lx_history;
struct lx_schema;

struct lx_generated {
	const char *folder;
	const char *prefix;
	struct lx_vec outputs;  /* struct lx_output * */
	struct lx_map names;    /* the same by name */
	struct lx_vec stale;    /* struct lx_output *: those of OUTPUTS that differ or are missing */
	struct lx_vec changed;  /* const char *: paths that differ, are missing, or are there but not wanted */
	struct lx_vec unwanted; /* const char *: the last of these */
};
/* Generates from SCHEMA and HISTORY (NULL or empty: none is embedded) in memory and compares with the folder.  L0222
 * when a file that lexo did not write is in the way; LX_USAGE for clashes of C names. */
enum lx_status lx_generated_make(struct lx_cli *cli, const struct lx_schema *schema, const struct lx_history *history,
				 struct lx_generated *generated);
/* Writes what differs, removes what is not wanted, all together. */
enum lx_status lx_generated_write(struct lx_cli *cli, const struct lx_generated *generated);
/* LX_DIFFERS with L0220 when something differs. */
enum lx_status lx_generated_check(struct lx_cli *cli, const struct lx_generated *generated);
#endif
