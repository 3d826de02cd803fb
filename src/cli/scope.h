/* Which objects a command is about: --schema, --include and --exclude, and the keys include and exclude of lexo.ini.
 * What is left out is on neither side of a comparison, so it is neither created, nor dropped, nor changed.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_CLI_SCOPE_H
#define LX_CLI_SCOPE_H
#include "cli/cli.h"

struct lx_diff;
struct lx_schema;

/* SCHEMA with what is in scope alone; the same schema when nothing is left out by rule.  Objects are shared. */
struct lx_schema *lx_scope_narrow(struct lx_cli *cli, struct lx_schema *schema);
/* What is in scope of INSIDE and what is not of OUTSIDE: a state in which only that has changed.  To be printed. */
struct lx_schema *lx_scope_mix(struct lx_cli *cli, struct lx_schema *inside, struct lx_schema *outside);
/* Are there rules? */
bool lx_scope_is_narrow(struct lx_cli *cli);
/* lx_diff() of both, narrowed. */
struct lx_diff *lx_scope_diff(struct lx_cli *cli, struct lx_schema *old, struct lx_schema *new);
#endif
