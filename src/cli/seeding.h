/* The rows of seeds in the database of the run.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_CLI_SEEDING_H
#define LX_CLI_SEEDING_H
#include "cli/database.h"

struct lx_schema;

/* Brings the rows that MODELS want in the environments of --env into DATABASE, which must be at every head of HISTORY
 * (L0521): all of them in one transaction or none (L0522), and says what changed.  IS_KEPT false: the transaction is
 * rolled back in the end.  *CHANGED: how many rows were not as they shall be. */
enum lx_status lx_seeding_run(struct lx_database *database, const struct lx_history *history,
			      const struct lx_schema *models, bool is_kept, size_t *changed);
/* The same as a script for psql, in JSON under KEY. */
enum lx_status lx_seeding_print(struct lx_cli *cli, const struct lx_schema *models, const char *key);
#endif
