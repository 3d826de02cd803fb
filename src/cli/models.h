/* The models of the project, the snapshot that the revisions lead to, and how they differ.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_CLI_MODELS_H
#define LX_CLI_MODELS_H
#include <stdbool.h>

#include "cli/cli.h"

struct lx_change;
struct lx_diff;
struct lx_history;
struct lx_plan;
struct lx_schema;

/* Compiles PATHS (NULL or empty: those of lexo.ini).  LX_USAGE when they do not compile (the diagnostics say why),
 * L0209 when there are none. */
enum lx_status lx_models_compile(struct lx_cli *cli, const struct lx_vec *paths, struct lx_schema **schema);
/* Begins to compile schema.lexo beside what the command does next, where that saves time. */
void lx_models_snapshot_ahead(struct lx_cli *cli);
/* Compiles schema.lexo; an empty schema when there is none. */
enum lx_status lx_models_snapshot(struct lx_cli *cli, struct lx_schema **schema);
/* Is schema.lexo what all revisions of HISTORY together lead to, as one of them states?  L0503 when not, L0315 when
 * there are several heads. */
enum lx_status lx_models_check_snapshot(struct lx_cli *cli, const struct lx_history *history);

/* Does a revision of HISTORY state HEX as what all of them together lead to? */
bool lx_models_is_stated(const struct lx_history *history, const char *hex);

/* Does TEXT, which is to be the new schema.lexo, compile?  L0516 when what is in scope needs something that is not. */
enum lx_status lx_models_check_state(struct lx_cli *cli, const struct lx_buffer *text);
/* The canonical form of TEXT, the contents of PATH, into OUT.  LX_USAGE when it cannot be read: the diagnostics say
 * why. TEXT stays in use as long as the diagnostics. */
enum lx_status lx_models_format(struct lx_cli *cli, const char *path, const char *text, size_t length,
				struct lx_buffer *out);

/* "create column public.users.nickname" */
const char *lx_models_describe(struct lx_arena *arena, const struct lx_change *change);
/* Under KEY: [{"change": …, "kind": …, "object": …}] */
void lx_models_json_changes(struct lx_cli *cli, const char *key, const struct lx_diff *diff);
/* All of them, separated by ", ". */
const char *lx_models_describe_all(struct lx_arena *arena, const struct lx_diff *diff);
/* Statements that lead from nothing to SCHEMA. */
struct lx_plan *lx_models_create_plan(struct lx_arena *arena, const struct lx_schema *schema);
#endif
