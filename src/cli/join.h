/* Branches that come together: which objects they both change, and whether schema.lexo is what they lead to.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_CLI_JOIN_H
#define LX_CLI_JOIN_H
#include "cli/clash.h"
#include "cli/cli.h"

/* Warns of CLASHES (struct lx_clash *), or says that there are none; also the field clashes of the JSON object. */
void lx_join_report(struct lx_cli *cli, const struct lx_vec *clashes);
/* When schema.lexo is what all revisions of HISTORY lead to, it stays so.  When the branches that end in SIDES change
 * different objects, are all there are (IS_WHOLE), and version control has merged schema.lexo: its text in SNAPSHOT,
 * its hash in *STATE.  Else *STATE is NULL, and a warning says why. */
enum lx_status lx_join_state(struct lx_cli *cli, const struct lx_history *history, const struct lx_revision_set *sides,
			     bool is_whole, const struct lx_vec *clashes, struct lx_buffer *snapshot,
			     const char **state);
#endif
